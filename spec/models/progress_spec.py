"""A bar shows how far what is waited for is: of one execution its tasks, of many those that have ended."""

from __future__ import annotations

import io
import logging
import sys
from collections import Counter
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.mock.exchange import Answer, Request
from fogflow.models import Execution
from spec.support import definitions
from spec.support.server import Server
from spec.support.terminal import bars, shown
from spec.support.watched import Watched

Captured = pytest.CaptureFixture[str]

REST = {"action": "std.noop"}

NEVER_FAILS = {"a": {**REST, "on-success": "b", "on-error": "mend"}, "b": REST, "mend": REST}

REVERSE = {"type": "reverse", "tasks": {"a": REST, "b": {**REST, "requires": ["a"]}, "c": REST}}


def drawn(capsys: Captured) -> list[str]:
    return bars(capsys.readouterr().err)


def started(mocked: Watched, definition: dict[str, Any], **script: Any) -> Execution:
    """An execution that has just started, of a definition's only workflow."""
    (name,) = definition.keys() - {"version"}
    if script:
        mocked.script(name, **script)
    execution = mocked.connect().workflows.create(definition=definition).execute()
    mocked.asked.clear()
    return execution


# -- the tasks of one


def it_shows_the_tasks_that_have_ended(service: fogflow.WorkflowService, name: str, capsys: Captured) -> None:
    execution = service.workflows.create(definition=definitions.hello(name)).execute({"who": "fog"})

    assert execution.wait(timeout=60, progress=True) is execution

    assert execution.success
    assert drawn(capsys) == [f"{name} SUCCESS: 100%2/2 tasks []"]


def it_shows_each_look(mocked: Watched, capsys: Captured) -> None:
    after = {"a": {"after": 5}, "b": {"after": 20}}
    execution = started(mocked, {"version": "2.0", "slow": {"tasks": NEVER_FAILS}}, tasks=after)

    execution.wait(interval=10, progress=True)

    looks = bars(capsys.readouterr().err.replace("\r", "\n"))
    assert list(dict.fromkeys(looks)) == [
        "slow RUNNING:   0%0/3 tasks []",
        "slow RUNNING:  33%1/3 tasks []",
        # What was not on its way is left out in the end.
        "slow SUCCESS: 100%2/2 tasks []",
    ]


def it_shows_how_far_a_failed_one_came(mocked: Watched, capsys: Captured) -> None:
    tasks = {"a": {**REST, "on-success": "b"}, "b": {"action": "std.fail", "on-success": "c"}, "c": REST}
    execution = started(mocked, {"version": "2.0", "broken": {"tasks": tasks}})

    with pytest.raises(errors.ExecutionError):
        execution.wait(progress=True)

    assert drawn(capsys) == ["broken ERROR:  67%2/3 tasks [, 1 failed]"]


def running(
    server: Server, service: fogflow.WorkflowService, tasks: str, workflow: Any, params: str = "{}", status: int = 200
) -> Execution:
    """An execution that runs, and has ended these tasks; its workflow is answered once."""
    row = {"id": "e", "workflow_id": "w", "workflow_name": "flow", "state": "RUNNING", "params": params}
    server.answer("/v2/executions/e", row)
    server.answer(
        "/v2/executions/e/tasks",
        {
            "tasks": [
                {"id": f"{one}{n}", "name": one, "state": "SUCCESS", "created_at": "2026-11-23 06:00:00"}
                for n, one in enumerate(tasks)
            ]
        },
    )
    server.answer("/v2/workflows/w", workflow, status)
    return Execution.from_row(service, {"id": "e"})


def defined(**flow: Any) -> dict[str, Any]:
    return {"id": "w", "name": "flow", "definition": fogflow.definitions.definition_text({"flow": flow})}


@pytest.mark.parametrize(
    ("tasks", "workflow", "counts"),
    [
        ("aba", defined(tasks={"a": REST, "b": REST, "c": REST}), " 75%3/4"),
        ("ab", defined(tasks={"a": REST, "c": REST}), "100%2/2"),
        ("ab", {"id": "w", "name": "flow", "definition": "flow: ["}, "100%2/2"),
        ("a", defined(**REVERSE), " 50%1/2"),
    ],
    ids=["a loop", "a workflow that was changed", "a definition that cannot be read", "a way to one task"],
)
def it_knows_what_may_still_come(
    tasks: str,
    workflow: dict[str, Any],
    counts: str,
    recorded: fogflow.WorkflowService,
    server: Server,
    capsys: Captured,
) -> None:
    execution = running(server, recorded, tasks, workflow, params='{"task_name": "b"}')

    with pytest.raises(errors.TimeoutError):
        execution.wait(timeout=0, progress=True)

    assert drawn(capsys) == [f"flow RUNNING: {counts} tasks []"]


