"""Never more calls than a source allows: a bucket of tokens, each back a window after it was taken."""

import re
import time
from collections import deque
from collections.abc import Callable, Mapping

# What is kept to when a source does not tell. SSB has zeros in /config and tells in its answers instead.
CALLS, SECONDS = 30, 60.0
POLICY = re.compile(r"(\d+)\s*;\s*w=(\d+)")


class Bucket:
    """At most `calls` in any `seconds`, however they fall; one that refills evenly lets nearly twice pass."""

    def __init__(
        self,
        calls: int = CALLS,
        seconds: float = SECONDS,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.calls, self.seconds = calls, seconds
        self._clock, self._sleep = clock, sleep
        self._taken: deque[float] = deque()

    def take(self) -> float:
        """Wait until a call is allowed, and count it. Returns the seconds that were waited."""
        started = self._clock()
        while (wait := self._wait()) > 0:
            self._sleep(wait)
        self._taken.append(self._clock())
        return self._clock() - started

    def adapt(self, calls: int, seconds: float) -> None:
        """Keep to another limit from now on. Zero is «not told», not «nothing allowed»."""
        if calls > 0 and seconds > 0:
            self.calls, self.seconds = calls, float(seconds)

    def read(self, headers: Mapping[str, str]) -> None:
        """Keep to the limit an answer tells of, as «40;w=60s»."""
        told = headers.get("x-ratelimit-policy") or headers.get("ratelimit-policy") or ""
        if found := POLICY.search(told):
            self.adapt(int(found[1]), float(found[2]))

    def _wait(self) -> float:
        now = self._clock()
        # Compared with the moment itself: of a difference, rounding may leave a rest that no sleep ends.
        while self._taken and self._taken[0] + self.seconds <= now:
            self._taken.popleft()
        if len(self._taken) < self.calls:
            return 0.0
        return self._taken[-self.calls] + self.seconds - now
