"""Time is moved, so that nobody sleeps."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.mock import Cloud
from fogflow.mock.cron import Pattern
from fogflow.models import Workflow
from spec.support import definitions


@pytest.fixture
def rest(service: fogflow.WorkflowService) -> Workflow:
    return service.workflows.create(definition=definitions.noop("rest"))


def it_is_the_real_time_until_it_is_moved(cloud: Cloud) -> None:
    assert abs(cloud.now - datetime.now(timezone.utc)) < timedelta(seconds=5)

    cloud.advance(3600)

    assert cloud.now - datetime.now(timezone.utc) > timedelta(minutes=59)


def it_dates_what_happened_at_its_time(cloud: Cloud, rest: Workflow) -> None:
    cloud.script("rest", tasks={"rest": {"after": 60}})
    execution = rest.execute()

    cloud.advance(3600)
    task = execution.tasks[0]

    assert task.finished_at is not None
    assert 59 <= (task.finished_at - task.created_at).total_seconds() <= 61


@pytest.mark.parametrize("seconds", [-1, "1", None, float("nan"), True])
def it_moves_by_seconds_and_forwards(seconds: Any, cloud: Cloud) -> None:
    with pytest.raises(errors.ArgumentError, match="the clock moves on by seconds"):
        cloud.advance(seconds)


def it_fires_a_cron_trigger_each_time_it_is_due(cloud: Cloud, service: fogflow.WorkflowService, rest: Workflow) -> None:
    trigger = service.cron_triggers.create(name="hourly", workflow=rest, pattern="0 * * * *")
    first = trigger.next_execution_time

    cloud.advance(3 * 3600)

    found = list(rest.executions.order_by("created_at"))
    assert [execution.created_at for execution in found] == [first + timedelta(hours=hours) for hours in range(3)]
    assert all(execution.success for execution in found)
    assert trigger.id in str(found[0].description)
    assert trigger.reload().next_execution_time == first + timedelta(hours=3)


def it_fires_as_often_as_it_may_and_is_gone(cloud: Cloud, service: fogflow.WorkflowService, rest: Workflow) -> None:
    service.cron_triggers.create(name="twice", workflow=rest, pattern="* * * * *", remaining_executions=2)

    cloud.advance(60)
    assert service.cron_triggers.find_by_id("twice").remaining_executions == 1
    cloud.advance(600)

    assert len(rest.executions) == 2
    assert service.cron_triggers.get("twice") is None


def it_fires_once_at_a_first_time_without_a_pattern(
    cloud: Cloud, service: fogflow.WorkflowService, rest: Workflow
) -> None:
    first = (cloud.now + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    service.create_cron_trigger("once", rest.id, pattern=None, first_time=first)

    cloud.advance(3 * 86400)

    assert len(rest.executions) == 1
    assert not service.cron_triggers


def it_does_not_fire_what_was_destroyed(cloud: Cloud, service: fogflow.WorkflowService, rest: Workflow) -> None:
    service.cron_triggers.create(name="hourly", workflow=rest, pattern="0 * * * *").destroy()

    cloud.advance(7200)

    assert not rest.executions


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("* * * * *", "2026-11-23 05:55:00"),
        ("*/15 * * * *", "2026-11-23 06:00:00"),
        ("0 3 * * *", "2026-11-24 03:00:00"),
        ("30 4 1,15 * *", "2026-12-01 04:30:00"),
        ("0 0 * * 0", "2026-11-29 00:00:00"),
        ("0 0 * * 7", "2026-11-29 00:00:00"),
        ("0 0 * * mon-wed", "2026-11-24 00:00:00"),
        ("0 0 13 * fri", "2026-11-27 00:00:00"),
        ("0 12 1 jan *", "2027-01-01 12:00:00"),
        ("5/20 * * * *", "2026-11-23 06:05:00"),
        ("0 0 29 2 *", "2028-02-29 00:00:00"),
        ("0 6 * * * 30", "2026-11-23 06:00:30"),
    ],
)
def it_knows_when_a_pattern_is_due(pattern: str, expected: str) -> None:
    assert str(Pattern.read(pattern).after(datetime(2026, 11, 23, 5, 54, 7))) == expected


@pytest.mark.parametrize(
    "pattern", ["", "* * * *", "60 * * * *", "* 24 * * *", "a * * * *", "5-1 * * * *", "*/0 * * * *"]
)
def it_knows_what_is_no_pattern(pattern: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it is Python's own for some
        Pattern.read(pattern)


def it_does_not_hang_on_a_workflow_that_runs_in_circles(cloud: Cloud, service: fogflow.WorkflowService) -> None:
    tasks = {"start": {"on-success": "again"}, "again": {"on-success": "more"}, "more": {"on-success": "again"}}
    execution = service.workflows.create(definition={"version": "2.0", "circles": {"tasks": tasks}}).execute()

    cloud.advance(1)

    assert execution.reload().running
    assert execution.cancel().cancelled
