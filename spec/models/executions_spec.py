"""Executions on a real Mistral: started, followed, steered, read, repeated, deleted."""

from __future__ import annotations

import json
import pickle
import uuid
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.models import Execution, Task, Workflow
from spec.support import definitions
from spec.support.server import Server
from spec.support.watched import Watched


@pytest.fixture
def hello(service: fogflow.WorkflowService, name: str) -> Workflow:
    return service.workflows.create(definition=definitions.hello(name))


@pytest.fixture
def lingering(service: fogflow.WorkflowService, name: str) -> Execution:
    """An execution that runs until it is told otherwise."""
    return service.workflows.create(definition=definitions.waits(name)).execute()


@pytest.fixture
def failed(service: fogflow.WorkflowService, name: str) -> Execution:
    return service.workflows.create(definition=definitions.fails(name)).execute().wait(check=False)


# -- the main job


def it_runs_a_workflow_and_reads_its_output(service: fogflow.WorkflowService, hello: Workflow) -> None:
    execution = service.executions.create(workflow_name=hello.name, input={"who": "fog"})

    while not execution.reload().ready:
        pass

    assert execution.success
    assert execution.output == {"greeting": "hello fog"}


def it_waits_for_the_end_and_returns_itself(hello: Workflow) -> None:
    execution = hello.execute({"who": "fog"})

    assert execution.wait(timeout=60) is execution

    assert (execution.state, execution.ready, execution.success) == ("SUCCESS", True, True)
    assert {execution.running, execution.error, execution.paused, execution.cancelled} == {False}


def it_knows_right_after_the_start_what_it_was_started_with(service: fogflow.WorkflowService, hello: Workflow) -> None:
    execution = service.executions.create(
        workflow=hello, input={"who": {"nested": [1, None, "ü"]}}, env={"color": "grey"}, description="a start"
    )

    assert execution.state == "RUNNING"
    assert execution.running
    assert execution.input == {"who": {"nested": [1, None, "ü"]}}
    assert execution.params["env"] == {"color": "grey"}
    assert execution.description == "a start"
    assert execution.workflow == hello
    assert execution.parent_task is None


@pytest.mark.parametrize(
    "how",
    [
        lambda workflow: {"workflow_name": workflow.name},
        lambda workflow: {"workflow_id": workflow.id},
        lambda workflow: {"workflow": workflow},
    ],
)
def it_starts_a_workflow_by_name_by_id_and_by_object(
    how: Any, service: fogflow.WorkflowService, hello: Workflow
) -> None:
    assert service.executions.create(input={"who": "fog"}, **how(hello)).workflow_id == hello.id


def it_reads_variables_of_its_environment(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.reads_environment(name))

    assert workflow.execute(env={"who": "fog"}).wait().output == {"who": "fog"}


# -- nothing is started twice


def it_picks_its_id_itself(server: Server, recorded: fogflow.WorkflowService) -> None:
    recorded.executions.create(workflow_name="hello")

    assert uuid.UUID(server.heard[0].body["id"])


def it_starts_nothing_when_the_same_start_is_sent_again(service: fogflow.WorkflowService, hello: Workflow) -> None:
    identity = str(uuid.uuid4())

    first = service.executions.create(workflow=hello, input={"who": "fog"}, id=identity)
    second = service.executions.create(workflow=hello, input={"who": "fog"}, id=identity)

    assert first == second
    assert len(hello.executions) == 1


def it_keeps_its_id_for_a_start_whose_answer_was_lost(server: Server) -> None:
    server.answer("/v2/executions", "", 503)
    execution = fogflow.connect(endpoint=server.url, retries=0).executions.new(workflow_name="hello")
    with pytest.raises(errors.ServiceUnavailable):
        execution.save()

    server.answer("/v2/executions", {"id": execution.id, "state": "RUNNING"}, 201)
    execution.save()

    first, second = [one for one in server.heard if one.method == "POST"]
    assert first.body["id"] == second.body["id"] == execution.id


# -- reading


def it_fetches_the_output_of_a_listed_execution_when_it_is_read(hello: Workflow) -> None:
    hello.execute({"who": "fog"}).wait()

    (listed,) = hello.executions
    assert "output" not in listed.attributes
    assert listed.output == {"greeting": "hello fog"}


