"""Actions (`/v2/actions`): the server's own, those that are defined, and dynamic ones."""

from __future__ import annotations

import functools
import json
from typing import Any, ClassVar

from fogflow.language import ActionSpec
from fogflow.mock import listing
from fogflow.mock.definitions import read_actions
from fogflow.mock.engine.system_actions import SYSTEM_ACTIONS
from fogflow.mock.exchange import Answer, Project, Request
from fogflow.mock.faults import Fault, json_answer
from fogflow.mock.listing import Condition, text
from fogflow.mock.resources.base import ANY, Defined, Fields, Filters, Route, plain, require_arguments, time_text
from fogflow.mock.resources.validations import validation
from fogflow.mock.store import Row


class Actions(Defined):
    """Its list is one of three kinds together, of one namespace, and knows no `max_limit`, no fields and no pages."""

    name = "actions"
    kind = "Action"
    fields: ClassVar[Fields] = {
        "id": plain,
        "name": plain,
        "is_system": plain,
        "input": plain,
        "description": plain,
        "tags": plain,
        "definition": plain,
        "scope": plain,
        "project_id": plain,
        "created_at": time_text,
        "updated_at": time_text,
        "namespace": plain,
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

    # -- reading

    def list_actions(self, request: Request) -> Answer:
        self._require_known(request)
        limit = listing.limit(request.query)
        keys, dirs = listing.sorting(request.query, "name")
        for key in keys:
            if key not in _COLUMNS_OF_DYNAMIC_ACTIONS:
                raise Fault(500, f"Sort key supplied is invalid: {key}")
        conditions = self._conditions({"namespace": "", **request.query})
        found = [row for row in self._all(request.project) if all(_fulfils(one, row) for one in conditions)]
        found.sort(key=functools.cmp_to_key(functools.partial(_compare, list(zip(keys, dirs, strict=True)))))
        marker = request.query.get("marker")
        # The row of the marker comes once more, and an id is looked for among names.
        start = next((number for number, row in enumerate(found) if row["name"] == marker), 0)
        found = found[start : start + limit] if limit else found
        document: dict[str, Any] = {self.name: [self.shown(row) for row in found]}
        if limit and len(found) == limit:
            page = listing.Page(tuple(conditions), keys, dirs, limit, None, [])
            document["next"] = page.link(f"{request.root}/v2/{self.name}", found[-1])
        return json_answer(200, document)

    def _all(self, project: Project) -> list[Row]:
        defined = self.state.store.visible(self.name, project, everything=True)
        dynamic = self.state.store.visible("dynamic_actions", project, everything=True)
        return [*map(_system_row, SYSTEM_ACTIONS), *defined, *map(_dynamic_row, dynamic)]

    def get(self, request: Request, identity: str) -> Answer:
        require_arguments(request, {"namespace"})
        namespace = self.namespace(request)
        for space in dict.fromkeys((namespace, "")):
            for row in self._all(request.project):
                if identity in (row["id"], row["name"]) and row["namespace"] == space:
                    return json_answer(200, self.shown(row))
        raise Fault(404, f"Action not found [name={identity}, namespace={namespace}]")

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
        "input": ", ".join(parameters),
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
    # Those without times and scope pass the conditions on them, except in a namespace of their own.
    value = row.get(condition.name)
    if condition.name in ("created_at", "updated_at") and value == "":
        return True
    return condition.holds(row)


def _compare(keys: list[tuple[str, str]], one: Row, other: Row) -> int:
    for key, direction in keys:
        left, right = (listing.comparable(row.get(key)) for row in (one, other))
        ranked = [(value is not None, str(value)) for value in (left, right)]
        if ranked[0] != ranked[1]:
            found = -1 if ranked[0] < ranked[1] else 1
            return found if direction == "asc" else -found
    return 0
