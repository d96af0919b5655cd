"""Code sources: Python text of which dynamic actions are made (`/v2/code_sources`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from fogflow import errors
from fogflow.core.attributes import attribute, model, time_attribute
from fogflow.definitions import definition_text
from fogflow.models import words
from fogflow.models.answers import row
from fogflow.models.base import Namespaced
from fogflow.models.dynamic_actions import DynamicActions
from fogflow.models.lists import NamespacedCollection
from fogflow.models.lookups import EXACT, TEXT, TIME


@model
class CodeSource(Namespaced):
    """Python text, which the server runs. Most servers take it from administrators only.

    The server looks at it when an action of it is first used, not before. Its dynamic actions are destroyed with it.
    """

    __slots__ = ()

    resource_name = "code_source"
    summary_names = ("id", "name", "namespace")
    address_names = ("id", "namespace")
    unique_names = ("name", "namespace")

    id: str = attribute(words.ID, sort=True)
    name: str = attribute("Its name.", create=True, lookups=TEXT, sort=True)
    namespace: str = attribute(words.NAMESPACE, create=True, lookups=TEXT, sort=True)
    content: Any = attribute(
        "Python text. Set to a text or a `pathlib.Path`.", create=True, update=True, heavy=True, convert=definition_text
    )
    version: int = attribute("How often the content was saved.", sort=True)
    project_id: str = attribute(words.PROJECT, lookups=EXACT, sort=True)
    scope: str = attribute(words.SCOPE, create=True, update=True, lookups=TEXT, sort=True)
    actions: list[str] | None = attribute("The names of the actions that are made of it.", computed=True)
    created_at: datetime = time_attribute(words.CREATED, lookups=TIME, sort=True)
    updated_at: datetime | None = time_attribute(words.UPDATED, lookups=TIME)

    @property
    def dynamic_actions(self) -> DynamicActions:
        """The actions that are made of it, in its namespace."""
        return self._related(DynamicActions, code_source_id=self.identity, namespace=self._settled("namespace"))

    def _create(self) -> Mapping[str, Any]:
        self._require_content()
        return row(self._request("create", self.name, self.content, scope=self.scope, namespace=self.namespace))

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        if "content" in changed:
            self._require_content()
        # Both, for without a scope the server makes it private.
        values = self._to_repeat(changed, "content", "scope")
        return self._changed_once(
            lambda: self._request("update", self.identity, values["content"], scope=values["scope"], **self._where()),
            lambda now: all(now.get(name) == value for name, value in values.items()),
        )

    def _require_content(self) -> None:
        if not (self.name and self.content):
            raise errors.ArgumentError("a code source needs name= and content=, which is text or a pathlib.Path")


class CodeSources(NamespacedCollection[CodeSource]):
    """`service.code_sources`."""

    model = CodeSource
    flags: ClassVar[dict[str, type]] = {"all_projects": bool}