def it_lists_outputs_when_asked_to(hello: Workflow) -> None:
    hello.execute({"who": "fog"}).wait()

    (listed,) = hello.executions.filter(include_output=True)
    assert listed.attributes["output"] == {"greeting": "hello fog"}


def it_lists_only_what_is_asked_for(hello: Workflow) -> None:
    hello.execute({"who": "fog"}).wait()

    (listed,) = hello.executions.only("state")
    assert listed.attributes == {"id": listed.id, "state": "SUCCESS"}
    assert listed.workflow_name == hello.name


def it_shows_no_input_in_its_repr(hello: Workflow) -> None:
    execution = hello.execute({"who": "private"})

    assert repr(execution) == f"<Execution id={execution.id!r} workflow_name={hello.name!r} state='RUNNING'>"


@pytest.mark.parametrize(
    "follow",
    [
        lambda execution: execution.tasks,
        lambda execution: execution.workflow,
        lambda execution: execution.pause(),
        lambda execution: execution.reload(),
        lambda execution: execution.destroy(),
    ],
)
def it_has_nothing_to_follow_before_it_has_started(follow: Any, service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.ArgumentError, match="never saved"):
        follow(service.executions.new(workflow_name="x"))


def it_needs_a_service_to_start() -> None:
    with pytest.raises(errors.ArgumentError, match="has no service to ask"):
        Execution(workflow_name="x").save()


def it_becomes_json(hello: Workflow) -> None:
    execution = hello.execute({"who": "fog"}).wait()

    assert json.loads(execution.to_json())["output"] == {"greeting": "hello fog"}


def it_can_be_taken_along_in_a_pickle(hello: Workflow, cloud: fogflow.local.Cloud) -> None:
    execution = hello.execute({"who": "fog"}).wait()
    pickled = pickle.dumps(execution)

    assert cloud.environment["OS_PASSWORD"].encode() not in pickled
    assert pickle.loads(pickled).output == {"greeting": "hello fog"}


def it_lists_its_tasks(hello: Workflow) -> None:
    execution = hello.execute({"who": "fog"}).wait()

    assert {task.name for task in execution.tasks} == {"greet", "rest"}
    assert [task.name for task in execution.tasks.filter(name="greet")] == ["greet"]
    assert not execution.tasks.filter(state="ERROR")


def it_follows_a_sub_workflow_down_and_up(service: fogflow.WorkflowService, hello: Workflow, name: str) -> None:
    inner = service.workflows.create(definition=definitions.noop(f"{name}_inner"))
    outer = service.workflows.create(definition=definitions.calls(f"{name}_outer", f"{name}_inner"))

    execution = outer.execute().wait()
    (task,) = execution.tasks
    (child,) = task.workflow_executions

    assert child.workflow == inner
    assert child.parent_task == task
    assert task.execution == execution
    assert child.root_execution_id == execution.id
    assert list(service.executions.filter(root_execution_id=execution.id)) == [child]
    assert execution in service.executions.filter(task_execution_id=None, workflow_id=outer.id)


# -- failure


def it_raises_when_it_fails_and_names_the_failed_tasks(service: fogflow.WorkflowService, name: str) -> None:
    execution = service.workflows.create(definition=definitions.fails(name)).execute()

    with pytest.raises(errors.ExecutionError) as raised:
        execution.wait()

    assert raised.value.execution is execution
    assert [task.name for task in raised.value.tasks] == ["explode"]
    assert str(raised.value).splitlines() == [
        f"execution {execution.id} of workflow {name!r} ended in ERROR",
        f"  task 'explode': {raised.value.tasks[0].state_info} [{raised.value.tasks[0].id}]",
    ]
    assert "Fail action expected exception" in str(raised.value)


def it_does_not_raise_when_told_not_to_check(failed: Execution) -> None:
    assert failed.error
    assert "explode" in str(failed.state_info)


def it_gives_up_waiting_and_says_how_it_stands(lingering: Execution) -> None:
    with pytest.raises(errors.TimeoutError, match=f"{lingering.id} of workflow .* which is in RUNNING"):
        lingering.wait(timeout=0.1)


