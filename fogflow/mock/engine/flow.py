"""What comes next in an execution: which tasks start, and what becomes of those that wait for several."""

from __future__ import annotations

from collections.abc import Mapping

from fogflow.language.specs import TaskSpec, WorkflowSpec
from fogflow.mock.engine.states import FINAL
from fogflow.mock.store import Row


def join_state(spec: WorkflowSpec, task: TaskSpec, tasks: Mapping[str, Row]) -> tuple[str, str | None]:
    """What becomes of a task that joins others.

    Args:
        tasks: the last task of each name that there is in the execution.

    Returns:
        "RUNNING" when it may start, "ERROR" when it never can, "WAITING" otherwise; and the reason.
    """
    induced = {one.name: _induced(spec, one, task.name, tasks) for one in spec.inbound(task.name)}
    wanted = len(induced) if task.join == "all" else 1 if task.join == "one" else task.join
    running = [name for name, state in induced.items() if state == "RUNNING"]
    failed = [name for name, state in induced.items() if state == "ERROR"]
    if len(running) >= wanted:
        return "RUNNING", None
    if len(failed) > len(induced) - wanted:
        return "ERROR", f"Failed by tasks: {failed}"
    return "WAITING", f"Blocked by tasks: {[name for name, state in induced.items() if state == 'WAITING']}"


def triggers(spec: WorkflowSpec, name: str, tasks: Mapping[str, Row]) -> list[dict[str, str]]:
    """The tasks that led to a joining one, with the clauses by which they did."""
    found = []
    for one in spec.inbound(name):
        row = tasks.get(one.name)
        clause = dict(row["next_tasks"]).get(name) if row else None
        if row and clause:
            found.append({"task_id": row["id"], "event": clause})
    return found


def _induced(spec: WorkflowSpec, inbound: TaskSpec, name: str, tasks: Mapping[str, Row]) -> str:
    row = tasks.get(inbound.name)
    if row is None:
        return "WAITING" if _can_come(spec, inbound, tasks, frozenset()) else "ERROR"
    if row["state"] not in FINAL:
        return "WAITING"
    return "RUNNING" if name in dict(row["next_tasks"]) else "ERROR"


def _can_come(spec: WorkflowSpec, task: TaskSpec, tasks: Mapping[str, Row], seen: frozenset[str]) -> bool:
    """Whether a task that is not there yet may still come."""
    if task.name in seen:
        return False
    inbound = spec.inbound(task.name)
    for one in inbound:
        row = tasks.get(one.name)
        if row is None:
            if _can_come(spec, one, tasks, seen | {task.name}):
                return True
        elif row["state"] not in FINAL or task.name in dict(row["next_tasks"]):
            return True
    return not inbound


def ready_to_start(spec: WorkflowSpec, target: str, tasks: Mapping[str, Row]) -> list[TaskSpec]:
    """In a reverse workflow: the tasks on the way to the target whose requirements are done."""
    done = {name for name, row in tasks.items() if row["state"] == "SUCCESS"}
    wanted = spec.leading_to(target)
    return [task for name, task in spec.tasks.items() if name in wanted and name not in tasks and task.requires <= done]
