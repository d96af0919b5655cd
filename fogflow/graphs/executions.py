"""The graph of an execution: its workflow's, with what became of each task."""

from __future__ import annotations

import graphlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, Protocol

import attrs

from fogflow.drawing import Edge, Graph, Node, Shape
from fogflow.graphs import looks
from fogflow.graphs.workflows import REQUIRES, START, STARTS, shortened, task_key, workflow_graph
from fogflow.language.specs import WorkflowSpec

FOLLOWS = "follows"
"""The kind of the edges between tasks of which no more is known than the order of time."""


class Stateful(Protocol):
    """What is read of tasks and of executions; the attributes are Mistral's, with Python's values."""

    @property
    def id(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def ready(self) -> bool: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def updated_at(self) -> datetime: ...


class Task(Stateful, Protocol):
    """What is read of a task."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def started_at(self) -> datetime | None: ...
    @property
    def finished_at(self) -> datetime | None: ...
    @property
    def runtime_context(self) -> dict[str, Any]: ...


class Execution(Stateful, Protocol):
    """What is read of an execution."""

    @property
    def workflow_name(self) -> str: ...
    @property
    def task_execution_id(self) -> str | None: ...


def execution_graph(
    execution: Execution, tasks: Iterable[Task], workflow: WorkflowSpec | None, remark: str | None = None
) -> Graph:
    """The graph of an execution.

    Args:
        execution: which.
        tasks: all of it.
        workflow: what the definition says that it runs by; None where there is none any more. One that has none of
            the tasks' names, for it was changed since, counts as none.
        remark: what is to be said of the workflow.
    """
    runs = _Runs(tasks)
    if workflow is not None and not runs.by_name.keys() <= workflow.tasks.keys():
        workflow, remark = None, "its workflow was changed since"
    graph = _of_tasks(execution, runs) if workflow is None else _of_workflow(execution, runs, workflow)
    start, *others = graph.nodes
    sub = ["sub-execution"] if execution.task_execution_id else []
    lines = (_state_and_time(execution, execution.created_at, execution.updated_at), *sub, remark or "")
    start = attrs.evolve(start, details=lines, look=looks.of_state(execution.state), note=execution.id)
    return attrs.evolve(graph, nodes=(start, *others))


class _Runs:
    """The tasks of an execution, by their names: there are several of one that is part of a loop."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        found = list(tasks)
        triggers = {task.id: list(_triggers(task)) for task in found}
        depths = _depths(triggers)
        # Times are in whole seconds, in which much can happen; what one led to comes later all the same.
        found.sort(key=lambda task: (_began(task), depths[task.id], task.finished_at or task.updated_at))
        self.by_name: dict[str, list[Task]] = {}
        for task in found:
            self.by_name.setdefault(task.name, []).append(task)
        names = {task.id: task.name for task in found}
        self.started = {task.name for task in found if not triggers[task.id]}
        self.ways: dict[tuple[str, str, str], None] = dict.fromkeys(
            (names[source], task.name, clause)
            for task in found
            for source, clause in triggers[task.id]
            if source in names
        )

    def details(self, name: str) -> tuple[str, ...]:
        """What became of a task, a line each."""
        runs = self.by_name[name]
        last = runs[-1]
        began = _began(last) if last.ready else last.started_at
        lines = [_state_and_time(last, began, last.finished_at or last.updated_at)]
        context = last.runtime_context or {}
        items = _number(context, "with_items", "count")
        if items is not None:
            lines.append(f"{items} item{'' if items == 1 else 's'}")
        retries = _number(context, "retry_task_policy", "retry_no")
        if retries:
            lines.append(f"{retries} retr{'y' if retries == 1 else 'ies'}")
        if len(runs) > 1:
            states = Counter(run.state for run in runs)
            told = ", ".join(f"{count} {state}" for state, count in states.items())
            lines.append(f"{len(runs)} runs{f': {told}' if len(states) > 1 else ''}")
        return tuple(lines)


# -- by its workflow


def _of_workflow(execution: Execution, runs: _Runs, workflow: WorkflowSpec) -> Graph:
    graph = workflow_graph(workflow, execution.workflow_name)
    names: dict[Hashable, str] = {task_key(name): name for name in workflow.tasks}
    taken = {edge: _taken(edge, names, runs, workflow) for edge in graph.edges}
    reached = {edge.target for edge, whether in taken.items() if whether is not False}
    nodes = [_with_state(node, names.get(node.key), runs) for node in graph.nodes]
    nodes = [
        node if node.key in reached | names.keys() | {START} else attrs.evolve(node, look=looks.DID_NOT_RUN)
        for node in nodes
    ]
    edges = (attrs.evolve(edge, stroke=looks.of_way(edge.kind, taken=whether)) for edge, whether in taken.items())
    return attrs.evolve(graph, nodes=tuple(nodes), edges=tuple(edges))


def _with_state(node: Node, name: str | None, runs: _Runs) -> Node:
    if name is None:
        return node
    if name not in runs.by_name:
        return attrs.evolve(node, look=looks.DID_NOT_RUN)
    last = runs.by_name[name][-1]
    state, *more = runs.details(name)
    return attrs.evolve(node, details=(state, *node.details, *more), look=looks.of_state(last.state), note=last.id)


def _taken(edge: Edge, names: Mapping[Hashable, str], runs: _Runs, workflow: WorkflowSpec) -> bool | None:
    """Whether an execution went along an edge; None where the server does not tell."""
    target = names.get(edge.target, "")
    if edge.kind == STARTS:
        return target in runs.started
    source = names.get(edge.source, "")
    if edge.kind == REQUIRES:
        return {source, target} <= runs.by_name.keys()
    if target:
        return (source, target, edge.kind) in runs.ways
    # A command leaves no trace. It was not given where it is by no clause of the states in which the task ended.
    clauses = {clause for run in runs.by_name.get(source, ()) for _, clause in workflow.tasks[source].after(run.state)}
    return None if edge.kind in clauses else False


# -- without it


def _of_tasks(execution: Execution, runs: _Runs) -> Graph:
    nodes = [Node(START, execution.workflow_name, (), Shape.CAPSULE, looks.ENDS)]
    for name, one in runs.by_name.items():
        last = one[-1]
        shape = Shape.DOUBLE_BOX if last.type == "WORKFLOW" else Shape.BOX
        nodes.append(
            Node(task_key(name), shortened(name), runs.details(name), shape, looks.of_state(last.state), last.id)
        )
    return Graph(execution.workflow_name, tuple(nodes), tuple(_edge(*one) for one in _ways(runs)))


def _ways(runs: _Runs) -> list[tuple[Hashable, Hashable, str]]:
    names = list(runs.by_name)
    ways: list[tuple[Hashable, Hashable, str]] = []
    if runs.ways:
        ways += [(START, task_key(name), STARTS) for name in names if name in runs.started]
        ways += [(task_key(source), task_key(target), clause) for source, target, clause in runs.ways]
    else:
        # What led to what, the server tells of direct workflows alone.
        keys = [START, *map(task_key, names)]
        ways += [(one, other, FOLLOWS) for one, other in pairwise(keys)]
    return ways


def _edge(source: Hashable, target: Hashable, kind: str) -> Edge:
    labels = (kind,) if kind.startswith("on-") and kind != "on-success" else ()
    return Edge(source, target, kind, labels, looks.of_way(kind, taken=None if kind == FOLLOWS else True))


# -- times


def _began(task: Task) -> datetime:
    return task.started_at or task.created_at


def _state_and_time(one: Stateful, began: datetime | None, ended: datetime | None) -> str:
    if began is None or ended is None:
        return one.state
    if not one.ready:
        return f"{one.state}, begun {began:%H:%M:%S} UTC"
    return f"{one.state}, {_duration((ended - began).total_seconds())}"


def _duration(seconds: float) -> str:
    """Seconds for people, as exact as the server is."""
    whole = round(seconds)
    if whole < 1:
        return "under 1 s"
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


# -- what the engine keeps of a task


def _triggers(task: Task) -> Iterable[tuple[str, str]]:
    """The ids of the tasks that led to it, each with the clause by which it did."""
    for one in (task.runtime_context or {}).get("triggered_by") or []:
        yield one["task_id"], one["event"]


def _number(context: Mapping[str, Any], name: str, key: str) -> int | None:
    found = (context.get(name) or {}).get(key)
    return found if isinstance(found, int) else None


def _depths(triggers: Mapping[str, list[tuple[str, str]]]) -> dict[str, int]:
    """How many tasks lie behind each, along the longest way that led to it."""
    depths = dict.fromkeys(triggers, 0)
    sorter = graphlib.TopologicalSorter({task: [source for source, _ in found] for task, found in triggers.items()})
    try:
        order = list(sorter.static_order())
    except graphlib.CycleError:  # a task that joins others is one and the same in each round of a loop
        return depths
    for task in order:
        depths[task] = max((depths.get(source, 0) + 1 for source, _ in triggers.get(task, ())), default=0)
    return depths
