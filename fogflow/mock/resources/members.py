"""Members: the projects that a workflow is shared with (`/v2/workflows/{id}/members`)."""

from __future__ import annotations

from typing import ClassVar

from fogflow.mock import listing
from fogflow.mock.exchange import Answer, Project, Request
from fogflow.mock.faults import Crash, Fault, json_answer
from fogflow.mock.resources.base import ANY, Fields, Resource, Route
from fogflow.mock.resources.forms import IDENTITY, TEXT, TIME, choice
from fogflow.mock.store import Duplicate, Row

_PATH = ("workflows", ANY, "members")


class Members(Resource):
    """A project offers what is its own, and another takes it or does not."""

    name = "members"
    argument = "member_info"
    fields: ClassVar[Fields] = {
        "id": IDENTITY,
        "resource_id": TEXT,
        "resource_type": TEXT,
        "project_id": TEXT,
        "member_id": TEXT,
        "status": choice("accepted", "pending", "rejected"),
        "created_at": TIME,
        "updated_at": TIME,
    }

    def routes(self) -> list[Route]:
        return [
            Route("GET", _PATH, self.list_members),
            Route("POST", _PATH, self.create),
            Route("GET", (*_PATH, ANY), self.get),
            Route("PUT", (*_PATH, ANY), self.update),
            Route("DELETE", (*_PATH, ANY), self.delete),
        ]

    def list_members(self, request: Request, workflow: str) -> Answer:
        rows = [row for row in self._rows(workflow) if _takes_part(row, request.project)]
        return json_answer(200, {self.name: [self.shown(row) for row in rows]})

    def get(self, request: Request, workflow: str, member: str) -> Answer:
        row = self._member(workflow, member)
        if row is None or not _takes_part(row, request.project):
            raise self._unknown(workflow, member)
        return self.answer(row)

    def create(self, request: Request, workflow: str) -> Answer:
        _require_uuid(workflow)
        said = self.body(request)
        if not said.get("member_id"):
            raise Fault(400, "Member id must be provided.")
        visible = self.state.store.visible("workflows", request.project, everything=True)
        shared = next((row for row in visible if row["id"] == workflow), None)
        if shared is None:
            raise Fault(404, f"Workflow not found [workflow_identifier={workflow}, namespace=]")
        if shared["scope"] != "private":
            raise Fault(400, "Only private resource could be shared.")
        values = {
            "resource_id": workflow,
            "resource_type": "workflow",
            "member_id": said["member_id"],
            "status": "pending",
        }
        try:
            return self.created(self.state.insert(self.name, request.project, values))
        except Duplicate:
            raise Fault(
                409,
                "Duplicate entry for ResourceMember ['resource_id', 'resource_type', 'member_id']: "
                f"{workflow}, workflow, {said['member_id']}",
            ) from None

    def update(self, request: Request, workflow: str, member: str) -> Answer:
        said = self.body(request)
        if not said.get("status"):
            raise Fault(400, "Status must be provided.")
        row = self._member(workflow, member)
        # Only the project that it was offered to may say.
        if row is None or member != request.project.id:
            raise self._unknown(workflow, member)
        return self.answer(self.state.change(self.name, row, {"status": said["status"]}))

    def delete(self, request: Request, workflow: str, member: str) -> Answer:
        row = self._member(workflow, member)
        if row is None or row["project_id"] != request.project.id:
            raise self._unknown(workflow, member)
        self.state.store[self.name].delete(row)
        return self.gone()

    def _rows(self, workflow: str) -> list[Row]:
        _require_uuid(workflow)
        return self.state.store[self.name].where(resource_id=workflow)

    def _member(self, workflow: str, member: str) -> Row | None:
        return next((row for row in self._rows(workflow) if row["member_id"] == member), None)

    @staticmethod
    def _unknown(workflow: str, member: str) -> Fault:
        return Fault(404, f"Resource member not found [resource_id={workflow}, member_id={member}]")


def _takes_part(row: Row, project: Project) -> bool:
    return project.id in (row["project_id"], row["member_id"])


def _require_uuid(workflow: str) -> None:
    try:
        listing.require_uuid("id", workflow)
    except Fault:
        # The server's own refusal of names breaks it.
        raise Crash from None
