"""A clock that stands until somebody sleeps."""


class Clock:
    """`clock()` tells the time; `clock.sleep` moves it and remembers how far."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
