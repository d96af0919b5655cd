"""Workflows: definitions that can be executed (`/v2/workflows`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from fogflow.core.attributes import attribute, json_attribute, model, time_attribute
from fogflow.definitions import definition_text
from fogflow.models import words
from fogflow.models.cron_triggers import CronTriggers
from fogflow.models.defined import Defined, DefinedCollection
from fogflow.models.event_triggers import EventTriggers
from fogflow.models.executions import Execution, Executions
from fogflow.models.lookups import EXACT, PROSE, TAGS, TEXT, TIME
from fogflow.models.members import Members

if TYPE_CHECKING:
    from fogflow.drawing import Graph


@model
class Workflow(Defined):
    """A definition of tasks and of what follows what."""

    __slots__ = ()

    resource_name = "workflow"
    summary_names = ("id", "name", "namespace")
    later_names = ("checksum",)

    id: str = attribute(words.ID, sort=True)
    name: str = attribute(words.NAME_OF_DEFINITION, lookups=TEXT, sort=True)
    namespace: str = attribute(words.NAMESPACE, create=True, update=True, lookups=TEXT, sort=True)
    input: str = attribute(
        'The names of what it takes, with their defaults, as one text: "who, greeting=hello".', computed=True
    )
    interface: dict[str, Any] = json_attribute(
        "What it takes and gives, as the server reads it: a mapping with `input` and `output`.",
        computed=True,
        heavy=True,
    )
    definition: Any = attribute(
        words.DEFINITION, create=True, update=True, lookups=PROSE, heavy=True, convert=definition_text
    )
    checksum: str | None = attribute("The server's checksum of the definition; older releases tell none.")
    tags: list[str] = attribute(words.TAGS_OF_DEFINITION, lookups=TAGS)
    scope: str = attribute(words.SCOPE, create=True, update=True, lookups=TEXT, sort=True)
    project_id: str = attribute(words.PROJECT, lookups=EXACT, sort=True)
    created_at: datetime = time_attribute(words.CREATED, lookups=TIME, sort=True)
    updated_at: datetime | None = time_attribute(words.UPDATED, lookups=TIME)

    @property
    def executions(self) -> Executions:
        """Its executions."""
        return self._related(Executions, workflow_id=self.id)

    @property
    def members(self) -> Members:
        """The projects that it is shared with, as `members.create(member_id=…)` does."""
        return self._related(Members, resource_id=self.id)

    @property
    def cron_triggers(self) -> CronTriggers:
        """The triggers that start it by the clock."""
        return self._related(CronTriggers, workflow_id=self.id)

    @property
    def event_triggers(self) -> EventTriggers:
        """The triggers that start it by an event."""
        return self._related(EventTriggers, workflow_id=self.id)

    def graph(self) -> Graph:
        """Its picture: the tasks, what follows what, on which condition, and what is special about each.

        Of the definition as it is here, saved or not. `print` shows it as Mermaid, a notebook as SVG; see `Graph`.

        Raises:
            errors.ArgumentError: it has no definition, or one that cannot be read.
        """
        from fogflow.models import pictures

        return pictures.of_workflow(self)

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


class Workflows(DefinedCollection[Workflow]):
    """`service.workflows`."""

    model = Workflow
    flags: ClassVar[dict[str, type]] = {"all_projects": bool}
