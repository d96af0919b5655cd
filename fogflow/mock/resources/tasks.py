"""Tasks (`/v2/tasks`), which are parts of executions."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from fogflow.mock import listing
from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault, json_answer
from fogflow.mock.listing import Condition, document, flag, identity, nowhere, tags, text
from fogflow.mock.resources.base import (
    ANY,
    Fields,
    Filters,
    Resource,
    Route,
    require_arguments,
)
from fogflow.mock.resources.forms import DOCUMENT, FLAG, OWNER, TEXT, TEXTS, TIME
from fogflow.mock.store import Row


class Tasks(Resource):
    """`result` and `published_global` stand in the answer for one task alone."""

    name = "tasks"
    argument = "task"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "name": TEXT,
        "type": TEXT,
        "workflow_name": TEXT,
        "workflow_namespace": TEXT,
        "workflow_id": TEXT,
        "workflow_execution_id": TEXT,
        "tags": TEXTS,
        "state": TEXT,
        "state_info": TEXT,
        "project_id": OWNER,
        "runtime_context": DOCUMENT,
        "result": TEXT,
        "published": DOCUMENT,
        "published_global": DOCUMENT,
        "processed": FLAG,
        "created_at": TIME,
        "updated_at": TIME,
        "started_at": TIME,
        "finished_at": TIME,
        "reset": FLAG,
        "env": DOCUMENT,
    }
    computed = frozenset({"result", "published_global", "reset", "env"})
    hidden = frozenset({"scope"})
    filters: ClassVar[Filters] = {
        "workflow_execution_id": identity,
        "created_at": text,
        "workflow_name": text,
        "workflow_id": identity,
        "tags": tags,
        "state": text,
        "state_info": text,
        "updated_at": text,
        "name": text,
        "result": nowhere("TaskExecution"),
        "published": document,
        "processed": flag,
        "reset": nowhere("TaskExecution"),
        "env": nowhere("TaskExecution", document),
    }

    read_first = ("workflow_id",)

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_answer),
            Route("GET", ("executions", ANY, self.name), self.list_of_execution),
            Route("GET", (self.name, ANY), self.get),
            Route("PUT", (self.name, ANY), self.update),
        ]

    def not_found(self, identity: str) -> Fault:
        return Fault(404, f"Task execution not found [id={identity}]")

    def list_of_execution(self, request: Request, execution: str) -> Answer:
        wanted = listing.require_uuid("workflow_execution_id", execution)
        row = self.state.store["executions"].rows.get(wanted)
        if row is None or not self.state.store.sight("executions", request.project, everything=True)(row):
            raise Fault(404, f"WorkflowExecution not found [id={execution}]")
        return self.list_answer(request, more=(Condition("workflow_execution_id", "eq", wanted),))

    def get(self, request: Request, identity: str) -> Answer:
        require_arguments(request, self.taken_by_get)
        row = self.find(request, identity)
        fields = listing.names(request.query.get("fields", ""))
        for field in fields:
            if field not in self._whole(row):
                raise Fault(500, f"'{field}'")
        return json_answer(200, self._whole(row, ["id", *fields] if fields else None))

    def _whole(self, row: Row, names: list[str] | None = None) -> Any:
        return self.shown({**row, "result": json.dumps(self._result(row))}, names)

    def _result(self, task: Row) -> Any:
        """What came out of a task: a list for one with items, or that is not done."""
        counted = [child for child in self.state.engine.children_of(task) if child["accepted"]]
        ordered = sorted(counted, key=lambda child: int(child["index"]))
        results = [
            child["output"] if task["type"] == "WORKFLOW" else (child["output"] or {}).get("result")
            for child in ordered
        ]
        return results if task["spec"].items is not None or not results else results[0]

    def update(self, request: Request, identity: str) -> Answer:
        said = self.body(request)
        row = self.find(request, identity)
        execution = self.state.engine.execution_of(row)
        if said.get("name") and said["name"] != row["name"]:
            raise Fault(400, "Task name does not match.")
        if said.get("workflow_name") and said["workflow_name"] != execution["name"]:
            raise Fault(400, "Workflow name does not match.")
        state = said.get("state")
        if state not in ("RUNNING", "SKIPPED"):
            raise Fault(400, "Invalid task state. Only updating task to RUNNING or SKIPPED is supported.")
        if row["state"] != "ERROR":
            raise Fault(
                400,
                "The current task execution must be in ERROR for rerun. Only updating task to rerun is supported.",
            )
        reset = bool(said.get("reset"))
        if state == "RUNNING":
            if "reset" not in said:
                raise Fault(400, "Reset field is mandatory to rerun task.")
            if row["spec"].items is None and not reset:
                raise Fault(400, "Only with-items task has the option to not reset.")
        self.state.engine.rerun(row, reset=reset, skip=state == "SKIPPED", env=said.get("env"))
        answer = self._whole(row)
        answer.pop("published_global", None)
        return json_answer(200, answer)