def it_shows_the_tasks_of_one_whose_workflow_was_deleted(
    recorded: fogflow.WorkflowService, server: Server, capsys: Captured
) -> None:
    execution = running(server, recorded, "ab", {"faultstring": "Workflow not found"}, status=404)

    with pytest.raises(errors.TimeoutError):
        execution.wait(timeout=0, progress=True)

    assert drawn(capsys) == ["flow RUNNING: 100%2/2 tasks []"]


def it_asks_at_each_look_for_the_tasks_and_once_for_the_workflow(mocked: Watched) -> None:
    execution = started(mocked, definitions.waits("slow"), tasks={"linger": {"after": 100}})

    execution.wait(interval=10, progress=True)

    asked = Counter(mocked.asked)
    looks = asked.pop(f"GET v2/executions/{execution.id}")
    assert looks > 10
    assert asked == {f"GET v2/executions/{execution.id}/tasks": looks, f"GET v2/workflows/{execution.workflow_id}": 1}


def it_asks_for_names_and_states_alone(recorded: fogflow.WorkflowService, server: Server) -> None:
    with pytest.raises(errors.TimeoutError):
        running(server, recorded, "a", defined(tasks={"a": REST})).wait(timeout=0, progress=True)

    (tasks,) = (one for one in server.heard if one.path.endswith("/tasks"))
    # The time is what a list is sorted by.
    assert set(tasks.query["fields"].split(",")) == {"id", "name", "state", "created_at"}


def it_asks_for_no_task_unless_told_to(mocked: Watched, capsys: Captured) -> None:
    execution = started(mocked, definitions.waits("slow"), tasks={"linger": {"after": 100}})

    execution.wait(interval=10)

    assert set(mocked.asked) == {f"GET v2/executions/{execution.id}"}
    assert drawn(capsys) == []


