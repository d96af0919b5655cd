"""Actions (`/v2/actions`): the server's own, those that are defined, and dynamic ones."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from fogflow.language import ActionSpec
from fogflow.mock import listing
from fogflow.mock.definitions import read_actions
from fogflow.mock.engine.system_actions import SYSTEM_ACTIONS
from fogflow.mock.exchange import ADMINISTRATOR, Answer, Project, Request
from fogflow.mock.faults import Fault, json_answer
from fogflow.mock.listing import Condition, text
from fogflow.mock.resources.base import ANY, Defined, Fields, Filters, Route, require_arguments
from fogflow.mock.resources.code_sources import CodeSources
from fogflow.mock.resources.forms import FLAG, OWNER, SCOPE, TEXT, TEXTS, TIME
from fogflow.mock.resources.validations import validation
from fogflow.mock.store import Row


class Actions(Defined):
    """Its list is one of three kinds together, of one namespace, and knows no `max_limit`, no fields and no pages."""

    name = "actions"
    kind = "Action"
    fields: ClassVar[Fields] = {
        "id": TEXT,
        "name": TEXT,
        "is_system": FLAG,
        "input": TEXT,
        "description": TEXT,
        "tags": TEXTS,
        "definition": TEXT,
        "scope": SCOPE,
        "project_id": OWNER,
        "created_at": TIME,
        "updated_at": TIME,
        "namespace": TEXT,
    }
    # By those that dynamic actions have no column for, the server breaks.
    filters: ClassVar[Filters] = {
        "created_at": text,
        "name": text,
        "scope": text,
        "tags": listing.nowhere("DynamicActionDefinition"),
        "updated_at": text,
        "description": listing.nowhere("DynamicActionDefinition"),
        "definition": listing.nowhere("DynamicActionDefinition"),
        "is_system": listing.nowhere("DynamicActionDefinition"),
        "input": listing.nowhere("DynamicActionDefinition"),
        "namespace": text,
    }

    def routes(self) -> list[Route]:
        return [
            Route("GET", (self.name,), self.list_actions),
            Route("POST", (self.name,), self.create, short=True),
            Route("PUT", (self.name,), self.update, short=True),
            Route("POST", (self.name, "validate"), validation(read_actions)),
            Route("GET", (self.name, ANY), self.get),
            Route("PUT", (self.name, ANY), self.update, short=True),
            Route("DELETE", (self.name, ANY), self.delete),
        ]

    def install(self) -> None:
        """Puts in the one action of the server's own that it keeps as a definition."""
        (spec,) = read_actions(_WAIT_SSH)
        values = {
            **action_values(spec, _WAIT_SSH),
            "scope": "public",
            "namespace": "",
            "project_id": "<default-project>",
        }
        self.state.insert(self.name, Project(ADMINISTRATOR), values)

    # -- reading

    def read_marker(self, said: str) -> str:
        # A name, not an id.
        return said

    def list_actions(self, request: Request) -> Answer:
        said = self.said(request)
        self._require_known(request)
        listing.require_positive(said.limit)
        keys, dirs = listing.sorting(request.query, "name")
        # A namespace is taken as it is, with an operator or without.
        namespace = Condition("namespace", "eq", request.query.get("namespace", ""))
        conditions = (*(one for one in said.conditions if one.name != "namespace"), namespace)
        page = listing.Page(conditions, keys, dirs, said.limit or 0, said.marker, [])
        page.require_no_break()
        for key in keys:
            if key not in _COLUMNS_OF_DYNAMIC_ACTIONS:
                raise Fault(500, f"Sort key supplied is invalid: {key}")
        found = [row for row in self._all(request, conditions) if all(_fulfils(one, row) for one in conditions)]
        # The server means to compare the other keys, and compares nothing.
        found.sort(key=lambda row: _sort_key(row, keys[0]), reverse=dirs[0] == "desc")
        # The row of the marker comes once more.
        start = next((number for number, row in enumerate(found) if row["name"] == said.marker), 0)
        if said.limit:
            found = found[start : start + said.limit]
        document: dict[str, Any] = {self.name: [self._told(row) for row in found]}
        if said.limit and len(found) == said.limit:
            document["next"] = page.link(f"{request.root}/v2/{self.name}", found[-1])
        return json_answer(200, document)

    def _told(self, row: Row) -> Any:
        return {**self.shown(row), "input": row["input"] or ""}

    def _all(self, request: Request, conditions: tuple[Condition, ...]) -> list[Row]:
        """All actions that a project sees. Raises Fault for a dynamic one whose source it does not see.

        Args:
            conditions: what the database is asked, which is asked for dynamic ones alone.
        """
        store, project = self.state.store, request.project
        defined = store.visible(self.name, project, everything=True)
        dynamic = [
            self._dynamic(request, row)
            for row in store.visible("dynamic_actions", project, everything=True)
            if all(condition.holds(row) for condition in conditions)
        ]
        return [*defined, *dynamic, *map(_system_row, SYSTEM_ACTIONS)]

    def _dynamic(self, request: Request, row: Row) -> Row:
        """What the server says of a dynamic action. Raises Fault when the project does not see its source."""
        CodeSources(self.state).find_named(request, row["code_source_id"], "")
        return _dynamic_row(row)

    def get(self, request: Request, identity: str) -> Answer:
        require_arguments(request, {"namespace"})
        namespace = self.namespace(request)
        found = self._find(request, identity, namespace)
        if found:
            return json_answer(200, self._told(found))
        raise Fault(404, f"Action not found [name={identity}, namespace={namespace}]")

    def _find(self, request: Request, identity: str, namespace: str) -> Row | None:
        """The action of a name; by an id, the server finds dynamic ones alone. Raises Fault."""
        store, project = self.state.store, request.project
        for space in (namespace, ""):
            for row in store.visible(self.name, project, everything=True):
                if row["name"] == identity and row["namespace"] == space:
                    return row
        for row in store.visible("dynamic_actions", project, everything=True):
            if row["id"] == identity or (row["name"] == identity and row["namespace"] == ""):
                return self._dynamic(request, row)
        return _system_row(identity) if identity in SYSTEM_ACTIONS else None

    # -- writing

    def create(self, request: Request) -> Answer:
        definition, scope, namespace = self.definition(request), self.scope(request), self.namespace(request)
        made: list[Row] = []
        for spec in read_actions(definition):
            values = {**action_values(spec, definition), "scope": scope, "namespace": namespace}
            try:
                made.append(self.insert(request, values))
            except Fault:
                for row in made:
                    self.state.store[self.name].delete(row)
                raise
        leave_out = frozenset({"updated_at"})
        return json_answer(201, {self.name: [self.shown(row, leave_out=leave_out) for row in made]})

    def update(self, request: Request, identity: str | None = None) -> Answer:
        definition, scope, namespace = self.definition(request), self.scope(request), self.namespace(request)
        specs = read_actions(definition)
        if identity is not None and len(specs) > 1:
            raise Fault(
                400, f"More than one actions are not supported for update with identifier. [identifier: {identity}]"
            )
        rows = [self._defined(request, identity or spec.name, namespace) for spec in specs]
        for row, spec in zip(rows, specs, strict=True):
            self.change(row, {**action_values(spec, definition), "scope": scope, "namespace": namespace})
        return json_answer(200, {self.name: [self.shown(row) for row in rows]})

    def delete(self, request: Request, identity: str) -> Answer:
        self.state.store[self.name].delete(self._defined(request, identity, self.namespace(request)))
        return self.gone()

    def _defined(self, request: Request, identity: str, namespace: str) -> Row:
        row = self.named(request, identity, namespace) or self.named(request, identity, "")
        if row is None:
            raise Fault(404, f"Action definition not found [action_name={identity}, namespace={namespace}]")
        return row


