"""Executions of workflows (`/v2/executions`), with what they started and their reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from fogflow.mock import listing
from fogflow.mock.engine.states import FINAL
from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault, json_answer
from fogflow.mock.listing import Condition, document, identity, tags, text
from fogflow.mock.resources import reports
from fogflow.mock.resources.base import ANY, Fields, Filters, Resource, Route
from fogflow.mock.resources.forms import DOCUMENT, OWNER, TEXT, TEXTS, TIME
from fogflow.mock.resources.tasks import Tasks
from fogflow.mock.store import Row

_SETTABLE = ("RUNNING", "PAUSED", "SUCCESS", "ERROR", "CANCELLED")


class Executions(Resource):
    """`output` is left out of lists unless it is asked for, `published_global` always."""

    name = "executions"
    argument = "wf_ex"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "workflow_id": TEXT,
        "workflow_name": TEXT,
        "workflow_namespace": TEXT,
        "description": TEXT,
        "tags": TEXTS,
        "params": DOCUMENT,
        "task_execution_id": TEXT,
        "root_execution_id": TEXT,
        "source_execution_id": TEXT,
        "state": TEXT,
        "state_info": TEXT,
        "input": DOCUMENT,
        "output": DOCUMENT,
        "created_at": TIME,
        "updated_at": TIME,
        "project_id": OWNER,
        "published_global": DOCUMENT,
    }
    unlisted = frozenset({"output"})
    computed = frozenset({"published_global", "source_execution_id"})
    hidden = frozenset({"name", "scope", "accepted"})
    filters: ClassVar[Filters] = {
        "created_at": text,
        "workflow_name": text,
        "workflow_id": identity,
        "tags": tags,
        "params": document,
        "task_execution_id": identity,
        "state": text,
        "state_info": text,
        "input": document,
        "output": document,
        "updated_at": text,
        "description": text,
        "project_id": identity,
        "root_execution_id": identity,
    }
    read_first = ("workflow_id", "params", "task_execution_id", "root_execution_id")
    switches = frozenset({"all_projects", "include_output", "nulls"})

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_answer),
            Route("POST", (self.name,), self.create),
            Route("GET", (self.name, ANY), self.get),
            Route("PUT", (self.name, ANY), self.update),
            Route("DELETE", (self.name, ANY), self.delete),
            Route("GET", (self.name, ANY, "report"), self.report),
            Route("GET", (self.name, ANY, self.name), self.list_below),
            Route("GET", ("tasks", ANY, self.name), self.list_below_task),
            Route("GET", ("tasks", ANY, "workflow_executions"), self.list_of_task),
        ]

    def not_found(self, identity: str) -> Fault:
        return Fault(404, f"WorkflowExecution not found [id={identity}]")

    # -- reading

    def authorize_list(self, request: Request) -> None:
        if request.query.get("project_id"):
            self.require_administrator(request.project)
        super().authorize_list(request)

    def list_of_task(self, request: Request, task: str) -> Answer:
        wanted = listing.require_uuid("task_execution_id", task)
        # Here the server does not load what its database keeps apart.
        unlisted = frozenset({"params", "input", "output"})
        if "include_output" in request.query:
            raise Fault(400, 'Unknown argument: "include_output"')
        return self.list_answer(request, more=(Condition("task_execution_id", "eq", wanted),), unlisted=unlisted)

    def get(self, request: Request, identity: str) -> Answer:
        for field in listing.names(request.query.get("fields", "")):
            if field not in self.columns:
                raise Fault(400, f"Field '{field}' does not exist.")
        return self.get_answer(request, self.find(request, identity))

    def report(self, request: Request, identity: str) -> Answer:
        row = self.find(request, listing.require_uuid("workflow_execution_id", identity))
        return json_answer(200, reports.report(self.state, row, reports.Scope.of(request.query)))

    def list_below(self, request: Request, identity: str) -> Answer:
        row = self.find(request, listing.require_uuid("id", identity))
        return self._all_below(request, lambda scope: self._below(row, scope, 0))

    def list_below_task(self, request: Request, task: str) -> Answer:
        row = Tasks(self.state).find(request, listing.require_uuid("id", task))
        return self._all_below(request, lambda scope: self._below_task(row, scope, 0))

    def _all_below(self, request: Request, find: Callable[[reports.Scope], Iterator[Row]]) -> Answer:
        leave_out = self.computed | (self.unlisted - self._included(request))
        found = find(reports.Scope.of(request.query))
        return json_answer(200, {self.name: [self.shown(row, leave_out=leave_out) for row in found]})

    def _below(self, execution: Row, scope: reports.Scope, depth: int) -> Iterator[Row]:
        """An execution, and all that it started."""
        if scope.ends_before(depth):
            return
        yield execution
        for task in self.state.engine.tasks_of(execution):
            yield from self._below_task(task, scope, depth + 1)

    def _below_task(self, task: Row, scope: reports.Scope, depth: int) -> Iterator[Row]:
        if task["type"] == "WORKFLOW" and not (scope.errors_only and task["state"] != "ERROR"):
            for child in self.state.engine.children_of(task):
                yield from self._below(child, scope, depth)

    # -- starting

    def create(self, request: Request) -> Answer:
        said = self.body(request)
        chosen = said.get("id")
        if chosen:
            there = self.state.store[self.name].rows.get(chosen)
            if there is not None:
                return json_answer(201, self.shown(there, leave_out=frozenset({"published_global"})))
        source = said.get("source_execution_id")
        if source:
            origin = self.find(request, source)
            if "description" not in said:
                raise Fault(500, "'description'")
            described = f"{said['description']} Based on the execution '{source}'".strip()
            # Of the source, the server takes the workflow alone.
            said = {
                "workflow_id": origin["workflow_id"],
                "workflow_namespace": origin["workflow_namespace"],
                **said,
                "description": described,
            }
        if not (said.get("workflow_id") or said.get("workflow_name")):
            raise Fault(400, "Workflow ID or workflow name must be provided. Workflow ID is recommended.")
        row = self._start(request, said)
        return json_answer(201, self.shown(row, leave_out=frozenset({"published_global"})))

    def _start(self, request: Request, said: dict[str, Any]) -> Row:
        wanted = said["workflow_id"] if "workflow_id" in said else said["workflow_name"]
        namespace = said.get("workflow_namespace") or ""
        definition = self._definition(request, wanted, namespace)
        params = dict(said.get("params") or {})
        if namespace:
            params["namespace"] = namespace
        return self.state.engine.start(
            definition,
            request.project,
            said.get("input"),
            params,
            identity=said.get("id"),
            description=said.get("description", ""),
        )

    def _definition(self, request: Request, wanted: str, namespace: str) -> Row:
        visible = self.state.store.visible("workflows", request.project, everything=True)
        own_first = sorted(visible, key=lambda row: row["project_id"] != request.project.id)
        for row in own_first:
            if row["id"] == wanted or (row["name"] == wanted and row["namespace"] == namespace):
                return row
        # The engine's errors lose their status on their way through the server's own process.
        raise Fault(
            500,
            f"DBEntityNotFoundError: 404: Workflow not found [workflow_identifier={wanted}, namespace={namespace}]",
        )

    # -- steering

    def update(self, request: Request, identity: str) -> Answer:
        said = self.body(request)
        row = self.find(request, identity)
        state, description = said.get("state"), said.get("description")
        env = (said.get("params") or {}).get("env")
        if not (state or description or env):
            raise Fault(400, "The property state, description, or env is not provided for update.")
        if description and state:
            raise Fault(400, "The property description must be updated separately from state.")
        if env and state and state != "RUNNING":
            raise Fault(
                400,
                "The property env can only be updated when workflow execution is not running or on resume from pause.",
            )
        leave_out = {"published_global"}
        if description:
            self.state.require_own(row, request.project, "WorkflowExecution")
            self.state.engine.touch(row, description=description)
            leave_out |= {"params", "input", "output"}
        if env and not state:
            self.state.engine.change_environment(row, env)
            leave_out = (leave_out - {"params"}) | {"input", "output"}
        if state:
            self._steer(row, state, env, said.get("state_info"))
        shown = self.shown(row, leave_out=frozenset(leave_out))
        # Whoever steers it is told to be its owner, and is not.
        return json_answer(200, {**shown, "project_id": request.project.id} if state else shown)

    def _steer(self, row: Row, state: str, env: Any, reason: str | None) -> None:
        engine = self.state.engine
        if state == "PAUSED":
            engine.pause(row)
        elif state == "RUNNING":
            engine.resume(row, env)
        elif state in FINAL:
            if state != "SKIPPED":
                # To a skipped one the server answers well, and does nothing.
                engine.end(row, state, reason or None)
        else:
            raise Fault(400, f"Cannot change state to {state}. Allowed states are: '{', '.join(_SETTABLE)}")

    def delete(self, request: Request, identity: str) -> Answer:
        row = self.find(request, identity)
        if not request.query.get("force") and row["state"] not in FINAL:
            raise Fault(
                403,
                "Only completed executions can be deleted. Use --force to override this. "
                f"Execution {identity} is in {row['state']} state",
            )
        self.state.engine.delete(row)
        return self.gone()
