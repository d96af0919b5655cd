"""Lists that the server gives in pages, and of which it finds no page after the first by its marker."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from fogflow.core.attributes import declared
from fogflow.core.query import Lookup, Query, lookups_of
from fogflow.models.base import Resource, ResourceCollection, next_marker, rows

R = TypeVar("R", bound=Resource)


class UnmarkedCollection(ResourceCollection[R]):
    """The base of the collections of workbooks and environments.

    Mistral 23 answers 500 or 404 to the markers that it gives out for them. So it is asked anew for what is not before
    the last row, by the attribute that the list is sorted by; our marker is the value of that attribute in the last
    row, with the ids of the rows that have it and were listed already. In these models, `sort` stands at what tells
    nearly every row from the others, for a page full of one value has no next.
    """

    def _fetch_page(self, query: Query, size: int, marker: str | None) -> tuple[list[Mapping[str, Any]], str | None]:
        name = self._sorted_by(query)
        parameters = self._parameters(query, size)
        listed: list[str] = []
        if marker is not None:
            value, listed = json.loads(marker)
            operator = "lte" if query.order and query.order[0].startswith("-") else "gte"
            encode = lookups_of(self.model, name).encode
            assert encode is not None
            parameters[name] = encode(operator, declared(self.model)[name].decode(value))
        answer = self._list_request(**parameters)
        found = rows(answer, self.model)
        fresh = [one for one in found if one["id"] not in listed]
        if next_marker(answer) is None:
            return fresh, None
        last = found[-1][name]
        return fresh, json.dumps([last, [one["id"] for one in found if one[name] == last]])

    def _sorted_by(self, query: Query) -> str:
        return (query.order or (self.default_order,))[0].removeprefix("-")

    def _fields(self, query: Query) -> list[str] | None:
        fields = super()._fields(query)
        return None if fields is None else list(dict.fromkeys((*fields, self._sorted_by(query))))

    def _left_to_us(self, query: Query) -> tuple[Lookup, ...]:
        # From the second page on, another condition stands in the place of one on what the list is sorted by.
        sorted_by = [one for one in query.lookups if one.name == self._sorted_by(query)]
        return tuple(dict.fromkeys((*super()._left_to_us(query), *sorted_by)))
