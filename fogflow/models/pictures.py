"""The pictures of workflows and executions: what is fetched for them, to be drawn in `fogflow.graphs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow import errors
from fogflow.drawing import Graph
from fogflow.graphs import execution_graph, workflow_graph
from fogflow.language import read_workflow

if TYPE_CHECKING:
    from fogflow.models.executions import Execution
    from fogflow.models.workflows import Workflow

_READ = ("name", "type", "state", "created_at", "updated_at", "started_at", "finished_at", "runtime_context")


def of_workflow(workflow: Workflow) -> Graph:
    """The graph of a workflow as its definition is here, saved or not."""
    workflow._require_definition()
    return workflow_graph(read_workflow(workflow.definition, workflow.name), workflow.name)


def of_execution(execution: Execution) -> Graph:
    """The graph of an execution. Two requests: for the workflow, and for the tasks, a page of them at a time."""
    execution._require_persisted("draw")
    tasks = execution.tasks.only(*_READ)
    workflow = execution.workflow
    if workflow is None:
        return execution_graph(execution, tasks, None, "its workflow was deleted since")
    try:
        spec = read_workflow(workflow.definition, workflow.name)
    except errors.ArgumentError:
        return execution_graph(execution, tasks, None, "its workflow cannot be read")
    changed = workflow.updated_at is not None and workflow.updated_at > execution.created_at
    return execution_graph(execution, tasks, spec, "its workflow was changed since" if changed else None)
