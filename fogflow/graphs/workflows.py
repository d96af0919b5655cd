"""The graph of a workflow: its tasks, what follows what, and what is special about each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fogflow.drawing import Edge, Graph, Node, Shape
from fogflow.graphs import looks
from fogflow.language.specs import CLAUSES, ENGINE_COMMANDS, TaskSpec, Transition, WorkflowSpec

START = ("start",)
"""The key of the node from which a workflow begins."""

STARTS = "starts"
REQUIRES = "requires"
"""The kinds of the edges that are by no clause; those of the others are their clauses."""

_LONGEST = 36

_EXPRESSION = re.compile(r"<%\s*(.*?)\s*%>|{{\s*(.*?)\s*}}", re.DOTALL)


def workflow_graph(workflow: WorkflowSpec, name: str | None = None) -> Graph:
    """The graph of a workflow.

    Args:
        workflow: what its definition says.
        name: what it is called, if otherwise than there.

    Raises:
        errors.ArgumentError: what follows a task cannot be read.
    """
    title = name or workflow.name
    edges = tuple(_edges(workflow))
    nodes = [
        Node(START, title, (), Shape.CAPSULE, looks.ENDS),
        *(_task(task) for task in workflow.tasks.values()),
        *dict.fromkeys(_others(workflow)),
    ]
    return Graph(title, tuple(nodes), edges)


def task_key(name: str) -> tuple[str, ...]:
    """The key of a task's node."""
    return ("task", name)


def shortened(text: Any, longest: int = _LONGEST) -> str:
    """A text in a line that is not too long."""
    line = " ".join(str(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


# -- nodes


def _task(task: TaskSpec) -> Node:
    what = f"workflow: {task.runs}" if task.is_workflow else task.runs
    shape = Shape.DOUBLE_BOX if task.is_workflow else Shape.BOX
    lines = (what, *_marks(task))
    note = "; ".join((task.name, *lines))
    return Node(task_key(task.name), shortened(task.name), tuple(map(shortened, lines)), shape, looks.PLAIN, note)


def _marks(task: TaskSpec) -> Iterator[str]:
    """What a task does beside running an action or a workflow once."""
    clauses = task.data.get("with-items")
    if clauses:
        yield f"with-items: {', '.join(map(_bare, clauses)) if isinstance(clauses, list) else _bare(clauses)}"
    if task.join:
        yield f"join: {task.join}"
    retry = task.retry_said
    if retry:
        yield f"retry: {_bare(retry.get('count'))} times, every {_seconds(retry.get('delay'))}"
    for name in ("wait-before", "wait-after", "timeout"):
        if task.said(name):
            yield f"{name}: {_seconds(task.said(name))}"
    for name in ("pause-before", "fail-on", "concurrency"):
        value = task.said(name)
        if value:
            yield name if value is True else f"{name}: {_bare(value)}"


def _seconds(value: Any) -> str:
    return f"{value} s" if isinstance(value, (int, float)) else _bare(value)


def _bare(value: Any) -> str:
    """A text without what stands around its expressions."""
    return _EXPRESSION.sub(lambda found: found[1] or found[2] or "", str(value))


def _others(workflow: WorkflowSpec) -> Iterator[Node]:
    """The nodes of what follows a task, or is required by one, and is none."""
    for task in workflow.tasks.values():
        for one in _transitions(task):
            key = _target(task, one, workflow)
            if one.target in ENGINE_COMMANDS:
                message = one.input.get("msg")
                details = () if message is None else (shortened(message),)
                yield Node(key, one.target, details, Shape.OCTAGON, looks.PLAIN, str(message or one.target))
            elif one.target not in workflow.tasks:
                yield _missing(one.target)
        yield from (_missing(name) for name in sorted(task.requires) if name not in workflow.tasks)


def _missing(name: str) -> Node:
    return Node(task_key(name), shortened(name), ("no such task",), Shape.BOX, looks.UNKNOWN)


# -- edges


def _edges(workflow: WorkflowSpec) -> Iterator[Edge]:
    if workflow.type == "reverse":
        first = [task for task in workflow.tasks.values() if not task.requires]
    else:
        first = list(workflow.start_tasks)
    for task in first:
        yield Edge(START, task_key(task.name), STARTS, (), looks.of_clause(STARTS))
    for task in workflow.tasks.values():
        if workflow.type == "reverse":
            for name in sorted(task.requires):
                yield Edge(task_key(name), task_key(task.name), REQUIRES, (), looks.of_clause(REQUIRES))
        else:
            yield from (_edge(task, one, workflow) for one in _transitions(task))


def _transitions(task: TaskSpec) -> Iterator[Transition]:
    for clause in CLAUSES:
        yield from task.transitions(clause)


def _edge(task: TaskSpec, one: Transition, workflow: WorkflowSpec) -> Edge:
    # What follows success alone is what is expected, and needs no words.
    words = [] if one.clause == "on-success" else [one.clause]
    condition = [] if one.condition is None else [_bare(one.condition)]
    note = " ".join([one.clause, *condition])
    labels = tuple(map(shortened, (*words, *condition)))
    target = _target(task, one, workflow)
    return Edge(task_key(task.name), target, one.clause, labels, looks.of_clause(one.clause), note)


def _target(task: TaskSpec, one: Transition, workflow: WorkflowSpec) -> tuple[str, ...]:
    """The key of what follows; each task has commands of its own, so that no lines cross for them."""
    if one.target in ENGINE_COMMANDS:
        return ("command", task.name, one.target, str(one.input.get("msg")))
    return task_key(one.target)
