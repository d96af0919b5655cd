"""Workflows out of the text of definitions, for whoever takes them as the server has them: little is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow import errors
from fogflow.language.specs import WorkflowSpec
from fogflow.language.text import load


def read_workflow(text: str, name: str | None = None) -> WorkflowSpec:
    """The workflow of a definition.

    Args:
        text: YAML or JSON, of one workflow or of several.
        name: which of several is meant. Of a single one the name is not looked at: what a workbook made has the
            workbook's in front of its own.

    Raises:
        errors.ArgumentError: the text is not YAML, holds no such workflow, or one whose tasks cannot be read.
    """
    workflows = dict(_mapping(load(text), "a definition"))
    workflows.pop("version", None)
    if len(workflows) != 1 and name not in workflows:
        names = ", ".join(map(str, workflows)) or "nothing"
        raise errors.ArgumentError(f"the definition is of one workflow, or of {name!r} among others, not of {names}")
    key = name if name in workflows else next(iter(workflows))
    workflow = _mapping(workflows[key], f"workflow {key!r}")
    tasks = _mapping(workflow.get("tasks"), f"tasks of workflow {key!r}")
    for task_name, task in tasks.items():
        _mapping(task, f"task {task_name!r}")
    _mapping(workflow.get("task-defaults") or {}, "task-defaults")
    spec = WorkflowSpec({**workflow, "name": key})
    for one in spec.tasks.values():
        one.require_readable()
    return spec


def _mapping(value: Any, what: str) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise errors.ArgumentError(f"{what} is a mapping, not {value!r}")
    return value
