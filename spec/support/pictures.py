"""The pictures of the documentation, made of `fixtures`; and graphs as specs compare them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import yaml

from fogflow.drawing import Graph
from fogflow.graphs import execution_graph
from fogflow.language import WorkflowSpec, read_workflow
from fogflow.models import Execution, Task, Workflow

ROOT = Path(__file__).parent.parent.parent
WORKFLOWS = ROOT / "fixtures" / "workflows"
EXECUTIONS = ROOT / "fixtures" / "executions"
PICTURES = ROOT / "docs" / "pictures"


def graphs() -> Iterator[tuple[str, Graph]]:
    """The graph of each workflow of the fixtures and of each execution, with the name of its files."""
    for path in sorted(WORKFLOWS.glob("*.yaml")):
        yield path.stem, Workflow(definition=path).graph()
    for path in sorted(EXECUTIONS.glob("*.yaml")):
        execution, tasks = recorded(path.stem)
        yield f"{path.stem}_execution", execution_graph(execution, tasks, workflow(path.stem))


def workflow(name: str) -> WorkflowSpec:
    """A workflow of the fixtures."""
    return read_workflow((WORKFLOWS / f"{name}.yaml").read_text())


def recorded(name: str) -> tuple[Execution, list[Task]]:
    """An execution of the fixtures, with its tasks."""
    said = yaml.safe_load((EXECUTIONS / f"{name}.yaml").read_text())
    tasks = [Task.from_row(None, one, complete=True) for one in said["tasks"]]
    return Execution.from_row(None, said["execution"], complete=True), tasks


def seal(dot: str) -> str:
    """What stands at the end of an SVG, and says of which DOT it was drawn."""
    return f"<!-- drawn of the DOT with the SHA-256 {hashlib.sha256(dot.encode()).hexdigest()} -->\n"


def edges(graph: Graph) -> list[tuple[str, str, tuple[str, ...]]]:
    """The edges of a graph: the titles of their nodes, and what stands at them."""
    titles = {node.key: node.title for node in graph.nodes}
    return [(titles[edge.source], titles[edge.target], edge.labels) for edge in graph.edges]


def details(graph: Graph) -> dict[str, tuple[str, ...]]:
    """What the nodes of a graph say beside their titles."""
    return {node.title: node.details for node in graph.nodes}
