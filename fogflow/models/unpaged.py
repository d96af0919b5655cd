"""Lists that the API gives as a whole, and neither narrows nor sorts: here that is done on what came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fogflow.core.query import Lookup, Query
from fogflow.models.answers import rows
from fogflow.models.base import Resource
from fogflow.models.lists import ResourceCollection

R = TypeVar("R", bound=Resource)


class UnpagedCollection(ResourceCollection[R]):
    """The base of the collections without pages."""

    def _fetch_page(self, query: Query, size: int, position: Any) -> tuple[list[Mapping[str, Any]], None]:
        found = list(rows(self._list_request(**query.flags), self.model))
        # From the last key to the first: sorting keeps the order among equals.
        for name in reversed(query.order):
            attribute = name.removeprefix("-")
            found.sort(key=lambda one: str(one.get(attribute)), reverse=name.startswith("-"))
        names = self._fields_of(query)
        if names is not None:
            found = [{name: one[name] for name in names if name in one} for one in found]
        return found, None

    def _left_to_us(self, query: Query) -> tuple[Lookup, ...]:
        return query.lookups

    def _conditions(self, query: Query) -> dict[str, Any]:
        return {}
