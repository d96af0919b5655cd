"""Workbooks: workflows and actions in one definition (`/v2/workbooks`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fogflow import errors
from fogflow.core.attributes import attribute, model, time_attribute
from fogflow.definitions import definition_mapping, workbook_text
from fogflow.models import words
from fogflow.models.answers import row
from fogflow.models.base import Namespaced, Resource
from fogflow.models.defined import Defined
from fogflow.models.lists import NamespacedCollection
from fogflow.models.lookups import PROSE, TAGS, TEXT, TIME
from fogflow.models.unmarked import NamedAlone, UnmarkedCollection, require_addressable

if TYPE_CHECKING:
    from fogflow.models.actions import Actions
    from fogflow.models.workflows import Workflows


@model
class Workbook(Namespaced, NamedAlone, Defined):
    """A definition of workflows and actions, which carry its name before their own: "book.flow"."""

    __slots__ = ()

    resource_name = "workbook"
    identity_name = "name"
    summary_names = ("name", "namespace", "scope")
    address_names = ("id", "name", "namespace")

    id: str = attribute(words.ID)
    name: str = attribute(words.NAME_OF_DEFINITION, lookups=TEXT, sort=True)
    namespace: str = attribute(words.NAMESPACE, create=True, lookups=TEXT)
    definition: Any = attribute(
        words.DEFINITION, create=True, update=True, lookups=PROSE, heavy=True, convert=workbook_text
    )
    tags: list[str] = attribute(words.TAGS_OF_DEFINITION, lookups=TAGS)
    scope: str = attribute(words.SCOPE, create=True, update=True, lookups=TEXT)
    project_id: str = attribute(words.PROJECT)
    created_at: datetime = time_attribute(words.CREATED, lookups=TIME, sort=True)
    updated_at: datetime | None = time_attribute(words.UPDATED, lookups=TIME)

    @property
    def workflows(self) -> Workflows:
        """The workflows that carry its name; they stay when it is destroyed."""
        from fogflow.models.workflows import Workflows

        return self._related(Workflows, name__startswith=f"{self.name}.", namespace=self.namespace)

    @property
    def actions(self) -> Actions:
        """The actions that carry its name; they stay when it is destroyed."""
        from fogflow.models.actions import Actions

        return self._related(Actions, name__startswith=f"{self.name}.", namespace=self.namespace)

    def _wanted(self) -> dict[str, Any]:
        return {**Resource._wanted(self), "name": _name_in(self.definition)}

    def _create(self) -> Mapping[str, Any]:
        self._require_definition()
        require_addressable("a workbook", _name_in(self.definition))
        return row(self._request("create", self.definition, scope=self.scope, namespace=self.namespace))

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        if "definition" in changed and _name_in(self.definition) not in ("", self.identity):
            # The server would change the workbook of that name.
            name = _name_in(self.definition)
            raise errors.ArgumentError(f"the API cannot rename a workbook: this is {self.identity!r}, not {name!r}")
        self._require_alone()
        # Both, for without a scope the server makes it private.
        values = self._to_repeat(changed, "definition", "scope")
        return row(self._request("update", values["definition"], scope=values["scope"], **self._where()))


class Workbooks(UnmarkedCollection[Workbook], NamespacedCollection[Workbook]):
    """`service.workbooks`."""

    model = Workbook


def _name_in(definition: str) -> str:
    """The name that a definition has for its workbook; "" where it is for the server to say what is wrong with it."""
    try:
        name = definition_mapping(definition).get("name")
    except errors.ArgumentError:
        return ""
    return name if isinstance(name, str) else ""
