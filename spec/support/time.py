"""Time that passes by sleeping alone."""

from __future__ import annotations

import time


class SleptTime:
    """The module `time`, for waiting: it is later for having slept, so that a wait looks as often each time.

    Args:
        sleeps: whether sleeping takes its time all the same.
    """

    def __init__(self, sleeps: bool) -> None:
        self._sleeps = sleeps
        self._now = 0.0

    def monotonic(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += seconds
        if self._sleeps:
            time.sleep(seconds)


class Pauses(SleptTime):
    """The same, written down."""

    def __init__(self, sleeps: bool) -> None:
        super().__init__(sleeps)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        super().sleep(seconds)