def it_goes_on_waiting_where_the_tasks_are_not_to_be_had(
    mocked: Watched, monkeypatch: pytest.MonkeyPatch, capsys: Captured, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Watched.answer

    def forbidding(cloud: Watched, request: Request) -> Answer:
        given = answer(cloud, request)
        return Answer(403, {}, b'{"faultstring": "not yours"}') if request.path[-1] == "tasks" else given

    monkeypatch.setattr(Watched, "answer", forbidding)
    execution = started(mocked, definitions.waits("slow"), tasks={"linger": {"after": 100}})

    assert execution.wait(interval=10, progress=True).success

    (said,) = (one for one in caplog.records if one.name == "fogflow.progress")
    assert said.levelno == logging.WARNING
    assert said.getMessage().startswith(f"the progress bar of execution {execution.id} stands still: 403 not yours")
    assert drawn(capsys)[-1] == "slow SUCCESS: 0/0 tasks [, tasks not counted]"
    # It would fail, and take its time, at each look.
    assert mocked.asked.count(f"GET v2/executions/{execution.id}/tasks") == 1


def it_closes_when_the_time_is_over(mocked: Watched, capsys: Captured) -> None:
    execution = started(mocked, definitions.waits("slow"))

    with pytest.raises(errors.TimeoutError):
        execution.wait(timeout=30, progress=True)

    *_, last, after = shown(capsys.readouterr().err)
    assert bars(last) == ["slow RUNNING:   0%0/2 tasks []"]
    assert after == ""


def it_closes_when_it_is_interrupted(mocked: Watched, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    execution = started(mocked, definitions.waits("slow"))
    monkeypatch.setattr(Watched, "sleep", interrupted)

    with pytest.raises(KeyboardInterrupt):
        execution.wait(progress=True)

    assert capsys.readouterr().err.endswith("]\n")


def it_closes_when_what_it_waits_for_is_deleted(
    mocked: Watched, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    execution = started(mocked, definitions.waits("slow"))
    monkeypatch.setattr(Watched, "sleep", lambda *_: mocked.connect().executions.destroy(execution.id, force=True))

    with pytest.raises(errors.NotFound):
        execution.wait(progress=True)

    assert capsys.readouterr().err.endswith("]\n")


# -- the ends of many


def jobs(mocked: Watched, *scripts: dict[str, Any]) -> list[Execution]:
    """An execution of `job` for each script."""
    executions = []
    for script in scripts:
        mocked.script("job", **script)
        executions.append(mocked.connect().executions.create(workflow_name="job"))
    mocked.asked.clear()
    return executions


def it_shows_how_many_have_ended(service: fogflow.WorkflowService, name: str, capsys: Captured) -> None:
    well = service.workflows.create(definition=definitions.noop(name))
    badly = service.workflows.create(definition=definitions.fails(f"{name}_fails"))
    executions = [well.execute(), badly.execute(), well.execute()]

    assert service.executions.wait(executions, timeout=60, progress=True) == executions

    assert drawn(capsys) == ["ended: 100%3/3 executions [, 1 failed]"]


def it_shows_how_many_ended_at_each_look(mocked: Watched, capsys: Captured) -> None:
    executions = jobs(mocked, {"after": 0}, {"after": 5}, {"after": 25, "state": "ERROR"}, {"after": 35})

    mocked.connect().executions.wait(executions, interval=10, progress=True)

    looks = bars(capsys.readouterr().err.replace("\r", "\n"))
    assert list(dict.fromkeys(one.partition(" executions")[0] for one in looks)) == [
        "ended:  25%1/4",
        "ended:  50%2/4",
        "ended:  75%3/4",
        "ended: 100%4/4",
    ]
    assert looks[-1].endswith(", 1 failed]")


def it_counts_what_was_there_twice_once_and_what_was_cancelled_or_deleted_as_ended(
    mocked: Watched, capsys: Captured
) -> None:
    one, other, gone = jobs(mocked, {"after": 5}, {"after": 5, "state": "CANCELLED"}, {"after": 100})
    again = mocked.connect().executions.find_by_id(one.id)
    mocked.connect().executions.destroy(gone.id, force=True)

    with pytest.raises(errors.NotFound):
        mocked.connect().executions.wait([one, other, again, gone], progress=True)

    (last,) = drawn(capsys)
    assert last.startswith("ended: 100%3/3 executions [")
    assert last.endswith(", 1 cancelled, 1 deleted]")


def it_asks_for_nothing_more_to_show_it(mocked: Watched) -> None:
    counts = []
    for progress in (False, True):
        executions = jobs(mocked, {"after": 50}, {"after": 100})
        mocked.connect().executions.wait(executions, interval=10, progress=progress)
        counts.append(Counter(mocked.asked))

    assert counts[0] == counts[1]
    assert counts[0].keys() == {"GET v2/executions"}


def it_shows_what_has_ended_before(mocked: Watched, capsys: Captured) -> None:
    executions = mocked.connect().executions.wait(jobs(mocked, {}, {}))
    mocked.asked.clear()

    mocked.connect().executions.wait(executions, progress=True)
    mocked.connect().executions.wait([], progress=True)

    assert [one.partition(" [")[0] for one in drawn(capsys)] == ["ended: 100%2/2 executions", "ended: 0/0 executions"]
    assert mocked.asked == []


def it_has_what_is_told_of_each_change_above_the_bar(mocked: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    executions = jobs(mocked, {"after": 5}, {"after": 50})

    mocked.connect().executions.wait(
        executions, interval=10, on_change=lambda one: print("seen", one.state), progress=True
    )

    *changes, last, after = shown(terminal.getvalue())
    assert changes == ["seen SUCCESS", "seen SUCCESS"]
    assert last.startswith("ended: 100%")
    assert after == ""


def it_closes_when_the_time_for_many_is_over(mocked: Watched, capsys: Captured) -> None:
    executions = jobs(mocked, {"after": 5}, {"after": None})

    with pytest.raises(errors.TimeoutError):
        mocked.connect().executions.wait(executions, timeout=30, progress=True)

    *_, last, after = shown(capsys.readouterr().err)
    assert last.startswith("ended:  50%")
    assert after == ""


# -- without tqdm


def it_says_what_to_install_before_it_asks_for_anything(
    recorded: fogflow.WorkflowService, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)

    with pytest.raises(errors.MissingExtraError, match=r"pip install 'fogflow\[progress\]'"):
        Execution.from_row(recorded, {"id": "e"}).wait(progress=True)
    with pytest.raises(errors.MissingExtraError, match=r"pip install 'fogflow\[progress\]'"):
        recorded.executions.wait(recorded.executions.filter(state="RUNNING"), progress=True)

    assert server.heard == []
