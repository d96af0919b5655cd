"""Lists stay whole while the world changes: where a list goes on, and what of a page was not shown before.

The server goes on after a row that it is told, its marker: after where that row stands now. Where the row is gone, it
answers 404; where the row has moved, for it changed in what the list is sorted by, the server passes over what stood
between. So each page begins with the last row of the one before. Where it does not, the list is taken up anew at the
value that row had in what the list is sorted by, and what was shown already is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

import attr

Values = dict[str, Any]


@attr.frozen
class Position:
    """Where a list is to go on.

    Attributes:
        marker: the id of the row after which to ask: of the last but one, so that the last comes once more; of the
            last where there is no other.
        last: the id of the last row.
        values: what the list is sorted by, in the last row, as the server sent it.
        seen: the ids of the rows that were shown and may come again: all, or those that have the first of the values.
    """

    marker: str
    last: str
    values: Values
    seen: set[str] = attr.field(eq=False, repr=False)

    def __str__(self) -> str:
        return self.last

    def is_followed_by(self, rows: list[Mapping[str, Any]]) -> bool:
        """Whether a page that was asked for after the marker goes on where this position is."""
        # Both rows may have moved, and still stand next to one another.
        stands = bool(rows) and rows[0].get("id") == self.last and _values(rows[0], self.values) == self.values
        # After a page of one row there is nothing to tell by.
        return stands or self.marker == self.last

    def fresh(self, rows: list[Mapping[str, Any]], ids: list[str]) -> list[Mapping[str, Any]]:
        """Those of the rows, which have these ids, that were not shown before."""
        # Mostly it is the first alone.
        begin = 1 if ids[:1] == [self.last] else 0
        if self.seen.isdisjoint(ids[begin:]):
            return rows[begin:]
        return [row for row, identity in zip(rows, ids, strict=True) if identity not in self.seen]


def position_after(
    rows: list[Mapping[str, Any]], ids: list[str], before: Position | None, *, sorted_by: list[str], keeps_all: bool
) -> Position:
    """The position after a page.

    Args:
        rows: the page, which has some.
        ids: theirs.
        before: the position before it; None before the first.
        sorted_by: the attributes that the list is sorted by.
        keeps_all: whether a row may come again wherever the list is, for it can move; else only among those that have
            the same first value.
    """
    values = _values(rows[-1], sorted_by)
    first = sorted_by[0]
    goes_on = before is not None and (keeps_all or before.values[first] == values[first])
    seen = before.seen if before and goes_on else set()
    # Of the same set throughout, for it may hold all of a long list.
    if keeps_all or rows[0].get(first) == values[first]:
        seen.update(ids)
    else:
        seen.update(row["id"] for row in takewhile(lambda row: row.get(first) == values[first], reversed(rows)))
    # The page may have begun with the last row of the one before.
    earlier = [before.last] if before else []
    marker = next((one for one in (*reversed(ids[-2:]), *earlier) if one != ids[-1]), ids[-1])
    return Position(marker, ids[-1], values, seen)


def _values(row: Mapping[str, Any], names: Iterable[str]) -> Values:
    return {name: row.get(name) for name in names}
