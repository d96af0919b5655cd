"""Cron triggers on a real Mistral: workflows that the clock is to start."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.models import CronTrigger, Workflow
from spec.support import definitions
from spec.support.server import Server


@pytest.fixture
def workflow(service: fogflow.WorkflowService, name: str) -> Workflow:
    return service.workflows.create(definition=definitions.hello(name))


@pytest.fixture
def nightly(service: fogflow.WorkflowService, workflow: Workflow, name: str) -> CronTrigger:
    return service.cron_triggers.create(
        name=name, workflow=workflow, workflow_input={"who": "fog"}, pattern="0 3 * * *"
    )


def it_creates_a_trigger_and_reads_what_the_server_made_of_it(
    service: fogflow.WorkflowService, workflow: Workflow, name: str
) -> None:
    trigger = service.cron_triggers.create(
        name=name,
        workflow=workflow,
        workflow_input={"who": {"nested": [1, None]}},
        workflow_params={"env": {"color": "grey"}},
        pattern="0 3 * * *",
        remaining_executions=2,
    )

    assert trigger.persisted
    assert (trigger.name, trigger.pattern, trigger.remaining_executions) == (name, "0 3 * * *", 2)
    assert (trigger.workflow_id, trigger.workflow_name, trigger.scope) == (workflow.id, name, "private")
    assert trigger.workflow_input == {"who": {"nested": [1, None]}}
    assert trigger.workflow_params == {"env": {"color": "grey"}}
    assert trigger.first_execution_time is None
    assert trigger.created_at < trigger.next_execution_time <= trigger.created_at + timedelta(days=1)
    assert (trigger.next_execution_time.hour, trigger.next_execution_time.minute) == (3, 0)


@pytest.mark.parametrize(
    "how",
    [
        lambda workflow: {"workflow_name": workflow.name},
        lambda workflow: {"workflow_id": workflow.id},
        lambda workflow: {"workflow": workflow},
    ],
)
def it_is_told_its_workflow_by_name_by_id_and_by_object(
    how: Any, service: fogflow.WorkflowService, workflow: Workflow, name: str
) -> None:
    trigger = service.cron_triggers.create(
        name=name, workflow_input={"who": "fog"}, pattern="0 3 * * *", **how(workflow)
    )

    assert trigger.workflow == workflow


def it_is_made_of_its_workflow(workflow: Workflow, name: str) -> None:
    trigger = workflow.cron_triggers.create(name=name, pattern="0 3 * * *", workflow_input={"who": "fog"})

    assert trigger.workflow == workflow
    assert list(workflow.cron_triggers) == [trigger]
    assert workflow.cron_triggers.get(name) == trigger


def it_is_found_among_its_own_workflows_only(service: fogflow.WorkflowService, nightly: CronTrigger, name: str) -> None:
    other = service.workflows.create(definition=definitions.noop(f"{name}_other"))

    assert nightly not in other.cron_triggers
    assert other.cron_triggers.get(name) is None


def it_starts_a_workflow_of_a_namespace(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name), namespace="staging")

    assert workflow.cron_triggers.create(name=name, pattern="0 3 * * *").workflow == workflow


def it_starts_once_at_a_time(workflow: Workflow, name: str) -> None:
    trigger = workflow.cron_triggers.create(
        name=name, first_execution_time="2099-01-01 03:00", workflow_input={"who": "fog"}
    )

    assert trigger.first_execution_time == trigger.next_execution_time == datetime(2099, 1, 1, 3, tzinfo=timezone.utc)
    assert trigger.remaining_executions == 1


def it_starts_first_at_a_time_and_then_by_its_pattern(workflow: Workflow, name: str) -> None:
    first = datetime(2099, 1, 1, 3, 5, tzinfo=timezone(timedelta(hours=2)))

    trigger = workflow.cron_triggers.create(
        name=name, first_execution_time=first, pattern="0 4 * * *", workflow_input={"who": "fog"}
    )

    assert trigger.reload().next_execution_time == first
    assert trigger.remaining_executions is None


def it_finds_a_trigger_by_id_and_by_name(service: fogflow.WorkflowService, nightly: CronTrigger, name: str) -> None:
    assert service.cron_triggers.get(nightly.id) == nightly
    assert service.cron_triggers.get(name) == nightly
    assert nightly in service.cron_triggers
    assert list(service.cron_triggers.filter(name__startswith=name)) == [nightly]
    assert service.cron_triggers.get(f"{name}_none") is None
    with pytest.raises(errors.NotFound, match=rf"Cron trigger not found \[identifier={name}_none"):
        service.cron_triggers.find_by_id(f"{name}_none")


def it_finds_a_name_with_a_slash_which_no_path_can_hold(
    service: fogflow.WorkflowService, workflow: Workflow, name: str
) -> None:
    trigger = workflow.cron_triggers.create(name=f"{name}/nightly", pattern="0 3 * * *", workflow_input={"who": "fog"})

    assert service.cron_triggers.get(f"{name}/nightly") == trigger
    assert service.cron_triggers.destroy(f"{name}/nightly")


def it_is_changed_by_making_another(workflow: Workflow, nightly: CronTrigger) -> None:
    with pytest.raises(errors.ArgumentError, match="cannot update a CronTrigger with pattern; it can with nothing"):
        nightly.update(pattern="0 4 * * *")

    nightly.destroy()
    workflow.cron_triggers.create(name=nightly.name, pattern="0 4 * * *", workflow_input={"who": "fog"})

    assert [trigger.pattern for trigger in workflow.cron_triggers] == ["0 4 * * *"]


def it_sends_nothing_when_nothing_was_changed(recorded: fogflow.WorkflowService, server: Server) -> None:
    trigger = CronTrigger.from_row(recorded, {"id": "1", "name": "nightly"}, complete=True)

    assert trigger.save() is trigger

    assert server.heard == []


def it_destroys_a_trigger(service: fogflow.WorkflowService, nightly: CronTrigger, name: str) -> None:
    assert nightly.destroy() is True

    assert service.cron_triggers.get(name) is None
    with pytest.raises(errors.NotFound):
        nightly.reload()
    with pytest.raises(errors.NotFound):
        service.cron_triggers.destroy(name)


def it_holds_on_to_its_workflow(workflow: Workflow, nightly: CronTrigger) -> None:
    with pytest.raises(errors.BadRequest, match="Can't delete workflow that has cron triggers associated"):
        workflow.destroy()

    nightly.destroy()
    assert workflow.destroy()


# -- what the server refuses


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"pattern": "daily"}, "The specified pattern is not valid: daily"),
        ({"pattern": "61 * * * *"}, r"The specified pattern is not valid: 61 \* \* \* \*"),
        ({"first_execution_time": "2001-01-01 03:00"}, "at least 1 minute in the future"),
        ({"pattern": "0 3 * * *", "workflow_input": {}}, r"missing=\['who'\]"),
        ({"pattern": "0 3 * * *", "remaining_executions": 0}, "greater or equal to 1"),
        ({"pattern": "0 3 * * *", "scope": "secret"}, "Value: 'secret'. Value should be one of"),
        (
            {"first_execution_time": "2099-01-01 03:00", "remaining_executions": 2},
            "Pattern must be provided if count is superior to 1",
        ),
    ],
)
def it_says_what_the_server_says_of_a_wrong_trigger(
    attributes: dict[str, Any], message: str, workflow: Workflow, name: str
) -> None:
    with pytest.raises(errors.BadRequest, match=message):
        workflow.cron_triggers.create(**{"name": name, "workflow_input": {"who": "fog"}, **attributes})


def it_says_that_there_is_no_such_workflow(service: fogflow.WorkflowService, name: str) -> None:
    with pytest.raises(errors.NotFound, match=rf"Workflow not found \[workflow_identifier={name}"):
        service.cron_triggers.create(name=name, workflow_name=name, pattern="0 3 * * *")


def it_says_that_a_name_is_taken(workflow: Workflow, nightly: CronTrigger) -> None:
    with pytest.raises(errors.Conflict, match=nightly.name):
        workflow.cron_triggers.create(name=nightly.name, pattern="0 4 * * *", workflow_input={"who": "fog"})


# -- what makes no sense


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"pattern": "0 3 * * *", "workflow_id": "1"}, "a cron trigger needs name="),
        ({"name": "x", "workflow_id": "1"}, "needs pattern=, first_execution_time=, or both"),
        ({"name": "x", "pattern": "0 3 * * *"}, "a CronTrigger needs workflow=, workflow_name= or workflow_id="),
        (
            {"name": "x", "pattern": "0 3 * * *", "workflow_id": "1", "workflow_name": "y"},
            "workflow_id and workflow_name are given",
        ),
        (
            {"name": "x", "pattern": "0 3 * * *", "workflow": "y"},
            "workflow= takes a Workflow, workflow_name= a name, not str",
        ),
        (
            {"name": "x", "workflow_id": "1", "first_execution_time": "2099-01-01 03:00:05"},
            "takes first_execution_time in whole minutes, not 2099-01-01 03:00:05",
        ),
        (
            {"name": "x", "workflow_id": "1", "first_execution_time": datetime(2099, 1, 1)},
            "a time is a datetime with a time zone",
        ),
        ({"name": "x", "workflow_id": "1", "first_execution_time": "tomorrow"}, "'tomorrow' is not a time such as"),
        (
            {"name": "x", "workflow_id": "1", "pattern": "0 3 * * *", "workflow_input": ["fog"]},
            "the workflow_input of a CronTrigger is a mapping, not list",
        ),
        ({"name": "x", "next_execution_time": "2099-01-01 03:00"}, "cannot create a CronTrigger with next_exec"),
        ({"name": "x", "patern": "0 3 * * *"}, "did you mean 'pattern'?"),
    ],
)
def it_refuses_to_create_what_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        recorded.cron_triggers.create(**attributes)

    assert server.heard == []
