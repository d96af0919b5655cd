"""Following many executions at once, for a few requests a look, however many there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from fogflow import errors
from fogflow.core.waiting import wait_until
from fogflow.response import Response

if TYPE_CHECKING:
    from fogflow.models.executions import Execution, Executions, OnChange

OnLook = Callable[[list["Execution"]], object]
"""Told after each look of all that are followed, those that have ended, too."""

COMMITTED_WITHIN = timedelta(seconds=30)
"""By how much a change may come to light after the time that it bears: engines commit late, and their clocks differ."""

WHOLE_EVERY = 20
"""After so many looks one is at everything since the start, for what came to light later than that, or is gone."""


class Following:
    """Executions that are followed to their ends.

    A look asks for what has changed since the last one, ids and states alone; the server does not filter by ids.

    Args:
        everything: the service's executions, not narrowed.
        followed: those to follow. One of which no more than its id is known is asked for by itself, once.
        on_change: told of each change of a state.
        on_look: told after each look how they stand.
    """

    def __init__(
        self,
        everything: Executions,
        followed: list[Execution],
        on_change: OnChange | None = None,
        on_look: OnLook | None = None,
    ) -> None:
        self._everything = everything
        self._followed = followed
        self._on_change = on_change
        self._on_look = on_look
        self._pending: dict[str, list[Execution]] = {}
        for one in followed:
            one._require_persisted("wait for")
            if not one.ready:
                self._pending.setdefault(one.identity, []).append(one)
        self._started = min((one.created_at for several in self._pending.values() for one in several), default=None)
        self._newest = self._started
        self._looks = 0
        self._gone: list[str] = []

    def wait(self, timeout: float | None, interval: float | None) -> list[Execution]:
        """Looks until all have ended.

        Returns:
            those that were given.

        Raises:
            errors.TimeoutError: the time is over; names those that have not ended.
            errors.NotFound: some were deleted; the others have ended.
        """
        wait_until(self._have_ended, timeout=timeout, interval=interval, describe=self._describe)
        if self._gone:
            raise errors.NotFound(
                f"deleted while they were waited for: {_named(self._gone)}; all others have ended",
                method="GET",
                url="executions",
                response=Response(404, {}, ""),
            )
        return self._followed

    def _have_ended(self) -> bool:
        if self._pending:
            self._look()
        if self._on_look:
            self._on_look(self._followed)
        return not self._pending

    def _look(self) -> None:
        whole = self._looks % WHOLE_EVERY == 0
        self._looks += 1
        since = self._started if whole else self._newest
        assert since is not None
        seen = set()
        # Whatever has no time of a change yet has one of its creation.
        name = "created_at__gte" if whole else "updated_at__gte"
        narrowed = self._everything.filter(**{name: since - COMMITTED_WITHIN})
        for one in narrowed.only("id", "state", "updated_at"):
            seen.add(one.id)
            self._newest = max(self._newest or since, one.updated_at or since)
            self._notice(one)
        if whole:
            for identity in self._pending.keys() - seen:
                self._look_for(identity)

    def _notice(self, seen: Execution) -> None:
        followed = self._pending.get(seen.id, ())
        for one in followed:
            before = one.state
            one._notice(seen._row or {})
            if one.state != before and self._on_change:
                self._on_change(one)
        if followed and seen.ready:
            del self._pending[seen.id]

    def _look_for(self, identity: str) -> None:
        """What is in no list since it started is gone; or else the list did not tell."""
        found = self._everything.get(identity)
        if found is not None:
            self._notice(found)
            return
        for one in self._pending.pop(identity):
            one._destroyed = True
        self._gone.append(identity)

    def _describe(self) -> str:
        waiting = [f"{identity} in {several[0].state}" for identity, several in self._pending.items()]
        return f"{len(waiting)} executions: {_named(waiting)}"


def _named(texts: list[str], most: int = 5) -> str:
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return f"{', '.join(texts[:most])}{more}"
