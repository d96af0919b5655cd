"""Steps with what starts workflows by itself: cron triggers, none of which is due soon, and event triggers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from fogflow.mock.resources.cron_triggers import CronTriggers
from fogflow.mock.resources.event_triggers import EventTriggers
from spec.mock.walking.calls import Call, call, raw
from spec.mock.walking.steps.choices import INPUTS, SCOPES, any_name, fields, given, own_name, spoilt
from spec.mock.walking.walk import Walk

_FAR = "2039-01-01 00:00"
_PATTERNS = (None, "0 0 29 2 *", "0 0 29 2 *", "0 0 1 1 *", "nonsense", "* * *")


def _workflow(walk: Walk) -> dict[str, Any]:
    if walk.chance(0.3):
        return {"workflow_name": any_name(walk)}
    return {"workflow_id": walk.one_of("workflow")}


def create_cron_trigger(walk: Walk) -> Call:
    body = {
        "name": f"cron_{own_name(walk)}",
        **_workflow(walk),
        **given(
            workflow_input=walk.pick(INPUTS),
            workflow_params=walk.pick([None, None, {"env": {}}]),
            pattern=walk.pick(_PATTERNS),
            first_execution_time=walk.pick([None, None, _FAR, "2020-01-01 00:00", "nonsense"]),
            remaining_executions=walk.pick([None, None, 1, 5, 0]),
            scope=walk.pick(SCOPES),
        ),
    }
    wrong = spoilt(walk, body, "pattern", "remaining_executions", "first_execution_time")
    return attrs.evolve(raw("POST", "cron_triggers", body=wrong), makes="cron_trigger")


def _cron_trigger(walk: Walk) -> Any:
    return walk.one_of("cron_trigger") if walk.chance(0.5) else f"cron_{any_name(walk)}"


def get_cron_trigger(walk: Walk) -> Call:
    return call("get_cron_trigger", _cron_trigger(walk), **fields(walk, CronTriggers))


def delete_cron_trigger(walk: Walk) -> Call:
    return call("delete_cron_trigger", _cron_trigger(walk))


def update_cron_trigger(walk: Walk) -> Call:
    """Which the API has not."""
    return raw("PUT", "cron_triggers", _cron_trigger(walk), body={"pattern": "0 0 1 1 *"})


def create_event_trigger(walk: Walk) -> Call:
    body = {
        "name": f"event_{own_name(walk)}",
        "workflow_id": walk.one_of("workflow"),
        "exchange": "nova",
        "topic": "notifications",
        "event": own_name(walk),
        **given(workflow_input=walk.pick(INPUTS), scope=walk.pick(SCOPES)),
    }
    wrong = spoilt(walk, body, "workflow_params")
    return attrs.evolve(raw("POST", "event_triggers", body=wrong), makes="event_trigger")


def update_event_trigger(walk: Walk) -> Call:
    change = walk.pick(
        [
            {"name": own_name(walk)},
            {"workflow_id": walk.one_of("workflow")},
            {"workflow_input": {"who": "fog"}},
            {"scope": walk.pick(["private", "public"])},
            {"exchange": "glance"},
        ]
    )
    return raw("PUT", "event_triggers", walk.one_of("event_trigger"), body=spoilt(walk, change, "workflow_params"))


def get_event_trigger(walk: Walk) -> Call:
    return call("get_event_trigger", walk.one_of("event_trigger"), **fields(walk, EventTriggers))


def delete_event_trigger(walk: Walk) -> Call:
    return call("delete_event_trigger", walk.one_of("event_trigger"))


STEPS: dict[str, list[Callable[[Walk], Call]]] = {
    "cron_trigger": [
        *[create_cron_trigger] * 3,
        get_cron_trigger,
        delete_cron_trigger,
        update_cron_trigger,
    ],
    "event_trigger": [
        *[create_event_trigger] * 3,
        update_event_trigger,
        get_event_trigger,
        delete_event_trigger,
    ],
}
