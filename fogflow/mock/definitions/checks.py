"""Whether a definition is right, and the server's words for what is wrong with it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fogflow import errors
from fogflow.language.specs import ENGINE_COMMANDS, WITH_ITEMS, ActionSpec, WorkflowSpec
from fogflow.language.text import split_command
from fogflow.mock.definitions import shapes
from fogflow.mock.definitions.schema import Schema, most_relevant
from fogflow.mock.definitions.text import load
from fogflow.mock.faults import Fault

_VERSION = "2.0"
_LONGEST_NAME = 255
_LONGEST_JOIN_NAME = _LONGEST_NAME - 47


@contextmanager
def _faults() -> Iterator[None]:
    """Makes a fault of what cannot be read."""
    try:
        yield
    except errors.ArgumentError as error:
        raise Fault(400, str(error)) from None


@_faults()
def read_workflows(text: str) -> list[WorkflowSpec]:
    """The workflows of a definition. Raises Fault when it is not right."""
    return [_workflow(item) for item in _listed(load(text))]


@_faults()
def read_actions(text: str) -> list[ActionSpec]:
    """The actions of a definition. Raises Fault when it is not right."""
    return [_action(item) for item in _listed(load(text))]


@_faults()
def read_workbook(text: str) -> tuple[dict[str, Any], list[WorkflowSpec], list[ActionSpec]]:
    """A workbook with its workflows and its actions. Raises Fault when it is not right."""
    data = load(text)
    if isinstance(data, dict):
        _require_version(data.get("version", _VERSION))
    _require(data, shapes.WORKBOOK)
    actions = [_action(item) for item in _items(data.get("actions") or {})]
    workflows = [_workflow(item) for item in _items(data.get("workflows") or {})]
    return data, workflows, actions


def _listed(data: Any) -> list[Any]:
    _require(data, shapes.LIST)
    if len(data) < 2:
        raise Fault(400, f"At least one item must be in the list [data={data}].")
    return _items(data)


def _items(data: dict[str, Any]) -> list[Any]:
    """The items of a mapping, each told its name, as the server tells them."""
    return [_named(name, item) for name, item in data.items() if name != "version"]


def _named(name: str, item: Any) -> Any:
    if isinstance(item, dict):
        item["name"] = name
        item["version"] = _VERSION
    return item


def _require(data: Any, schema: Schema) -> None:
    found = most_relevant(data, schema)
    if found is not None:
        raise Fault(400, f"Invalid DSL: {found}")


def _require_version(version: Any) -> None:
    try:
        known = str(float(version)) == _VERSION
    except (TypeError, ValueError):
        known = False
    if not known:
        raise Fault(400, f"Unsupported DSL version: {version}")


def _action(data: Any) -> ActionSpec:
    _require(data, shapes.ACTION)
    return ActionSpec(data)


def _workflow(data: Any) -> WorkflowSpec:
    # The server's own class names stand in its messages.
    owner = "<class 'mistral.lang.v2.workflows.WorkflowSpec'>"
    if not isinstance(data, dict):
        raise Fault(
            400,
            f"A specification with polymorphic key must be backed by a dictionary [spec_cls={owner}, data={data}]",
        )
    kind = data.get("type", "direct")
    if kind not in ("direct", "reverse"):
        raise Fault(400, f"Failed to find a specification class to instantiate [spec_cls={owner}, data={data}]")
    _require(data, shapes.WORKFLOW)
    if "task-defaults" in data:
        _require(data["task-defaults"], shapes.TASK_DEFAULTS)
        _require_retry(data["task-defaults"])
    for name, task in data["tasks"].items():
        if isinstance(task, dict):
            task["type"] = kind
        _require_task(_named(name, task), kind)
    spec = WorkflowSpec(data)
    _require_structure(spec)
    return spec


def _require_task(data: Any, kind: str) -> None:
    _require(data, shapes.TASK[kind])
    if len(data["name"]) > _LONGEST_NAME:
        raise Fault(400, f"The length of a '{data['name']}' task name must not exceed {_LONGEST_NAME} symbols")
    split_command(data.get("action") or data.get("workflow") or "")
    _require_retry(data)
    clauses = data.get("with-items") or []
    for clause in [clauses] if isinstance(clauses, str) else clauses:
        match = WITH_ITEMS.match(clause)
        if not match:
            raise Fault(
                400,
                "Wrong format of 'with-items' property. Please use format "
                f"'var in {{[some, list] | <% $.array %> }}: {data}",
            )
        _require_array(match[2])
    if data.get("join") and len(data["name"]) > _LONGEST_JOIN_NAME:
        raise Fault(
            400, f"The length of a '{data['name']}' join task name must not exceed {_LONGEST_JOIN_NAME} symbols"
        )


def _require_retry(data: dict[str, Any]) -> None:
    if isinstance(data.get("retry"), str):
        split_command(data["retry"])


def _require_array(text: str) -> None:
    if not text.startswith("["):
        return
    try:
        json.loads(text)
    except ValueError as error:
        raise Fault(400, f"Invalid array in 'with-items' clause: {text}, error: {error}") from None


def _require_structure(spec: WorkflowSpec) -> None:
    """That the tasks of a workflow lead to one another."""
    if _is_uuid(spec.name):
        raise Fault(400, "Workflow name cannot be in the format of UUID.")
    if spec.type == "reverse":
        _require_links(spec, {name for task in spec.tasks.values() for name in sorted(task.requires)})
        return
    if not any(spec.start_tasks):
        raise Fault(
            400,
            "Failed to find start tasks in direct workflow. There must be at least one task without inbound "
            f"transition.[workflow_name={spec.name}]",
        )
    _require_links(spec, {name for task in spec.tasks.values() for name in task.outbound} - set(ENGINE_COMMANDS))
    wrong = [message for name in spec.tasks if (message := _wrong_join(spec, name))]
    if wrong:
        raise Fault(400, "\n".join(wrong))


def _require_links(spec: WorkflowSpec, names: set[str]) -> None:
    for name in sorted(names):
        if name not in spec.tasks:
            raise Fault(400, f"Task '{name}' not found.")


def _wrong_join(spec: WorkflowSpec, name: str) -> str | None:
    join = spec.tasks[name].join
    inbound = len(spec.inbound(name))
    if join == "all" and not inbound:
        return f"No inbound tasks for task with 'join: all' [task_name={name}]"
    wanted = 1 if join == "one" else join
    if isinstance(wanted, int) and inbound < wanted:
        return (
            f"Not enough inbound tasks for task with 'join' [task_name={name}, join={wanted}, inbound_tasks={inbound}]"
        )
    return None


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)).replace("-", "") == text.lower().replace("-", "")
    except ValueError:
        return False
