"""Workflows on a real Mistral, shared by their project with another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import fogflow
import fogflow.local
from fogflow import errors
from fogflow.models import Member, Workflow
from spec.support import definitions
from spec.support.worlds import UP_TO_19, connected


@pytest.fixture(scope="module")
def projects(cloud: fogflow.local.Cloud) -> tuple[fogflow.WorkflowService, fogflow.WorkflowService]:
    """Two users, each of a project of its own."""
    return connected(cloud, **cloud.create_project("builders")), connected(cloud, **cloud.create_project("guests"))


@pytest.fixture
def builders(projects: tuple[fogflow.WorkflowService, ...]) -> fogflow.WorkflowService:
    return projects[0]


@pytest.fixture
def guests(projects: tuple[fogflow.WorkflowService, ...]) -> fogflow.WorkflowService:
    return projects[1]


@pytest.fixture
def guests_id(guests: fogflow.WorkflowService) -> str:
    return str(guests.connection.session.get_project_id())


@pytest.fixture
def workflow(builders: fogflow.WorkflowService, name: str) -> Workflow:
    return builders.workflows.create(definition=definitions.hello(name))


@pytest.fixture
def offer(workflow: Workflow, guests_id: str) -> Member:
    return workflow.members.create(member_id=guests_id)


def it_is_seen_by_its_project_alone(guests: fogflow.WorkflowService, workflow: Workflow) -> None:
    assert guests.workflows.get(workflow.id) is None


def it_is_offered_to_another_project(workflow: Workflow, offer: Member, guests_id: str) -> None:
    assert (offer.member_id, offer.resource_id, offer.resource_type) == (guests_id, workflow.id, "workflow")
    assert offer.status == "pending"
    assert offer.project_id == workflow.project_id
    assert list(workflow.members) == [offer]
    assert workflow.members.get(guests_id) == offer
    assert offer.workflow == workflow


def it_is_seen_by_the_other_project_once_that_has_accepted(
    guests: fogflow.WorkflowService, workflow: Workflow, offer: Member, guests_id: str
) -> None:
    assert guests.workflows.get(workflow.id) is None

    theirs = _offered(guests, workflow, guests_id)
    assert theirs.accept() is theirs

    assert theirs.status == "accepted"
    assert offer.reload().status == "accepted"
    shared = guests.workflows.find_by_id(workflow.id)
    assert shared == workflow
    assert workflow.id in [one.id for one in guests.workflows]
    assert shared.execute({"who": "guest"}).wait().output == {"greeting": "hello guest"}


def it_is_hidden_again_when_the_other_project_rejects(
    guests: fogflow.WorkflowService, workflow: Workflow, offer: Member, guests_id: str
) -> None:
    theirs = _offered(guests, workflow, guests_id).accept()

    theirs.reject()

    assert offer.reload().status == "rejected"
    assert guests.workflows.get(workflow.id) is None


def it_is_hidden_again_when_the_offer_is_taken_back(
    guests: fogflow.WorkflowService, workflow: Workflow, offer: Member, guests_id: str
) -> None:
    _offered(guests, workflow, guests_id).accept()

    assert offer.destroy() is True

    assert guests.workflows.get(workflow.id) is None
    assert list(workflow.members) == []
    assert workflow.members.get(guests_id) is None


def it_narrows_and_sorts_its_members_here_for_the_api_does_not(workflow: Workflow) -> None:
    for project in ("b", "c", "a"):
        workflow.members.create(member_id=project)

    assert [member.member_id for member in workflow.members.order_by("-member_id")] == ["c", "b", "a"]
    assert [member.member_id for member in workflow.members.filter(member_id="b")] == ["b"]
    assert len(workflow.members.filter(status__in=["pending"]).limit(2)) == 2
    assert not workflow.members.filter(status="accepted")
    assert workflow.members.only("status").first() is not None


@pytest.mark.parametrize("decide", [Member.accept, Member.reject])
def it_is_not_for_the_owner_to_accept_or_reject(decide: Callable[[Member], Member], offer: Member) -> None:
    with pytest.raises(errors.NotFound):
        decide(offer)


def it_is_offered_to_a_project_once(workflow: Workflow, offer: Member, guests_id: str) -> None:
    with pytest.raises(errors.Conflict):
        workflow.members.create(member_id=guests_id)


def it_is_offered_only_while_it_is_private(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name), scope="public")

    with pytest.raises(errors.HTTPError, match="Only private resource could be shared"):
        workflow.members.create(member_id="guests")


@pytest.mark.differs(*UP_TO_19, "21", "22", why="but for 20 and 23, every project may make its workflows public")
def it_is_made_public_by_those_alone_whom_the_server_lets(workflow: Workflow) -> None:
    with pytest.raises(errors.Forbidden):
        workflow.update(scope="public")


def it_is_one_workflow_whose_members_are_listed(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.ArgumentError, match="resource_id"):
        list(service.members)


def it_needs_a_project_to_be_offered_to(workflow: Workflow) -> None:
    with pytest.raises(errors.ArgumentError, match="member_id="):
        workflow.members.create()


def it_cannot_be_offered_and_accepted_at_once(workflow: Workflow) -> None:
    with pytest.raises(errors.ArgumentError, match="cannot create a Member with status"):
        workflow.members.create(member_id="guests", status="accepted")


@pytest.mark.differs(*UP_TO_19, why="up to 19, an administrator does not see all projects' objects unless asked for")
def it_is_seen_by_an_administrator_as_all_that_projects_have(
    service: fogflow.WorkflowService, builders: fogflow.WorkflowService, workflow: Workflow
) -> None:
    own = builders.workflows.create(definition=definitions.noop(f"{workflow.name}_noop"))
    theirs = [workflow, own]

    # The server shows an administrator all projects, asked for them or not.
    seen = service.workflows.filter(name__startswith=workflow.name).order_by("name")
    assert list(seen) == list(seen.filter(project_id=workflow.project_id)) == theirs
    assert list(seen.all(all_projects=True)) == theirs
    with pytest.raises(errors.Forbidden):
        list(builders.workflows.all(all_projects=True))


def _offered(service: fogflow.WorkflowService, workflow: Workflow, project: str) -> Member:
    """The offer as the other project finds it: by the workflow's id, which it was told."""
    return service.members.filter(resource_id=workflow.id).find_by_id(project)
