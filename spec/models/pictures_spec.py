"""Workflows and executions as pictures, with what the server says of them."""

from __future__ import annotations

from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.models import Execution, Workflow
from spec.support import definitions
from spec.support.pictures import WORKFLOWS, details, edges
from spec.support.server import Server


@pytest.fixture
def failed(service: fogflow.WorkflowService, name: str) -> Execution:
    return service.workflows.create(definition=definitions.fails(name)).execute().wait(check=False)


def states(execution: Execution) -> dict[str, str]:
    """The states that the picture shows, by the names of the nodes."""
    return {title: lines[0].partition(",")[0] for title, lines in details(execution.graph()).items()}


# -- workflows


def it_draws_a_workflow_of_the_server(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.fails(name))

    assert edges(workflow.graph()) == [(name, "prepare", ()), ("prepare", "explode", ())]


def it_draws_a_workflow_of_a_list(service: fogflow.WorkflowService, name: str) -> None:
    service.workflows.create(definition=definitions.noop(name))
    (listed,) = service.workflows.filter(name=name).summary()

    assert edges(listed.graph()) == [(name, "rest", ())]


def it_draws_each_of_several_that_were_defined_together(service: fogflow.WorkflowService, name: str) -> None:
    definition = {**definitions.noop(f"{name}_a"), **definitions.hello(f"{name}_b")}

    one, other = service.workflows.create_all(definition=definition)

    assert edges(one.graph()) == [(f"{name}_a", "rest", ())]
    assert edges(other.graph()) == [(f"{name}_b", "greet", ()), ("greet", "rest", ())]


def it_draws_a_workflow_of_a_workbook(service: fogflow.WorkflowService, name: str) -> None:
    service.workbooks.create(definition=definitions.book(name))

    assert edges(service.workflows.find_by_id(f"{name}.flow").graph()) == [(f"{name}.flow", "say", ())]


@pytest.mark.parametrize("path", sorted(WORKFLOWS.glob("*.yaml")), ids=lambda path: path.stem)
def it_draws_alike_before_and_after_it_is_saved(path: Any, service: fogflow.WorkflowService) -> None:
    workflow = service.workflows.new(definition=path)
    before = workflow.graph()

    workflow.save()
    try:
        assert workflow.graph() == service.workflows.find_by_id(workflow.id).graph() == before
    finally:
        workflow.destroy()


def it_cannot_draw_what_is_not_defined() -> None:
    with pytest.raises(errors.ArgumentError, match="needs definition="):
        Workflow(name="flow").graph()


def it_cannot_draw_what_cannot_be_read() -> None:
    with pytest.raises(errors.ArgumentError, match="could not be parsed"):
        Workflow(definition="flow: [").graph()


# -- executions


def it_draws_what_became_of_each_task(failed: Execution) -> None:
    assert states(failed) == {failed.workflow_name: "ERROR", "prepare": "SUCCESS", "explode": "ERROR"}
    assert [edge.stroke.bold for edge in failed.graph().edges] == [True, True]


def it_draws_no_way_where_mistral_sees_none(service: fogflow.WorkflowService, name: str) -> None:
    rest = {"action": "std.noop"}
    tasks = {
        "a": {**rest, "on-success": {"b": "<% false %>"}},
        "b": rest,
        "c": {**rest, "on-success": {"next": {"d": "<% false %>"}}},
        "d": rest,
    }
    workflow = service.workflows.create(definition={"version": "2.0", name: {"tasks": tasks}})

    graph = workflow.execute().wait().graph()

    # It passes over the mapping of a task to a condition; as a `next`, over the condition.
    assert edges(graph) == [(name, "a", ()), (name, "b", ()), (name, "c", ()), ("c", "d", ())]
    assert all(edge.stroke.bold for edge in graph.edges)


def it_draws_an_execution_that_runs(service: fogflow.WorkflowService, name: str) -> None:
    execution = service.workflows.create(definition=definitions.waits(name)).execute()
    execution.wait_for(lambda one: one.tasks.filter(name="linger", state="RUNNING").exists())

    assert states(execution) == {name: "RUNNING", "linger": "RUNNING", "rest": "std.noop"}
    execution.cancel()


def it_draws_the_tasks_of_an_execution_whose_workflow_was_deleted(
    service: fogflow.WorkflowService, failed: Execution
) -> None:
    service.workflows.destroy(failed.workflow_id)

    assert edges(failed.graph()) == [(failed.workflow_name, "prepare", ()), ("prepare", "explode", ())]
    assert details(failed.graph())[failed.workflow_name][1] == "its workflow was deleted since"


def it_draws_the_tasks_of_an_execution_whose_workflow_became_another(
    service: fogflow.WorkflowService, failed: Execution
) -> None:
    service.workflows.find_by_id(failed.workflow_id).update(definition=definitions.noop(failed.workflow_name))

    assert "explode" in details(failed.graph())
    assert details(failed.graph())[failed.workflow_name][1] == "its workflow was changed since"


def it_asks_for_the_workflow_and_for_what_it_shows_of_the_tasks(
    recorded: fogflow.WorkflowService, server: Server
) -> None:
    row = {"id": "e", "workflow_id": "w", "workflow_name": "flow", "task_execution_id": None, "state": "RUNNING"}
    times = {"created_at": "2026-11-23 06:00:00", "updated_at": "2026-11-23 06:00:00"}
    server.answer("/v2/executions/e", {**row, **times})
    server.answer("/v2/workflows/w", {"id": "w", "name": "flow", "definition": "flow: {tasks: {a: {action: x}}}"})
    server.answer("/v2/executions/e/tasks", {"tasks": []})
    execution = recorded.executions.find_by_id("e")

    execution.graph()

    _, workflow, tasks = server.heard
    assert workflow.path == "/v2/workflows/w"
    assert tasks.path == "/v2/executions/e/tasks"
    assert set(tasks.query["fields"].split(",")) == {
        *("id", "name", "type", "state", "runtime_context"),
        *("created_at", "updated_at", "started_at", "finished_at"),
    }


def it_draws_the_tasks_of_an_execution_whose_workflow_cannot_be_read(
    recorded: fogflow.WorkflowService, server: Server
) -> None:
    row = {"id": "e", "workflow_id": "w", "workflow_name": "flow", "state": "RUNNING", "created_at": None}
    server.answer("/v2/executions/e", row)
    server.answer("/v2/workflows/w", {"id": "w", "name": "flow", "definition": "flow: [", "updated_at": None})
    server.answer("/v2/executions/e/tasks", {"tasks": []})

    graph = recorded.executions.find_by_id("e").graph()

    assert details(graph)["flow"] == ("RUNNING", "its workflow cannot be read")


def it_marks_an_execution_that_another_started(service: fogflow.WorkflowService, name: str) -> None:
    service.workflows.create(definition=definitions.noop(f"{name}_inner"))
    outer = service.workflows.create(definition=definitions.calls(name, f"{name}_inner")).execute().wait()

    (inner,) = outer.sub_executions

    assert details(outer.graph())["call"][1] == f"workflow: {name}_inner"
    assert details(inner.graph())[f"{name}_inner"][1] == "sub-execution"


def it_cannot_draw_what_has_not_started(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.ArgumentError, match="never saved"):
        service.executions.new(workflow_name="any").graph()
