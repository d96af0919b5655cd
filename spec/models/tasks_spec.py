"""Tasks on a real Mistral: read, rerun, skipped."""

from __future__ import annotations

import pytest

import fogflow
from fogflow import errors
from fogflow.models import Task
from spec.support import definitions

NO_SKIPPING = pytest.mark.differs("15", why="skipping a task came with 16")


@pytest.fixture
def greeting(service: fogflow.WorkflowService, name: str) -> Task:
    """A task that has gone well."""
    workflow = service.workflows.create(definition=definitions.hello(name))
    task = workflow.execute({"who": "fog"}).wait().tasks.filter(name="greet").first()
    assert task is not None
    return task


@pytest.fixture
def explosion(service: fogflow.WorkflowService, name: str) -> Task:
    """A task that has not."""
    workflow = service.workflows.create(definition=definitions.fails(f"{name}_fails"))
    task = workflow.execute().wait(check=False).tasks.filter(state="ERROR").first()
    assert task is not None
    return task


def it_reads_what_a_task_did(greeting: Task, name: str) -> None:
    assert (greeting.name, greeting.type, greeting.state) == ("greet", "ACTION", "SUCCESS")
    assert greeting.workflow_name == name
    assert greeting.published == {"greeting": "hello fog"}
    assert greeting.result == "hello fog"
    assert greeting.processed is True
    assert greeting.started_at is not None
    assert greeting.finished_at is not None
    assert greeting.started_at <= greeting.finished_at


def it_leads_to_its_execution(service: fogflow.WorkflowService, greeting: Task) -> None:
    assert greeting in greeting.execution.tasks
    assert service.tasks.get(greeting.id) == greeting
    assert greeting in service.tasks.filter(workflow_execution_id=greeting.workflow_execution_id)
    assert not greeting.workflow_executions


def it_is_found_in_its_own_execution_only(greeting: Task, explosion: Task) -> None:
    assert greeting.execution.tasks.get(greeting.id) == greeting
    assert explosion.execution.tasks.get(greeting.id) is None


def it_reruns_a_failed_task(service: fogflow.WorkflowService, explosion: Task) -> None:
    def runs() -> set[str]:
        rows = service.list_task_action_executions(explosion.id).body["action_executions"]
        return {row["id"] for row in rows}

    before = runs()

    assert explosion.rerun() is explosion

    assert explosion.execution.wait(check=False).error
    assert runs() - before


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_reruns_the_failed_tasks_of_an_execution_with_another_environment(
    service: fogflow.WorkflowService, name: str
) -> None:
    workflow = service.workflows.create(definition=definitions.needs_environment(name))
    execution = workflow.execute(env={"color": "grey"}).wait(check=False)

    for task in execution.tasks.filter(state="ERROR"):
        task.rerun(env={"who": "fog"})

    assert execution.wait().output == {"who": "fog", "color": "grey"}


def it_leads_to_what_it_ran(greeting: Task, explosion: Task) -> None:
    (run,) = greeting.action_executions

    assert (run.name, run.state, run.result) == ("std.echo", "SUCCESS", "hello fog")
    assert run.task == greeting
    assert [run.error for run in explosion.action_executions] == [True]


@NO_SKIPPING
def it_skips_a_failed_task(explosion: Task) -> None:
    explosion.skip()

    assert explosion.execution.wait().success
    assert explosion.reload().state == "SKIPPED"


@pytest.mark.parametrize("action", ["rerun", pytest.param("skip", marks=NO_SKIPPING)])
def it_does_not_rerun_or_skip_a_task_that_went_well(action: str, greeting: Task) -> None:
    with pytest.raises(errors.BadRequest, match="must be in ERROR"):
        getattr(greeting, action)()


def it_cannot_be_created_changed_or_deleted(service: fogflow.WorkflowService, greeting: Task) -> None:
    with pytest.raises(errors.ArgumentError, match="cannot create a Task with name"):
        service.tasks.create(name="x")
    with pytest.raises(errors.ArgumentError, match="the API creates no Tasks"):
        service.tasks.create()
    with pytest.raises(errors.ArgumentError, match="cannot update a Task with name; it can with nothing"):
        greeting.update(name="x")
    with pytest.raises(errors.ArgumentError, match="no request to delete tasks"):
        greeting.destroy()


@pytest.mark.differs("15", why="15 lists no tasks for an execution that is not there, in place of saying so")
def it_says_that_there_is_no_such_execution(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.NotFound, match="WorkflowExecution not found"):
        service.list_tasks("123e4567-e89b-12d3-a456-426655440000")