_WAIT_SSH = """\
version: "2.0"
std.wait_ssh:
  base: std.ssh
  description: Simple SSH command.
  input: [host, username, password]
  base-input: {host: <% $.host %>, username: <% $.username %>, password: <% $.password %>, cmd: ls -l}
"""


def action_values(spec: ActionSpec, definition: str) -> dict[str, Any]:
    """The columns that an action's definition gives."""
    entries = spec.data.get("input") or []
    parameters = [
        text
        for entry in entries
        for text in ([f"{k}={json.dumps(v)}" for k, v in entry.items()] if isinstance(entry, dict) else [entry])
    ]
    return {
        "name": spec.name,
        "is_system": False,
        "input": ", ".join(parameters) or None,
        "description": spec.description,
        "tags": spec.tags,
        "definition": definition,
        "spec": spec,
    }


def _system_row(name: str) -> Row:
    action = SYSTEM_ACTIONS[name]
    return {**_BARE, "id": name, "name": name, "input": action.input, "description": action.description}


def _dynamic_row(row: Row) -> Row:
    told = {name: row[name] for name in ("name", "namespace", "scope", "project_id")}
    return {**_BARE, "id": row["name"], "input": "", "description": "Action.", **told}


# The database is asked for them in the order of the whole list.
_COLUMNS_OF_DYNAMIC_ACTIONS = frozenset(
    {
        "id",
        "name",
        "namespace",
        "class_name",
        "code_source_id",
        "code_source_name",
        "project_id",
        "scope",
        "created_at",
        "updated_at",
    }
)

_BARE: Row = {
    "is_system": False,
    "tags": None,
    "definition": "",
    "scope": None,
    "project_id": None,
    "created_at": "",
    "updated_at": "",
    "namespace": "",
}
"""What the server says of an action that no definition stands for."""


def _fulfils(condition: Condition, row: Row) -> bool:
    """Whether a row fulfils a condition, as Python compares and no database. Raises Fault where it cannot."""
    value, wanted = row.get(condition.name), condition.value
    if condition.name in ("created_at", "updated_at"):
        if value == "":
            # An action that no definition stands for has no such attribute, and passes.
            return True
        if isinstance(value, datetime) and isinstance(wanted, str):
            wanted = _time(wanted)
    try:
        return _COMPARISONS[condition.operator](value, wanted)
    except TypeError as error:
        raise Fault(500, str(error)) from None


def _time(said: str) -> datetime:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        raise Fault(500, "String contains unknown ISO components") from None


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "neq": operator.ne,
    # What it may not be, so that a failure says the same.
    "lt": lambda value, wanted: not value >= wanted,
    "lte": lambda value, wanted: not value > wanted,
    "gt": lambda value, wanted: not value <= wanted,
    "gte": lambda value, wanted: not value < wanted,
    "in": lambda value, wanted: value in wanted,
    "nin": lambda value, wanted: value not in wanted,
    "has": lambda value, wanted: wanted in value,
}


def _sort_key(row: Row, key: str) -> tuple[bool, Any]:
    """What a row is sorted by; an action that no definition stands for has neither id nor times for that."""
    value = None if row["id"] == row["name"] and key in ("id", "created_at", "updated_at") else row.get(key)
    return value is not None, value if value is not None else ""
