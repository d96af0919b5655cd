"""Workbooks (`/v2/workbooks`), which leave workflows and actions behind."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from fogflow.language import ActionSpec, WorkflowSpec
from fogflow.mock import listing
from fogflow.mock.definitions import read_workbook
from fogflow.mock.definitions.text import section
from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Crash, Fault
from fogflow.mock.listing import text
from fogflow.mock.resources.actions import action_values
from fogflow.mock.resources.base import ANY, Defined, Fields, Filters, Route, require_arguments
from fogflow.mock.resources.forms import OWNER, SCOPE, TEXT, TEXTS, TIME, wrong_input
from fogflow.mock.resources.validations import validation
from fogflow.mock.resources.workflows import workflow_values
from fogflow.mock.store import Row


class Workbooks(Defined):
    """The server breaks on the marker of its own list, and on a definition in JSON."""

    name = "workbooks"
    kind = "WorkbookDefinition"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "name": TEXT,
        "namespace": TEXT,
        "definition": TEXT,
        "tags": TEXTS,
        "scope": SCOPE,
        "project_id": OWNER,
        "created_at": TIME,
        "updated_at": TIME,
    }
    hidden = frozenset({"is_system"})
    filters: ClassVar[Filters] = {
        "created_at": text,
        "definition": text,
        "name": text,
        "scope": text,
        "tags": text,
        "updated_at": text,
        "namespace": text,
    }

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_workbooks),
            Route("POST", (self.name,), self.create, short=True),
            Route("PUT", (self.name,), self.update, short=True),
            Route("POST", (self.name, "validate"), validation(read_workbook)),
            Route("GET", (self.name, ANY), self.get),
            Route("DELETE", (self.name, ANY), self.delete),
        ]

    def list_workbooks(self, request: Request) -> Answer:
        return self.list_answer(request, find_marker=self._marker)

    def _marker(self, identity: str) -> Row:
        raise Fault(500, "get_workbook() missing 1 required positional argument: 'namespace'")

    def _find(self, request: Request, name: str, key: str = "name", *, everything: bool = True) -> Row:
        namespace = self.namespace(request)
        row = self.named(request, name, namespace, everything=everything)
        if row is not None and row["name"] == name:
            return row
        raise Fault(404, f"Workbook not found [{key}={name}, namespace={namespace}]")

    def get(self, request: Request, name: str) -> Answer:
        require_arguments(request, self.taken_by_get)
        if not self.columns.issuperset(listing.names(request.query.get("fields", ""))):
            # The server's database knows no such column, and is asked ten times.
            raise Fault(500, "The service is temporarily unavailable")
        row = self._find(request, name)
        if "tags" in listing.names(request.query.get("fields", "")):
            # The server takes them as its database keeps them.
            raise wrong_input("tags", json.dumps(row["tags"]), f"Wrong type. Expected '[{str}]', got '{str}'")
        return self.get_answer(request, row)

    def create(self, request: Request) -> Answer:
        values, workflows, actions = self._read(request)
        row = self.insert(request, values)
        self._put_parts(request, row, workflows, actions)
        return self.created(row)

    def update(self, request: Request) -> Answer:
        values, workflows, actions = self._read(request)
        row = self._find(request, values["name"])
        self.change(row, values)
        self._put_parts(request, row, workflows, actions)
        return self.answer(row)

    def _read(self, request: Request) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
        """The workbook's columns, and those of its workflows and of its actions. Raises Fault."""
        definition, scope, namespace = self.definition(request), self.scope(request), self.namespace(request)
        data, workflows, actions = read_workbook(definition)
        common = {"scope": scope, "namespace": namespace}
        values = {**common, "name": data["name"], "tags": data.get("tags") or [], "definition": definition}
        try:
            return (
                values,
                [{**_workflow(spec, data["name"], definition), **common} for spec in workflows],
                [{**_action(spec, data["name"], definition), **common} for spec in actions],
            )
        except ValueError:
            # The server cuts the parts out by the text's lines, of which JSON has none.
            raise Crash from None

    def _put_parts(
        self, request: Request, workbook: Row, workflows: list[dict[str, Any]], actions: list[dict[str, Any]]
    ) -> None:
        for table, parts in (("actions", actions), ("workflows", workflows)):
            for values in parts:
                found = self.state.store[table].where(
                    name=values["name"], namespace=values["namespace"], project_id=workbook["project_id"]
                )
                if found:
                    self.state.change(table, found[0], values)
                else:
                    self.state.insert(table, request.project, values)

    def delete(self, request: Request, name: str) -> Answer:
        self.state.store[self.name].delete(self._find(request, name, "workbook_name", everything=False))
        return self.gone()


def _workflow(spec: WorkflowSpec, workbook: str, definition: str) -> dict[str, Any]:
    part = section(definition, "workflows", spec.name)
    named = {"name": f"{workbook}.{spec.name}", "workbook_name": workbook, "checksum": None}
    return {**workflow_values(spec, part), **named}


def _action(spec: ActionSpec, workbook: str, definition: str) -> dict[str, Any]:
    part = section(definition, "actions", spec.name)
    return {**action_values(spec, part), "name": f"{workbook}.{spec.name}", "workbook_name": workbook}
