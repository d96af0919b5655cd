"""Runs of actions, in tasks and by themselves: made, ended, paused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fogflow.mock.engine.actions import Action, Outcome
from fogflow.mock.engine.states import FINAL, may_become
from fogflow.mock.exchange import ADMINISTRATOR, Project
from fogflow.mock.faults import Fault
from fogflow.mock.scripts import ActionScript, Run
from fogflow.mock.store import Row

if TYPE_CHECKING:
    from fogflow.mock.engine.engine import Engine


class ActionRuns:
    """The runs of all actions of a mock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._tries: Counter[str] = Counter()

    def create(self, project: Project, **values: Any) -> Row:
        """A run, which has begun."""
        now = self._engine.second
        return self._engine.store["action_executions"].insert(
            {
                "workflow_name": None,
                "workflow_namespace": "",
                "task_execution_id": None,
                "state": "RUNNING",
                "state_info": None,
                "tags": None,
                "description": "",
                "accepted": False,
                "output": None,
                "index": 0,
                "updated_at": None,
                **values,
                "project_id": project.id,
                "scope": "private",
                "created_at": now,
                "last_heartbeat": now,
            }
        )

    def outcome_alone(self, action: Action, given: Mapping[str, Any], identity: str | None) -> Outcome:
        """What becomes of an action that is run by itself.

        Args:
            given: the input.
            identity: the run's id; None for one that is not kept.
        """
        alone = Run(workflow_name="", input={}, env={}, context={}, output={}, action_input=given)
        self._tries[action.name] += 1
        return self._engine.actions.outcome(action, alone, ActionScript(), self._tries[action.name] - 1, identity)

    def end_later(self, row: Row, outcome: Outcome) -> None:
        """Ends a run when its time has come, if it has one and nobody ends it before."""
        if outcome.after is not None:
            self._engine.timeline.schedule(outcome.after, lambda: self._end_still(row, outcome))

    def _end_still(self, row: Row, outcome: Outcome) -> None:
        if row["state"] not in FINAL and self._engine.is_there(row):
            self.end(row, outcome.state, outcome.result)

    def end(self, row: Row, state: str, result: Any) -> None:
        """Ends a run. Raises Fault when it has ended already."""
        if row["state"] in FINAL:
            raise Fault(500, f"ValueError: Action {row['id']} is already completed")
        self._engine.touch(row, state=state, accepted=True, output={"result": result})
        task = self._task(row)
        if task:
            self._engine.tasks.on_child_end(task)

    def update(self, row: Row, state: str) -> None:
        """Pauses a run, or lets it go on; its task and its execution follow. Raises Fault."""
        task = self._task(row)
        wrong = self._wrong_update(row, state)
        if wrong and not task:
            # The server names the task in its log, where there is one.
            raise Fault(500, "AttributeError: 'NoneType' object has no attribute 'name'")
        if wrong:
            raise Fault(400, wrong)
        if row["state"] != state:
            self._engine.touch(row, state=state)
        if not task:
            return
        self._engine.touch(task, state=state)
        execution = self._engine.execution_of(task)
        if state == "PAUSED" and execution["state"] == "RUNNING":
            self._engine.pause(execution)
        elif state == "RUNNING":
            self._engine.resume(execution)

    def _wrong_update(self, row: Row, state: str) -> str | None:
        action = self._engine.actions.find(row["name"], row["workflow_namespace"], Project(ADMINISTRATOR))
        if state == "PAUSED" and not (action and action.is_asynchronous):
            return "Transition to the PAUSED state is only supported for asynchronous action execution."
        return None if may_become(row["state"], state) else f"Invalid state transition from {row['state']} to {state}."

    def _task(self, row: Row) -> Row | None:
        return self._engine.store["tasks"].rows.get(row["task_execution_id"] or "")
