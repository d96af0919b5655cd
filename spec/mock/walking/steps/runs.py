"""Steps with what runs: executions, their tasks, and the runs of actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from fogflow.mock.resources.action_executions import ActionExecutions
from fogflow.mock.resources.executions import Executions
from fogflow.mock.resources.tasks import Tasks
from spec.mock.walking.calls import Call, call, raw
from spec.mock.walking.steps.choices import INPUTS, NAMESPACES, any_name, fields, given, spoilt
from spec.mock.walking.walk import Walk

_STATES = ("PAUSED", "RUNNING", "RUNNING", "SUCCESS", "CANCELLED", "ERROR", "SKIPPED", "nonsense")


def _steers(one: Call) -> Call:
    return attrs.evolve(one, steers=True)


def _execution(walk: Walk) -> Any:
    return walk.one_of("sub_execution" if walk.chance(0.15) else "execution")


# -- executions


def create_execution(walk: Walk) -> Call:
    which: dict[str, Any] = {"workflow_id": walk.one_of("workflow")}
    if walk.chance(0.4):
        which = {"workflow_name": any_name(walk), **given(workflow_namespace=walk.pick(NAMESPACES))}
    if walk.chance(0.1):
        which = {"source_execution_id": walk.one_of("execution"), "description": "again"}
    params = walk.pick([None, None, None, {"env": {"who": "fog"}}, {"env": "env_anna_admin"}, {"task_name": "rest"}])
    body = {
        **which,
        **given(input=walk.pick(INPUTS), params=params, description=walk.pick([None, None, "a walk"])),
    }
    wrong = spoilt(walk, body, "workflow_id", "input", "params", "description")
    return attrs.evolve(raw("POST", "executions", body=wrong), makes="execution", steers=True)


def update_execution(walk: Walk) -> Call:
    change = walk.pick(
        [
            {"state": walk.pick(_STATES)},
            {"state": walk.pick(_STATES)},
            {"state": walk.pick(_STATES), "state_info": "so it is"},
            {"description": any_name(walk)},
            {"params": {"env": {"who": any_name(walk)}}},
            {"state": "RUNNING", "params": {"env": {"who": "again"}}},
            {"state": "PAUSED", "description": "both"},
            {},
        ]
    )
    return _steers(raw("PUT", "executions", _execution(walk), body=spoilt(walk, change, "description")))


def get_execution(walk: Walk) -> Call:
    return call("get_execution", _execution(walk), **fields(walk, Executions))


def delete_execution(walk: Walk) -> Call:
    return _steers(call("delete_execution", _execution(walk), force=walk.chance(0.4)))


def get_report(walk: Walk) -> Call:
    how = given(
        errors_only=walk.pick([None, None, True]),
        max_depth=walk.pick([None, 0, 1, -1]),
        statistics_only=walk.pick([None, None, True]),
    )
    return call("get_execution_report", _execution(walk), **how)


def list_below(walk: Walk) -> Call:
    how = given(
        errors_only=walk.pick([None, None, True]),
        max_depth=walk.pick([None, 0, 1]),
        include_output=walk.pick([None, True]),
    )
    if walk.chance(0.3):
        return call("list_sub_executions", task_id=walk.one_of("task"), **how)
    return call("list_sub_executions", _execution(walk), **how)


# -- tasks


def list_tasks_of(walk: Walk) -> Call:
    return call("list_tasks", _execution(walk))


def get_task(walk: Walk) -> Call:
    return call("get_task", walk.one_of("task"), **fields(walk, Tasks))


def rerun_task(walk: Walk) -> Call:
    return _steers(call("rerun_task", walk.one_of("task"), reset=walk.chance(0.8)))


def skip_task(walk: Walk) -> Call:
    return _steers(call("skip_task", walk.one_of("task")))


def update_task(walk: Walk) -> Call:
    change = {"state": walk.pick(["RUNNING", "SKIPPED", "SUCCESS"]), "reset": walk.pick([True, False])}
    named = walk.pick([{}, {}, {"name": "rest"}, {"workflow_name": "anna_admin"}])
    return _steers(raw("PUT", "tasks", walk.one_of("task"), body=spoilt(walk, {**change, **named}, "env", "result")))


def list_children(walk: Walk) -> Call:
    kind = walk.pick(["list_task_action_executions", "list_task_workflow_executions"])
    return call(kind, walk.one_of("task"), walk.pick([{}, {"include_output": True}]))


# -- runs of actions


def create_action_execution(walk: Walk) -> Call:
    name = walk.pick(["std.echo", "std.noop", "std.fail", "std.async_noop", f"act_{any_name(walk)}", "nonsense"])
    given_input = {"output": walk.pick([1, "hi", None, {"a": [1]}])} if name == "std.echo" else None
    if walk.chance(0.15):
        given_input = {"bogus": 1}
    params = walk.pick([None, {"save_result": True}, {"run_sync": True}, {"save_result": True, "run_sync": True}])
    body = given(name=name, input=given_input, params=params, description=walk.pick([None, None, "a walk"]))
    wrong = spoilt(walk, body, "input", "params", "description", "workflow_namespace")
    return attrs.evolve(raw("POST", "action_executions", body=wrong), makes="action_execution")


def update_action_execution(walk: Walk) -> Call:
    change = walk.pick(
        [
            {"state": "SUCCESS"},
            {"state": "SUCCESS", "output": {"a": 1}},
            {"state": "ERROR", "output": {"reason": "so it is"}},
            {"state": "CANCELLED"},
            {"state": walk.pick(_STATES)},
            {"output": {"a": 1}},
        ]
    )
    one = walk.one_of("action_execution")
    return _steers(raw("PUT", "action_executions", one, body=spoilt(walk, change, "output", "input")))


def get_action_execution(walk: Walk) -> Call:
    known = fields(walk, ActionExecutions)
    if walk.chance(0.2):
        return call("get_task_action_execution", walk.one_of("task"), walk.one_of("action_execution"), **known)
    return call("get_action_execution", walk.one_of("action_execution"), **known)


def delete_action_execution(walk: Walk) -> Call:
    return call("delete_action_execution", walk.one_of("action_execution"))


STEPS: dict[str, list[Callable[[Walk], Call]]] = {
    "execution": [
        *[create_execution] * 4,
        *[update_execution] * 3,
        delete_execution,
        get_execution,
        get_report,
        list_below,
    ],
    "task": [get_task, rerun_task, skip_task, update_task, list_tasks_of, list_children],
    "action_execution": [
        *[create_action_execution] * 2,
        *[update_action_execution] * 2,
        get_action_execution,
        delete_action_execution,
    ],
}
