"""Action executions: actions that run, or have run, in a task or by themselves (`/v2/action_executions`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from fogflow import errors
from fogflow.core.attributes import attribute, boolean_attribute, json_attribute, model, time_attribute
from fogflow.models import words
from fogflow.models.answers import row
from fogflow.models.base import Resource
from fogflow.models.lists import ResourceCollection
from fogflow.models.lookups import EXACT, TEXT, TIME
from fogflow.models.starting import require_mapping
from fogflow.models.states import HasState

if TYPE_CHECKING:
    from fogflow.models.tasks import Task


@model
class ActionExecution(HasState, Resource):
    """A run of an action. One that was run without `save_result` has no id, and is nowhere but here.

    Mistral 23 tells the `task_name` and the `params` of none.
    The API deletes one only where the server's configuration allows it; otherwise `destroy` raises Forbidden.
    """

    __slots__ = ()

    resource_name = "action_execution"
    summary_names = ("id", "name", "state")

    id: str | None = attribute("The server's id of it, a UUID; None of one that was not kept.", sort=True)
    workflow_name: str | None = attribute(
        "The name of the workflow that it belongs to; None where it was run by itself.", lookups=TEXT
    )
    workflow_namespace: str = attribute("In which namespace the action is looked for.", create=True, sort=True)
    task_name: str | None = attribute("The name of its task, which Mistral 23 tells of none.", computed=True)
    task_execution_id: str | None = attribute(
        "The id of the task that it belongs to; None where it was run by itself.", lookups=EXACT
    )
    state: str = attribute(
        'How it stands: "IDLE", "RUNNING", "PAUSED", "SUCCESS", "ERROR" or "CANCELLED".',
        update=True,
        lookups=TEXT,
        sort=True,
    )
    state_info: str | None = attribute(words.STATE_INFO, heavy=True)
    tags: list[str] | None = attribute(words.TAGS_OF_DEFINITION)
    name: str = attribute("The name of the action.", create=True, lookups=TEXT, sort=True)
    description: str | None = attribute(words.DESCRIPTION, create=True)
    project_id: str = attribute(words.PROJECT, sort=True)
    accepted: bool = boolean_attribute("Whether its result counts; False of a try that was repeated.", lookups=EXACT)
    input: dict[str, Any] = json_attribute("What the action was given, by name.", create=True, heavy=True)
    output: Any = json_attribute(
        "What came out, as the server keeps it; `result` is what the action gave.", update=True, heavy=True
    )
    created_at: datetime = time_attribute("When it was started.", lookups=TIME, sort=True)
    updated_at: datetime | None = time_attribute(words.STATE_CHANGED, lookups=TIME)
    params: dict[str, Any] | None = json_attribute(
        "How it is run: `save_result`, `run_sync`, `target`, `timeout`.", create=True, computed=True
    )

    @property
    def result(self) -> Any:
        """What came out, any value that JSON knows; of one that failed, the reason. None before it has ended."""
        return self.output.get("result") if isinstance(self.output, dict) else self.output

    # -- what can be done with it

    def complete(self, output: Mapping[str, Any] | None = None) -> ActionExecution:
        """Ends it well from outside, as an asynchronous action is ended.

        Args:
            output: what came out; the server keeps it as `result`. The API takes nothing but a mapping.

        Returns:
            itself.

        Raises:
            errors.BadRequest: it has ended already.
        """
        return self._end("SUCCESS", output)

    def fail(self, output: Mapping[str, Any] | None = None) -> ActionExecution:
        """Ends it in ERROR from outside; takes, returns and raises what `complete` does."""
        return self._end("ERROR", output)

    def _end(self, state: str, output: Mapping[str, Any] | None) -> ActionExecution:
        self._require_persisted("end")
        require_mapping("the output of an ActionExecution", output)
        changes = {"state": state} if output is None else {"state": state, "output": output}
        return self._answered(self._sent(changes), *changes)

    def _sent(self, changes: Mapping[str, Any]) -> Mapping[str, Any]:
        def is_done(now: Mapping[str, Any]) -> bool:
            other = ActionExecution.from_row(None, now, complete=True)
            return other.state == changes["state"] and ("output" not in changes or other.result == changes["output"])

        return self._changed_once(lambda: self.service.change_action_execution(self.identity, changes), is_done)

    @property
    def task(self) -> Task | None:
        """The task that it belongs to; None when it was run by itself."""
        if self.task_execution_id is None:
            return None
        found: Task = self.service.tasks.find_by_id(self.task_execution_id)
        return found

    # -- how it is saved

    def _create(self) -> Mapping[str, Any]:
        if not self.name:
            raise errors.ArgumentError("an action execution needs name=, that of an action")
        require_mapping("the input of an ActionExecution", self.input)
        require_mapping("the params of an ActionExecution", self.params)
        return row(
            self._request(
                "create",
                self.name,
                self.input,
                self.params,
                namespace=self.workflow_namespace,
                description=self.description,
            )
        )

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        require_mapping("the output of an ActionExecution", self.output)
        changes: dict[str, Any] = {"state": self.state}
        if "output" in changed:
            if self.state not in ("SUCCESS", "ERROR"):
                raise errors.ArgumentError(f"the server takes an output with SUCCESS or ERROR, not with {self.state}")
            changes["output"] = self.output
        return self._sent(changes)


class ActionExecutions(ResourceCollection[ActionExecution]):
    """`service.action_executions` and `task.action_executions`."""

    model = ActionExecution
    flags: ClassVar[dict[str, type]] = {"include_output": bool}
