"""Dynamic actions: classes of a code source, as actions (`/v2/dynamic_actions`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from fogflow import errors
from fogflow.core.attributes import attribute, model, time_attribute
from fogflow.models import words
from fogflow.models.answers import row
from fogflow.models.base import Namespaced
from fogflow.models.lists import NamespacedCollection
from fogflow.models.lookups import EXACT, OUR_EXACT, OUR_TEXT, TEXT, TIME

if TYPE_CHECKING:
    from fogflow.models.code_sources import CodeSource


@model
class DynamicAction(Namespaced):
    """An action that is a Python class of a code source.

    The server does not look whether there is such a class; where there is none, every list of actions fails.
    """

    __slots__ = ()

    resource_name = "dynamic_action"
    summary_names = ("id", "name", "class_name")
    address_names = ("id", "namespace")
    unique_names = ("name", "namespace")

    id: str = attribute(words.ID, sort=True)
    name: str = attribute("Its name, which tasks call it by.", create=True, lookups=TEXT, sort=True)
    namespace: str = attribute(words.NAMESPACE, create=True, lookups=TEXT, sort=True)
    code_source_id: str = attribute(
        "The id of the code source that has its class.", create=True, update=True, lookups=OUR_EXACT, sort=True
    )
    code_source_name: str = attribute(
        "The name of the code source that has its class.", create=True, update=True, lookups=OUR_TEXT, sort=True
    )
    class_name: str = attribute(
        "The name of its class in the code source.", create=True, update=True, lookups=OUR_TEXT, sort=True
    )
    project_id: str = attribute(words.PROJECT, lookups=EXACT, sort=True)
    scope: str = attribute(words.SCOPE, create=True, update=True, lookups=TEXT, sort=True)
    created_at: datetime = time_attribute(words.CREATED, lookups=TIME, sort=True)
    updated_at: datetime | None = time_attribute(words.UPDATED, lookups=TIME)

    @property
    def code_source(self) -> CodeSource | None:
        """The code source of its class, with which it is destroyed; None when it is not seen from here."""
        self._require_persisted("follow")
        # It may be in another namespace, and the server looks for an id in one.
        named = self.service.code_sources.filter(name__eq=self.code_source_name)
        return next((one for one in named if one.id == self.code_source_id), None)

    def _create(self) -> Mapping[str, Any]:
        if not (self.name and self.class_name):
            raise errors.ArgumentError("a dynamic action needs name= and class_name=")
        if bool(self.code_source_id) == bool(self.code_source_name):
            raise errors.ArgumentError("a dynamic action needs code_source_id= or code_source_name=, one of them")
        answer = self._request(
            "create",
            self.name,
            self.class_name,
            code_source_id=self.code_source_id,
            code_source_name=self.code_source_name,
            scope=self.scope,
            namespace=self.namespace,
        )
        created = row(answer)
        if self.scope in (None, created.get("scope")):
            return created
        # Most releases before 23 make a new one private, whatever was said.
        changes = {"id": created["id"], "class_name": self.class_name, "scope": self.scope}
        where = {"namespace": self.namespace} if self.namespace else {}
        return row(self._request("update", {**changes, **where}))

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        for name in sorted(changed):
            if not getattr(self, name):
                # The server would take it, and then fail in every list of actions.
                raise errors.ArgumentError(f"the {name} of a DynamicAction cannot be empty")
        # The server empties a class that is left out.
        values = self._to_repeat(changed, "class_name", *sorted(changed))
        return row(self._request("update", {"id": self.identity, **self._where(), **values}))

    def _remove(self) -> None:
        # The server deletes by an id in any namespace, and fails when it is told one.
        self._request("delete", self.identity)


class DynamicActions(NamespacedCollection[DynamicAction]):
    """`service.dynamic_actions` and `code_source.dynamic_actions`."""

    model = DynamicAction
    flags: ClassVar[dict[str, type]] = {"all_projects": bool}

    def _remove(self, identity: str) -> None:
        if self._where():
            self.find_by_id(identity).destroy()
        else:
            super()._remove(identity)
