"""Executions at rest: nothing goes on in them before somebody does something."""

from __future__ import annotations

import time
from typing import Any

import fogflow
from fogflow import errors

Tree = dict[str, Any]
"""A report on an execution, as the API gives it."""

_FINAL = ("SUCCESS", "ERROR", "CANCELLED", "SKIPPED")
_LONGEST = 30  # seconds


def settled(service: fogflow.WorkflowService, execution: str) -> Tree | None:
    """The report on an execution once it is at rest; None when there is no such execution.

    Raises:
        AssertionError: it does not come to rest.
    """
    until = time.monotonic() + _LONGEST
    before = tree = None
    while time.monotonic() < until:
        try:
            tree = service.get_execution_report(execution).body["root_workflow_execution"]
        except errors.NotFound:
            return None
        except errors.ServerError:
            # The real server may break on a report while what it reports on is changed.
            before = None
            time.sleep(0.2)
            continue
        if has_ended(tree) or (_rests(tree) and tree == before):
            return tree
        before = tree if _rests(tree) else None
        time.sleep(0.05)
    raise AssertionError(f"execution {execution} does not come to rest: {tree}")


def has_ended(execution: Tree) -> bool:
    """Whether an execution has ended, and all that it started."""
    tasks = execution["task_executions"]
    children = [child for task in tasks for child in task["workflow_executions"]]
    runs = [run for task in tasks for run in task["action_executions"]]
    ended = all(one["state"] in _FINAL for one in [execution, *tasks, *runs])
    return ended and all(map(has_ended, children))


def _rests(execution: Tree) -> bool:
    tasks = execution["task_executions"]
    open_tasks = [task for task in tasks if task["state"] not in _FINAL]
    held_up = execution["state"] != "RUNNING" or any(_waits_for_somebody(task) for task in open_tasks)
    if execution["state"] == "RUNNING" and not open_tasks:
        return False
    if not all(_waits_for_somebody(task) or (held_up and task["state"] in ("IDLE", "WAITING")) for task in open_tasks):
        return False
    return all(_rests(child) for task in tasks for child in task["workflow_executions"])


def _waits_for_somebody(task: Tree) -> bool:
    actions = [run for run in task["action_executions"] if run["name"] == "std.async_noop"]
    return task["state"] in ("RUNNING", "PAUSED") and any(
        child["state"] not in _FINAL for child in [*actions, *task["workflow_executions"]]
    )
