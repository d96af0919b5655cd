"""Collections on a real Mistral meet just the objects that they are narrowed to, by whatever they are asked for."""

from __future__ import annotations

from typing import Any

import pytest

import fogflow
import fogflow.local
from fogflow import errors
from spec.support import definitions
from spec.support.worlds import UP_TO_19, connected

# -- one object of many


def it_finds_a_name_with_a_slash_in_one_namespace(service: fogflow.WorkflowService, name: str) -> None:
    there = service.workflows.create(definition=definitions.noop(f"{name}/x"), namespace="there")

    assert service.workflows.get(f"{name}/x") is None
    assert service.workflows.get(f"{name}/x", namespace="there") == there
    with pytest.raises(errors.NotFound):
        service.workflows.destroy(f"{name}/x")
    assert there.reload()


def it_finds_a_name_in_any_of_several_namespaces(service: fogflow.WorkflowService, name: str) -> None:
    there = service.workflows.create(definition=definitions.noop(name), namespace="there")
    several = service.workflows.filter(namespace__in=["here", "there"])

    assert several.get(name) == there
    assert there in several
    assert there not in service.workflows.filter(namespace="here")
    assert service.workflows.filter(namespace="here").get(name, namespace="there") is None


def it_deletes_nothing_that_is_outside_of_it(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name), namespace="there")
    other = service.workflows.create(definition=definitions.noop(f"{name}_other"))
    trigger = workflow.cron_triggers.create(name=name, pattern="0 3 * * *")
    execution = workflow.execute().wait()

    for delete in (
        lambda: service.workflows.destroy(workflow.id, namespace="elsewhere"),
        lambda: service.workflows.filter(scope="public").destroy(workflow.id),
        lambda: other.cron_triggers.destroy(trigger.id),
        lambda: other.executions.destroy(execution.id),
        lambda: execution.sub_executions.destroy(execution.id),
    ):
        with pytest.raises(errors.NotFound):
            delete()

    assert all(one.reload() for one in (workflow, trigger, execution))
    assert workflow.cron_triggers.destroy(trigger.id)
    assert workflow.executions.destroy(execution.id)
    assert service.workflows.destroy(name, namespace="there")


def it_finds_nothing_in_nothing(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))
    nothing = service.workflows.filter(name__in=[])

    assert list(nothing) == []
    assert nothing.get(name) is None
    assert workflow not in nothing


def it_contains_names_and_objects_alike_loaded_or_not(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))
    mine = service.workflows.filter(name=name)

    for collection in (mine, mine.limit(5), _loaded(mine)):
        assert workflow in collection
        assert name in collection
        assert workflow.id in collection
        assert "another" not in collection


def _loaded(collection: Any) -> Any:
    assert len(collection)
    return collection


# -- what is made in it


def it_makes_all_of_a_definition_alike(service: fogflow.WorkflowService, name: str) -> None:
    several = {**definitions.noop(f"{name}_1"), **definitions.noop(f"{name}_2")}

    made = service.workflows.filter(scope="public", namespace="there").create_all(several)

    assert {(one.scope, one.namespace) for one in made} == {("public", "there")}


def it_starts_nothing_among_what_an_execution_started(service: fogflow.WorkflowService, name: str) -> None:
    execution = service.workflows.create(definition=definitions.noop(name)).execute().wait()

    with pytest.raises(errors.ArgumentError, match="are started by their execution"):
        execution.sub_executions.create(workflow_name=name)


# -- changes beside each other


def it_sends_nothing_stale_along_with_a_change(service: fogflow.WorkflowService, name: str) -> None:
    mine = service.workflows.create(definition=definitions.noop(name))
    service.workflows.find_by_id(name).update(definition=definitions.hello(name))

    mine.update(scope="public")

    assert mine.reload().input == "who"
    assert mine.scope == "public"


@pytest.mark.parametrize("attributes", [{"scope": None}, {"namespace": None}, {"definition": None}])
def it_empties_nothing_that_the_server_would_make_up(
    attributes: dict[str, Any], service: fogflow.WorkflowService, name: str
) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name), scope="public", namespace="there")

    with pytest.raises(errors.ArgumentError):
        workflow.update(**attributes)

    assert (workflow.reload().scope, workflow.namespace) == ("public", "there")


def it_empties_the_description_of_an_environment(service: fogflow.WorkflowService, name: str) -> None:
    environment = service.environments.create(name=name, description="grey", variables={})

    environment.update(description=None)

    assert not environment.reload().description


# -- what is addressed by a name that others have too


@pytest.fixture(scope="module")
def guests(cloud: fogflow.local.Cloud) -> fogflow.WorkflowService:
    return connected(cloud, **cloud.create_project("name-guests"))


def it_neither_changes_nor_deletes_by_a_name_that_two_have(
    service: fogflow.WorkflowService, guests: fogflow.WorkflowService, name: str
) -> None:
    ours = service.environments.create(name=name, variables={"of": "ours"}, scope="public")
    theirs = guests.environments.create(name=name, variables={"of": "theirs"})

    for change in (
        theirs.destroy,
        lambda: theirs.update(variables={}),
        lambda: guests.environments.destroy(name),
    ):
        with pytest.raises(errors.ArgumentError, match=f"2 environments that are seen here have the name '{name}'"):
            change()

    assert {one.variables["of"] for one in guests.environments.filter(name=name)} == {"ours", "theirs"}
    assert ours.reload().variables == {"of": "ours"}
    assert theirs.reload().variables == {"of": "theirs"}


@pytest.mark.differs(*UP_TO_19, why="up to 19, an administrator does not see all projects' objects unless asked for")
def it_deletes_nothing_by_a_name_that_an_administrator_sees_twice(
    service: fogflow.WorkflowService, guests: fogflow.WorkflowService, name: str
) -> None:
    ours = service.environments.create(name=name, variables={"of": "ours"})
    theirs = guests.environments.create(name=name, variables={"of": "theirs"})

    with pytest.raises(errors.ArgumentError, match=f"2 environments that are seen here have the name '{name}'"):
        ours.destroy()

    assert theirs.reload().variables == {"of": "theirs"}


# -- pages


def it_counts_from_the_start_over_pages_without_markers(service: fogflow.WorkflowService, name: str) -> None:
    for number in range(23):
        service.environments.create(name=f"{name}_{number:02}", variables={})
    mine = service.environments.filter(name__startswith=name)

    assert len(mine.reload()) == 23
    assert [one.name[-2:] for one in mine.limit(21)][-1] == "20"
    assert [one.name[-2:] for one in service.environments.filter(name__startswith=name)[5:12]] == [
        f"{number:02}" for number in range(5, 12)
    ]
    assert service.environments.filter(name__startswith=name)[11].name.endswith("_11")
