"""Steps that list: filters with all operators, orders, fields, pages, and what the server does not take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from fogflow.mock.resources import RESOURCES
from fogflow.mock.resources.base import Resource
from fogflow.mock.resources.forms import TIME
from spec.mock.walking.calls import Call, Condition, Project, call
from spec.mock.walking.sides import PROJECTS
from spec.mock.walking.steps.choices import columns
from spec.mock.walking.walk import NOWHERE, Walk

_LISTS = {
    "workflow": "workflows",
    "workbook": "workbooks",
    "action": "actions",
    "execution": "executions",
    "task": "tasks",
    "action_execution": "action_executions",
    "cron_trigger": "cron_triggers",
    "event_trigger": "event_triggers",
    "environment": "environments",
    "code_source": "code_sources",
    "dynamic_action": "dynamic_actions",
}
_OPERATORS = ("", "", "eq:", "neq:", "gt:", "gte:", "lt:", "lte:", "has:", "in:", "nin:")
_TIMES = ("2020-01-01 00:00:00", "2039-01-01 00:00:00", "nonsense")
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "anna_admin",
        "act_anna_admin",
        "env_bert_builders",
        "cron_cora_guests",
        "std.echo",
        "anna_admin,bert_admin,act_cora_admin,env_anna_builders",
        "a",
        "%n",
    ),
    "workflow_name": ("anna_admin", "bert_builders"),
    "namespace": ("", "staging"),
    "scope": ("private", "public"),
    "state": ("SUCCESS", "ERROR", "RUNNING,PAUSED", "success", "nonsense"),
    "tags": ("safe", "greeting", "safe,greeting"),
    "pattern": ("0 0 29 2 *",),
    "remaining_executions": ("1", "5", "0", "x"),
}
_DOCUMENTS = ("{}", '{"who": "fog"}', "nonsense")
_WORDS = ("", "1", "true", "false", "a walk", "hi", "nonsense")


def _condition(walk: Walk, resource: type[Resource], name: str) -> Any:
    if name == "project_id":
        return Project(walk.pick(PROJECTS))
    if name.endswith("_id"):
        kind = name.removesuffix("_id").replace("workflow_execution", "execution").replace("root_", "")
        one = walk.one_of({"task_execution": "task"}.get(kind, kind))
        return walk.pick([one, one, Condition(walk.pick(["eq", "neq", "in"]), one), "nonsense"])
    if resource.fields.get(name) is TIME:
        # What is no time, the list of actions refuses in words of the library that reads times.
        return walk.pick(_OPERATORS) + walk.pick(_TIMES[:2] if resource.name == "actions" else _TIMES)
    if name in _TEXTS:
        return walk.pick(_OPERATORS) + walk.pick(_TEXTS[name])
    return walk.pick(_OPERATORS) + walk.pick([*_DOCUMENTS, *_WORDS])


def _filters(resource: type[Resource]) -> list[str]:
    # When a run of an action was changed, the two servers tell differently.
    left_out = {"updated_at"} if resource.name == "action_executions" else set()
    return [name for name in resource.filters if name not in left_out]


def _query(walk: Walk, resource: type[Resource]) -> dict[str, Any]:
    query: dict[str, Any] = {}
    if resource.filters and walk.chance(0.6):
        for name in walk.some(_filters(resource), 2):
            query[name] = _condition(walk, resource, name)
    if walk.chance(0.3):
        query["limit"] = walk.pick([1, 2, 3, 3, 20, 0, -1, "x"])
    if walk.chance(0.3):
        query["sort_keys"] = ",".join(walk.some([*resource.fields, *sorted(resource.hidden)], 2))
        query["sort_dirs"] = walk.pick(["asc", "desc", "asc,desc", "up"])
    if walk.chance(0.2):
        query["fields"] = ",".join(walk.some(columns(resource), 3))
    if walk.chance(0.3) and resource.switches:
        query[walk.pick(sorted(resource.switches - {"nulls"}))] = walk.pick(["true", "false", ""])
    if "nulls" in resource.switches and walk.chance(0.1):
        query["nulls"] = walk.pick(["description", "task_execution_id", "tags,params"])
    if walk.chance(0.1):
        query.update(
            walk.pick(
                [
                    {"fields": "bogus"},
                    {"fields": "id,bogus"},
                    {"sort_keys": "bogus"},
                    {"marker": NOWHERE},
                    {"marker": "nonsense"},
                    {"bogus": "x"},
                ]
            )
        )
    return query


def _list(kind: str, resource: type[Resource]) -> Callable[[Walk], Call]:
    before = (None,) if kind == "task" else ()

    def listed(walk: Walk) -> Call:
        return call(f"list_{kind}s", *before, _query(walk, resource))

    return listed


def _pages(kind: str, resource: type[Resource]) -> Callable[[Walk], Call]:
    before = (None,) if kind == "task" else ()

    def listed(walk: Walk) -> Call:
        query: dict[str, Any] = {"limit": walk.pick([1, 2, 3])}
        if "name" in resource.fields and walk.chance(0.5):
            query |= {"sort_keys": walk.pick(["name", "name,id", "id", "created_at,name"]), "sort_dirs": "desc"}
        return attrs.evolve(call(f"list_{kind}s", *before, query), pages=True)

    return listed


_BY_NAME = {resource.name: resource for resource in RESOURCES}

STEPS: dict[str, list[Callable[[Walk], Call]]] = {
    kind: [
        *[_list(kind, _BY_NAME[name])] * 2,
        # The list of actions begins anew after its own markers.
        *([_pages(kind, _BY_NAME[name])] if kind != "action" else []),
    ]
    for kind, name in _LISTS.items()
}
