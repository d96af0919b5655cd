"""Code sources (`/v2/code_sources`): Python text, which the mock keeps and does not read."""

from __future__ import annotations

from typing import ClassVar

from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Crash, Fault
from fogflow.mock.listing import identity, text
from fogflow.mock.resources.base import ANY, Defined, Fields, Filters, Route
from fogflow.mock.resources.forms import NUMBER, OWNER, SCOPE, TEXT, TEXTS, TIME
from fogflow.mock.store import Row


class CodeSources(Defined):
    """For administrators alone."""

    name = "code_sources"
    kind = "CodeSource"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "name": TEXT,
        "namespace": TEXT,
        "content": TEXT,
        "version": NUMBER,
        "project_id": OWNER,
        "scope": SCOPE,
        "actions": TEXTS,
        "created_at": TIME,
        "updated_at": TIME,
    }
    computed = frozenset({"actions"})
    filters: ClassVar[Filters] = {
        "created_at": text,
        "name": text,
        "scope": text,
        "tags": text,
        "updated_at": text,
        "project_id": identity,
        "namespace": text,
    }
    switches = frozenset({"all_projects"})

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_answer),
            Route("POST", (self.name,), self.create, short=True),
            Route("GET", (self.name, ANY), self.get),
            Route("PUT", (self.name, ANY), self.update, short=True),
            Route("DELETE", (self.name, ANY), self.delete),
        ]

    def authorize_list(self, request: Request) -> None:
        self.require_trusted(request.project)

    def not_found(self, identity: str) -> Fault:
        return Fault(404, f"Code Source not found [name={identity},namespace=]")

    def find_named(self, request: Request, identity: str, namespace: str) -> Row:
        """The source of an id or a name. Raises Fault."""
        row = self.named(request, identity, namespace)
        if row is None:
            raise Fault(404, f"Code Source not found [name={identity},namespace={namespace}]")
        return row

    def _asked_for(self, request: Request, identity: str) -> Row:
        self.require_trusted(request.project)
        return self.find_named(request, identity, self.namespace(request))

    def get(self, request: Request, identity: str) -> Answer:
        return self.get_answer(request, self._asked_for(request, identity))

    def create(self, request: Request) -> Answer:
        self.require_trusted(request.project)
        content, scope = self.definition(request), self._scope(request)
        if "name" not in request.query:
            raise Crash
        values = {"name": request.query["name"], "content": content, "version": 1, "scope": scope}
        return self.created(self.insert(request, {**values, "namespace": self.namespace(request), "tags": []}))

    def update(self, request: Request, identity: str) -> Answer:
        content, scope = self.definition(request), self._scope(request)
        row = self._asked_for(request, identity)
        return self.answer(self.change(row, {"content": content, "scope": scope, "version": row["version"] + 1}))

    def delete(self, request: Request, identity: str) -> Answer:
        row = self._asked_for(request, identity)
        for action in self.state.store["dynamic_actions"].where(code_source_id=row["id"]):
            self.state.store["dynamic_actions"].delete(action)
        self.state.store[self.name].delete(row)
        return self.gone()

    def _scope(self, request: Request) -> str:
        try:
            return self.scope(request)
        except Fault as fault:
            # Here the server does not look at it before it breaks on it.
            raise (Crash() if fault.status == 400 else fault) from None
