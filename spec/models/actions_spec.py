"""Actions on a real Mistral: defined, found, changed, run, deleted; and the server's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import fogflow
from fogflow import errors
from fogflow.models import Action
from spec.support import definitions
from spec.support.server import Server


def it_creates_an_action_and_reads_what_the_server_made_of_it(
    service: fogflow.WorkflowService, name: str, happened_just_now: Callable[[Any], bool]
) -> None:
    definition = definitions.shout(name, description="Louder.", tags=["voice"])

    action = service.actions.create(definition=definition)

    assert action.persisted
    assert (action.name, action.namespace, action.scope) == (name, "", "private")
    assert (action.input, action.description, action.tags) == ("who", "Louder.", ["voice"])
    assert yaml.safe_load(action.definition) == definition
    assert action.is_system is False
    assert action.created_at is not None
    assert happened_just_now(action.created_at)


def it_creates_an_action_from_text_and_from_a_file(service: fogflow.WorkflowService, name: str, tmp_path: Path) -> None:
    file = tmp_path / "action.yaml"
    file.write_text(yaml.safe_dump(definitions.shout(f"{name}_file")))

    from_text = service.actions.create(definition=yaml.safe_dump(definitions.shout(name)))
    from_file = service.actions.create(definition=file)

    assert (from_text.name, from_file.name) == (name, f"{name}_file")


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_runs_an_action(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.create(definition=definitions.shout(name))

    assert action.execute({"who": "fog"}).result == "fog!"


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_runs_an_action_in_a_workflow(service: fogflow.WorkflowService, name: str) -> None:
    service.actions.create(definition=definitions.shout(name))
    tasks = {"say": {"action": f"{name} who='fog'", "publish": {"said": "<% task().result %>"}}}
    workflow = service.workflows.create(
        definition={"version": "2.0", name: {"output": {"said": "<% $.said %>"}, "tasks": tasks}}
    )

    assert workflow.execute().wait().output == {"said": "fog!"}


def it_finds_an_action_by_name_and_by_id(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.create(definition=definitions.shout(name))

    assert service.actions.get(name) == action
    assert service.actions.get(action.id) == action
    assert action in service.actions
    assert service.actions.get(f"{name}_none") is None
    assert service.actions.get("8d1b2b8e-5b0a-4c59-9d2f-6f1b6e2c9f00") is None
    with pytest.raises(errors.NotFound, match=rf"Action not found \[name={name}_none"):
        service.actions.find_by_id(f"{name}_none")


def it_finds_a_name_with_a_slash_which_no_path_can_hold(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.create(definition=definitions.shout(f"{name}/loud"))

    assert service.actions.get(f"{name}/loud") == action
    assert action.reload().input == "who"
    assert action.destroy()
    assert service.actions.get(f"{name}/loud") is None


def it_narrows_the_list_of_actions(service: fogflow.WorkflowService, name: str) -> None:
    service.actions.create_all(definition={**definitions.shout(f"{name}_1"), **definitions.shout(f"{name}_2")})

    found = service.actions.filter(name__startswith=name).order_by("-name")

    assert [action.name for action in found] == [f"{name}_2", f"{name}_1"]


def it_keeps_one_name_in_two_namespaces(service: fogflow.WorkflowService, name: str) -> None:
    here = service.actions.create(definition=definitions.shout(name))
    there = service.actions.create(definition=definitions.shout(name, description="there"), namespace="staging")

    assert here != there
    assert service.actions.get(name) == here
    assert service.actions.get(name, namespace="staging") == there
    assert service.actions.get(there.id, namespace="staging") == there
    assert service.actions.get(there.id) is None
    assert there in service.actions
    assert list(service.actions.filter(name=name, namespace="staging")) == [there]
    assert there.execute({"who": "fog"}).workflow_namespace == "staging"
    assert service.actions.destroy(name, namespace="staging")
    assert service.actions.get(name) == here


def it_saves_a_changed_definition(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.create(definition=definitions.shout(name))
    action.definition = definitions.shout(name, description="Louder.")

    assert action.save() is action

    assert action.description == "Louder."
    assert service.actions.find_by_id(name).description == "Louder."


def it_keeps_scope_and_namespace_when_the_definition_changes(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.create(definition=definitions.shout(name), scope="public", namespace="staging")

    action.update(definition=definitions.shout(name, description="Louder."))

    assert (action.reload().scope, action.namespace, action.description) == ("public", "staging", "Louder.")


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_keeps_the_definition_when_the_scope_changes(service: fogflow.WorkflowService, name: str) -> None:
    service.actions.create(definition=definitions.shout(name))
    listed = service.actions.filter(name=name).only("name")[0]

    listed.update(scope="public")

    assert listed.reload().scope == "public"
    assert listed.execute({"who": "fog"}).result == "fog!"


def it_renames_an_action_by_its_definition(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.create(definition=definitions.shout(name))

    action.update(definition=definitions.shout(f"{name}_new"))

    assert action.reload().name == f"{name}_new"
    assert service.actions.get(name) is None


def it_moves_an_action_to_another_namespace(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.create(definition=definitions.shout(name))

    action.update(namespace="staging")

    assert action.reload().namespace == "staging"
    assert service.actions.get(name) is None


def it_destroys_an_action(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.create(definition=definitions.shout(name))

    assert action.destroy() is True

    assert service.actions.get(name) is None
    with pytest.raises(errors.NotFound):
        action.reload()
    with pytest.raises(errors.NotFound):
        service.actions.destroy(name)


# -- the server's own


def it_finds_the_servers_own_actions(service: fogflow.WorkflowService) -> None:
    echo = service.actions.find_by_id("std.echo")

    assert (echo.id, echo.name, echo.input) == ("std.echo", "std.echo", "output, delay=0")
    assert (echo.scope, echo.created_at, echo.definition) == (None, None, "")
    assert echo in service.actions
    assert echo.execute({"output": 1}).result == 1


def it_cannot_destroy_the_servers_own_actions(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.NotFound, match=r"Action definition not found \[action_name=std\.echo"):
        service.actions.find_by_id("std.echo").destroy()


def it_cannot_change_the_servers_own_actions(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.NotFound, match=r"Action definition not found \[action_name=std\.echo"):
        service.actions.find_by_id("std.echo").update(definition=definitions.shout("std.echo"))


# -- definitions


def it_creates_all_actions_of_a_definition(service: fogflow.WorkflowService, name: str) -> None:
    several = {**definitions.shout(f"{name}_1"), **definitions.shout(f"{name}_2")}

    created = service.actions.create_all(definition=several, scope="public", namespace="staging")

    assert sorted(action.name for action in created) == [f"{name}_1", f"{name}_2"]
    assert {(action.scope, action.namespace) for action in created} == {("public", "staging")}


def it_refuses_several_actions_where_one_is_meant(recorded: fogflow.WorkflowService, server: Server) -> None:
    several = {**definitions.shout("one"), **definitions.shout("two")}

    with pytest.raises(errors.ArgumentError, match=r"one, two; use create_all\(\)"):
        recorded.actions.create(definition=several)

    assert server.heard == []


def it_validates_its_definition_before_it_is_saved(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.new(definition=definitions.shout(name))

    assert action.validate()
    action.definition = {"version": "2.0", name: {"bass": "std.echo"}}
    assert not action.validate()
    assert "'base' is a required property" in str(action.validate())
    assert service.actions.get(name) is None


@pytest.mark.parametrize(
    ("definition", "what", "line"),
    [
        ("version: '2.0'\nbad:\n  bass: std.echo\n", "Invalid DSL: 'base' is a required property", None),
        ("version: '2.0'\nbad: [\n", "Definition could not be parsed", 3),
        pytest.param(
            "version: '2.0'\nbad:\n  base: std.echo\n  base-input: {output: <% $. %>}\n",
            "Parse error",
            None,
            marks=pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions"),
        ),
        ("", "'version' is a required property", None),
    ],
)
def it_says_what_is_wrong_with_a_definition(
    definition: str, what: str, line: int | None, service: fogflow.WorkflowService
) -> None:
    with pytest.raises(errors.InvalidDefinition, match=what) as raised:
        service.actions.create(definition=definition)

    assert raised.value.line == line


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_says_that_a_base_is_missing_when_it_is_run(service: fogflow.WorkflowService, name: str) -> None:
    action = service.actions.create(definition=definitions.shout(name, base="std.none"))

    with pytest.raises(errors.BadRequest, match=r"Failed to find base action \[action_name=std\.none"):
        action.execute({"who": "fog"})


def it_says_that_a_name_is_taken(service: fogflow.WorkflowService, name: str) -> None:
    service.actions.create(definition=definitions.shout(name))

    with pytest.raises(errors.Conflict, match=name):
        service.actions.create(definition=definitions.shout(name))


# -- what makes no sense


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({}, "an Action needs definition="),
        ({"definition": 5}, "a definition is text, a mapping or a pathlib.Path, not int"),
        ({"definition": definitions.shout("x"), "scope": "secret"}, "scope must be 'private' or 'public'"),
        ({"definition": definitions.shout("x"), "name": "x"}, "cannot create an Action with name"),
        ({"defintion": "x"}, "did you mean 'definition'?"),
    ],
)
def it_refuses_to_create_what_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        recorded.actions.create(**attributes)

    assert server.heard == []


def it_refuses_what_makes_no_sense_for_an_action(recorded: fogflow.WorkflowService, server: Server) -> None:
    action = Action.from_row(recorded, {"id": "1", "name": "shout", "namespace": ""}, complete=True)

    with pytest.raises(errors.ArgumentError, match="the input of an ActionExecution is a mapping, not str"):
        action.execute("fog")  # type: ignore[arg-type]
    with pytest.raises(errors.ArgumentError, match="cannot execute an Action that was never saved"):
        recorded.actions.new(definition=definitions.shout("x")).execute()
    with pytest.raises(errors.ArgumentError, match="cannot update an Action with name"):
        action.update(name="whisper")

    assert server.heard == []
