"""Cron triggers (`/v2/cron_triggers`), which fire as the mock's clock goes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, ClassVar

from fogflow.language import WorkflowSpec
from fogflow.mock.cron import Pattern
from fogflow.mock.engine.parameters import wrong_input
from fogflow.mock.exchange import Answer, Project, Request
from fogflow.mock.faults import Fault
from fogflow.mock.listing import document, identity, number, text
from fogflow.mock.resources.base import ANY, Fields, Filters, Resource, Route
from fogflow.mock.resources.forms import DOCUMENT, NUMBER, OWNER, SCOPE, TEXT, TIME
from fogflow.mock.resources.workflows import Workflows
from fogflow.mock.store import Duplicate, Row

_NEVER = "0 0 30 2 0"
"""What the server keeps where no pattern is given."""


class CronTriggers(Resource):
    """The first time is given in one form, and told in another."""

    name = "cron_triggers"
    argument = "cron_trigger"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "name": TEXT,
        "workflow_name": TEXT,
        "workflow_id": TEXT,
        "workflow_input": DOCUMENT,
        "workflow_params": DOCUMENT,
        "project_id": OWNER,
        "scope": SCOPE,
        "pattern": TEXT,
        "remaining_executions": NUMBER,
        "first_execution_time": TIME,
        "next_execution_time": TIME,
        "created_at": TIME,
        "updated_at": TIME,
    }
    filters: ClassVar[Filters] = {
        "created_at": text,
        "name": text,
        "updated_at": text,
        "workflow_name": text,
        "workflow_id": identity,
        "workflow_input": document,
        "workflow_params": document,
        "scope": text,
        "pattern": text,
        "remaining_executions": number,
        "first_execution_time": text,
        "next_execution_time": text,
        "project_id": identity,
    }
    switches = frozenset({"all_projects"})

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_answer),
            Route("POST", (self.name,), self.create),
            Route("GET", (self.name, ANY), self.get),
            Route("DELETE", (self.name, ANY), self.delete),
        ]

    def not_found(self, identity: str) -> Fault:
        return Fault(404, f"Cron trigger not found [identifier={identity}]")

    def _find(self, request: Request, identity: str) -> Row:
        row = self.named(request, identity, None)
        if row is None:
            raise self.not_found(identity)
        return row

    def get(self, request: Request, identity: str) -> Answer:
        return self.get_answer(request, self._find(request, identity))

    def delete(self, request: Request, identity: str) -> Answer:
        row = self._find(request, identity)
        self.state.require_own(row, request.project, "CronTrigger")
        self.state.store[self.name].delete(row)
        return self.gone()

    def create(self, request: Request) -> Answer:
        said = self.body(request)
        if "name" not in said:
            raise Fault(500, "'name'")
        self.require_publishable(request, said.get("scope"))
        pattern, count = said.get("pattern"), said.get("remaining_executions")
        first = _first_time(said.get("first_execution_time"))
        self._require_times(pattern, first, count)
        following = first or Pattern.read(pattern or _NEVER).after(self.state.timeline.now)
        workflow = Workflows(self.state).find_named(request, said.get("workflow_id") or said.get("workflow_name"))
        require_input(workflow["spec"], said.get("workflow_input"))
        given, params = said.get("workflow_input") or {}, said.get("workflow_params") or {}
        values = {
            "name": said["name"],
            "workflow_name": workflow["name"],
            "workflow_id": workflow["id"],
            "workflow_input": given,
            "workflow_params": params,
            "scope": said.get("scope") or "private",
            "pattern": pattern or _NEVER,
            "remaining_executions": 1 if first and not (pattern or count) else count,
            "first_execution_time": first,
            "next_execution_time": following,
            # Texts, which can be compared.
            "workflow_input_text": json.dumps(given, sort_keys=True),
            "workflow_params_text": json.dumps(params, sort_keys=True),
            "project": request.project,
        }
        try:
            row = self.state.insert(self.name, request.project, values)
        except Duplicate:
            raise Fault(409, f"Duplicate entry for cron trigger ['name', 'project_id']: {said['name']}, None") from None
        self.state.timeline.schedule_at(following, lambda: self._fire(row))
        return self.created(row)

    def _require_times(self, pattern: str | None, first: datetime | None, count: int | None) -> None:
        if not (first or pattern):
            raise Fault(400, "Pattern or first_execution_time must be specified.")
        if first:
            if self.state.timeline.now + timedelta(minutes=1) > first:
                raise Fault(400, "first_execution_time must be at least 1 minute in the future.")
            if not pattern and count and count > 1:
                raise Fault(400, "Pattern must be provided if count is superior to 1.")
        if pattern:
            try:
                Pattern.read(pattern)
            except ValueError:
                raise Fault(400, f"The specified pattern is not valid: {pattern}") from None

    # -- firing

    def _fire(self, row: Row) -> None:
        if row["id"] not in self.state.store[self.name].rows:
            return
        self._start(row)
        left = row["remaining_executions"]
        if left is not None and left <= 1:
            self.state.store[self.name].delete(row)
            return
        following = Pattern.read(row["pattern"]).after(row["next_execution_time"])
        changes = {"next_execution_time": following, "remaining_executions": None if left is None else left - 1}
        self.state.change(self.name, row, changes)
        self.state.timeline.schedule_at(following, lambda: self._fire(row))

    def _start(self, row: Row) -> None:
        workflow = self.state.store["workflows"].rows.get(row["workflow_id"])
        if workflow is None:
            return
        project: Project = row["project"]
        description = {
            "description": f"Workflow execution created by cron trigger '({row['id']})'.",
            "triggered_by": {"type": "cron_trigger", "id": row["id"]},
        }
        try:
            self.state.engine.start(
                workflow,
                project,
                row["workflow_input"],
                row["workflow_params"],
                description=json.dumps(description),
            )
        except Fault:
            # The server writes it to its log, and goes on with the next.
            return


def require_input(spec: WorkflowSpec, given: Any) -> None:
    """Raises Fault when a workflow does not take an input."""
    wrong = wrong_input(spec.input, given, spec.name, spec.class_name)
    if wrong:
        raise Fault(400, wrong)


def _first_time(said: str | None) -> datetime | None:
    if said is None:
        return None
    try:
        return datetime.strptime(said, "%Y-%m-%d %H:%M")
    except ValueError as error:
        raise Fault(400, str(error)) from None
