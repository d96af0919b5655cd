"""The mock's clock, and what is to happen by it.

Nothing runs in the background: what has become due happens when somebody looks, at the time it was due.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from fogflow.mock.exchange import Project

AT_ONCE_LIMIT = 1000
"""How many things may happen at one and the same moment in one look; a workflow that runs in circles has more."""

_EPOCH = datetime(1970, 1, 1)


class Timeline:
    """Real time with whatever was skipped, and a queue of what is to come.

    Attributes:
        on_behalf_of: whose request it is by which something happens, now or later; None before the first request.
    """

    def __init__(self) -> None:
        self.on_behalf_of: Project | None = None
        self._skipped = time.time() - time.monotonic()
        self._queue: list[tuple[float, int, Callable[[], None], Project | None]] = []
        self._numbers = itertools.count()
        self._now = self._read()

    def _read(self) -> float:
        return time.monotonic() + self._skipped

    @property
    def now(self) -> datetime:
        """The time, in UTC without a zone; while something happens, the time at which it was due."""
        return _EPOCH + timedelta(seconds=self._now)

    @property
    def second(self) -> datetime:
        """The time in whole seconds, as the server's database keeps it."""
        return self.now.replace(microsecond=0)

    def schedule(self, delay: float, happen: Callable[[], None]) -> None:
        """Has something happen in `delay` seconds."""
        heapq.heappush(self._queue, (self._now + delay, next(self._numbers), happen, self.on_behalf_of))

    def schedule_at(self, moment: datetime, happen: Callable[[], None]) -> None:
        """Has something happen at a time, in UTC without a zone."""
        due = moment.replace(tzinfo=timezone.utc).timestamp()
        heapq.heappush(self._queue, (due, next(self._numbers), happen, self.on_behalf_of))

    def advance(self, seconds: float) -> None:
        """Moves the clock on, and has happen what became due."""
        self._skipped += seconds
        self.catch_up()

    def catch_up(self) -> None:
        """Has happen what is due, in its order and at its times."""
        until = self._read()
        at_once = 0
        while self._queue and self._queue[0][0] <= until and at_once < AT_ONCE_LIMIT:
            due, _, happen, self.on_behalf_of = heapq.heappop(self._queue)
            at_once = 0 if due > self._now else at_once + 1
            self._now = max(self._now, due)
            happen()
        self._now = max(self._now, until)
