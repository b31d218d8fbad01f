"""How many requests a system makes in a minute, counted by each process of its own.

A process that is started anew begins to count anew: it keeps one system from crowding out the others, and is
no wall. Time is an argument.
"""

from threading import Lock

MINUTE = 60.0


class Pace:
    """Counts by name. `seconds_to_wait` is 0 for what may go on."""

    def __init__(self) -> None:
        self._counts: dict[str, tuple[int, int]] = {}
        self._lock = Lock()

    def seconds_to_wait(self, name: str, per_minute: int, now: float) -> int:
        minute = int(now // MINUTE)
        with self._lock:
            began, count = self._counts.get(name, (minute, 0))
            count = count + 1 if began == minute else 1
            self._counts[name] = (minute, count)
        return 0 if count <= per_minute else int((minute + 1) * MINUTE - now) + 1
