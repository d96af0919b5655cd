"""A local cloud has as many projects as one asks for, and Mistral keeps them apart."""

from __future__ import annotations

import uuid

import pytest

import fogflow
import fogflow.local
from fogflow import errors
from spec.support import definitions

pytestmark = pytest.mark.only_in("real", why="it is about the cloud itself")


@pytest.fixture(scope="module")
def ours(cloud: fogflow.local.Cloud) -> fogflow.WorkflowService:
    """A service for the plain user of a project of its own; the administrator would find everybody's."""
    return cloud.connect(**cloud.create_project(f"ours-{uuid.uuid4().hex}"))


@pytest.fixture(scope="module")
def theirs(cloud: fogflow.local.Cloud) -> fogflow.WorkflowService:
    """The same for another project."""
    return cloud.connect(**cloud.create_project(f"theirs-{uuid.uuid4().hex}"))


def it_keeps_private_workflows_within_their_project(
    ours: fogflow.WorkflowService, theirs: fogflow.WorkflowService, name: str
) -> None:
    ours.create_workflow(definitions.noop(f"{name}_ours"))
    theirs.create_workflow(definitions.noop(f"{name}_theirs"))

    assert ours.workflows.get(f"{name}_theirs") is None
    assert theirs.workflows.get(f"{name}_ours") is None
    assert [workflow.name for workflow in ours.workflows if name in workflow.name] == [f"{name}_ours"]
    assert [workflow.name for workflow in theirs.workflows if name in workflow.name] == [f"{name}_theirs"]


def it_shows_public_workflows_to_all_projects(
    service: fogflow.WorkflowService, theirs: fogflow.WorkflowService, name: str
) -> None:
    service.create_workflow(definitions.noop(name), scope="public")

    found = theirs.workflows.find_by_id(name)

    assert (found.name, found.scope) == (name, "public")


def it_makes_a_user_who_is_no_administrator(theirs: fogflow.WorkflowService, name: str) -> None:
    with pytest.raises(errors.Forbidden):
        theirs.create_workflow(definitions.noop(name), scope="public")


def it_says_that_a_project_is_there_already(cloud: fogflow.local.Cloud, name: str) -> None:
    cloud.create_project(name)

    with pytest.raises(errors.ArgumentError, match=f"project '{name}': Conflict .* name is {name}"):
        cloud.create_project(name)


def it_has_no_projects_without_keystone() -> None:
    with fogflow.local.cloud(auth=False) as alone, pytest.raises(errors.ArgumentError, match="without Keystone"):
        alone.create_project("others")
