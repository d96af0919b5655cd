"""What all of Mistral's resources have in common: how its requests are named, and how its lists are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from fogflow import errors
from fogflow.core.attributes import declared
from fogflow.core.collection import Collection
from fogflow.core.model import Model
from fogflow.core.query import OPERATORS, Lookup, Query, lookups_of
from fogflow.core.signatures import filtered_by, spelled_out
from fogflow.models.once import sent_once
from fogflow.response import Response

if TYPE_CHECKING:
    from fogflow.models.paging import Position

R = TypeVar("R", bound="Resource")
C = TypeVar("C", bound="ResourceCollection[Any]")


class Resource(Model):
    """The base of the models of Mistral.

    Its requests are found by their names: `resource_name` "workflow" means `get_workflow` and so on.
    """

    __slots__ = ()

    resource_name: ClassVar[str]

    address_names: ClassVar[tuple[str, ...]] = ("id",)
    """The attributes without which it cannot be told from others or asked for; each list has them."""

    unique_names: ClassVar[tuple[str, ...]] = ()
    """The attributes of which the server lets no two objects of a project have the same; none, if it minds no two."""

    later_names: ClassVar[tuple[str, ...]] = ()
    """The attributes that came with a later release than others, and that each answer has since; before, none has."""

    def _request(self, verb: str, /, *arguments: Any, **options: Any) -> Response:
        return request(self.service, f"{verb}_{self.resource_name}", *arguments, **options)

    @property
    def _key(self) -> Any:
        # A name may stand for several objects, in as many namespaces and projects.
        return self._settled("id")

    def _where(self) -> dict[str, Any]:
        """What a request for it takes beside its id or name."""
        return {}

    def _fetch(self) -> Mapping[str, Any]:
        return row(self._request("get", self.identity, **self._where()))

    def _insert(self) -> Mapping[str, Any]:
        return sent_once(self._create, self._find_created)

    def _create(self) -> Mapping[str, Any]:
        """Sends the request that creates it; answers what the server said of it."""
        raise errors.ArgumentError(f"the API creates no {type(self).__name__}s")

    def _find_created(self) -> Mapping[str, Any] | None:
        """The row of an object that is what this new one was to be; None where that cannot be shown of any."""
        if not self.unique_names:
            return None
        wanted = self._wanted()
        same = {f"{name}__eq": wanted.get(name) or "" for name in self.unique_names}
        ours = self.service.project_id
        for one in getattr(self.service, f"{self.resource_name}s").filter(**same):
            # An administrator sees those of other projects too.
            if ours in (None, one.project_id) and one._has_all(wanted):
                return one._row or {}
        return None

    def _wanted(self) -> dict[str, Any]:
        """What it is to be created with: the attributes that were given, by their names."""
        known = declared(type(self))
        given = {name: getattr(self, name) for name, attribute in known.items() if attribute.create}
        return {name: value for name, value in given.items() if value is not None}

    def _has_all(self, wanted: Mapping[str, Any]) -> bool:
        """Whether it has all of these attributes."""
        known = declared(type(self))
        return all(known[name].same(value, getattr(self, name)) for name, value in wanted.items())

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        raise errors.ArgumentError(f"the API updates no {type(self).__name__}s")

    def _remove(self) -> None:
        self._request("delete", self.identity, **self._where())

    def _to_repeat(self, changed: frozenset[str], *names: str) -> dict[str, Any]:
        """The values of attributes that a change must send along: of those that did not change, what they are now."""
        now = self._fetch() if set(names) - changed else {}
        known = declared(type(self))
        return {name: getattr(self, name) if name in changed else known[name].decode(now.get(name)) for name in names}

    def _changed_once(
        self, send: Callable[[], Response], is_done: Callable[[Mapping[str, Any]], bool]
    ) -> Mapping[str, Any]:
        """What the server said of a change that must not be sent twice; `is_done` tells by how the object is now."""

        def find() -> Mapping[str, Any] | None:
            now = self._fetch()
            return now if is_done(now) else None

        return sent_once(lambda: row(send()), find)

    def _answered(self: R, answer: Mapping[str, Any], *sent: str) -> R:
        """Takes in what the server said of a change of the attributes `sent`; what else was set and not saved stays."""
        assert self._row is not None
        self._absorb({**self._row, **answer}, complete=self._complete, keep=self.changed - set(sent))
        return self

    def _related(self, collection: type[C], **lookups: Any) -> C:
        """Another collection, narrowed to what belongs to this object."""
        self._require_persisted("follow")
        return collection(self.service).filter(**lookups)


class Namespaced(Resource):
    """The base of the models that the server looks for in one namespace, even by an id."""

    __slots__ = ()

    def _where(self) -> dict[str, Any]:
        namespace = self._settled("namespace")
        return {} if namespace is None else {"namespace": namespace}


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


def request(service: Any, name: str, /, *arguments: Any, **options: Any) -> Response:
    """Calls a request of the service by its name.

    Raises:
        errors.ArgumentError: there is no such request in the API.
    """
    call = getattr(service, name, None)
    if call is None:
        verb, _, resource = name.partition("_")
        raise errors.ArgumentError(f"the API has no request to {verb} {resource.replace('_', ' ')}s")
    answer: Response = call(*arguments, **options)
    return answer


def is_uuid(identity: object) -> bool:
    """Whether it has the form of the ids that the server gives."""
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(identity).lower()) is not None


def row(answer: Response) -> Mapping[str, Any]:
    """The attributes in an answer about one object.

    Raises:
        errors.InvalidResponse: there are none.
    """
    if not isinstance(answer.body, dict):
        raise errors.InvalidResponse(f"the server answered {answer.status} without an object, but with {_kind(answer)}")
    return answer.body


def rows(answer: Response, model: type[Resource]) -> list[Mapping[str, Any]]:
    """The rows in an answer about several objects.

    Raises:
        errors.InvalidResponse: there are none.
    """
    found = answer.body.get(f"{model.resource_name}s") if isinstance(answer.body, dict) else None
    if not isinstance(found, list) or not set(map(type, found)) <= {dict}:
        raise errors.InvalidResponse(f"the server answered {answer.status} without a list, but with {_kind(answer)}")
    return found


def _kind(answer: Response) -> str:
    """What came, without what it says, which may be private."""
    return "nothing" if answer.body == "" else type(answer.body).__name__


def goes_on(answer: Response) -> bool:
    """Whether there is a page after this one.

    Its address is not gone to: it holds the server's own idea of its host, and spoils some filters.
    """
    following = answer.body.get("next") if isinstance(answer.body, dict) else None
    if following is not None and not isinstance(following, str):
        raise errors.InvalidResponse("the server gave no text for the address of the next page")
    return bool(following)


def only_row(answer: Response, model: type[Resource]) -> Mapping[str, Any]:
    """The row in an answer that lists the one object that was asked for.

    Raises:
        errors.InvalidResponse: there is none, or more than one.
    """
    found = rows(answer, model)
    if len(found) != 1:
        raise errors.InvalidResponse(f"the server answered {answer.status} with {len(found)} objects in place of one")
    return found[0]
