"""The structure of Mistral's language, version 2, as JSON Schema: what its documentation says may stand where."""

from __future__ import annotations

from typing import Any

Shape = dict[str, Any]


def _either(*shapes: Shape) -> Shape:
    return {"oneOf": list(shapes)}


def _list_of(shape: Shape) -> Shape:
    return {"type": "array", "items": shape, "uniqueItems": True, "minItems": 1}


def _object(properties: Shape, **more: Any) -> Shape:
    return {"type": "object", "properties": properties, **more, "additionalProperties": False}


TEXT: Shape = {"type": "string", "minLength": 1}
_ANY: Shape = {"anyOf": [{"type": one} for one in ("array", "boolean", "integer", "number", "object", "string")]}
_ANY_OR_NULL: Shape = {"anyOf": [{"type": "null"}, *_ANY["anyOf"]]}
MAPPING: Shape = {"type": "object", "minProperties": 1, "patternProperties": {r"^\w+$": _ANY_OR_NULL}}
_COUNT: Shape = {"type": "integer", "minimum": 0}
_EXPRESSION = _either(
    {"type": "string", "pattern": r"^({{(.*?)}})\s*$"},
    {"type": "string", "pattern": r"^<%.*?%>\s*$"},
)
_COUNTED = _either(_EXPRESSION, _COUNT)
_SWITCH = _either(_EXPRESSION, {"type": "boolean"})
_TEXTS = _list_of(TEXT)
_NAMES = _either(TEXT, _TEXTS)
_VERSION: Shape = {"anyOf": [TEXT, _COUNT, {"type": "number", "minimum": 0.0}]}
_KIND: Shape = {"enum": ["reverse", "direct"]}
_PARAMETERS = _list_of(_either(TEXT, {**MAPPING, "maxProperties": 1}))

_NEXT = (r"^\S+$", r"^\w+ \w+=(.*)$", r"^\w+\(\w+=(.*)\)$")
_TASK = _either(*({"type": "string", "pattern": pattern} for pattern in _NEXT))
_TASK_ON_CONDITION: Shape = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "patternProperties": dict.fromkeys(_NEXT, _EXPRESSION),
}
_TASKS = _list_of(_either(_TASK, _TASK_ON_CONDITION))
_PUBLISH = _object({"branch": MAPPING, "global": MAPPING, "atomic": MAPPING})
_FOLLOWING = _either(
    _TASK,
    _TASK_ON_CONDITION,
    _TASKS,
    {
        "type": "object",
        "minProperties": 1,
        "properties": {"publish": _PUBLISH, "next": _either(_TASK, _TASK_ON_CONDITION, _TASKS)},
        "additionalProperties": False,
    },
)
_RETRY = _either(
    _object(
        {"count": _COUNTED, "break-on": _EXPRESSION, "continue-on": _EXPRESSION, "delay": _COUNTED},
        required=["delay", "count"],
    ),
    TEXT,
)
_POLICIES: Shape = {
    "retry": _RETRY,
    "wait-before": _COUNTED,
    "wait-after": _COUNTED,
    "timeout": _COUNTED,
    "pause-before": _SWITCH,
    "concurrency": _COUNTED,
    "fail-on": _SWITCH,
}
_CLAUSES: Shape = dict.fromkeys(("on-complete", "on-success", "on-error", "on-skip"), _FOLLOWING)
_HEAD: Shape = {"name": TEXT, "version": _VERSION, "description": TEXT, "tags": _TEXTS}
_HEAD_REQUIRED = ["name", "version"]


def _task(kind: str, more: Shape) -> Shape:
    properties = {
        "type": {"enum": [kind]},
        "action": TEXT,
        "workflow": TEXT,
        "input": _either(MAPPING, TEXT),
        "with-items": _NAMES,
        "publish": MAPPING,
        "publish-on-error": MAPPING,
        "publish-on-skip": MAPPING,
        **_POLICIES,
        "target": TEXT,
        "keep-result": _SWITCH,
        "safe-rerun": _SWITCH,
        **more,
        **_HEAD,
    }
    one_of_both = [
        {"not": {"type": "object", "required": ["action", "workflow"]}},
        _either({"type": "object", "required": ["action"]}, {"type": "object", "required": ["workflow"]}),
    ]
    # Of several things that are wrong alike, the one is told that stands first.
    return {**_object(properties), "anyOf": one_of_both, "required": _HEAD_REQUIRED}


TASK: dict[str, Shape] = {
    "direct": _task("direct", {"join": _either({"enum": ["all", "one"]}, _COUNT), **_CLAUSES}),
    "reverse": _task("reverse", {"requires": _NAMES}),
}
TASK_DEFAULTS = _object({**_POLICIES, **_CLAUSES, "safe-rerun": _SWITCH, "requires": _NAMES})

# What is more than these, a workflow may have: the server does not look at it.
WORKFLOW: Shape = {
    "properties": {
        "tasks": {"type": "object", "minProperties": 1, "patternProperties": {r"^\w+$": MAPPING}},
        "type": _KIND,
        "task-defaults": MAPPING,
        "input": _PARAMETERS,
        "output": MAPPING,
        "output-on-error": MAPPING,
        "vars": MAPPING,
        "tags": _TEXTS,
    },
    "required": ["tasks"],
}

ACTION = _object(
    {"base": TEXT, "base-input": MAPPING, "input": _PARAMETERS, "output": _ANY_OR_NULL, **_HEAD},
    required=["base", *_HEAD_REQUIRED],
)

LIST: Shape = {
    "type": "object",
    "properties": {"version": _VERSION},
    "additionalProperties": MAPPING,
    "required": ["version"],
}

_ITEMS: Shape = {
    "type": "object",
    "minProperties": 1,
    "patternProperties": {"^version$": {"enum": ["2.0", 2.0]}, r"^(?!version$)[\w-]+$": _ANY},
    "additionalProperties": False,
}
WORKBOOK = _object(
    {**_HEAD, "version": {"enum": ["2.0", 2.0], **_VERSION}, "actions": _ITEMS, "workflows": _ITEMS},
    required=_HEAD_REQUIRED,
)
