"""Tasks: the steps of an execution (`/v2/tasks`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fogflow.core.attributes import attribute, boolean_attribute, json_attribute, model, time_attribute
from fogflow.core.query import Query
from fogflow.models import words
from fogflow.models.action_executions import ActionExecutions
from fogflow.models.base import Resource
from fogflow.models.lists import ResourceCollection
from fogflow.models.lookups import EXACT, PROSE, TAGS, TEXT, TIME
from fogflow.models.states import HasState

if TYPE_CHECKING:
    from fogflow.models.executions import Execution, Executions
    from fogflow.models.sub_executions import SubExecutions


@model
class Task(HasState, Resource):
    """A step of an execution. The server makes tasks; they can be rerun and skipped.

    `reset` and `env` are what a rerun sends; the server tells them of no task.
    """

    __slots__ = ()

    resource_name = "task"
    summary_names = ("id", "name", "state")

    id: str = attribute(words.ID, sort=True)
    name: str = attribute("Its name in the workflow's definition.", lookups=TEXT, sort=True)
    type: str = attribute('What it runs: "ACTION" or "WORKFLOW".', sort=True)
    workflow_name: str = attribute("The name of the workflow that it is a step of.", lookups=TEXT, sort=True)
    workflow_namespace: str = attribute("In which namespace that name is.", sort=True)
    workflow_id: str = attribute("The id of that workflow.", lookups=EXACT, sort=True)
    workflow_execution_id: str = attribute("The id of the execution that it is a step of.", lookups=EXACT, sort=True)
    tags: list[str] = attribute(words.TAGS_OF_DEFINITION, lookups=TAGS)
    state: str = attribute(
        "How it stands: as an execution, or in WAITING, DELAYED or SKIPPED.",
        lookups=TEXT,
        sort=True,
    )
    state_info: str | None = attribute(words.STATE_INFO, lookups=PROSE, heavy=True)
    project_id: str = attribute(words.PROJECT, sort=True)
    runtime_context: dict[str, Any] = json_attribute(
        "What the engine keeps of it while it runs, such as the tries so far.", heavy=True
    )
    result: Any = json_attribute(
        "What its action or workflow gave, any value that JSON knows; of several items, a list.",
        computed=True,
        heavy=True,
    )
    published: dict[str, Any] = json_attribute("What it has published for the tasks after it, by name.", heavy=True)
    published_global: dict[str, Any] | None = json_attribute(
        "What it has published for all branches, by name.", computed=True, heavy=True
    )
    processed: bool = boolean_attribute(
        "Whether the engine is done with it and has seen to what follows.", lookups=EXACT, sort=True
    )
    created_at: datetime = time_attribute(words.CREATED, lookups=TIME, sort=True)
    updated_at: datetime = time_attribute(words.STATE_CHANGED, lookups=TIME, sort=True)
    started_at: datetime | None = time_attribute("When it began to run.")
    finished_at: datetime | None = time_attribute("When it ended.")
    reset: bool | None = attribute("What a rerun sends; the server tells it of no task.", computed=True)
    env: dict[str, Any] | None = json_attribute("What a rerun sends; the server tells it of no task.", computed=True)

    @property
    def execution(self) -> Execution:
        """The execution that it is a step of."""
        self._require_persisted("follow")
        found: Execution = self.service.executions.find_by_id(self.workflow_execution_id)
        return found

    @property
    def action_executions(self) -> ActionExecutions:
        """The runs of its action."""
        return self._related(ActionExecutions, task_execution_id=self.identity)

    @property
    def sub_executions(self) -> SubExecutions:
        """The executions that it started, and those that they started, however deep."""
        from fogflow.models.sub_executions import SubExecutions

        self._require_persisted("follow")
        return SubExecutions(self.service, Query(flags={"task_id": self.identity}))

    @property
    def workflow_executions(self) -> Executions:
        """The executions that it started, where it is a sub-workflow."""
        from fogflow.models.executions import Executions

        return self._related(Executions, task_execution_id=self.identity)

    def rerun(self, reset: bool = True, env: Mapping[str, Any] | None = None) -> Task:
        """Runs it again; it must be in ERROR.

        Args:
            reset: False keeps the results of a with-items task that went well; others cannot be rerun so.
            env: values to change in the execution's environment.

        Returns:
            itself, as it is now.

        Raises:
            errors.BadRequest: it is not in ERROR, or cannot be rerun so.
        """
        self._require_persisted("rerun")
        answer = self._changed_once(
            lambda: self._request("rerun", self.identity, reset=reset, env=env),
            # One that is in ERROR was not run again, or was and has failed: which, cannot be told.
            lambda now: now.get("state") != "ERROR",
        )
        return self._answered(answer, "state")

    def skip(self) -> Task:
        """Lets the execution go on as if it had been done; it must be in ERROR.

        Returns:
            itself, as it is now.

        Raises:
            errors.BadRequest: it is not in ERROR.
        """
        self._require_persisted("skip")
        answer = self._changed_once(
            lambda: self._request("skip", self.identity), lambda now: now.get("state") == "SKIPPED"
        )
        return self._answered(answer, "state")


class Tasks(ResourceCollection[Task]):
    """`service.tasks` and `execution.tasks`."""

    model = Task
