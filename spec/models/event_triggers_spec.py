"""Event triggers on a real Mistral: workflows that another service's notification is to start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.models import EventTrigger, Workflow
from spec.support import definitions
from spec.support.server import Server


@pytest.fixture
def workflow(service: fogflow.WorkflowService, name: str) -> Workflow:
    return service.workflows.create(definition=definitions.hello(name))


@pytest.fixture
def trigger(workflow: Workflow, name: str) -> EventTrigger:
    return workflow.event_triggers.create(
        name=name, exchange="nova", topic="notifications", event=name, workflow_input={"who": "fog"}
    )


def it_creates_a_trigger_and_reads_what_the_server_made_of_it(
    service: fogflow.WorkflowService, workflow: Workflow, name: str, happened_just_now: Callable[[Any], bool]
) -> None:
    trigger = service.event_triggers.create(
        name=name,
        workflow=workflow,
        exchange="nova",
        topic="notifications",
        event="compute.instance.create.end",
        workflow_input={"who": {"nested": [1, None]}},
        workflow_params={"env": {"color": "grey"}},
    )

    assert trigger.persisted
    assert (trigger.name, trigger.scope, trigger.workflow_id) == (name, "private", workflow.id)
    assert (trigger.exchange, trigger.topic) == ("nova", "notifications")
    assert trigger.event == "compute.instance.create.end"
    assert trigger.workflow_input == {"who": {"nested": [1, None]}}
    assert trigger.workflow_params == {"env": {"color": "grey"}}
    assert happened_just_now(trigger.created_at)


def it_needs_no_name(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))

    assert workflow.event_triggers.create(exchange="nova", topic="notifications", event=name).name == ""


def it_leads_to_its_workflow_and_back(
    service: fogflow.WorkflowService, workflow: Workflow, trigger: EventTrigger, name: str
) -> None:
    other = service.workflows.create(definition=definitions.noop(f"{name}_other"))

    assert trigger.workflow == workflow
    assert list(workflow.event_triggers) == [trigger]
    assert workflow.event_triggers.get(trigger.id) == trigger
    assert not other.event_triggers
    assert other.event_triggers.get(trigger.id) is None


def it_finds_a_trigger_by_its_id_alone(service: fogflow.WorkflowService, trigger: EventTrigger, name: str) -> None:
    unknown = "8d1b2b8e-5b0a-4c59-9d2f-6f1b6e2c9f00"

    assert service.event_triggers.get(trigger.id) == trigger
    assert trigger in service.event_triggers
    assert list(service.event_triggers.filter(name=name)) == [trigger]
    assert service.event_triggers.get(unknown) is None
    with pytest.raises(errors.NotFound, match=rf"Event trigger not found \[id={unknown}"):
        service.event_triggers.find_by_id(unknown)


def it_saves_what_was_changed_and_keeps_the_rest(trigger: EventTrigger, name: str) -> None:
    trigger.name = "other"
    trigger.workflow_input["who"] = "you"

    assert trigger.save() is trigger

    assert (trigger.reload().name, trigger.workflow_input) == ("other", {"who": "you"})
    assert (trigger.exchange, trigger.topic, trigger.event) == ("nova", "notifications", name)


def it_keeps_the_scope_when_something_else_changes(trigger: EventTrigger) -> None:
    trigger.update(scope="public")
    trigger.update(workflow_params={"env": {"color": "grey"}})

    assert (trigger.reload().scope, trigger.workflow_params) == ("public", {"env": {"color": "grey"}})


def it_starts_another_workflow_from_now_on(service: fogflow.WorkflowService, trigger: EventTrigger, name: str) -> None:
    other = service.workflows.create(definition=definitions.noop(f"{name}_other"))

    trigger.update(workflow_id=other.id, workflow_input={})

    assert trigger.reload().workflow == other
    assert trigger.workflow_input == {}


def it_destroys_a_trigger(service: fogflow.WorkflowService, trigger: EventTrigger) -> None:
    assert trigger.destroy() is True

    assert service.event_triggers.get(trigger.id) is None
    with pytest.raises(errors.NotFound):
        trigger.reload()
    with pytest.raises(errors.NotFound):
        service.event_triggers.destroy(trigger.id)


def it_destroys_a_trigger_by_its_id(service: fogflow.WorkflowService, trigger: EventTrigger) -> None:
    assert service.event_triggers.destroy(trigger.id)

    assert trigger not in service.event_triggers


def it_holds_on_to_its_workflow(workflow: Workflow, trigger: EventTrigger) -> None:
    with pytest.raises(errors.BadRequest, match="Can't delete workflow that has event triggers associated"):
        workflow.destroy()

    trigger.destroy()
    assert workflow.destroy()


# -- what the server refuses


def it_says_what_the_server_says_of_a_wrong_trigger(workflow: Workflow, name: str) -> None:
    create = workflow.event_triggers.create
    where = {"exchange": "nova", "topic": "notifications", "event": name}

    with pytest.raises(errors.BadRequest, match=r"missing=\['who'\]"):
        create(**where)
    with pytest.raises(errors.BadRequest, match=r"Value: 'secret'\. Value should be one of"):
        create(**where, workflow_input={"who": "fog"}, scope="secret")


def it_says_that_there_is_no_such_workflow(service: fogflow.WorkflowService, name: str) -> None:
    unknown = "8d1b2b8e-5b0a-4c59-9d2f-6f1b6e2c9f00"

    with pytest.raises(errors.NotFound, match=rf"Workflow not found \[workflow_id={unknown}"):
        service.event_triggers.create(workflow_id=unknown, exchange="nova", topic="notifications", event=name)


def it_says_that_there_is_such_a_trigger_already(workflow: Workflow, trigger: EventTrigger, name: str) -> None:
    with pytest.raises(errors.Conflict, match=name):
        workflow.event_triggers.create(
            exchange="nova", topic="notifications", event=name, workflow_input={"who": "you"}
        )


# -- what makes no sense


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({}, "an event trigger needs workflow_id=, exchange=, topic=, event="),
        ({"name": "x", "topic": "notifications"}, "an event trigger needs workflow_id=, exchange=, event="),
        ({"workflow": "hello"}, "workflow= takes a Workflow"),
        ({"workflow_name": "hello"}, "EventTrigger has no attribute 'workflow_name'"),
        (
            {"workflow_id": "1", "exchange": "a", "topic": "b", "event": "c", "workflow_params": "x"},
            "the workflow_params of an EventTrigger is a mapping, not str",
        ),
        ({"evnt": "x"}, "did you mean 'event'?"),
    ],
)
def it_refuses_to_create_what_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        recorded.event_triggers.create(**attributes)

    assert server.heard == []


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"exchange": "cinder"}, "cannot update an EventTrigger with exchange; it can with name, workflow_id"),
        ({"topic": "x", "event": "y"}, "cannot update an EventTrigger with event, topic"),
        ({"workflow_input": ["fog"]}, "the workflow_input of an EventTrigger is a mapping"),
        ({"name": None}, "cannot empty the name of an EventTrigger"),
        ({"workflow_input": None}, "cannot empty the workflow_input of an EventTrigger"),
    ],
)
def it_refuses_a_change_that_the_server_would_drop(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    row = {"id": "1", "name": "created", "exchange": "nova", "workflow_input": '{"who": "fog"}'}
    trigger = EventTrigger.from_row(recorded, row, complete=True)

    with pytest.raises(errors.ArgumentError, match=message):
        trigger.update(**attributes)

    assert server.heard == []


def it_does_not_take_a_name_for_an_id(recorded: fogflow.WorkflowService, server: Server) -> None:
    for ask in (recorded.event_triggers.get, recorded.event_triggers.find_by_id, recorded.event_triggers.destroy):
        with pytest.raises(errors.ArgumentError, match="no other address than its id, a UUID, which 'created' is not"):
            ask("created")
    assert "created" not in recorded.event_triggers

    assert server.heard == []
