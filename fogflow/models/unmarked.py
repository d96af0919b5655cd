"""Lists that the server gives in pages, and of which it finds no page after the first by its marker."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from fogflow import errors
from fogflow.core.attributes import declared
from fogflow.core.query import Lookup, Query, lookups_of
from fogflow.models.base import Resource, ResourceCollection, next_marker, rows

R = TypeVar("R", bound=Resource)


class NamedAlone(Resource):
    """The base of the models that the API addresses by their names alone, which several of them may have.

    An administrator sees those of all projects, and everybody the public ones of others; the server changes or deletes
    what it finds first, or all of them.
    """

    __slots__ = ()

    def _require_alone(self) -> None:
        """Raises ArgumentError where a request for the name would not be for this object, or not for it alone."""
        collection = getattr(self.service, f"{self.resource_name}s")
        collection._require_alone(self.identity, self._settled("id"), **self._where())

    def _fetch(self) -> Mapping[str, Any]:
        found = super()._fetch()
        if self._settled("id") in (None, found.get("id")):
            return found
        collection = getattr(self.service, f"{self.resource_name}s")
        for one in collection.filter(name__eq=self.identity, **self._where()):
            if one.id == self._settled("id"):
                return one._row or {}
        return found

    def _remove(self) -> None:
        self._require_alone()
        super()._remove()


class UnmarkedCollection(ResourceCollection[R]):
    """The base of the collections of workbooks and environments.

    Mistral 23 answers 500 or 404 to the markers that it gives out for them. So it is asked anew for what is not before
    the last row, by the attribute that the list is sorted by; our marker is the value of that attribute in the last
    row, with the ids of the rows that have it and were listed already. In these models, `sort` stands at what tells
    nearly every row from the others, for a page full of one value has no next.
    """

    default_order = "name"

    def _remove(self, identity: str) -> None:
        self._require_alone(identity)
        super()._remove(identity)

    def _require_alone(self, name: str, identity: str | None = None, **where: Any) -> None:
        named: Any = type(self)(self.service).filter(name__eq=name, **{**self._where(), **where})
        found = {one.id for one in named.only("id")}
        if len(found) > 1 or (identity is not None and found - {identity}):
            raise errors.ArgumentError(
                f"{len(found)} {self.model.resource_name}s that are seen here have the name {name!r}, "
                "and the API knows no other address: what is changed or deleted by it is not certain"
            )

    def _fetch_page(self, query: Query, size: int, marker: str | None) -> tuple[list[Mapping[str, Any]], str | None]:
        name = self._sorted_by(query)
        value, listed = json.loads(marker) if marker is not None else (None, [])
        # Those that were listed come once more.
        parameters = self._parameters(query, size + len(listed))
        if marker is not None:
            operator = "lte" if query.order and query.order[0].startswith("-") else "gte"
            encode = lookups_of(self.model, name).encode
            assert encode is not None
            parameters[name] = encode(operator, declared(self.model)[name].decode(value))
        answer = self._list_request(**parameters)
        found = rows(answer, self.model)
        if not all("id" in one and name in one for one in found):
            raise errors.InvalidResponse(f"the server gave an object without its id or {name}: {str(found)[:200]}")
        fresh = [one for one in found if one["id"] not in listed]
        if next_marker(answer) is None:
            return fresh, None
        if not found:
            raise errors.InvalidResponse("the server's list does not go on, though it says so")
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


def require_addressable(what: str, name: str) -> None:
    """Refuses a name that no request could name again."""
    if "/" in name or name in (".", ".."):
        raise errors.ArgumentError(f"the API cannot address {what} of the name {name!r}, once it is there")
