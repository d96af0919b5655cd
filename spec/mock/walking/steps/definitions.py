"""Steps with what is made of a text: workflows, workbooks, actions, code sources, and the dynamic actions in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from fogflow.mock.resources.code_sources import CodeSources
from fogflow.mock.resources.dynamic_actions import DynamicActions
from fogflow.mock.resources.workbooks import Workbooks
from fogflow.mock.resources.workflows import Workflows
from spec.mock.walking.calls import Call, call, raw
from spec.mock.walking.steps.choices import NAMESPACES, SCOPES, any_name, fields, given, own_name, own_names, spoilt
from spec.mock.walking.walk import Walk
from spec.support import definitions

# Nothing in them is computed, for the mock does not.
_PARTS: list[dict[str, Any]] = [
    {"tasks": {"rest": {"action": "std.noop"}}},
    {
        "input": ["who", {"how": "well"}],
        "output": {"said": "hi"},
        "tags": ["greeting"],
        "tasks": {"say": {"action": "std.echo output='hi'", "on-success": "rest"}, "rest": {"action": "std.noop"}},
    },
    {
        "tasks": {
            "prepare": {"action": "std.noop", "tags": ["safe"], "on-success": "explode"},
            "explode": {"action": "std.fail"},
        }
    },
    {"tasks": {"linger": {"action": "std.async_noop", "on-success": "rest"}, "rest": {"action": "std.noop"}}},
    {"tasks": {"risk": {"action": "std.fail", "on-error": "mend"}, "mend": {"action": "std.noop"}}},
    {
        "tasks": {
            "left": {"action": "std.echo output=1", "on-success": "both", "publish": {"side": "left"}},
            "right": {"action": "std.noop", "on-success": "both"},
            "both": {"join": "all", "action": "std.noop"},
        }
    },
    {"tasks": {"first": {"action": "std.noop", "on-success": ["pause", "second"]}, "second": {"action": "std.noop"}}},
    {"tasks": {"act": {"action": "act_anna_admin"}}},
]
_CALLED = "cora"
_CALLING_PARTS: list[dict[str, Any]] = [
    {"tasks": {"call": {"workflow": f"{_CALLED}_admin"}}},
    {"tasks": {"call": {"workflow": f"{_CALLED}_builders"}}},
]
_WRONG_PARTS: list[Any] = [
    {"tusks": {}},
    {"tasks": {}},
    {"tasks": {"a": {"action": "std.noop", "workflow": "anna"}}},
    {"tasks": {"a": {"action": "std.noop", "on-success": "nobody"}}},
    {"tasks": {"a": {"acton": "std.noop"}}},
    {"type": "circular", "tasks": {"a": {"action": "std.noop"}}},
    {"input": "who", "tasks": {"a": {"action": "std.noop"}}},
    "nonsense",
]
_WRONG_TEXTS = (
    "",
    "nonsense",
    "version: '2.0'",
    "a: [",
    "name: nobody",
    "[]",
    "version: '3.0'\nanna: {tasks: {a: {}}}",
)


def _workflow(walk: Walk, names: list[str] | None = None) -> Any:
    if walk.chance(0.05):
        return walk.pick(_WRONG_TEXTS)
    names = names or own_names(walk, 2 if walk.chance(0.3) else 1)
    return {"version": "2.0", **{name: _part(walk, name) for name in names}}


def _part(walk: Walk, name: str) -> Any:
    """What a workflow does. None that is called calls another: it might be itself, without an end."""
    if walk.chance(0.1):
        return walk.pick(_WRONG_PARTS)
    return walk.pick(_PARTS if name.startswith(_CALLED) else [*_PARTS, *_CALLING_PARTS])


def _workbook(walk: Walk) -> Any:
    if walk.chance(0.05):
        # Of a name and a version that are both missing, the server tells either.
        return walk.pick([text for text in _WRONG_TEXTS if text not in ("", "[]")])
    book: dict[str, Any] = {"version": "2.0", "name": f"book_{own_name(walk)}"}
    if walk.chance(0.8):
        book["workflows"] = {"inner": _part(walk, "inner")}
    if walk.chance(0.4):
        book["actions"] = {"act": walk.pick(_ACTIONS)}
    if walk.chance(0.3):
        book["tags"] = ["shelf"]
    return book


_ACTIONS: list[Any] = [
    {"base": "std.echo", "base-input": {"output": "hi"}},
    {"base": "std.noop", "description": "Nothing.", "tags": ["idle"]},
    {"base": "std.echo", "base-input": {"output": "ho"}, "input": ["who", {"how": "well"}]},
    {"base": "std.fail"},
]
_WRONG_ACTIONS: list[Any] = [{}, {"bass": "std.noop"}, {"base": 5}, "nonsense"]


def _action(walk: Walk, names: list[str] | None = None) -> Any:
    if walk.chance(0.05):
        return walk.pick(_WRONG_TEXTS)
    names = names or own_names(walk, 2 if walk.chance(0.3) else 1)
    return {
        "version": "2.0",
        **{f"act_{name}": walk.pick(_WRONG_ACTIONS if walk.chance(0.1) else _ACTIONS) for name in names},
    }


# Of what is found by its id and gets another name.
_LATER_NAMES = ("dora", "emil")


def _place(walk: Walk) -> dict[str, Any]:
    return given(scope=walk.pick(SCOPES), namespace=walk.pick(NAMESPACES))


def _made(kind: str, one: Call) -> Call:
    return attrs.evolve(one, makes=kind)


def _named(walk: Walk, kind: str, prefix: str = "") -> Any:
    """The id of something, or a name that there may be."""
    return walk.one_of(kind) if walk.chance(0.5) else prefix + any_name(walk)


def create_workflow(walk: Walk) -> Call:
    return _made("workflow", call("create_workflow", _workflow(walk), **_place(walk)))


def update_workflow(walk: Walk) -> Call:
    if walk.chance(0.5):
        return call("update_workflow", _workflow(walk), **_place(walk))
    text = _workflow(walk, walk.some(_LATER_NAMES, 2 if walk.chance(0.1) else 1))
    return call("update_workflow", text, id=walk.one_of("workflow"), **_place(walk))


def get_workflow(walk: Walk) -> Call:
    namespace = given(namespace=walk.pick(NAMESPACES))
    return call("get_workflow", _named(walk, "workflow"), **namespace, **fields(walk, Workflows))


def delete_workflow(walk: Walk) -> Call:
    return call("delete_workflow", _named(walk, "workflow"), **given(namespace=walk.pick(NAMESPACES)))


def create_workbook(walk: Walk) -> Call:
    return call("create_workbook", _workbook(walk), **_place(walk))


def update_workbook(walk: Walk) -> Call:
    return call("update_workbook", _workbook(walk), **_place(walk))


def get_workbook(walk: Walk) -> Call:
    namespace = given(namespace=walk.pick(NAMESPACES))
    return call("get_workbook", f"book_{any_name(walk)}", **namespace, **fields(walk, Workbooks))


def delete_workbook(walk: Walk) -> Call:
    return call("delete_workbook", f"book_{any_name(walk)}", **given(namespace=walk.pick(NAMESPACES)))


def create_action(walk: Walk) -> Call:
    return _made("action", call("create_action", _action(walk), **_place(walk)))


def update_action(walk: Walk) -> Call:
    if walk.chance(0.5):
        return call("update_action", _action(walk), **_place(walk))
    text = _action(walk, walk.some(_LATER_NAMES, 2 if walk.chance(0.1) else 1))
    return call("update_action", text, id=walk.one_of("action"), **_place(walk))


def get_action(walk: Walk) -> Call:
    other = walk.pick(["std.echo", "std.wait_ssh", "dynamic_anna_admin"])
    name = other if walk.chance(0.2) else _named(walk, "action", "act_")
    return call("get_action", name, **given(namespace=walk.pick(NAMESPACES)))


def delete_action(walk: Walk) -> Call:
    return call("delete_action", _named(walk, "action", "act_"), **given(namespace=walk.pick(NAMESPACES)))


def create_code_source(walk: Walk) -> Call:
    name = f"source_{own_name(walk)}"
    return _made("code_source", call("create_code_source", name, definitions.GREET, **_place(walk)))


def update_code_source(walk: Walk) -> Call:
    text = definitions.GREET if walk.chance(0.5) else definitions.GREET.replace("hello", own_name(walk))
    return call("update_code_source", _named(walk, "code_source", "source_"), text, **_place(walk))


def get_code_source(walk: Walk) -> Call:
    namespace = given(namespace=walk.pick(NAMESPACES))
    named = _named(walk, "code_source", "source_")
    return call("get_code_source", named, **namespace, **fields(walk, CodeSources))


def delete_code_source(walk: Walk) -> Call:
    return call("delete_code_source", _named(walk, "code_source", "source_"), **given(namespace=walk.pick(NAMESPACES)))


def _dynamic_action(walk: Walk) -> dict[str, Any]:
    source = walk.pick([{"code_source_id": walk.one_of("code_source")}, {"code_source_name": "source_anna_admin"}, {}])
    body = spoilt(walk, {"name": f"dynamic_{own_name(walk)}", **source, **_place(walk)}, "id", "project_id")
    # Whether there is such a class, the mock does not know.
    return body if walk.chance(0.1) else {**body, "class_name": "Greet"}


def create_dynamic_action(walk: Walk) -> Call:
    return _made("dynamic_action", raw("POST", "dynamic_actions", body=_dynamic_action(walk)))


def update_dynamic_action(walk: Walk) -> Call:
    changes = _dynamic_action(walk)
    if walk.chance(0.5):
        changes = {**changes, "id": walk.one_of("dynamic_action")}
    return raw("PUT", "dynamic_actions", body=changes)


def get_dynamic_action(walk: Walk) -> Call:
    named = _named(walk, "dynamic_action", "dynamic_")
    namespace = given(namespace=walk.pick(NAMESPACES))
    return call("get_dynamic_action", named, **namespace, **fields(walk, DynamicActions))


def delete_dynamic_action(walk: Walk) -> Call:
    # With a namespace the server tries for half a minute, and fails.
    return call("delete_dynamic_action", _named(walk, "dynamic_action", "dynamic_"))


def _validate(kind: str, make: Callable[[Walk], Any]) -> Callable[[Walk], Call]:
    return lambda walk: call(f"validate_{kind}", make(walk))


STEPS: dict[str, list[Callable[[Walk], Call]]] = {
    "workflow": [create_workflow, create_workflow, create_workflow, update_workflow, get_workflow, delete_workflow],
    "workbook": [create_workbook, create_workbook, update_workbook, get_workbook, delete_workbook],
    "action": [create_action, create_action, update_action, get_action, delete_action],
    "code_source": [
        create_code_source,
        create_code_source,
        update_code_source,
        get_code_source,
        delete_code_source,
    ],
    "dynamic_action": [
        create_dynamic_action,
        create_dynamic_action,
        update_dynamic_action,
        get_dynamic_action,
        delete_dynamic_action,
    ],
    "validation": [_validate("workflow", _workflow), _validate("workbook", _workbook), _validate("action", _action)],
}
