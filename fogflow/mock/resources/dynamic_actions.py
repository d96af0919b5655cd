"""Dynamic actions (`/v2/dynamic_actions`): classes of code sources."""

from __future__ import annotations

from typing import Any, ClassVar

from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault
from fogflow.mock.listing import identity, nowhere, text
from fogflow.mock.resources.base import ANY, Fields, Filters, Resource, Route
from fogflow.mock.resources.code_sources import CodeSources
from fogflow.mock.resources.forms import OWNER, SCOPE, TEXT, TIME
from fogflow.mock.store import Duplicate, Row


class DynamicActions(Resource):
    """For administrators alone. The server cannot do without a class's name, and its database says so."""

    name = "dynamic_actions"
    argument = "dyn_action"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "name": TEXT,
        "namespace": TEXT,
        "code_source_id": TEXT,
        "code_source_name": TEXT,
        "class_name": TEXT,
        "project_id": OWNER,
        "scope": SCOPE,
        "created_at": TIME,
        "updated_at": TIME,
    }
    filters: ClassVar[Filters] = {
        "created_at": text,
        "name": text,
        "scope": text,
        "tags": nowhere("DynamicActionDefinition"),
        "updated_at": text,
        "project_id": identity,
        "namespace": text,
    }
    switches = frozenset({"all_projects"})
    taken_by_get = frozenset({"fields", "namespace"})

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_answer),
            Route("POST", (self.name,), self.create),
            Route("PUT", (self.name,), self.update),
            Route("GET", (self.name, ANY), self.get),
            Route("DELETE", (self.name, ANY), self.delete),
        ]

    def authorize_list(self, request: Request) -> None:
        self.require_trusted(request.project)

    def shown(self, row: Row, names: list[str] | None = None, leave_out: frozenset[str] = frozenset()) -> Any:
        # Where its namespace is not asked for, the server shows the default of one.
        return {"namespace": "", **super().shown(row, names, leave_out)}

    def not_found(self, identity: str) -> Fault:
        return Fault(404, f"Dynamic Action not found [name={identity},namespace=]")

    def _find(self, request: Request, identity: str, namespace: str) -> Row:
        self.require_trusted(request.project)
        row = self.named(request, identity, namespace)
        if row is None:
            raise Fault(404, f"Dynamic Action not found [name={identity},namespace={namespace}]")
        return row

    def get(self, request: Request, identity: str) -> Answer:
        return self.get_answer(request, self._find(request, identity, request.query.get("namespace", "")))

    def create(self, request: Request) -> Answer:
        said = self.body(request)
        self.require_trusted(request.project)
        if not (said.get("code_source_id") or said.get("code_source_name")):
            raise Fault(400, "Either 'code_source_id' or 'code_source_name' must be provided.")
        source = self._source(request, said)
        _require_class(said, 4)
        values = {
            "name": said.get("name"),
            "namespace": said.get("namespace") or "",
            "class_name": said["class_name"],
            "scope": said.get("scope") or "private",
            **source,
        }
        try:
            return self.created(self.state.insert(self.name, request.project, values))
        except Duplicate:
            raise Fault(
                409,
                "Duplicate entry for dynamic action definition "
                f"[name={values['name']}, namespace={values['namespace']}, project_id=None]",
            ) from None

    def update(self, request: Request) -> Answer:
        said = self.body(request)
        self.require_trusted(request.project)
        if not (said.get("id") or said.get("name")):
            raise Fault(400, "Either 'name' or 'id' must be provided.")
        changes = {"scope": said["scope"]} if said.get("scope") else {}
        if said.get("code_source_id") or said.get("code_source_name"):
            changes.update(self._source(request, said))
        row = self._find(request, said.get("id") or said["name"], said.get("namespace") or "")
        _require_class(said, 1)
        return self.answer(self.state.change(self.name, row, {**changes, "class_name": said["class_name"]}))

    def _source(self, request: Request, said: dict[str, Any]) -> dict[str, str]:
        wanted = said.get("code_source_id") or said["code_source_name"]
        found = CodeSources(self.state).find_named(request, wanted, said.get("namespace") or "")
        return {"code_source_id": found["id"], "code_source_name": found["name"]}

    def delete(self, request: Request, identity: str) -> Answer:
        self.require_trusted(request.project)
        if request.query.get("namespace"):
            # The server takes it for the columns to load, and tries ten times.
            raise Fault(500, "The service is temporarily unavailable")
        row = self._find(request, identity, request.query.get("namespace", ""))
        self.state.store[self.name].delete(row)
        return self.gone()


def _require_class(said: dict[str, Any], place: int) -> None:
    """Raises Fault where no class is named, which is in this place of what the database is told."""
    if "class_name" not in said:
        raise Fault(
            500, f"(sqlite3.ProgrammingError) Error binding parameter {place}: type 'UnsetType' is not supported"
        )
