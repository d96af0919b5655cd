"""Workflows: definitions that can be executed (`/v2/workflows`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fogflow import errors
from fogflow.core.attributes import attribute, json_attribute, model, time_attribute
from fogflow.definitions import Definition, definition_text, require_single
from fogflow.models.base import EXACT, PROSE, TAGS, TEXT, TIME, NamespacedCollection, Resource, only_row, row, rows
from fogflow.models.executions import Execution, Executions

if TYPE_CHECKING:
    from fogflow.models.validations import Validation


@model
class Workflow(Resource):
    """A definition of tasks and of what follows what."""

    resource_name = "workflow"
    summary_names = ("id", "name", "namespace")

    id: str = attribute(sort=True)
    name: str = attribute(lookups=TEXT, sort=True)
    namespace: str = attribute(create=True, update=True, lookups=TEXT, sort=True)
    input: str = attribute(computed=True)
    interface: dict[str, Any] = json_attribute(computed=True, heavy=True)
    definition: Any = attribute(create=True, update=True, lookups=PROSE, heavy=True, convert=definition_text)
    checksum: str | None = attribute()
    tags: list[str] = attribute(lookups=TAGS)
    scope: str = attribute(create=True, update=True, lookups=TEXT, sort=True)
    project_id: str = attribute(lookups=EXACT, sort=True)
    created_at: datetime = time_attribute(lookups=TIME, sort=True)
    updated_at: datetime | None = time_attribute(lookups=TIME)

    @property
    def executions(self) -> Executions:
        """Its executions."""
        return self._related(Executions, workflow_id=self.id)

    def execute(
        self,
        input: Mapping[str, Any] | None = None,
        *,
        description: str | None = None,
        env: Mapping[str, Any] | str | None = None,
        evaluate_env: bool | None = None,
        task_name: str | None = None,
        notify: list[dict[str, Any]] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Execution:
        """Starts it.

        Args:
            input: what the workflow takes.
            description: a text of the caller's.
            env: the environment: variables, or the name of a stored one.
            evaluate_env: False leaves expressions in the environment as they are.
            task_name: the task that a reverse workflow is to reach.
            notify: publishers of the server's that are told of what happens, each `{"type": …}`.
            params: whatever else the server takes.

        Returns:
            the Execution, which has started.

        Raises:
            errors.BadRequest: it does not take this input.
        """
        self._require_persisted("execute")
        named = {"evaluate_env": evaluate_env, "task_name": task_name, "notify": notify}
        chosen = {name: value for name, value in named.items() if value is not None}
        return Executions(self.service).create(
            workflow=self, input=input, description=description, env=env, params={**(params or {}), **chosen} or None
        )

    def validate(self) -> Validation:
        """Checks its definition, as it is here, saved or not."""
        checked: Validation = self.service.validations.workflow(self.definition)
        return checked

    def _insert(self) -> Mapping[str, Any]:
        if self.definition is None:
            raise errors.ArgumentError("a workflow needs definition=: text, a mapping or a pathlib.Path")
        require_single(self.definition, "create_all()")
        answer = self._request("create", self.definition, scope=self.scope, namespace=self.namespace)
        return only_row(answer, Workflow)

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        # All three, for what is left out is not kept: the server makes the workflow private and nameless its namespace.
        return row(self._request("update", self.definition, id=self.id, scope=self.scope, namespace=self.namespace))


class Workflows(NamespacedCollection[Workflow]):
    """`service.workflows`."""

    model = Workflow
    flags = frozenset({"all_projects"})

    def create_all(
        self, definition: Definition, *, scope: str | None = None, namespace: str | None = None
    ) -> list[Workflow]:
        """Creates all workflows of a definition, in one request: all of them, or none.

        Args:
            definition: text, a mapping, or a Path to a file.
            scope: "private" or "public".
            namespace: where their names are to be.

        Raises:
            errors.InvalidDefinition: the server refuses it.
            errors.Conflict: one of the names is taken.
        """
        answer = self._request("create", definition, scope=scope, namespace=namespace)
        return [Workflow.from_row(self.service, one) for one in rows(answer, Workflow)]
