"""The base of the collections of Mistral: how its lists are asked for, page by page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from fogflow import errors
from fogflow.core.attributes import declared
from fogflow.core.collection import Collection
from fogflow.core.query import OPERATORS, Lookup, Query, lookups_of
from fogflow.core.signatures import filtered_by, spelled_out
from fogflow.models.answers import goes_on, row, rows
from fogflow.models.base import Resource, is_uuid, request
from fogflow.response import Response

if TYPE_CHECKING:
    from fogflow.models.paging import Position

R = TypeVar("R", bound=Resource)
C = TypeVar("C", bound="ResourceCollection[Any]")


class ResourceCollection(Collection[R]):
    """The base of the collections of Mistral."""

    has_nulls: ClassVar[bool] = False
    """Whether the server finds rows without a value, by its parameter `nulls`."""

    default_order: ClassVar[str] = "created_at"
    """What the list is sorted by unless `order_by` says more: what never changes of an object."""

    has_markers: ClassVar[bool] = True
    """Whether the server finds the rows after one that it is told."""

    takes_names: ClassVar[bool] = False
    """Whether an object can be asked for by its name too."""

    _lacking: frozenset[str] = frozenset()
    """The attributes that this server has said not to have."""

    def _request(self, verb: str, /, *arguments: Any, **options: Any) -> Response:
        return request(self.service, f"{verb}_{self.model.resource_name}", *arguments, **options)

    def _fetch(self, identity: str) -> Mapping[str, Any]:
        return row(self._request("get", self._addressable(identity), **self._where()))

    def _remove(self, identity: str) -> None:
        self._request("delete", self._addressable(identity), **self._where())

    def _addressable(self, identity: str) -> str:
        """The id in place of a name with a slash, which the server cannot find in a path, quoted or not."""
        if not (self.takes_names and isinstance(identity, str) and "/" in identity):
            return identity
        named: Any = type(self)(self.service).filter(name__eq=identity, **self._where())
        found = {one.id for one in named.only("id")}
        if len(found) > 1:
            raise errors.ArgumentError(f"{len(found)} objects have the name {identity!r}; ask for one by its id")
        if not found:
            raise errors.NotFound(
                f"there is no {self.model.resource_name} of the name {identity!r}",
                method="GET",
                url=f"{self.model.resource_name}s",
                response=Response(404, {}, ""),
            )
        return str(found.pop())

    def _where(self) -> dict[str, Any]:
        """What a request for one object takes beside its id or name."""
        return {}

    def _fetch_page(
        self, query: Query, size: int, position: Position | None
    ) -> tuple[list[Mapping[str, Any]], Position | None]:
        if position is None:
            answer = self._list_request(**self._parameters(query, size))
        else:
            answer = self._request_after(query, size, position) or self._request_anew(query, size, position)
        found = rows(answer, self.model)
        ids = self._ids(found)
        fresh = self._shown(query, position.fresh(found, ids) if position else found)
        if not goes_on(answer):
            return fresh, None
        if not found:
            raise errors.InvalidResponse("the server's list does not go on, though it says so")
        from fogflow.models.paging import position_after

        sorted_by = self._sorted_by(query)
        keeps_all = not self._is_steady(sorted_by[0])
        return fresh, position_after(found, ids, position, sorted_by=sorted_by, keeps_all=keeps_all)

    def _request_after(self, query: Query, size: int, position: Position) -> Response | None:
        """The page after a position; None where the list has changed there."""
        if not self.has_markers:
            return None
        # One more, for it begins with a row that was shown.
        try:
            answer = self._list_request(**self._parameters(query, size + 1), marker=position.marker)
        except errors.NotFound:
            return None
        return answer if position.is_followed_by(rows(answer, self.model)) else None

    def _request_anew(self, query: Query, size: int, position: Position) -> Response:
        """A page from the value on that the last row had in what the list is sorted by; from the start, if need be."""
        name = self._sorted_by(query)[0]
        # Without markers what comes once more cannot be passed by.
        parameters = self._parameters(query, size if self.has_markers else size + len(position.seen))
        if self._is_comparable(name):
            if position.values[name] is None:
                raise errors.InvalidResponse(f"the server gave an object without its {name}, by which the list goes on")
            operator = "lte" if query.order and query.order[0].startswith("-") else "gte"
            encode = lookups_of(self.model, name).encode
            assert encode is not None
            parameters[name] = encode(operator, declared(self.model)[name].decode(position.values[name]))
        return self._list_request(**parameters)

    def _shown(self, query: Query, found: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The rows without what was asked for only to go on by, and with None for what this release does not have."""
        names = self._names_to_show(query)
        added = set(self._fields_of(query) or ()) - set(names or ())
        # So that nobody asks for it once more.
        later = {name: None for name in self.model.later_names if names is None or name in names}
        if not added and (not found or later.keys() <= found[0].keys()):
            return found
        return [{**later, **{name: row[name] for name in row if name not in added}} for row in found]

    def _ids(self, found: list[Mapping[str, Any]]) -> list[str]:
        try:
            return [one["id"] for one in found]
        except KeyError:
            raise errors.InvalidResponse(f"the server listed a {self.model.resource_name} without its id") from None

    def _sorted_by(self, query: Query) -> list[str]:
        """The attributes that a list is sorted by, before the id."""
        return [name.removeprefix("-") for name in query.order or (self.default_order,)]

    def _is_comparable(self, name: str) -> bool:
        """Whether the server finds the rows from a value of this attribute on."""
        lookups = declared(self.model)[name].lookups
        return lookups is not None and lookups.encode is not None and {"gte", "lte"} <= lookups.operators

    def _is_steady(self, name: str) -> bool:
        """Whether rows stay where they are in a list that is sorted by this attribute, and are found there again."""
        return name == self.default_order and self._is_comparable(name)

    def _parameters(self, query: Query, size: int) -> dict[str, Any]:
        """What the server is to be asked for the first page."""
        return {
            "sort_keys": [*self._sorted_by(query), "id"],
            "sort_dirs": ["desc" if name.startswith("-") else "asc" for name in query.order] or None,
            "fields": self._fields_of(query),
            "limit": size,
            **self._conditions(query),
            **query.flags,
        }

    def _fields_of(self, query: Query) -> list[str] | None:
        """The attributes that the server is asked for; None for what it sends by itself."""
        wanted = self._names_to_show(query)
        return None if wanted is None else list(dict.fromkeys((*wanted, *self._sorted_by(query))))

    def _names_to_show(self, query: Query) -> list[str] | None:
        """The attributes that are to be shown, and those without which that cannot be done."""
        if query.names is None:
            return None
        needed = (one.name for one in self._left_to_us(query))
        return list(dict.fromkeys((*self.model.address_names, *query.names, *needed)))

    def _list_request(self, **query: Any) -> Response:
        fields = query.get("fields") or []
        known = [name for name in fields if name not in self._lacking]
        try:
            return request(self.service, f"list_{self.model.resource_name}s", **{**query, "fields": known or None})
        except errors.BadRequest as refused:
            lacking = frozenset(known) & _unknown_fields(refused)
            if not lacking:
                raise
        # An older release: what it lacks is left out, of this page and of those after it.
        self._lacking |= lacking
        return self._list_request(**query)

    def _conditions(self, query: Query) -> dict[str, Any]:
        """The query's lookups as the server's parameters."""
        conditions: dict[str, Any] = {}
        encoders = [(lookup, lookups_of(self.model, lookup.name).encode) for lookup in query.lookups]
        nulls = [lookup.name for lookup, encode in encoders if encode and lookup.value is None]
        if nulls and not self.has_nulls:
            raise errors.ArgumentError(f"the server cannot look for {self.model.__name__}s without {nulls[0]}")
        for lookup, encode in encoders:
            if encode is None or lookup.value is None:
                continue
            # Of several conditions on one attribute the server heeds the last alone; `_left_to_us` sees to the others.
            conditions.setdefault(lookup.name, encode(lookup.operator, lookup.value))
        return {**conditions, "nulls": nulls} if nulls else conditions

    def _left_to_us(self, query: Query) -> tuple[Lookup, ...]:
        sent: dict[str, Lookup] = {}
        for lookup in query.lookups:
            sent.setdefault(lookup.name, lookup)
        # Where the list is taken up anew, another condition stands in the place of one on what it is sorted by.
        further = (one for one in query.lookups if one is not sent[one.name] or one.name == self._sorted_by(query)[0])
        return tuple(dict.fromkeys((*super()._left_to_us(query), *further)))

    @spelled_out(filtered_by)
    def filter(self: C, **lookups: Any) -> C:
        """A narrower collection.

        Args:
            lookups: values by attribute, or by attribute and operator: `state="ERROR"`, `name__has="test"`,
                `created_at__gt=…`, `state__in=["ERROR", "CANCELLED"]`. Mistral's own form is taken too,
                `state="in:ERROR,CANCELLED"`. All must hold. See `Collection.filter`.

        Raises:
            errors.ArgumentError: the server has no such attribute, or cannot filter so.
        """
        narrowed = super().filter(**dict(_django_style(*one) for one in lookups.items()))
        narrowed._conditions(narrowed.query)  # raises here, not when it is looked into
        return narrowed

    def _outside(self, found: R) -> errors.NotFound:
        return errors.NotFound(
            f"{found!r} is not among {self!r}",
            method="GET",
            url=f"{self.model.resource_name}s/{found.identity}",
            response=Response(404, {}, ""),
        )


