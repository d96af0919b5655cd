"""Environments on a real Mistral: variables under a name, kept, changed, given to executions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.models import Environment
from spec.support import definitions
from spec.support.server import Server


@pytest.fixture
def environment(service: fogflow.WorkflowService, name: str) -> Environment:
    return service.environments.create(name=name, variables={"who": "fog"}, description="Whom to greet.")


def it_creates_an_environment_and_reads_what_the_server_made_of_it(
    service: fogflow.WorkflowService, name: str, happened_just_now: Callable[[Any], bool]
) -> None:
    variables = {"nested": {"list": [1, None, "ü"]}, "expression": "<% $.who %>"}

    environment = service.environments.create(name=name, variables=variables, description="All kinds.")

    assert environment.persisted
    assert (environment.name, environment.description, environment.scope) == (name, "All kinds.", "private")
    assert environment.variables == variables
    assert service.environments.find_by_id(name).variables == variables
    assert happened_just_now(environment.created_at)


def it_creates_an_environment_without_variables(service: fogflow.WorkflowService, name: str) -> None:
    assert service.environments.create(name=name).variables == {}


def it_gives_its_variables_to_an_execution_that_names_it(
    service: fogflow.WorkflowService, environment: Environment, name: str
) -> None:
    workflow = service.workflows.create(definition=definitions.reads_environment(name))

    execution = workflow.execute(env=environment.name).wait()

    assert execution.output == {"who": "fog"}
    assert execution.params["env"] == {"who": "fog"}


def it_finds_an_environment_by_its_name_alone(
    service: fogflow.WorkflowService, environment: Environment, name: str
) -> None:
    assert service.environments.get(name) == environment
    assert service.environments.get(environment.id) is None
    assert environment in service.environments
    assert list(service.environments.filter(name__startswith=name)) == [environment]
    assert service.environments.get(f"{name}_none") is None
    with pytest.raises(errors.NotFound, match=rf"Environment not found \[name={name}_none"):
        service.environments.find_by_id(f"{name}_none")


def it_saves_changed_variables_and_keeps_the_rest(environment: Environment) -> None:
    environment.variables = {"who": "you"}

    assert environment.save() is environment

    assert environment.reload().variables == {"who": "you"}
    assert environment.description == "Whom to greet."
    assert environment.updated_at is not None


def it_saves_a_variable_that_was_set_in_place(environment: Environment) -> None:
    environment.variables["color"] = "grey"
    assert environment.changed == {"variables"}

    environment.save()

    assert environment.reload().variables == {"who": "fog", "color": "grey"}


def it_keeps_the_variables_when_something_else_changes(
    service: fogflow.WorkflowService, environment: Environment, name: str
) -> None:
    listed = service.environments.filter(name=name).only("description")[0]

    listed.update(description="Changed.", scope="public")

    assert environment.reload().variables == {"who": "fog"}
    assert (environment.description, environment.scope) == ("Changed.", "public")


def it_keeps_the_scope_when_the_variables_change(service: fogflow.WorkflowService, name: str) -> None:
    environment = service.environments.create(name=name, variables={}, scope="public")

    environment.update(variables={"who": "you"})

    assert environment.reload().scope == "public"


def it_takes_away_all_variables_and_the_description(environment: Environment) -> None:
    environment.update(variables={}, description=None)

    assert (environment.reload().variables, environment.description) == ({}, None)


def it_destroys_an_environment(service: fogflow.WorkflowService, environment: Environment, name: str) -> None:
    assert environment.destroy() is True

    assert service.environments.get(name) is None
    with pytest.raises(errors.NotFound):
        environment.reload()
    with pytest.raises(errors.NotFound):
        service.environments.destroy(name)


def it_destroys_an_environment_by_its_name(service: fogflow.WorkflowService, environment: Environment) -> None:
    assert service.environments.destroy(environment.name)

    assert environment not in service.environments


# -- what the server refuses


def it_says_that_a_name_is_taken(service: fogflow.WorkflowService, environment: Environment) -> None:
    with pytest.raises(errors.Conflict, match=environment.name):
        service.environments.create(name=environment.name)


def it_says_what_the_server_says_of_a_wrong_scope(environment: Environment) -> None:
    with pytest.raises(errors.BadRequest, match=r"Value: 'secret'\. Value should be one of"):
        environment.update(scope="secret")


def it_says_that_an_execution_names_none(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.reads_environment(name))

    with pytest.raises(errors.BadRequest, match=f"Environment is not found: {name}"):
        workflow.execute(env=name)


# -- what makes no sense


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"variables": {}}, "an environment needs name="),
        ({"name": "a/b"}, "cannot address an environment of the name 'a/b'"),
        ({"name": "x", "variables": [1]}, "the variables of an Environment is a mapping, not list"),
        ({"name": "x", "variables": '{"who": "fog"}'}, "the variables of an Environment is a mapping"),
        ({"name": "x", "variables": {"who": object()}}, "cannot be sent as JSON"),
        ({"name": "x", "project_id": "y"}, "cannot create an Environment with project_id"),
        ({"nmae": "x"}, "did you mean 'name'?"),
    ],
)
def it_refuses_to_create_what_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        recorded.environments.create(**attributes)

    assert server.heard == []


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"variables": "fog"}, "the variables of an Environment is a mapping, not str"),
        ({"name": "other"}, "cannot update an Environment with name"),
    ],
)
def it_refuses_a_change_that_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    environment = Environment.from_row(recorded, {"id": "1", "name": "colors", "variables": "{}"}, complete=True)

    with pytest.raises(errors.ArgumentError, match=message):
        environment.update(**attributes)

    assert server.heard == []


def it_is_asked_for_by_its_own_name_whatever_was_set(recorded: fogflow.WorkflowService, server: Server) -> None:
    environment = Environment.from_row(recorded, {"id": "1", "name": "colors"}, complete=True)
    environment.name = "other"

    server.answer("/v2/environments", {"environments": [{"id": "1", "name": "colors"}]})

    environment.destroy()

    assert [(heard.method, heard.path) for heard in server.heard[1:]] == [("DELETE", "/v2/environments/colors")]


def it_empties_an_attribute_that_the_list_did_not_show(
    service: fogflow.WorkflowService, environment: Environment
) -> None:
    listed = service.environments.filter(name=environment.name).only("name").first()
    assert listed is not None

    listed.update(description=None)

    assert environment.reload().description is None


def it_can_be_updated_after_a_refused_update(environment: Environment) -> None:
    with pytest.raises(errors.ArgumentError):
        environment.update(name="other")

    assert environment.update(description="Anybody.").description == "Anybody."
    assert environment.reload().description == "Anybody."
