"""Executions become what a script says, and without one what their definitions make plain."""

from __future__ import annotations

import time
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.mock import Cloud
from spec.support import definitions


def started(service: fogflow.WorkflowService, definition: dict[str, Any], **options: Any) -> Any:
    return service.workflows.create(definition=definition).execute(**options)


def it_succeeds_unless_told_otherwise_and_nobody_waits(service: fogflow.WorkflowService) -> None:
    began = time.monotonic()

    execution = started(service, definitions.hello("hello"), input={"who": "fog"})

    assert execution.running
    assert execution.wait().success
    # Expressions are passed on as they are written.
    assert execution.output == {"greeting": "<% $.greeting %>"}
    assert time.monotonic() - began < 0.2


def it_puts_out_what_the_script_says(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("hello", output={"greeting": "hello fog"})

    assert started(service, definitions.hello("hello"), input={"who": "fog"}).wait().output == {"greeting": "hello fog"}


def it_asks_a_function_for_the_output(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("hello", output=lambda run: {"greeting": f"hello {run.input['who']} of {run.env['place']}"})

    execution = started(service, definitions.hello("hello"), input={"who": "fog"}, env={"place": "Oslo"})

    assert execution.wait().output == {"greeting": "hello fog of Oslo"}


def it_takes_its_time(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("rest", after=2)
    execution = started(service, definitions.noop("rest"))

    cloud.advance(1.5)
    assert execution.reload().running
    cloud.advance(1)
    assert execution.reload().success


def it_runs_until_somebody_steers_it(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("rest", after=None)
    execution = started(service, definitions.noop("rest"))

    cloud.advance(1e6)

    assert execution.reload().running
    assert execution.cancel("enough").cancelled


def it_lasts_as_long_as_is_scripted_to_the_microsecond(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    service.workflows.create(definition=definitions.noop("rest"))
    for number in range(50):
        cloud.script("rest", after=number * 0.3)
        service.executions.create(workflow_name="rest")

    cloud.advance(15)

    assert service.executions.filter(state="SUCCESS").count() == 50


def it_ends_in_the_state_that_is_scripted(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("rest", state="ERROR", state_info="the disk is full")
    execution = started(service, definitions.noop("rest"))

    with pytest.raises(errors.ExecutionError, match="ended in ERROR\n  the disk is full"):
        execution.wait()
    assert execution.output == {"result": "the disk is full"}


def it_gives_each_task_its_result(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("hello", tasks={"greet": {"result": {"text": "hi"}, "published": {"greeting": "hi"}}})
    execution = started(service, definitions.hello("hello"), input={"who": "fog"}).wait()

    task = execution.tasks.filter(name="greet").first()

    assert (task.result, task.published) == ({"text": "hi"}, {"greeting": "hi"})


def it_lets_a_task_fail_with_a_reason(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("hello", tasks={"greet": {"state": "ERROR", "result": "no voice"}})
    execution = started(service, definitions.hello("hello"), input={"who": "fog"})

    with pytest.raises(errors.ExecutionError, match="task 'greet': no voice"):
        execution.wait()


def it_lets_a_task_fail_a_few_times(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("rest", tasks={"rest": {"fails": 2}})
    task = started(service, definitions.noop("rest")).wait(check=False).tasks[0]
    assert task.state == "ERROR"

    assert task.rerun().execution.wait(check=False).error
    assert task.rerun().execution.wait().success


def it_ends_a_scripted_task_after_its_seconds(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("hello", tasks={"greet": {"after": 30}})
    execution = started(service, definitions.hello("hello"), input={"who": "fog"})

    cloud.advance(29)
    assert execution.tasks[0].state == "RUNNING"
    cloud.advance(2)
    assert execution.reload().success


def it_waits_for_somebody_outside_where_a_task_takes_for_ever(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("rest", tasks={"rest": {"after": None}})
    execution = started(service, definitions.noop("rest"))

    execution.tasks[0].action_executions[0].complete({"done": True})

    assert execution.wait().tasks[0].result == {"done": True}


def it_scripts_an_action_wherever_it_runs(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script_action("std.http", result=lambda run: {"status": 200, "url": run.action_input["url"]})
    fetch = {"version": "2.0", "fetch": {"tasks": {"get": {"action": "std.http url='http://x'"}}}}

    alone = service.actions.find_by_id("std.http").execute({"url": "http://y"})

    assert started(service, fetch).wait().tasks[0].result == {"status": 200, "url": "http://x"}
    assert alone.result == {"status": 200, "url": "http://y"}


def it_heeds_the_last_script_that_fits(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script("*", output={"from": "all"})
    cloud.script("re*", output={"from": "some"})

    assert started(service, definitions.noop("rest")).wait().output == {"from": "some"}
    assert started(service, definitions.noop("other")).wait().output == {"from": "all"}


def it_gives_each_item_its_own_result(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    task = {"with-items": "host in <% $.hosts %>", "action": "std.echo output=<% $.host %>"}
    cloud.script("boot", tasks={"boot": {"result": ["a", "b", "c"]}})

    execution = started(service, {"version": "2.0", "boot": {"tasks": {"boot": task}}}).wait()

    assert execution.tasks[0].result == ["a", "b", "c"]
    assert len(execution.tasks[0].action_executions) == 3


def it_scripts_the_execution_that_a_task_runs(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    service.workflows.create(definition=definitions.noop("inner"))
    cloud.script("outer", tasks={"call": {"result": {"from": "the script"}, "after": 5}})
    execution = started(service, definitions.calls("outer", "inner"))

    assert execution.tasks[0].workflow_executions[0].running
    cloud.advance(6)

    assert execution.reload().tasks[0].result == {"from": "the script"}


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ({"state": "RUNNING"}, "state is one of SUCCESS, ERROR, CANCELLED, not 'RUNNING'"),
        ({"after": -1}, "after takes seconds, or None for never, not -1"),
        ({"tasks": {"rest": {"reslt": 1}}}, "the script of task 'rest' takes no 'reslt'; did you mean 'result'"),
    ],
)
def it_refuses_a_script_that_cannot_be(script: Any, message: str, cloud: Cloud) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        cloud.script("rest", **script)


def it_lets_an_action_fail_a_few_times_by_itself(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    cloud.script_action("std.noop", fails=1)
    action = service.actions.find_by_id("std.noop")

    assert [action.execute().state for _ in range(2)] == ["ERROR", "SUCCESS"]
