"""Reports on executions (`/v2/executions/{id}/report`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs

from fogflow.mock.faults import Fault
from fogflow.mock.resources.forms import time_text
from fogflow.mock.state import State
from fogflow.mock.store import Row

_COUNTED = ("RUNNING", "SUCCESS", "ERROR", "IDLE", "PAUSED")
_LOOKED_BACK = 20  # executions, to guess how long one takes


@attrs.frozen
class Scope:
    """How much of what is below an execution is asked for.

    Attributes:
        errors_only: only the paths that failed.
        max_depth: how deep to go; less than 0 goes to the end.
        statistics_only: nothing but the counts.
    """

    errors_only: bool
    max_depth: int
    statistics_only: bool

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Scope:
        """The scope that a query says. Raises Fault."""
        for name in query:
            if name not in ("errors_only", "max_depth", "statistics_only", "include_output"):
                raise Fault(400, f'Unknown argument: "{name}"')
        said = query.get("max_depth", "-1")
        try:
            depth = int(said)
        except ValueError as error:
            raise Fault(
                400,
                f"Invalid input for field/attribute max_depth. Value: '{said}'. unable to convert to int. "
                f"Error: {error}",
            ) from None
        return cls(bool(query.get("errors_only")), depth, bool(query.get("statistics_only")))

    def ends_before(self, depth: int) -> bool:
        return 0 <= self.max_depth < depth


def report(state: State, execution: Row, scope: Scope) -> dict[str, Any]:
    """The report on an execution, in its form on the wire."""
    counts: Counter[str] = Counter()
    root = _execution(state, execution, scope, 0, counts)
    statistics = {
        "total_tasks_count": sum(counts[one] for one in _COUNTED),
        **{f"{one.lower()}_tasks_count": counts[one] for one in _COUNTED},
        "estimated_time": _estimate(state, execution),
    }
    return (
        {"statistics": statistics}
        if scope.statistics_only
        else {
            "statistics": statistics,
            "root_workflow_execution": root,
        }
    )


def _estimate(state: State, execution: Row) -> int:
    """The server's guess at the seconds that are left: 0 for one that does not run, -1 without one to compare."""
    if execution["state"] != "RUNNING":
        return 0
    before = state.store["executions"].where(workflow_id=execution["workflow_id"], state="SUCCESS")[:_LOOKED_BACK]
    if not before:
        return -1
    average = sum((one["updated_at"] - one["created_at"]).seconds for one in before) / len(before)
    left = average - (state.timeline.now - execution["created_at"]).seconds
    return int(left) if left >= 0 else 1


def _entry(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "created_at": time_text(row["created_at"]),
        "updated_at": time_text(row["updated_at"]),
        "state": row["state"],
        "state_info": row["state_info"],
    }


def _execution(state: State, row: Row, scope: Scope, depth: int, counts: Counter[str]) -> dict[str, Any]:
    entry = _entry(row)
    if scope.ends_before(depth):
        return entry
    tasks = [
        _task(state, task, scope, depth + 1, counts)
        for task in state.engine.tasks_of(row)
        if not (scope.errors_only and task["state"] != "ERROR")
    ]
    return {**entry, "task_executions": tasks}


def _task(state: State, row: Row, scope: Scope, depth: int, counts: Counter[str]) -> dict[str, Any]:
    counts[row["state"]] += 1
    children = state.engine.children_of(row)
    is_workflow = row["type"] == "WORKFLOW"
    entry = {
        "action_executions": [] if is_workflow else [_action_execution(child) for child in children],
        "workflow_executions": [_execution(state, child, scope, depth, counts) for child in children]
        if is_workflow
        else [],
        **_entry(row),
    }
    retried = row["runtime_context"].get("retry_task_policy")
    return {**entry, "retry_count": retried["retry_no"]} if retried else entry


def _action_execution(row: Row) -> dict[str, Any]:
    return {
        "accepted": row["accepted"],
        "last_heartbeat": time_text(row["last_heartbeat"]),
        **_entry(row),
    }