class NamespacedCollection(ResourceCollection[R]):
    """A collection in which one name may stand for several objects, in as many namespaces."""

    takes_names = True

    def get(self, identity: str, *, namespace: str | None = None) -> R | None:
        """The object, or None when there is none such in this collection.

        Args:
            identity: its id, or its name.
            namespace: where the name is; by default where the collection was narrowed to, or else "".
        """
        return super(NamespacedCollection, self._inside(namespace)).get(identity)

    def find_by_id(self, identity: str, *, namespace: str | None = None) -> R:
        """The object; takes what `get` takes.

        Raises:
            errors.NotFound: there is none such.
        """
        return super(NamespacedCollection, self._inside(namespace)).find_by_id(identity)

    def destroy(self, identity: str, *, namespace: str | None = None) -> bool:
        """Deletes an object without loading it; takes what `get` takes.

        Returns:
            True.

        Raises:
            errors.NotFound: there is none such.
        """
        return super(NamespacedCollection, self._inside(namespace)).destroy(identity)

    def __contains__(self, one: object) -> bool:
        foreign = self._loaded is None and self.query.limit is None and isinstance(one, self.model)
        inside = self._inside(getattr(one, "namespace")) if foreign else self  # noqa: B009
        return super(NamespacedCollection, inside).__contains__(one)

    def _fetch(self, identity: str) -> Mapping[str, Any]:
        narrowed = any(one.name == "namespace" for one in self.query.lookups)
        if narrowed and not self._where() and not is_uuid(identity):
            # Of several namespaces, the server looks in none of them for a name, but lists it.
            found = self.filter(name__eq=identity).first()
            if found:
                return found._row or {}
        return super()._fetch(identity)

    def _inside(self: C, namespace: str | None) -> C:
        if namespace is None or namespace == self._where().get("namespace"):
            return self
        return self.filter(namespace__eq=namespace)

    def _where(self) -> dict[str, Any]:
        chosen = [one.value for one in self.query.lookups if (one.name, one.operator) == ("namespace", "eq")]
        return {"namespace": chosen[-1]} if chosen else {}

    def _addressable(self, identity: str) -> str:
        if "namespace" in self._where() or not isinstance(identity, str) or "/" not in identity:
            return super()._addressable(identity)
        # As the server does with a name, where no namespace is told.
        return self.filter(namespace__eq="")._addressable(identity)


def _unknown_fields(refused: errors.BadRequest) -> set[str]:
    """The fields that the server says it does not have."""
    found = re.match(r"Some fields do not exist\s*\[([^]]*)\]", refused.message)
    return set(found[1].split(", ")) if found else set()


def _django_style(key: str, value: Any) -> tuple[str, Any]:
    operator, colon, compared = value.partition(":") if isinstance(value, str) else ("", "", "")
    if "__" in key or not colon or operator not in OPERATORS:
        return key, value
    return f"{key}__{operator}", compared.split(",") if operator in ("in", "nin") else compared