def it_gives_a_failure_without_a_reason_a_line_too() -> None:
    execution = Execution.from_row(None, {"id": "1", "state": "ERROR", "workflow_name": "x"}, complete=True)
    task = Task.from_row(None, {"id": "2", "name": "explode", "state_info": " \n"}, complete=True)

    assert str(errors.ExecutionError(execution, [task])).endswith("task 'explode': no reason given [2]")


def it_does_not_start_an_unknown_workflow(service: fogflow.WorkflowService, name: str) -> None:
    with pytest.raises(errors.NotFound, match=rf"Workflow not found \[workflow_identifier={name}"):
        service.executions.create(workflow_name=name)


def it_does_not_start_with_an_input_that_the_workflow_does_not_take(hello: Workflow) -> None:
    with pytest.raises(errors.BadRequest, match=r"missing=\['who'\], unexpected=\['whom'\]"):
        hello.execute({"whom": "fog"})

    assert not hello.executions


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({}, "workflow_name="),
        ({"workflow_name": "x", "input": ["who"]}, "is a mapping"),
        ({"workflow_name": "x", "params": ["env"]}, "the params of an Execution is a mapping"),
        ({"workflow_name": "x", "input": {"who": object()}}, "JSON"),
        ({"workflow_name": "x", "id": "../x"}, "is a UUID, not '../x'"),
        ({"workflow": "x"}, "workflow= takes a Workflow"),
        ({"workflow": Workflow(), "workflow_name": "x"}, "workflow= says what workflow_name would"),
        ({"workflow_name": "x", "workflow_id": "y"}, "would not heed the name"),
        ({"workflow_name": "x", "inputs": {}}, "did you mean 'input'"),
        ({"workflow_name": "x", "state": "SUCCESS"}, "cannot create an Execution with state"),
    ],
)
def it_does_not_start_what_cannot_be_right(
    attributes: dict[str, Any], message: str, service: fogflow.WorkflowService
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        service.executions.create(**attributes)


# -- steering


def it_pauses_and_resumes(lingering: Execution) -> None:
    assert lingering.pause().paused
    assert not lingering.ready
    assert lingering.reload().state == "PAUSED"
    assert lingering.resume(env={"color": "grey"}).running
    assert lingering.params["env"] == {"color": "grey"}


@pytest.mark.parametrize("state", ["SUCCESS", "ERROR", "CANCELLED"])
def it_stops_with_a_reason(state: str, lingering: Execution) -> None:
    lingering.stop(state, "enough")

    assert lingering.reload().state == state
    assert lingering.state_info == "enough"


def it_cancels(lingering: Execution) -> None:
    assert lingering.cancel("no longer needed").cancelled

    with pytest.raises(errors.ExecutionError, match="ended in CANCELLED\n  no longer needed"):
        lingering.wait()


def it_does_not_stop_in_a_state_that_is_no_end(lingering: Execution) -> None:
    with pytest.raises(errors.ArgumentError, match="not in 'PAUSED'"):
        lingering.stop("PAUSED")


def it_saves_a_description_and_a_state_one_after_the_other(lingering: Execution) -> None:
    lingering.update(description="on hold", state="PAUSED")

    assert lingering.reload().description == "on hold"
    assert lingering.paused


def it_saves_a_changed_environment(lingering: Execution) -> None:
    lingering.pause()
    lingering.update(params={"env": {"color": "grey"}})

    assert lingering.reload().params["env"] == {"color": "grey"}


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"env": {"color": "grey"}, "task_name": "rest"}, "updates env alone, not task_name"),
        ({"env": {}}, "takes nothing out of an execution's env: color"),
        ({}, "takes nothing out of an execution's env: color"),
        ({"env": "grey"}, "the env of an execution is a mapping"),
        (["env"], "the params of an Execution is a mapping"),
    ],
)
def it_refuses_a_change_of_params_that_the_server_would_drop(
    params: Any, message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    row = {"id": "1", "state": "PAUSED", "params": '{"env": {"color": "grey"}, "namespace": ""}'}
    execution = Execution.from_row(recorded, row, complete=True)
    if isinstance(params, dict):
        params = {"namespace": "", **params}

    with pytest.raises(errors.ArgumentError, match=message):
        execution.update(params=params)

    assert server.heard == []


def it_keeps_the_half_of_a_change_that_was_done(hello: Workflow) -> None:
    execution = hello.execute({"who": "fog"}).wait()
    execution.description, execution.state = "stuck", "PAUSED"

    with pytest.raises(errors.BadRequest):
        execution.save()

    assert execution.changed == {"state"}
    assert execution.reload().description == "stuck"


def it_refuses_a_state_that_the_server_would_pass_over(lingering: Execution) -> None:
    with pytest.raises(errors.ArgumentError, match=r"of an execution is set to .*RUNNING.*, not to 'SKIPPED'"):
        lingering.update(state="SKIPPED")


def it_resumes_with_variables_alone(lingering: Execution) -> None:
    with pytest.raises(errors.ArgumentError, match="the env of an execution is a mapping, not str"):
        lingering.resume(env="production")  # type: ignore[arg-type]


def it_keeps_what_was_set_and_not_saved_when_it_is_steered(lingering: Execution) -> None:
    lingering.description = "later"

    lingering.pause()

    assert lingering.changed == {"description"}
    assert lingering.paused


def it_says_what_the_server_says_of_a_wrong_change(hello: Workflow) -> None:
    execution = hello.execute({"who": "fog"}).wait()

    with pytest.raises(errors.BadRequest, match="from SUCCESS to PAUSED"):
        execution.pause()
    with pytest.raises(errors.ArgumentError, match="cannot update an Execution with output"):
        execution.update(output={})
    with pytest.raises(errors.ArgumentError, match="cannot empty the description"):
        hello.execute({"who": "fog"}, description="x").update(description="")


def it_starts_again_from_an_execution(hello: Workflow) -> None:
    execution = hello.execute({"who": "fog"}, env={"color": "grey"}).wait()

    again = execution.rerun(description="once more")

    assert again != execution
    assert again.wait().output == {"greeting": "hello fog"}
    assert again.params["env"] == execution.params["env"] == {"color": "grey"}
    assert execution.id in str(again.description)
    assert len(hello.executions) == 2


def it_starts_again_by_itself_what_a_task_had_started(service: fogflow.WorkflowService, name: str) -> None:
    service.workflows.create(definition=definitions.noop(f"{name}_inner"))
    outer = service.workflows.create(definition=definitions.calls(name, f"{name}_inner"))
    child = outer.execute().wait().tasks[0].workflow_executions[0]

    again = child.rerun().wait()

    assert again.workflow_name == child.workflow_name
    assert (again.task_execution_id, again.root_execution_id) == (None, None)


def it_is_destroyed_when_it_has_ended(service: fogflow.WorkflowService, hello: Workflow) -> None:
    execution = hello.execute({"who": "fog"}).wait()

    assert execution.destroy() is True

    assert service.executions.get(execution.id) is None
    with pytest.raises(errors.NotFound, match="WorkflowExecution not found"):
        execution.reload()


def it_is_destroyed_while_it_runs_only_by_force(service: fogflow.WorkflowService, lingering: Execution) -> None:
    with pytest.raises(errors.Forbidden, match="Only completed executions can be deleted"):
        lingering.destroy()

    assert lingering.destroy(force=True)
    assert service.executions.get(lingering.id) is None


def it_is_destroyed_by_id_too(service: fogflow.WorkflowService, lingering: Execution) -> None:
    assert service.executions.destroy(lingering.id, force=True)

    assert lingering.id not in service.executions


def it_shows_a_new_description_and_can_restore_the_old_one(mocked: Watched) -> None:
    execution = mocked.connect().executions.create(workflow_name="job", description="old")

    assert execution.update(description="new").description == "new"
    assert execution.update(description="old").description == "old"

    assert execution.reload().description == "old"


def it_notices_an_edit_of_its_tags_in_place(mocked: Watched) -> None:
    service = mocked.connect()
    service.workflows.create(definition="{version: '2.0', tagged: {tags: [daily], tasks: {a: {action: std.noop}}}}")
    execution = service.executions.create(workflow_name="tagged").reload()
    execution.tags.append("weekly")

    assert execution.changed == {"tags"}
    with pytest.raises(errors.ArgumentError, match="cannot update an Execution with tags"):
        execution.save()
