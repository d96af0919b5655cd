"""What is made of a definition has in common: workflows and actions, of which one text may define several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fogflow import errors
from fogflow.core.attributes import one_of
from fogflow.definitions import Definition, defined_in, require_single
from fogflow.models.answers import only_row, row, rows
from fogflow.models.base import Resource
from fogflow.models.lists import NamespacedCollection
from fogflow.models.once import sent_once
from fogflow.models.validations import Validation

D = TypeVar("D", bound="Defined")


class Defined(Resource):
    """The base of the models with `definition`, `scope` and `namespace`."""

    __slots__ = ()

    unique_names = ("name", "namespace")

    definition: Any
    scope: str
    namespace: str
    project_id: str | None

    def validate(self) -> Validation:
        """Asks the server for its opinion of the definition as it is here, saved or not."""
        self._require_definition()
        checked: Validation = getattr(self.service.validations, self.resource_name)(self.definition)
        return checked

    def _require_definition(self) -> None:
        if self.definition is None:
            raise errors.ArgumentError(f"{one_of(type(self))} needs definition=: text, a mapping or a pathlib.Path")

    def _create(self) -> Mapping[str, Any]:
        self._require_definition()
        require_single(self.definition, "create_all()")
        answer = self._request("create", self.definition, scope=self.scope, namespace=self.namespace)
        return self._with_all(only_row(answer, type(self)))

    @classmethod
    def _with_all(cls, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the server said of a new one, with None for what its release does not have."""
        return {**dict.fromkeys(cls.later_names), **row}

    def _wanted(self) -> dict[str, Any]:
        return {"name": next(iter(defined_in(self.definition))), **super()._wanted()}

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        # All three, for what is left out is not kept: the server makes it private and nameless its namespace.
        values = self._to_repeat(changed, "definition", "scope", "namespace")
        require_single(values["definition"], "create_all()")
        answer = self._request("update", values.pop("definition"), id=self._settled("id"), **values)
        # The server answers with the object, or with a list of it.
        return only_row(answer, type(self)) if f"{self.resource_name}s" in row(answer) else row(answer)


class DefinedCollection(NamespacedCollection[D]):
    """The base of their collections."""

    # One text defines many, in one request; several texts are given to `create`, one by one.
    def create_all(  # type: ignore[override]
        self, definition: Definition, *, scope: str | None = None, namespace: str | None = None
    ) -> list[D]:
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
        options = {**alike, **given}

        def create() -> list[D]:
            answer = self._request("create", definition, **options)
            return [self.model.from_row(self.service, self.model._with_all(one)) for one in rows(answer, self.model)]

        return sent_once(create, lambda: self._find_all(definition, **options))

    def _find_all(
        self, definition: Definition, scope: str | None = None, namespace: str | None = None
    ) -> list[D] | None:
        """What is there as the definition defines it, if all of it is; None where something is missing or otherwise."""
        inside = type(self)(self.service).filter(namespace__eq=namespace or "")
        ours = self.service.project_id
        found = []
        for name, what in defined_in(definition).items():
            named = (one for one in inside.filter(name__eq=name) if ours in (None, one.project_id))
            # The server keeps of each its own part, in a form of its own.
            found += [one for one in named if scope in (None, one.scope) and defined_in(one.definition) == {name: what}]
        return found if len(found) == len(defined_in(definition)) else None
