"""The examples run to their end, on a real cloud, and leave nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import fogflow
import fogflow.local
from spec.support import definitions

pytestmark = pytest.mark.only_in("real", why="a process of its own has no cloud but that")

EXAMPLES = Path(__file__).parent.parent / "examples"


def start(example: str, cloud: fogflow.local.Cloud) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, EXAMPLES / example],
        capture_output=True,
        text=True,
        env={**os.environ, **cloud.environment},
        check=False,
    )


def run(example: str, cloud: fogflow.local.Cloud) -> str:
    ended = start(example, cloud)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def it_has_a_spec_for_each_example() -> None:
    source = Path(__file__).read_text()

    assert [path.name for path in EXAMPLES.glob("*.py") if f'"{path.name}"' not in source] == []


def it_runs_the_quickstart(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("quickstart.py", cloud)

    assert "greet    SUCCESS" in shown
    assert "(whole)  SUCCESS" in shown
    assert "output: {'greeting': 'Hello, fog!'}" in shown
    assert "ended in ERROR\n    task 'explode': The action raised an exception" in shown
    assert not service.workflows.filter(name__has="quickstart")
    assert not service.executions.filter(workflow_name__has="quickstart")


def it_says_what_is_missing_to_run_the_quickstart() -> None:
    ended = subprocess.run(
        [sys.executable, EXAMPLES / "quickstart.py"], capture_output=True, text=True, env=os.environ, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("ArgumentError: no cloud to connect to")


def it_runs_fogs_guide(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("fog_workflow.py", cloud).splitlines()

    assert 'execution: SUCCESS {"container": "default"}' in shown
    assert "action: default" in shown
    assert "created: myworkflow" in shown
    assert "valid: True" in shown
    assert "updated: True" in shown
    assert "deleted: 204" in shown
    assert service.workflows.get("myworkflow") is None


def left_behind(service: fogflow.WorkflowService) -> list[str]:
    """What is there of the names that the examples by resource use."""
    named = (
        service.workflows,
        service.workbooks,
        service.actions,
        service.cron_triggers,
        service.event_triggers,
        service.environments,
        service.code_sources,
        service.dynamic_actions,
    )
    kept = [repr(one) for collection in named for one in collection.filter(name__startswith="example_")]
    return kept + [repr(one) for one in service.executions.filter(workflow_name__startswith="example_")]


def it_runs_the_executions(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("executions.py", cloud)

    assert "output: {'copy': 'copy of home'}" in shown
    assert "run again: {'copy': 'copy of home'} as once more Based on the execution" in shown
    assert "ended in ERROR\n  task 'copy': Failed by 'fail-on' policy" in shown
    assert "its tasks in error: 1" in shown
    assert "then SUCCESS" in shown
    assert "then CANCELLED" in shown
    assert left_behind(service) == []


def it_runs_the_action_executions(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("action_executions.py", cloud)

    assert "state='SUCCESS'> {'volumes': ['home', 'system']}" in shown
    assert "state='ERROR'> The action raised an exception" in shown
    assert "completed: {'decision': {'by': 'the night shift'}}" in shown
    assert "failed: {'by': 'the night shift', 'reason': 'too late today'}" in shown
    assert left_behind(service) == []


def it_runs_the_workbooks(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("workbooks.py", cloud)

    assert "valid without a name: Invalid DSL: 'name' is a required property" in shown
    assert "its workflows: ['example_greetings.greet']\nits actions: ['example_greetings.hello']" in shown
    assert "\nrun: {'greeting': 'Hello, fog!'}" in shown
    assert "changed, and run: {'greeting': 'Good morning, fog!'}" in shown
    assert left_behind(service) == []


def it_runs_the_workflows(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("workflows.py", cloud)

    assert "refused, for what is in line 4" in shown
    assert "takes: ['server', {'flavor': 'small'}]" in shown
    assert "changed: True" in shown
    assert "example_resize  example_staging  private" in shown
    assert "state='SUCCESS'>" in shown
    assert left_behind(service) == []


def it_runs_the_actions(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("actions.py", cloud)

    assert "std.echo        output, delay=0" in shown
    assert "takes: volume, size=10\nrun: home holds 10 GB\nrun: home holds 20 GB\n" in shown
    assert "changed, and run: home holds 10 GiB" in shown
    assert "Invalid DSL: 'base' is a required property" in shown
    assert left_behind(service) == []


def it_runs_the_cron_triggers(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("cron_triggers.py", cloud)

    assert "starts next at 03:00:00 UTC" in shown
    assert "example_once     0 0 30 2 0  1                     {'older_than': 'a year'}" in shown
    assert "name='example_nightly' pattern='0 3 * * 0'>" in shown
    assert left_behind(service) == []


def it_takes_away_what_it_made_and_nothing_else_when_it_fails(
    cloud: fogflow.local.Cloud, service: fogflow.WorkflowService, name: str
) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))
    yours = workflow.cron_triggers.create(name="example_once", pattern="0 4 * * *")

    ended = start("cron_triggers.py", cloud)

    assert ended.returncode == 1
    assert "Conflict: 409 Duplicate entry for cron trigger" in ended.stderr
    assert left_behind(service) == [repr(yours)]
    yours.destroy()


def it_runs_the_environments(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("environments.py", cloud)

    assert "run in it: {'sent': 'to operators@example.org, by mail.example.org'}" in shown
    assert "changed, and run: {'sent': 'to developers@example.org, by mail.example.org'}" in shown
    assert left_behind(service) == []


def it_runs_the_event_triggers(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("event_triggers.py", cloud)

    assert "changed: {'purpose': 'database'}" in shown
    assert "example_server_created  nova      instance.create.end" in shown
    assert left_behind(service) == []


def it_runs_the_dynamic_actions(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("dynamic_actions.py", cloud)

    assert "\nrun: {'greeting': 'Hello, fog!'}" in shown
    assert "version 2 run: {'greeting': 'Good morning, fog!'}" in shown
    assert left_behind(service) == []


def it_runs_the_members_on_a_cloud_of_their_own(cloud: fogflow.local.Cloud) -> None:
    shown = run("members.py", cloud).splitlines()

    assert shown[1:4] == ["guests see: None", "builders offer it: pending", "guests accept it: accepted"]
    assert shown[4].startswith("guests see: <Workflow")
    assert shown[5:] == [
        "guests run it: {'deployed': 'a shop'}",
        "builders read: accepted",
        "builders take it back, and guests see: None",
    ]
