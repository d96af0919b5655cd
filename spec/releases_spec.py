"""What the releases of Mistral answer otherwise: the mock of each says the same as the real one.

On the mock these specs run for every release, on a real Mistral for the one that runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.mock.releases import NAMES
from fogflow.models import Task
from spec.conftest import release_of
from spec.support import definitions, worlds

pytestmark = pytest.mark.only_in("real", "mock", why="what was recorded is of one release")

MINDS_SCOPES = (20, 23)
LIMIT = 10
NOBODY = "123e4567-e89b-12d3-a456-426655440000"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "number" in metafunc.fixturenames:
        on_mock = metafunc.config.getoption("--world") == "mock"
        names = NAMES if on_mock else [release_of(metafunc.config)]
        metafunc.parametrize("number", [int(name) for name in names], scope="module")


@pytest.fixture(scope="module")
def open_cloud(request: pytest.FixtureRequest, number: int) -> Any:
    """Opens a cloud of that release."""
    kind = worlds.mock if request.config.getoption("--world") == "mock" else worlds.real
    # An installed release need not be one that has an environment of its own.
    return lambda limit: kind(limit, mistral=str(number) if str(number) != worlds.NEWEST else None)


@pytest.fixture(scope="module")
def cloud(open_cloud: Any) -> Iterator[Any]:
    with open_cloud(LIMIT) as running:
        yield running


@pytest.fixture(scope="module")
def service(cloud: Any) -> fogflow.WorkflowService:
    return worlds.connected(cloud)


@pytest.fixture(scope="module")
def guest(cloud: Any) -> fogflow.WorkflowService:
    """A service for somebody who is no administrator."""
    return worlds.connected(cloud, **cloud.create_project("release-guests"))


@pytest.fixture
def failed(service: fogflow.WorkflowService, name: str) -> Task:
    """A task in ERROR."""
    workflow = service.workflows.create(definition=definitions.fails(name))
    task = workflow.execute().wait(check=False).tasks.filter(state="ERROR").first()
    assert task is not None
    return task


def answer(service: fogflow.WorkflowService, method: str, *path: str, **arguments: Any) -> tuple[int, Any]:
    """The status of an answer, and its body or, of one that says no, its message: as the server gave it."""
    try:
        said = service.connection.request(method, path, **arguments)
    except errors.HTTPError as refused:
        return refused.status, refused.message
    return said.status, said.body


def it_cuts_a_list_since_23_and_not_before(service: fogflow.WorkflowService, number: int, name: str) -> None:
    text = "version: '2.0'\n" + "".join(f"{name}_{one}: {{tasks: {{t: {{action: std.noop}}}}}}\n" for one in range(12))
    made = service.workflows.create_all(definition=text)

    whole = service.list_workflows(name=f"has:{name}").body
    page = service.list_workflows(name=f"has:{name}", limit=5).body

    assert len(whole["workflows"]) == (LIMIT if number == 23 else 12)
    assert ("next" in whole) == (number == 23)
    assert len(page["workflows"]) == 5
    assert f"marker={page['workflows'][-1]['id']}" in page["next"]
    assert {one.id for one in service.workflows.filter(name__has=name)} == {one.id for one in made}


def it_has_the_checksum_of_a_workflow_since_18(service: fogflow.WorkflowService, number: int, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))

    assert ("checksum" in service.get_workflow(name).body) == (number >= 18)
    assert (workflow.checksum is None) == (number < 18)
    assert len(list(service.workflows.filter(name=name).summary())) == 1


def it_takes_the_fields_of_one_object_since_16(service: fogflow.WorkflowService, number: int, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))

    status, said = answer(service, "GET", "workflows", name, query={"fields": "id,name"})

    assert (status, said) == (
        (400, 'Unknown argument: "fields"') if number == 15 else (200, {"id": workflow.id, "name": name})
    )
    assert service.get_workflow(name, fields=["id", "name"]).body == {"id": workflow.id, "name": name}


def it_knows_that_there_is_no_such_execution_since_16(service: fogflow.WorkflowService, number: int) -> None:
    said = answer(service, "GET", "executions", NOBODY, "tasks")

    assert said == ((200, {"tasks": []}) if number == 15 else (404, f"WorkflowExecution not found [id={NOBODY}]"))


def it_skips_a_task_since_16(failed: Task, number: int) -> None:
    if number == 15:
        with pytest.raises(errors.BadRequest, match="Mandatory field missing: this Mistral cannot skip a task"):
            failed.skip()
    else:
        assert failed.skip().execution.wait().success
    assert failed.reload().state == ("ERROR" if number == 15 else "SKIPPED")


def it_has_maintenance_since_17_and_fails_at_it_until_19(service: fogflow.WorkflowService, number: int) -> None:
    status, said = answer(service, "GET", "maintenance", versioned=False)
    change = answer(service, "PUT", "maintenance", versioned=False, json={"status": "RUNNING"})

    if number < 17:
        assert (status, said, change) == (404, "The resource could not be found.", (404, said))
    elif number < 19:
        assert (status, said) == (500, "Internal Server Error")
        assert change == (500, "'Engine' object has no attribute 'execute'")
    else:
        assert (status, said, change) == (200, {"status": "RUNNING"}, (200, {"status": "RUNNING"}))


def it_pauses_the_whole_server_and_goes_on(service: fogflow.WorkflowService, number: int, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))
    if number < 19:
        with pytest.raises(errors.HTTPError, match="came with release 17" if number < 17 else "17 and 18 fail so"):
            service.update_maintenance("PAUSED")
        return
    assert service.get_maintenance().body == {"status": "RUNNING"}
    try:
        assert service.update_maintenance("PAUSED").status == 200
        # It pauses what runs before it is paused itself.
        assert service.get_maintenance().body["status"] in ("PAUSING", "PAUSED")
        with pytest.raises(errors.Locked, match=r"^423 .*; changes are taken again when get_maintenance"):
            workflow.execute()
    finally:
        service.update_maintenance("RUNNING")

    assert workflow.execute().wait().success


def it_leaves_maintenance_to_administrators_in_20(guest: fogflow.WorkflowService, number: int) -> None:
    status, _ = answer(guest, "GET", "maintenance", versioned=False)

    assert status == {15: 404, 16: 404, 17: 500, 18: 500, 20: 403}.get(number, 200)


def it_has_info_since_17(service: fogflow.WorkflowService, number: int) -> None:
    said = answer(service, "GET", "info", versioned=False)

    assert said == ((404, "The resource could not be found.") if number < 17 else (400, "Info endpoint disabled."))


def it_knows_of_services_until_20(service: fogflow.WorkflowService, number: int) -> None:
    said = answer(service, "GET", "services")

    unknown = (404, "The resource could not be found.")
    assert said == ((406, "Service API is not supported.") if number < 21 else unknown)


def it_takes_the_scope_of_a_new_environment_in_20_and_23(
    service: fogflow.WorkflowService, number: int, name: str
) -> None:
    body = {"name": name, "variables": "{}", "scope": "public"}

    status, said = answer(service, "POST", "environments", json=body)

    if number in MINDS_SCOPES:
        assert (status, said["scope"]) == (201, "public")
    else:
        allowed = "Only: ['name', 'description', 'variables'] are allowed as definition keys."
        assert (status, said) == (400, f"Please, check your environment definition. {allowed}")
    assert service.environments.create(name=f"{name}_2", scope="public").reload().scope == "public"


def it_heeds_the_scope_of_a_new_dynamic_action_in_20_and_23(
    service: fogflow.WorkflowService, number: int, name: str
) -> None:
    source = service.code_sources.create(name=name, content=definitions.GREET, namespace="here")
    wanted = {"class_name": "Greet", "code_source_id": source.id, "scope": "public", "namespace": "here"}

    status, said = answer(service, "POST", "dynamic_actions", json={"name": name, **wanted})

    assert (status, said["scope"]) == (201, "public" if number in MINDS_SCOPES else "private")
    assert service.dynamic_actions.create(name=f"{name}_2", **wanted).reload().scope == "public"


def it_heeds_the_scope_of_a_cron_trigger_in_20_and_23(service: fogflow.WorkflowService, number: int, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))
    wanted = {"name": name, "pattern": "0 3 * * *", "scope": "public"}

    if number in MINDS_SCOPES:
        assert workflow.cron_triggers.create(**wanted).reload().scope == "public"
    else:
        with pytest.raises(
            errors.InvalidResponse, match=r"each cron trigger private, .* 'public' is heeded by release 20"
        ):
            workflow.cron_triggers.create(**wanted)
        assert not workflow.cron_triggers
    assert workflow.cron_triggers.create(**{**wanted, "name": f"{name}_2", "scope": "private"}).scope == "private"


def it_leaves_code_to_administrators_in_20_and_23(guest: fogflow.WorkflowService, number: int, name: str) -> None:
    if number in MINDS_SCOPES:
        for refused in (
            lambda: guest.code_sources.create(name=name, content=definitions.GREET),
            guest.code_sources.first,
            guest.dynamic_actions.first,
            lambda: guest.dynamic_actions.create(name=name, class_name="Greet", code_source_name=name),
        ):
            with pytest.raises(errors.Forbidden):
                refused()
        return
    source = guest.code_sources.create(name=name, content=definitions.GREET)
    action = source.dynamic_actions.create(name=f"{name}_action", class_name="Greet")

    assert source in guest.code_sources
    assert action.update(scope="public") in guest.dynamic_actions
    assert action.destroy()
    assert source.destroy()


def it_leaves_sharing_to_administrators_in_20_and_23(
    guest: fogflow.WorkflowService, service: fogflow.WorkflowService, number: int, name: str
) -> None:
    ours = service.workflows.create(definition=definitions.noop(f"{name}_ours"))
    guest.environments.create(name=name)
    guest.workflows.create(definition=definitions.noop(name))
    shares = (
        lambda: guest.workflows.find_by_id(name).update(scope="public"),
        lambda: guest.environments.find_by_id(name).update(scope="public"),
    )

    for share in shares:
        if number in MINDS_SCOPES:
            with pytest.raises(errors.Forbidden):
                share()
        else:
            assert share().scope == "public"
    event = {"exchange": name, "topic": "t", "event": "e", "workflow_id": guest.workflows.find_by_id(name).id}
    with pytest.raises(errors.Forbidden):
        guest.event_triggers.create(name=name, scope="public", **event)
    assert ours.update(scope="public").scope == "public"


def it_lists_all_projects_to_an_administrator_since_20_and_before_when_asked(
    guest: fogflow.WorkflowService, service: fogflow.WorkflowService, number: int, name: str
) -> None:
    theirs = guest.workflows.create(definition=definitions.noop(name))

    by_itself = service.workflows.filter(name=name)
    asked_for = [
        service.workflows.filter(name=name, **more)
        for more in ({"all_projects": True}, {"project_id": theirs.project_id})
    ]

    assert list(by_itself) == ([theirs] if number >= 20 else [])
    assert list(map(list, asked_for)) == [[theirs], [theirs]]


@pytest.mark.parametrize("name", ["14", "24", "latest", 17])
def it_says_which_releases_the_mock_can_be(name: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^there is no mock of Mistral {name!r}; there are '15', "):
        fogflow.mock(mistral=name)
