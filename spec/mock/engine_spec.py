"""Executions on the mock follow their definitions: what comes after what, what is tried again, who waits for whom."""

from __future__ import annotations

from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.mock import Cloud
from fogflow.models import Execution
from spec.support import definitions

REST = {"action": "std.noop"}


@pytest.fixture
def run(service: fogflow.WorkflowService) -> Any:
    """Starts a workflow with these tasks."""

    def run(tasks: dict[str, Any], **parts: Any) -> Execution:
        params = parts.pop("params", None)
        workflow = service.workflows.create(definition={"version": "2.0", "flow": {**parts, "tasks": tasks}})
        return workflow.execute(params=params)

    return run


def states(execution: Execution) -> dict[str, str]:
    return {task.name: task.state for task in execution.tasks}


def it_passes_literal_values_on(run: Any) -> None:
    execution = run(
        {"say": {"action": "std.echo output=[1,2]", "publish": {"said": "it"}}}, output={"count": 2, "x": "<% $.y %>"}
    ).wait()

    assert execution.tasks[0].result == [1, 2]
    assert execution.tasks[0].published == {"said": "it"}
    assert execution.output == {"count": 2, "x": "<% $.y %>"}


def it_fails_where_an_error_is_not_handled(run: Any) -> None:
    execution = run({"a": {"action": "std.fail"}}).wait(check=False)

    assert execution.error
    assert "Failure caused by error in tasks: a" in str(execution.state_info)
    assert execution.output == {"result": execution.state_info}


def it_goes_on_where_an_error_is_handled(run: Any) -> None:
    execution = run({"a": {"action": "std.fail", "on-error": "b", "on-success": "c"}, "b": REST, "c": REST}).wait()

    assert states(execution) == {"a": "ERROR", "b": "SUCCESS"}


def it_joins_what_has_come_apart(cloud: Cloud, run: Any) -> None:
    cloud.script("flow", tasks={"slow": {"after": 10}})
    execution = run(
        {
            "start": {"on-success": ["slow", "fast"]},
            "slow": {"on-success": "end"},
            "fast": {"on-success": "end"},
            "end": {"join": "all"},
        }
    )

    cloud.advance(1)
    assert states(execution) == {"start": "SUCCESS", "slow": "RUNNING", "fast": "SUCCESS", "end": "WAITING"}
    cloud.advance(10)
    assert states(execution.reload())["end"] == execution.state == "SUCCESS"


def it_does_not_wait_for_what_can_no_longer_come(run: Any) -> None:
    execution = run(
        {
            "a": {"action": "std.fail", "on-error": "c", "on-success": "end"},
            "b": {"on-success": "end"},
            "c": REST,
            "end": {"join": "all"},
        }
    ).wait(check=False)

    assert execution.error
    assert "end [task_ex_id=" in str(execution.state_info)
    assert "Failed by tasks: ['a']" in str(execution.state_info)


def it_runs_what_a_reverse_workflow_requires(run: Any) -> None:
    tasks = {"end": {"requires": ["middle"]}, "middle": {"requires": "first"}, "first": REST, "other": REST}

    execution = run(tasks, type="reverse", params={"task_name": "end"}).wait()

    assert states(execution) == {"first": "SUCCESS", "middle": "SUCCESS", "end": "SUCCESS"}


def it_tries_again_after_a_while(cloud: Cloud, run: Any) -> None:
    cloud.script("flow", tasks={"a": {"fails": 2}})
    execution = run({"a": {"action": "std.noop", "retry": "count=3 delay=60"}})

    cloud.advance(61)
    assert states(execution) == {"a": "DELAYED"}
    cloud.advance(61)

    assert execution.wait().success
    assert len(execution.tasks[0].action_executions) == 3
    (task,) = execution.report().task_executions
    assert task.retry_count == 2


def it_waits_before_and_after(cloud: Cloud, run: Any) -> None:
    execution = run({"a": {"action": "std.noop", "wait-before": 10, "wait-after": 10}})

    for seconds, count, state in ((5, 0, "DELAYED"), (10, 1, "DELAYED"), (10, 1, "SUCCESS")):
        cloud.advance(seconds)
        (task,) = execution.tasks
        assert (len(task.action_executions), task.state) == (count, state)


def it_times_out(cloud: Cloud, run: Any) -> None:
    execution = run({"a": {"action": "std.async_noop", "timeout": 5}})

    cloud.advance(6)

    with pytest.raises(errors.ExecutionError, match=r"Task timed out \[timeout\(s\)=5\]"):
        execution.wait()


