"""Workflows (`/v2/workflows`)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from fogflow.language import WorkflowSpec
from fogflow.mock import listing
from fogflow.mock.definitions import read_workflows
from fogflow.mock.definitions.text import dump, load
from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault, json_answer
from fogflow.mock.listing import Condition, identity, text
from fogflow.mock.resources.base import ANY, Defined, Fields, Filters, Route, Said
from fogflow.mock.resources.forms import DOCUMENT, SCOPE, TEXT, TEXTS, TIME
from fogflow.mock.resources.validations import validation
from fogflow.mock.store import Row


class Workflows(Defined):
    """`interface` is an object in the answers to POST and PUT, and JSON text in the others."""

    name = "workflows"
    kind = "WorkflowDefinition"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "name": TEXT,
        "namespace": TEXT,
        "input": TEXT,
        "interface": DOCUMENT,
        "definition": TEXT,
        "checksum": TEXT,
        "tags": TEXTS,
        "scope": SCOPE,
        "project_id": TEXT,
        "created_at": TIME,
        "updated_at": TIME,
    }
    hidden = frozenset({"is_system", "workbook_name"})
    filters: ClassVar[Filters] = {
        "created_at": text,
        "name": text,
        "scope": text,
        "tags": text,
        "updated_at": text,
        "input": listing.nowhere("WorkflowDefinition"),
        "definition": text,
        "project_id": identity,
        "namespace": text,
    }
    switches = frozenset({"all_projects"})

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_answer),
            Route("POST", (self.name,), self.create, short=True),
            Route("PUT", (self.name,), self.update, short=True),
            Route("POST", (self.name, "validate"), validation(read_workflows)),
            Route("GET", (self.name, ANY), self.get),
            Route("PUT", (self.name, ANY), self.update, short=True),
            Route("DELETE", (self.name, ANY), self.delete),
        ]

    @property
    def columns(self) -> set[str]:
        # The two that are derived from the definition are no columns.
        return super().columns - {"input", "interface"}

    def _page(self, request: Request, said: Said, more: tuple[Condition, ...]) -> listing.Page:
        page = super()._page(request, said, more)
        if "input" not in page.fields:
            return page
        # The server reads it out of what it keeps as "spec", and says so in its link.
        return attrs.evolve(page, fields=[*(one for one in page.fields if one != "input"), "spec"])

    def listed(self, row: Row, fields: list[str]) -> Any:
        derived = ["input", "interface"]
        names = [one for one in fields if one not in derived] + (derived if "spec" in fields else [])
        return self.shown(row, names=names)

    def not_found(self, identity: str) -> Fault:
        return Fault(404, f"Workflow not found [workflow_id={identity}]")

    def find_named(self, request: Request, identity: str | None, namespace: str = "") -> Row:
        """The workflow of an id or a name. Raises Fault."""
        row = self.named(request, identity, namespace)
        if row is None:
            raise Fault(404, f"Workflow not found [workflow_identifier={identity}, namespace={namespace}]")
        return row

    def get(self, request: Request, identity: str) -> Answer:
        return self.get_answer(request, self.find_named(request, identity, self.namespace(request)))

    def create(self, request: Request) -> Answer:
        definition, scope, namespace = self.definition(request), self.scope(request), self.namespace(request)
        made: list[Row] = []
        for values in _each(definition):
            try:
                made.append(self.insert(request, {**values, "scope": scope, "namespace": namespace}))
            except Fault:
                # All or none.
                for row in made:
                    self.state.store[self.name].delete(row)
                raise
        return self._defined(made, 201, frozenset({"updated_at"}))

    def update(self, request: Request, identity: str | None = None) -> Answer:
        definition, scope, namespace = self.definition(request), self.scope(request), self.namespace(request)
        specs = _each(definition)
        if identity is not None and len(specs) > 1:
            raise Fault(
                400, f"More than one workflows are not supported for update with identifier. [identifier: {identity}]"
            )
        rows = [self.find_named(request, identity or values["name"], namespace) for values in specs]
        for row, values in zip(rows, specs, strict=True):
            self.state.require_own(row, request.project, "WorkflowDefinition")
            self.change(row, {**values, "scope": scope, "namespace": namespace})
        if identity is not None:
            return json_answer(200, self._as_object(rows[0]))
        return self._defined(rows, 200)

    def _defined(self, rows: list[Row], status: int, leave_out: frozenset[str] = frozenset()) -> Answer:
        return json_answer(status, {self.name: [self._as_object(row, leave_out) for row in rows]})

    def _as_object(self, row: Row, leave_out: frozenset[str] = frozenset()) -> Mapping[str, Any]:
        return {**self.shown(row, leave_out=leave_out), "interface": row["interface"]}

    def delete(self, request: Request, identity: str) -> Answer:
        namespace = self.namespace(request)
        row = self.find_named(request, identity, namespace)
        self.state.require_own(row, request.project, "WorkflowDefinition")
        where = f"workflow_identifier={identity}"
        triggers = self._triggers("cron_triggers", row)
        if triggers:
            raise Fault(
                400,
                "Can't delete workflow that has cron triggers associated. "
                f"[{where}, namespace={namespace}], [cron_trigger_id(s)={triggers}]",
            )
        triggers = self._triggers("event_triggers", row)
        if triggers:
            raise Fault(
                400,
                "Can't delete workflow that has event triggers associated. "
                f"[{where}], [event_trigger_id(s)={triggers}]",
            )
        store = self.state.store
        for member in store["members"].where(resource_id=row["id"]):
            store["members"].delete(member)
        store[self.name].delete(row)
        return self.gone()

    def _triggers(self, kind: str, row: Row) -> str:
        return ", ".join(one["id"] for one in self.state.store[kind].where(workflow_id=row["id"]))


def _each(definition: str) -> list[dict[str, Any]]:
    """The values of each workflow of a definition; of one with several, each keeps its own part. Raises Fault."""
    specs = read_workflows(definition)
    if len(specs) == 1:
        return [workflow_values(specs[0], definition)]
    whole = load(definition)
    return [workflow_values(spec, dump({"version": whole["version"], spec.name: whole[spec.name]})) for spec in specs]


def workflow_values(spec: WorkflowSpec, definition: str) -> dict[str, Any]:
    """The columns that a workflow's definition gives."""
    return {
        "name": spec.name,
        "definition": definition,
        "checksum": hashlib.md5(definition.encode(), usedforsecurity=False).hexdigest(),
        "tags": spec.tags,
        "input": spec.input_text,
        "interface": spec.interface,
        "spec": spec,
    }
