"""Code sources and their dynamic actions on a real Mistral: Python that the server runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.models import CodeSource, DynamicAction
from spec.support import definitions
from spec.support.server import Server

GOODBYE = definitions.GREET.replace("hello", "goodbye")


@pytest.fixture
def source(service: fogflow.WorkflowService, name: str) -> CodeSource:
    return service.code_sources.create(name=name, content=definitions.GREET)


@pytest.fixture
def greet(source: CodeSource, name: str) -> DynamicAction:
    """A dynamic action of the source."""
    return source.dynamic_actions.create(name=f"{name}_greet", class_name="Greet")


# -- code sources


def it_creates_a_source_and_reads_what_the_server_made_of_it(
    service: fogflow.WorkflowService, name: str, happened_just_now: Callable[[Any], bool]
) -> None:
    source = service.code_sources.create(name=name, content=definitions.GREET)

    assert source.persisted
    assert (source.name, source.namespace, source.scope, source.version) == (name, "", "private", 1)
    assert source.content == definitions.GREET
    assert happened_just_now(source.created_at)


def it_creates_a_source_from_a_file(service: fogflow.WorkflowService, name: str, tmp_path: Path) -> None:
    file = tmp_path / "greet.py"
    file.write_text(definitions.GREET)

    assert service.code_sources.create(name=name, content=file).reload().content == definitions.GREET


def it_finds_a_source_by_id_and_by_name(service: fogflow.WorkflowService, source: CodeSource, name: str) -> None:
    assert service.code_sources.get(source.id) == source
    assert service.code_sources.get(name) == source
    assert source in service.code_sources
    assert list(service.code_sources.filter(name__startswith=name)) == [source]
    assert service.code_sources.get(f"{name}_none") is None
    with pytest.raises(errors.NotFound, match=rf"Code Source not found \[name={name}_none"):
        service.code_sources.find_by_id(f"{name}_none")


def it_finds_a_name_with_a_slash_which_no_path_can_hold(service: fogflow.WorkflowService, name: str) -> None:
    source = service.code_sources.create(name=f"{name}/greet", content=definitions.GREET)

    assert service.code_sources.get(f"{name}/greet") == source
    assert service.code_sources.destroy(f"{name}/greet")


def it_keeps_one_name_in_two_namespaces(service: fogflow.WorkflowService, source: CodeSource, name: str) -> None:
    there = service.code_sources.create(name=name, content=GOODBYE, namespace="staging")

    assert source != there
    assert service.code_sources.get(name) == source
    assert service.code_sources.get(name, namespace="staging") == there
    assert service.code_sources.get(there.id, namespace="staging") == there
    assert len(service.code_sources.filter(name=name)) == 2
    assert list(service.code_sources.filter(name=name, namespace="staging")) == [there]
    assert there.reload().content == GOODBYE
    assert service.code_sources.destroy(name, namespace="staging")
    assert list(service.code_sources.filter(name=name)) == [source]


def it_saves_changed_content_and_counts_the_version_up(source: CodeSource) -> None:
    source.content = GOODBYE

    assert source.save() is source

    assert (source.version, source.reload().content) == (2, GOODBYE)


def it_keeps_scope_and_namespace_when_the_content_changes(service: fogflow.WorkflowService, name: str) -> None:
    source = service.code_sources.create(name=name, content=definitions.GREET, scope="public", namespace="staging")

    source.update(content=GOODBYE)

    assert (source.reload().scope, source.namespace, source.content) == ("public", "staging", GOODBYE)


def it_keeps_the_content_when_the_scope_changes(
    service: fogflow.WorkflowService, source: CodeSource, name: str
) -> None:
    listed = service.code_sources.filter(name=name).only("name")[0]

    listed.update(scope="public")

    assert (source.reload().scope, source.content) == ("public", definitions.GREET)


def it_destroys_a_source(service: fogflow.WorkflowService, source: CodeSource, name: str) -> None:
    assert source.destroy() is True

    assert service.code_sources.get(name) is None
    with pytest.raises(errors.NotFound):
        source.reload()
    with pytest.raises(errors.NotFound):
        service.code_sources.destroy(name)


def it_takes_its_actions_along_when_it_is_destroyed(
    service: fogflow.WorkflowService, source: CodeSource, greet: DynamicAction
) -> None:
    source.destroy()

    assert service.dynamic_actions.get(greet.id) is None


def it_says_that_the_name_of_a_source_is_taken(service: fogflow.WorkflowService, source: CodeSource) -> None:
    with pytest.raises(errors.Conflict, match=source.name):
        service.code_sources.create(name=source.name, content=GOODBYE)


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"content": "x = 1"}, "a code source needs name= and content="),
        ({"name": "x"}, "a code source needs name= and content="),
        ({"name": "x", "content": ""}, "a code source needs name= and content="),
        ({"name": "x", "content": 5}, "a definition is text, a mapping or a pathlib.Path, not int"),
        ({"name": "x", "content": "x = 1", "scope": "secret"}, "scope must be 'private' or 'public'"),
        ({"name": "x", "content": "x = 1", "version": 3}, "cannot create a CodeSource with version"),
        ({"contend": "x = 1"}, "did you mean 'content'?"),
    ],
)
def it_refuses_a_source_that_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        recorded.code_sources.create(**attributes)

    assert server.heard == []


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"name": "other"}, "cannot update a CodeSource with name"),
        ({"namespace": "staging"}, "cannot update a CodeSource with namespace"),
        ({"content": ""}, "a code source needs name= and content="),
    ],
)
def it_refuses_a_change_of_a_source_that_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    row = {"id": "1", "name": "greet", "namespace": "", "content": "x = 1"}
    source = CodeSource.from_row(recorded, row, complete=True)

    with pytest.raises(errors.ArgumentError, match=message):
        source.update(**attributes)

    assert server.heard == []


# -- dynamic actions


def it_makes_an_action_of_a_class(service: fogflow.WorkflowService, source: CodeSource, name: str) -> None:
    action = service.dynamic_actions.create(name=f"{name}_greet", class_name="Greet", code_source_id=source.id)

    assert action.persisted
    assert (action.name, action.class_name, action.namespace, action.scope) == (f"{name}_greet", "Greet", "", "private")
    assert (action.code_source_id, action.code_source_name) == (source.id, name)
    assert action.code_source == source
    assert service.actions.find_by_id(f"{name}_greet").name == action.name


def it_names_its_source_by_id_by_name_or_by_where_it_is_made(
    service: fogflow.WorkflowService, source: CodeSource, name: str
) -> None:
    made = [
        service.dynamic_actions.create(name=f"{name}_1", class_name="Greet", code_source_id=source.id),
        service.dynamic_actions.create(name=f"{name}_2", class_name="Greet", code_source_name=name),
        source.dynamic_actions.create(name=f"{name}_3", class_name="Greet"),
    ]

    assert list(source.dynamic_actions.order_by("name")) == made


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_runs_in_a_workflow_as_its_source_is_at_the_time(
    service: fogflow.WorkflowService, source: CodeSource, greet: DynamicAction, name: str
) -> None:
    workflow = service.workflows.create(definition=definitions.puts_out(name, greet.name))

    assert workflow.execute().wait().output == {"result": "hello"}
    source.update(content=GOODBYE)
    assert workflow.execute().wait().output == {"result": "goodbye"}


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_runs_by_itself(service: fogflow.WorkflowService, greet: DynamicAction) -> None:
    # Not without save_result: on SQLite, the engine locks out the executor that it waits for.
    run = service.actions.find_by_id(greet.name).execute(save_result=True)

    assert run.wait_for(lambda run: run.ready, timeout=60).result == "hello"


def it_finds_a_dynamic_action_by_id_and_by_name(
    service: fogflow.WorkflowService, greet: DynamicAction, name: str
) -> None:
    assert service.dynamic_actions.get(greet.id) == greet
    assert service.dynamic_actions.get(f"{name}_greet") == greet
    assert greet in service.dynamic_actions
    assert list(service.dynamic_actions.filter(name__startswith=name)) == [greet]
    assert service.dynamic_actions.get(f"{name}_none") is None
    with pytest.raises(errors.NotFound, match=rf"Dynamic Action not found \[name={name}_none"):
        service.dynamic_actions.find_by_id(f"{name}_none")


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_keeps_one_name_of_a_dynamic_action_in_two_namespaces(
    service: fogflow.WorkflowService, greet: DynamicAction, name: str
) -> None:
    source = service.code_sources.create(name=name, content=GOODBYE, namespace="staging")
    there = source.dynamic_actions.create(name=greet.name, class_name="Greet")
    workflow = service.workflows.create(definition=definitions.puts_out(name, greet.name), namespace="staging")

    assert greet != there
    assert service.dynamic_actions.get(greet.name) == greet
    assert service.dynamic_actions.get(greet.name, namespace="staging") == there
    assert list(source.dynamic_actions) == [there]
    assert there.code_source == source
    assert workflow.execute().wait().output == {"result": "goodbye"}
    assert service.dynamic_actions.destroy(greet.name, namespace="staging")
    assert list(service.dynamic_actions.filter(name=greet.name)) == [greet]


def it_saves_a_changed_class_and_keeps_the_rest(greet: DynamicAction, source: CodeSource) -> None:
    source.update(content=definitions.GREET.replace("Greet", "Welcome"))

    assert greet.update(class_name="Welcome") is greet

    assert (greet.reload().class_name, greet.scope, greet.code_source) == ("Welcome", "private", source)


def it_keeps_scope_class_and_namespace_when_the_source_changes(service: fogflow.WorkflowService, name: str) -> None:
    first = service.code_sources.create(name=f"{name}_1", content=definitions.GREET, namespace="staging")
    second = service.code_sources.create(name=f"{name}_2", content=GOODBYE, namespace="staging")
    action = first.dynamic_actions.create(name=name, class_name="Greet", scope="public")

    action.update(code_source_id=second.id)

    assert (action.reload().class_name, action.scope, action.namespace) == ("Greet", "public", "staging")
    assert action.code_source == second
    action.update(code_source_name=f"{name}_1")
    assert action.reload().code_source == first


def it_destroys_a_dynamic_action(service: fogflow.WorkflowService, source: CodeSource, greet: DynamicAction) -> None:
    assert greet.destroy() is True

    assert service.dynamic_actions.get(greet.name) is None
    assert service.actions.get(greet.name) is None
    assert source in service.code_sources
    with pytest.raises(errors.NotFound):
        greet.reload()
    with pytest.raises(errors.NotFound):
        service.dynamic_actions.destroy(greet.name)


def it_says_what_the_server_says_of_a_wrong_dynamic_action(
    service: fogflow.WorkflowService, greet: DynamicAction, name: str
) -> None:
    with pytest.raises(errors.NotFound, match=rf"Code Source not found \[name={name}_none"):
        service.dynamic_actions.create(name=name, class_name="Greet", code_source_name=f"{name}_none")
    with pytest.raises(errors.Conflict, match=greet.name):
        service.dynamic_actions.create(name=greet.name, class_name="Greet", code_source_name=name)


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"name": "x", "code_source_id": "1"}, "a dynamic action needs name= and class_name="),
        ({"class_name": "X", "code_source_id": "1"}, "a dynamic action needs name= and class_name="),
        ({"name": "x", "class_name": "X"}, "needs code_source_id= or code_source_name=, one of them"),
        (
            {"name": "x", "class_name": "X", "code_source_id": "1", "code_source_name": "y"},
            "needs code_source_id= or code_source_name=, one of them",
        ),
        ({"klass_name": "X"}, "did you mean 'class_name'?"),
    ],
)
def it_refuses_a_dynamic_action_that_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        recorded.dynamic_actions.create(**attributes)

    assert server.heard == []


def it_cannot_rename_a_dynamic_action(recorded: fogflow.WorkflowService, server: Server) -> None:
    action = DynamicAction.from_row(recorded, {"id": "1", "name": "greet", "namespace": ""}, complete=True)

    with pytest.raises(errors.ArgumentError, match="cannot update a DynamicAction with name"):
        action.update(name="other")

    assert server.heard == []
