"""The mock has projects, which see what is theirs, what is public, and what they have accepted."""

from __future__ import annotations

import pytest

import fogflow
from fogflow import errors
from fogflow.mock import Cloud
from spec.support import definitions


@pytest.fixture
def other(cloud: Cloud) -> fogflow.WorkflowService:
    return cloud.connect(project="other")


def it_keeps_private_what_is_private(service: fogflow.WorkflowService, other: fogflow.WorkflowService) -> None:
    service.workflows.create(definition=definitions.noop("mine"))
    service.workflows.create(definition=definitions.noop("everybodys"), scope="public")

    assert [workflow.name for workflow in other.workflows] == ["everybodys"]
    assert other.workflows.get("mine") is None
    with pytest.raises(errors.Forbidden):
        other.workflows.destroy("everybodys")


def it_shares_a_workflow_with_who_accepts_it(
    cloud: Cloud, service: fogflow.WorkflowService, other: fogflow.WorkflowService
) -> None:
    workflow = service.workflows.create(definition=definitions.noop("mine"))

    workflow.members.create(member_id=cloud.project_id("other"))
    assert other.workflows.get(workflow.id) is None
    other.update_member(workflow.id, cloud.project_id("other"), "accepted")

    assert other.workflows.get(workflow.id) is not None
    assert other.executions.create(workflow_id=workflow.id).wait().success


def it_shows_an_administrator_everything(service: fogflow.WorkflowService, other: fogflow.WorkflowService) -> None:
    other.workflows.create(definition=definitions.noop("theirs"))

    assert [workflow.name for workflow in service.workflows.all(all_projects=True)] == ["theirs"]
    with pytest.raises(errors.Forbidden):
        list(other.workflows.all(all_projects=True))
    with pytest.raises(errors.Forbidden):
        list(other.code_sources)


def it_takes_the_project_from_the_options(cloud: Cloud) -> None:
    fogflow.connect(openstack_project_name="other").workflows.create(definition=definitions.noop("theirs"))

    assert cloud.connect(project="other").workflows.get("theirs").project_id == cloud.project_id("other")


def it_keeps_one_name_in_two_projects(service: fogflow.WorkflowService, other: fogflow.WorkflowService) -> None:
    mine = service.workflows.create(definition=definitions.noop("same"))
    theirs = other.workflows.create(definition=definitions.noop("same"))

    assert service.workflows.get("same") == mine
    assert other.workflows.get("same") == theirs
