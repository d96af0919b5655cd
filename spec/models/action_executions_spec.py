"""Action executions on a real Mistral: run by themselves and in tasks, read, ended from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.models import Action, ActionExecution
from spec.support import definitions
from spec.support.server import Server


@pytest.fixture
def echo(service: fogflow.WorkflowService) -> Action:
    """An action that puts out what it takes as `output`."""
    return service.actions.find_by_id("std.echo")


@pytest.fixture
def lingering(service: fogflow.WorkflowService, name: str) -> ActionExecution:
    """One that runs, as the first of two tasks, until somebody ends it."""
    execution = service.workflows.create(definition=definitions.waits(name)).execute()
    execution.wait_for(lambda execution: execution.tasks.filter(name="linger", state="RUNNING").exists(), timeout=60)
    return execution.tasks.filter(name="linger")[0].action_executions[0]


# -- by itself


def it_runs_an_action_and_reads_what_came_out(echo: Action) -> None:
    run = echo.execute({"output": {"nested": [1, None, "ü"]}})

    assert (run.name, run.state) == ("std.echo", "SUCCESS")
    assert (run.ready, run.success, run.error) == (True, True, False)
    assert run.result == {"nested": [1, None, "ü"]}
    assert run.output == {"result": {"nested": [1, None, "ü"]}}
    assert run.input == {"output": {"nested": [1, None, "ü"]}}
    assert run.task is None


def it_returns_a_run_that_failed_with_its_reason(service: fogflow.WorkflowService) -> None:
    run = service.actions.find_by_id("std.fail").execute()

    assert (run.ready, run.success, run.error) == (True, False, True)
    assert "Fail action expected exception" in run.result


def it_keeps_nothing_on_the_server_unless_told_to(echo: Action) -> None:
    assert echo.execute({"output": "fog"}).id is None


@pytest.mark.parametrize(
    ("action", "what"),
    [
        (lambda run: run.reload(), "reload"),
        (lambda run: run.destroy(), "destroy"),
        (lambda run: run.complete(), "end"),
        (lambda run: run.wait_for(lambda run: run.ready), "reload"),
    ],
)
def it_cannot_ask_about_what_was_not_kept(
    action: Callable[[ActionExecution], Any], what: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    server.answer("*", {"id": None, "name": "std.echo", "state": "SUCCESS", "output": '{"result": 1}'}, 201)
    run = recorded.action_executions.create(name="std.echo", input={"output": 1})

    with pytest.raises(errors.ArgumentError, match=f"cannot {what} an ActionExecution that the server did not keep"):
        action(run)

    assert len(server.heard) == 1


def it_fetches_nothing_for_what_was_not_kept(recorded: fogflow.WorkflowService, server: Server) -> None:
    server.answer("*", {"id": None, "name": "std.echo", "state": "SUCCESS", "output": '{"result": 1}'}, 201)
    run = recorded.action_executions.create(name="std.echo", input={"output": 1})

    assert (run.result, run.created_at, run.params, run.task) == (1, None, None, None)
    assert len(server.heard) == 1


def it_is_kept_and_followed_to_its_end(
    service: fogflow.WorkflowService, echo: Action, happened_just_now: Callable[[Any], bool]
) -> None:
    run = echo.execute({"output": "fog"}, save_result=True)
    assert (run.state, run.ready, run.result) == ("RUNNING", False, None)

    assert run.wait_for(lambda run: run.ready, timeout=60) is run

    assert run.result == "fog"
    assert run.accepted is True
    assert happened_just_now(run.created_at)
    assert service.action_executions.find_by_id(str(run.id)).result == "fog"


def it_keeps_what_the_server_ran_at_once_with_its_description(echo: Action) -> None:
    run = echo.execute({"output": "fog"}, save_result=True, run_sync=True, description="by hand")

    assert (run.state, run.result) == ("SUCCESS", "fog")
    assert run.reload().description == "by hand"


def it_always_keeps_what_somebody_has_to_end(service: fogflow.WorkflowService) -> None:
    run = service.actions.find_by_id("std.async_noop").execute()
    assert run.state == "RUNNING"

    run.complete({"answer": 42})

    assert (run.state, run.result) == ("SUCCESS", {"answer": 42})
    assert run.reload().result == {"answer": 42}


def it_runs_an_action_by_its_name(service: fogflow.WorkflowService) -> None:
    assert service.action_executions.create(name="std.echo", input={"output": "fog"}).result == "fog"


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_runs_an_action_of_a_namespace(service: fogflow.WorkflowService, name: str) -> None:
    service.actions.create(definition=definitions.shout(name), namespace="staging")

    run = service.action_executions.create(name=name, workflow_namespace="staging", input={"who": "fog"})

    assert (run.result, run.workflow_namespace) == ("fog!", "staging")


# -- in a task


def it_leads_to_its_task_and_back(service: fogflow.WorkflowService, name: str) -> None:
    execution = service.workflows.create(definition=definitions.hello(name)).execute({"who": "fog"}).wait()
    (task,) = execution.tasks.filter(name="greet")

    (run,) = task.action_executions

    assert run.task == task
    assert (run.workflow_name, run.name) == (name, "std.echo")
    assert run.result == "hello fog"
    assert task.action_executions.get(str(run.id)) == run
    assert list(service.action_executions.filter(task_execution_id=task.id)) == [run]


def it_is_found_in_its_own_task_only(service: fogflow.WorkflowService, name: str) -> None:
    execution = service.workflows.create(definition=definitions.hello(name)).execute({"who": "fog"}).wait()
    (greet,), (rest,) = execution.tasks.filter(name="greet"), execution.tasks.filter(name="rest")

    assert rest.action_executions.get(greet.action_executions[0].id) is None
    assert greet.action_executions[0] not in rest.action_executions


def it_fetches_the_output_of_a_listed_one_when_it_is_read(
    service: fogflow.WorkflowService, lingering: ActionExecution
) -> None:
    lingering.complete({"answer": 42})
    listed = service.action_executions.filter(task_execution_id=lingering.task_execution_id)

    assert "output" not in listed[0].attributes
    assert listed[0].output == {"result": {"answer": 42}}
    assert listed.filter(include_output=True)[0].attributes["output"] == {"result": {"answer": 42}}


# -- ended from outside


def it_goes_on_when_it_is_completed_from_outside(lingering: ActionExecution) -> None:
    task = lingering.task
    assert task is not None

    assert lingering.complete({"answer": 42}) is lingering

    assert lingering.success
    assert lingering.changed == set()
    assert task.execution.wait().success
    assert task.reload().result == {"answer": 42}


def it_fails_with_its_execution_when_it_is_failed_from_outside(lingering: ActionExecution) -> None:
    task = lingering.task
    assert task is not None

    assert lingering.fail({"reason": "no room"}) is lingering

    assert lingering.error
    assert lingering.result == {"reason": "no room"}
    with pytest.raises(errors.ExecutionError, match=r"task 'linger': .*no room"):
        task.execution.wait()


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_is_ended_without_an_output_too(lingering: ActionExecution) -> None:
    assert lingering.complete().result == {}


def it_is_ended_by_a_save_of_its_state(lingering: ActionExecution) -> None:
    lingering.output = {"answer": 42}
    lingering.state = "SUCCESS"

    lingering.save()

    assert lingering.reload().result == {"answer": 42}
    assert lingering.success


def it_pauses_and_goes_on(lingering: ActionExecution) -> None:
    assert lingering.update(state="PAUSED").reload().state == "PAUSED"
    assert lingering.update(state="RUNNING").reload().state == "RUNNING"


def it_is_cancelled(lingering: ActionExecution) -> None:
    lingering.update(state="CANCELLED")

    assert lingering.ready
    assert not lingering.success
    assert lingering.result is None


def it_ends_in_what_was_called_for_whatever_was_set_before(lingering: ActionExecution) -> None:
    lingering.state = "PAUSED"

    assert lingering.fail().error
    assert lingering.changed == set()


def it_ends_only_once(lingering: ActionExecution) -> None:
    lingering.complete()

    with pytest.raises(errors.BadRequest, match="is already completed"):
        lingering.fail()


# -- what cannot be


def it_is_not_deleted_where_the_configuration_does_not_allow_it(
    service: fogflow.WorkflowService, lingering: ActionExecution
) -> None:
    with pytest.raises(errors.Forbidden, match="Action execution deletion is not allowed"):
        lingering.destroy()
    with pytest.raises(errors.Forbidden, match="Action execution deletion is not allowed"):
        service.action_executions.destroy(str(lingering.id))


def it_is_none_where_there_is_none(service: fogflow.WorkflowService) -> None:
    assert service.action_executions.get("none") is None
    with pytest.raises(errors.NotFound, match=r"ActionExecution not found \[id=none"):
        service.action_executions.find_by_id("none")


def it_says_what_the_server_says_of_a_wrong_start(service: fogflow.WorkflowService, echo: Action, name: str) -> None:
    with pytest.raises(errors.BadRequest, match=r"missing=\['output'\], unexpected=\['autput'\]"):
        echo.execute({"autput": 1})
    with pytest.raises(errors.BadRequest, match=f"Failed to find action .action_name={name}"):
        service.action_executions.create(name=name)
    with pytest.raises(errors.BadRequest, match="does not support synchronous execution"):
        service.actions.find_by_id("std.async_noop").execute(run_sync=True)


def it_says_what_the_server_says_of_a_wrong_state(lingering: ActionExecution) -> None:
    with pytest.raises(errors.BadRequest, match=r"Expected one of .*'PAUSED', 'RUNNING'.*, actual: DONE"):
        lingering.update(state="DONE")


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({}, "needs name="),
        ({"name": "std.echo", "input": [1]}, "the input of an ActionExecution is a mapping, not list"),
        ({"name": "std.echo", "params": "sync"}, "the params of an ActionExecution is a mapping, not str"),
        ({"name": "std.echo", "input": {"output": {1}}}, "cannot be sent as JSON"),
        ({"name": "std.echo", "state": "SUCCESS"}, "cannot create an ActionExecution with state"),
        ({"naem": "std.echo"}, "did you mean 'name'?"),
    ],
)
def it_refuses_to_start_what_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        recorded.action_executions.create(**attributes)

    assert server.heard == []


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda run: run.complete([1]), "the output of an ActionExecution is a mapping, not list"),
        (lambda run: run.fail("no room"), "the output of an ActionExecution is a mapping, not str"),
        (lambda run: run.update(output={"answer": 42}), "takes an output with SUCCESS or ERROR, not with RUNNING"),
        (lambda run: run.update(state="CANCELLED", output={}), "an output with SUCCESS or ERROR, not with CANCELLED"),
        (lambda run: run.update(description="x"), "cannot update an ActionExecution with description"),
    ],
)
def it_refuses_a_change_that_the_server_would_drop(
    action: Callable[[ActionExecution], Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    run = ActionExecution.from_row(recorded, {"id": "1", "state": "RUNNING", "output": None}, complete=True)

    with pytest.raises(errors.ArgumentError, match=message):
        action(run)

    assert server.heard == []
