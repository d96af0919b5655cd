"""What is made of a definition has in common: workflows and actions, of which one text may define several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fogflow import errors
from fogflow.core.attributes import one_of
from fogflow.definitions import Definition, require_single
from fogflow.models.base import NamespacedCollection, Resource, only_row, row, rows
from fogflow.models.validations import Validation

D = TypeVar("D", bound="Defined")


class Defined(Resource):
    """The base of the models with `definition`, `scope` and `namespace`."""

    __slots__ = ()

    definition: Any
    scope: str
    namespace: str

    def validate(self) -> Validation:
        """Asks the server for its opinion of the definition as it is here, saved or not."""
        self._require_definition()
        checked: Validation = getattr(self.service.validations, self.resource_name)(self.definition)
        return checked

    def _require_definition(self) -> None:
        if self.definition is None:
            raise errors.ArgumentError(f"{one_of(type(self))} needs definition=: text, a mapping or a pathlib.Path")

    def _insert(self) -> Mapping[str, Any]:
        self._require_definition()
        require_single(self.definition, "create_all()")
        answer = self._request("create", self.definition, scope=self.scope, namespace=self.namespace)
        return only_row(answer, type(self))

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        # All three, for what is left out is not kept: the server makes it private and nameless its namespace.
        values = self._to_repeat(changed, "definition", "scope", "namespace")
        require_single(values["definition"], "create_all()")
        answer = self._request("update", values.pop("definition"), id=self._settled("id"), **values)
        # The server answers with the object, or with a list of it.
        return only_row(answer, type(self)) if f"{self.resource_name}s" in row(answer) else row(answer)


class DefinedCollection(NamespacedCollection[D]):
    """The base of their collections."""

    def create_all(self, definition: Definition, *, scope: str | None = None, namespace: str | None = None) -> list[D]:
        """Creates all that a definition defines, in one request: all of it, or nothing.

        Args:
            definition: text, a mapping, or a Path to a file.
            scope: "private" or "public".
            namespace: where the names are to be. Both are by default what the collection was narrowed to.

        Raises:
            errors.InvalidDefinition: the server refuses it.
            errors.Conflict: one of the names is taken.
        """
        alike = {name: value for name, value in self._alike().items() if name in ("scope", "namespace")}
        given = {name: value for name, value in (("scope", scope), ("namespace", namespace)) if value is not None}
        answer = self._request("create", definition, **{**alike, **given})
        return [self.model.from_row(self.service, one) for one in rows(answer, self.model)]