def it_pauses_before_a_task_and_goes_on(run: Any) -> None:
    execution = run({"a": {"on-success": "b"}, "b": {"action": "std.noop", "pause-before": True}})

    assert execution.reload().paused
    assert states(execution) == {"a": "SUCCESS", "b": "IDLE"}
    assert execution.resume().wait().success


def it_holds_what_follows_while_it_is_paused(cloud: Cloud, run: Any) -> None:
    cloud.script("flow", tasks={"a": {"after": 5}})
    execution = run({"a": {"on-success": "b"}, "b": REST}).pause()

    cloud.advance(10)
    assert states(execution.reload()) == {"a": "SUCCESS"}
    assert execution.paused

    assert states(execution.resume().wait()) == {"a": "SUCCESS", "b": "SUCCESS"}


def it_heeds_the_engines_own_commands(run: Any, service: fogflow.WorkflowService) -> None:
    assert run({"a": {"on-success": ["fail", "b"]}, "b": REST}).wait(check=False).error
    service.workflows.destroy("flow")
    execution = run({"a": {"on-success": ["pause", "b"]}, "b": REST})
    assert execution.reload().paused
    assert states(execution.resume().wait()) == {"a": "SUCCESS", "b": "SUCCESS"}


def it_runs_an_action_for_each_item(run: Any) -> None:
    task = {"with-items": "i in [1, 2, 3]", "action": "std.echo output=<% $.i %>"}

    execution = run({"say": task}).wait()

    assert execution.tasks[0].result == [1, 2, 3]


def it_reruns_only_the_items_that_failed(cloud: Cloud, run: Any) -> None:
    cloud.script("flow", tasks={"say": {"fails": 1}})
    execution = run({"say": {"with-items": "i in [1, 2]", "action": "std.echo output=<% $.i %>"}}).wait(check=False)

    assert execution.tasks[0].rerun(reset=False).execution.wait().success
    assert execution.tasks[0].result == [1, 2]


def it_pauses_and_cancels_what_is_below_it(service: fogflow.WorkflowService) -> None:
    service.workflows.create(definition=definitions.waits("inner"))
    outer = service.workflows.create(definition=definitions.calls("outer", "inner")).execute()
    (inner,) = outer.reload().sub_executions

    outer.pause()
    assert inner.reload().paused
    outer.resume()
    assert inner.reload().running
    outer.cancel("enough")
    assert (inner.reload().state, inner.state_info) == ("CANCELLED", "enough")


def it_revives_what_is_above_a_task_that_is_rerun(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("inner", tasks={"rest": {"fails": 1}})
    service.workflows.create(definition=definitions.noop("inner"))
    outer = service.workflows.create(definition=definitions.calls("outer", "inner")).execute().wait(check=False)
    (inner,) = outer.sub_executions
    assert (outer.state, inner.state) == ("ERROR", "ERROR")

    inner.tasks[0].rerun()

    assert outer.wait().success
    assert inner.reload().success


def it_is_gone_with_all_below_it(service: fogflow.WorkflowService) -> None:
    service.workflows.create(definition=definitions.noop("inner"))
    outer = service.workflows.create(definition=definitions.calls("outer", "inner")).execute().wait()

    outer.destroy()

    assert not service.executions
    assert not service.tasks
    assert not service.action_executions


def it_finds_a_workflow_of_its_own_book_and_namespace_first(service: fogflow.WorkflowService) -> None:
    book = {
        "version": "2.0",
        "name": "book",
        "workflows": {"outer": {"tasks": {"call": {"workflow": "inner"}}}, "inner": {"tasks": {"rest": REST}}},
    }
    service.workbooks.create(definition=book, namespace="staging")
    service.workflows.create(definition=definitions.noop("inner"))

    execution = service.executions.create(workflow_name="book.outer", workflow_namespace="staging").wait()

    (inner,) = execution.sub_executions
    assert (inner.workflow_name, inner.workflow_namespace) == ("book.inner", "staging")


def it_ends_a_workflow_that_calls_itself(service: fogflow.WorkflowService) -> None:
    execution = service.workflows.create(definition=definitions.calls("again", "again")).execute()

    with pytest.raises(errors.ExecutionError, match="Failure caused by error in tasks: call"):
        execution.wait()


def it_pauses_the_whole_server(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    execution = service.workflows.create(definition=definitions.noop("rest")).execute()
    service.update_maintenance("PAUSED")

    assert service.get_maintenance().body["status"] == "PAUSED"
    with pytest.raises(errors.Locked, match="423 The resource is locked Current Mistral state is PAUSED"):
        service.create_environment({"name": "x", "variables": {}})

    service.update_maintenance("RUNNING")
    assert execution.wait().success
