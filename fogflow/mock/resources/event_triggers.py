"""Event triggers (`/v2/event_triggers`), which nothing fires: the mock has no message bus."""

from __future__ import annotations

from typing import ClassVar

import attrs

from fogflow.mock import listing
from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault
from fogflow.mock.resources.base import ANY, Fields, Resource, Route
from fogflow.mock.resources.cron_triggers import require_input
from fogflow.mock.resources.forms import DOCUMENT, IDENTITY, OWNER, SCOPE, TEXT, TIME
from fogflow.mock.resources.workflows import Workflows
from fogflow.mock.store import Duplicate, Row

_MANDATORY = ("exchange", "topic", "event", "workflow_id")
_FIXED = ["exchange", "topic", "event"]


class EventTriggers(Resource):
    """Its list takes no filters: the server breaks on each."""

    name = "event_triggers"
    argument = "event_trigger"
    fields: ClassVar[Fields] = {
        "id": attrs.evolve(TEXT, read_only=True),
        "created_at": attrs.evolve(TIME, read_only=True),
        "updated_at": attrs.evolve(TIME, read_only=True),
        "project_id": OWNER,
        "name": TEXT,
        "workflow_id": IDENTITY,
        "workflow_input": DOCUMENT,
        "workflow_params": DOCUMENT,
        "exchange": TEXT,
        "topic": TEXT,
        "event": TEXT,
        "scope": SCOPE,
    }
    switches = frozenset({"all_projects"})

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_answer),
            Route("POST", (self.name,), self.create),
            Route("GET", (self.name, ANY), self.get),
            Route("PUT", (self.name, ANY), self.update),
            Route("DELETE", (self.name, ANY), self.delete),
        ]

    def _require_known(self, request: Request) -> None:
        try:
            super()._require_known(request)
        except Fault:
            raise Fault(500, "'NoneType' object has no attribute 'datatype'") from None

    def not_found(self, identity: str) -> Fault:
        return Fault(404, f"Event trigger not found [id={identity}].")

    def find(self, request: Request, identity: str) -> Row:
        return super().find(request, listing.require_uuid("id", identity))

    def get(self, request: Request, identity: str) -> Answer:
        return self.get_answer(request, self.find(request, identity))

    def create(self, request: Request) -> Answer:
        said = self.body(request)
        if not all(said.get(name) for name in _MANDATORY):
            named = ", ".join(map(repr, _MANDATORY))
            raise Fault(400, f"Params {{{named}}} must be provided for creating event trigger.")
        if said.get("scope") == "public":
            self.require_administrator(request.project)
        workflow = Workflows(self.state).find(request, listing.require_uuid("workflow_id", said["workflow_id"]))
        require_input(workflow["spec"], said.get("workflow_input"))
        values = {
            "name": "",
            **said,
            "workflow_input": said.get("workflow_input") or {},
            "workflow_params": said.get("workflow_params") or {},
            "scope": said.get("scope") or "private",
        }
        try:
            return self.answer(self.state.insert(self.name, request.project, values), 201)
        except Duplicate:
            raise Fault(
                409,
                "Duplicate entry for EventTrigger ['exchange', 'topic', 'event', 'workflow_id', 'project_id']: "
                f"{said['exchange']}, {said['topic']}, {said['event']}, {said['workflow_id']}, None",
            ) from None

    def update(self, request: Request, identity: str) -> Answer:
        said = self.body(request)
        self.require_publishable(request, said.get("scope"))
        if any(said.get(name) for name in _FIXED):
            raise Fault(400, f"Can not update fields {_FIXED} of event trigger.")
        return self.answer(self.state.change(self.name, self.find(request, identity), said))

    def delete(self, request: Request, identity: str) -> Answer:
        self.state.store[self.name].delete(self.find(request, identity))
        return self.gone()
