"""The base of the models of Mistral: how its requests are named, and how an object is saved by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from fogflow import errors
from fogflow.core.attributes import declared
from fogflow.core.model import Model
from fogflow.models.answers import row
from fogflow.response import Response

if TYPE_CHECKING:
    from fogflow.models.lists import ResourceCollection

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
        from fogflow.models.once import sent_once

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
        from fogflow.models.once import sent_once

        def find() -> Mapping[str, Any] | None:
            now = self._fetch()
            return now if is_done(now) else None

        return sent_once(lambda: row(send()), find)

    def _answered(self: R, answer: Mapping[str, Any], *sent: str) -> R:
        """Takes in what the server said of a change of the attributes `sent`; what else was set and not saved stays."""
        self._absorb_change(answer, frozenset(sent), keep=self.changed - set(sent))
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
