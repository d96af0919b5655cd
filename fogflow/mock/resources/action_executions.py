"""Runs of actions (`/v2/action_executions`), in tasks and by themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from fogflow.mock import listing
from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault, json_answer
from fogflow.mock.listing import Condition, document, flag, identity, nowhere, text
from fogflow.mock.resources.base import ANY, Fields, Filters, Resource, Route, require_arguments
from fogflow.mock.resources.forms import DOCUMENT, FLAG, OWNER, TEXT, TEXTS, TIME
from fogflow.mock.store import Row

_SETTABLE = ["SUCCESS", "ERROR", "CANCELLED", "PAUSED", "RUNNING"]


class ActionExecutions(Resource):
    """One that is run without `save_result` is kept nowhere: its answer is all there is of it."""

    name = "action_executions"
    argument = "action_ex"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "workflow_name": TEXT,
        "workflow_namespace": TEXT,
        "task_name": TEXT,
        "task_execution_id": TEXT,
        "state": TEXT,
        "state_info": TEXT,
        "tags": TEXTS,
        "name": TEXT,
        "description": TEXT,
        "project_id": OWNER,
        "accepted": FLAG,
        "input": DOCUMENT,
        "output": DOCUMENT,
        "created_at": TIME,
        "updated_at": TIME,
        "params": DOCUMENT,
    }
    unlisted = frozenset({"output"})
    computed = frozenset({"task_name", "params"})
    hidden = frozenset({"scope", "last_heartbeat"})
    filters: ClassVar[Filters] = {
        "created_at": text,
        "name": text,
        "tags": text,
        "updated_at": text,
        "workflow_name": text,
        "task_name": nowhere("ActionExecution"),
        "task_execution_id": identity,
        "state": text,
        "state_info": text,
        "accepted": flag,
        "input": document,
        "output": document,
        "params": nowhere("ActionExecution", document),
        "description": text,
    }
    switches = frozenset({"include_output"})

    def routes(self) -> list[Route]:
        below = ("tasks", ANY, self.name)
        return [
            Route("GET", (self.name,), self.list_answer),
            Route("POST", (self.name,), self.create),
            Route("GET", (self.name, ANY), self.get),
            Route("PUT", (self.name, ANY), self.update),
            Route("DELETE", (self.name, ANY), self.delete),
            Route("GET", below, self.list_of_task),
            Route("GET", (*below, ANY), self.get_of_task),
        ]

    def not_found(self, identity: str) -> Fault:
        return Fault(404, f"ActionExecution not found [id={identity}]")

    def list_of_task(self, request: Request, task: str) -> Answer:
        wanted = listing.require_uuid("task_execution_id", task)
        return self.list_answer(request, more=(Condition("task_execution_id", "eq", wanted),))

    def get(self, request: Request, identity: str) -> Answer:
        return self.get_answer(request, self.find(request, identity))

    def get_of_task(self, request: Request, task: str, identity: str) -> Answer:
        # The server does not look at the task, and answers no field that it is not asked for.
        row = self.find(request, identity)
        require_arguments(request, self.taken_by_get)
        return self.answer(row, names=["id", *listing.names(request.query.get("fields", ""))])

    def create(self, request: Request) -> Answer:
        said = self.body(request)
        name = said.get("name")
        if not name:
            raise Fault(400, "Please provide at least action name to run action.")
        engine = self.state.engine
        namespace = said.get("workflow_namespace") or ""
        action = engine.actions.find(name, namespace, request.project)
        if action is None:
            raise Fault(400, f"Failed to find action [action_name={name}]")
        given = said.get("input") or {}
        wrong = action.wrong_input(given)
        if wrong:
            raise Fault(500, f"ActionException: {wrong}")
        params = said.get("params") or {}
        run_sync, save_result = params.get("run_sync"), params.get("save_result")
        if run_sync and action.is_asynchronous:
            raise Fault(400, "Action does not support synchronous execution.")
        values = {"name": name, "input": action.complete_input(given), "workflow_namespace": namespace}
        runs = engine.runs
        if not run_sync and (save_result or action.is_asynchronous):
            row = runs.create(request.project, **values)
            runs.end_later(row, runs.outcome_alone(action, given, row["id"]))
            return json_answer(201, self.shown(row))
        described = {**values, "description": said.get("description")}
        row = runs.create(request.project, **described) if save_result else {**_UNKEPT, **described}
        # The server runs it before it has an id.
        outcome = runs.outcome_alone(action, given, None)
        row.update(state=outcome.state, output={"result": outcome.result})
        return json_answer(201, self.shown(row))

    def update(self, request: Request, identity: str) -> Answer:
        said = self.body(request)
        state = said.get("state")
        if state not in _SETTABLE:
            raise Fault(400, f"Error. Expected one of {_SETTABLE}, actual: {said.get('state', 'Unset')}")
        try:
            row = self.find(request, identity)
        except Fault as fault:
            raise Fault(500, f"DBEntityNotFoundError: 404: {fault.message}") from None
        if state in ("PAUSED", "RUNNING"):
            self.state.engine.runs.update(row, state)
        else:
            self.state.engine.runs.end(row, state, _result(state, said))
        # Whoever ends it is told to be its owner, and is not.
        return json_answer(200, {**self.shown(row), "project_id": request.project.id})

    def delete(self, request: Request, identity: str) -> Answer:
        # As the server is configured by default.
        raise Fault(403, "Action execution deletion is not allowed.")


_UNKEPT: Row = {
    "id": None,
    "workflow_name": None,
    "task_execution_id": None,
    "state_info": None,
    "tags": None,
    "project_id": None,
    "accepted": None,
    "created_at": None,
    "updated_at": None,
}
"""What the server does not know of a run that it does not keep."""


def _result(state: str, said: dict[str, Any]) -> Any:
    output = said.get("output")
    if state == "ERROR":
        return output or "Unknown error"
    # What is unset the server takes for an object, an empty one, on its way to the engine.
    return {} if state == "SUCCESS" and "output" not in said else output
