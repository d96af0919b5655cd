"""Environments (`/v2/environments`)."""

from __future__ import annotations

from typing import ClassVar

from fogflow.mock import listing
from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault
from fogflow.mock.listing import document, text
from fogflow.mock.resources.base import ANY, Fields, Filters, Resource, Route, require_arguments
from fogflow.mock.resources.forms import DOCUMENT, OWNER, SCOPE, TEXT, TIME
from fogflow.mock.store import Duplicate, Row

_KEYS = ["name", "description", "variables", "scope"]


class Environments(Resource):
    """The server looks for the marker of its list among the names."""

    name = "environments"
    argument = "env"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "name": TEXT,
        "description": TEXT,
        "variables": DOCUMENT,
        "scope": SCOPE,
        "project_id": OWNER,
        "created_at": TIME,
        "updated_at": TIME,
    }
    filters: ClassVar[Filters] = {
        "created_at": text,
        "name": text,
        "updated_at": text,
        "description": text,
        "variables": document,
        "scope": text,
    }

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_environments),
            Route("POST", (self.name,), self.create),
            Route("PUT", (self.name,), self.update),
            Route("GET", (self.name, ANY), self.get),
            Route("DELETE", (self.name, ANY), self.delete),
        ]

    def list_environments(self, request: Request) -> Answer:
        return self.list_answer(request, find_marker=lambda marker: self._find(request, marker))

    def _find(self, request: Request, name: str) -> Row:
        visible = self.state.store.visible(self.name, request.project, everything=False)
        for row in visible:
            if row["name"] == name:
                return row
        raise Fault(404, f"Environment not found [name={name}]")

    def get(self, request: Request, name: str) -> Answer:
        require_arguments(request, self.taken_by_get)
        fields = listing.names(request.query.get("fields", ""))
        if fields:
            # The server looks for the name in the first of the columns that it loads.
            first = next(one for one in ([] if "id" in fields else ["id"]) + fields if one in self.columns)
            raise Fault(500, f'Entity namespace for "{first}" has no property "name"')
        return self.answer(self._find(request, name))

    def create(self, request: Request) -> Answer:
        said = self.body(request)
        _require_keys(set(said), _KEYS)
        self.require_publishable(request, said.get("scope"))
        values = {"name": None, "description": None, "variables": None, **said}
        try:
            row = self.state.insert(self.name, request.project, values)
        except Duplicate:
            raise Fault(409, f"Duplicate entry for Environment ['name', 'project_id']: {said['name']}, None") from None
        return self.created(row, *({"name", "description", "variables"} - set(said)))

    def update(self, request: Request) -> Answer:
        said = self.body(request)
        if not said.get("name"):
            raise Fault(400, "Name of the environment is not provided.")
        _require_keys(set(said) - {"name"}, _KEYS[1:])
        self.require_publishable(request, said.get("scope"))
        return self.answer(self.state.change(self.name, self._find(request, said["name"]), said))

    def delete(self, request: Request, name: str) -> Answer:
        self.state.store[self.name].delete(self._find(request, name))
        return self.gone()


def _require_keys(said: set[str], legal: list[str]) -> None:
    if said - set(legal):
        raise Fault(400, f"Please, check your environment definition. Only: {legal} are allowed as definition keys.")
