"""Lists that the server gives in pages, and of which it finds no page after the first by its marker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fogflow import errors
from fogflow.models.base import Resource
from fogflow.models.lists import ResourceCollection

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

    Mistral 23 answers 500 or 404 to the markers that it gives out for them. So it is asked anew for each page, by what
    the list is sorted by. In these models, `sort` stands at what tells nearly every row from the others, for a page
    full of one value has no next.
    """

    default_order = "name"
    has_markers = False

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


def require_addressable(what: str, name: str) -> None:
    """Refuses a name that no request could name again."""
    if "/" in name or name in (".", ".."):
        raise errors.ArgumentError(f"the API cannot address {what} of the name {name!r}, once it is there")
