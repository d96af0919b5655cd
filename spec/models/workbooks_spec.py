"""Workbooks on a real Mistral: several workflows and actions in one definition, under one name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import fogflow
from fogflow import errors
from fogflow.models import Workbook
from spec.support import definitions
from spec.support.server import Server


@pytest.fixture
def book(service: fogflow.WorkflowService, name: str) -> Workbook:
    return service.workbooks.create(definition=definitions.book(name))


def it_creates_a_workbook_and_reads_what_the_server_made_of_it(
    service: fogflow.WorkflowService, name: str, happened_just_now: Callable[[Any], bool]
) -> None:
    book = service.workbooks.create(definition=definitions.book(name, tags=["voice"]))

    assert book.persisted
    assert (book.name, book.namespace, book.scope, book.tags) == (name, "", "private", ["voice"])
    assert yaml.safe_load(book.definition) == definitions.book(name, tags=["voice"])
    assert happened_just_now(book.created_at)


def it_creates_a_workbook_from_text_and_from_a_file(
    service: fogflow.WorkflowService, name: str, tmp_path: Path
) -> None:
    file = tmp_path / "book.yaml"
    file.write_text(yaml.safe_dump(definitions.book(f"{name}_file")))

    from_text = service.workbooks.create(definition=yaml.safe_dump(definitions.book(name)))
    from_file = service.workbooks.create(definition=file)

    assert (from_text.name, from_file.name) == (name, f"{name}_file")


def it_leads_to_its_workflows_and_actions(service: fogflow.WorkflowService, book: Workbook, name: str) -> None:
    service.workflows.create(definition=definitions.noop(f"{name}x.flow"))

    assert [workflow.name for workflow in book.workflows] == [f"{name}.flow"]
    assert [action.name for action in book.actions] == [f"{name}.act"]
    assert book.workflows.get(f"{name}.flow") == service.workflows.get(f"{name}.flow")
    assert book.workflows.get(f"{name}x.flow") is None


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_runs_what_is_in_a_workbook(book: Workbook) -> None:
    assert book.workflows[0].execute({"who": "fog"}).wait().output == {"said": "fog!"}
    assert book.actions[0].execute({"who": "fog"}).result == "fog!"


def it_finds_a_workbook_by_its_name_alone(service: fogflow.WorkflowService, book: Workbook, name: str) -> None:
    assert service.workbooks.get(name) == book
    assert service.workbooks.get(book.id) is None
    assert book in service.workbooks
    assert list(service.workbooks.filter(name__startswith=name)) == [book]
    assert service.workbooks.get(f"{name}_none") is None
    with pytest.raises(errors.NotFound, match=rf"Workbook not found \[name={name}_none"):
        service.workbooks.find_by_id(f"{name}_none")


@pytest.mark.only_in("real", "recorded", why="the mock evaluates no expressions")
def it_keeps_one_name_in_two_namespaces(service: fogflow.WorkflowService, book: Workbook, name: str) -> None:
    there = service.workbooks.create(definition=definitions.book(name), namespace="staging")

    assert book != there
    assert service.workbooks.get(name) == book
    assert service.workbooks.get(name, namespace="staging") == there
    assert len(service.workbooks.filter(name=name)) == 2
    assert [workflow.namespace for workflow in there.workflows] == ["staging"]
    assert [action.namespace for action in there.actions] == ["staging"]
    assert there.workflows[0].execute({"who": "fog"}).wait().output == {"said": "fog!"}
    assert service.workbooks.destroy(name, namespace="staging")
    assert list(service.workbooks.filter(name=name)) == [book]


def it_saves_a_changed_definition_and_changes_its_workflows(book: Workbook, name: str) -> None:
    changed = definitions.book(name, tags=["voice"])
    changed["workflows"]["flow"]["description"] = "Says it."

    assert book.update(definition=changed) is book

    assert book.reload().tags == ["voice"]
    assert "Says it." in book.workflows[0].definition
    assert book.updated_at is not None


def it_keeps_scope_and_namespace_when_the_definition_changes(service: fogflow.WorkflowService, name: str) -> None:
    book = service.workbooks.create(definition=definitions.book(name), scope="public", namespace="staging")

    book.update(definition=definitions.book(name, tags=["voice"]))

    assert (book.reload().scope, book.namespace, book.tags) == ("public", "staging", ["voice"])


def it_keeps_the_definition_when_the_scope_changes(service: fogflow.WorkflowService, book: Workbook, name: str) -> None:
    listed = service.workbooks.filter(name=name).only("tags")[0]

    listed.update(scope="public")

    assert book.reload().scope == "public"
    assert yaml.safe_load(book.definition) == definitions.book(name)


def it_takes_in_a_further_workflow_and_keeps_the_first(book: Workbook, name: str) -> None:
    book.update(definition=definitions.book(name, workflows={"other": {"tasks": {"rest": {"action": "std.noop"}}}}))

    assert sorted(workflow.name for workflow in book.workflows) == [f"{name}.flow", f"{name}.other"]


def it_leaves_its_workflows_and_actions_behind_when_it_is_destroyed(
    service: fogflow.WorkflowService, book: Workbook, name: str
) -> None:
    assert book.destroy() is True

    assert service.workbooks.get(name) is None
    assert service.workflows.get(f"{name}.flow") is not None
    assert service.actions.get(f"{name}.act") is not None
    with pytest.raises(errors.NotFound):
        book.reload()
    with pytest.raises(errors.NotFound):
        service.workbooks.destroy(name)


# -- definitions


def it_validates_its_definition_before_it_is_saved(service: fogflow.WorkflowService, name: str) -> None:
    book = service.workbooks.new(definition=definitions.book(name))

    assert book.validate()
    book.definition = {"version": "2.0"}
    assert not book.validate()
    assert "'name' is a required property" in str(book.validate())


@pytest.mark.parametrize(
    ("definition", "what"),
    [
        ("version: '2.0'\n", "'name' is a required property"),
        ("version: '2.0'\nname: b\nworkflows: {f: {tusks: {}}}\n", "'tasks' is a required property"),
        ("name: [\n", "Definition could not be parsed"),
        ("just text", "is not of type 'object'"),
        ({"version": "2.0", "name": 5}, "5 is not of type 'string'"),
    ],
)
def it_says_what_is_wrong_with_a_definition(definition: Any, what: str, service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.InvalidDefinition, match=what):
        service.workbooks.create(definition=definition)


def it_says_that_a_name_is_taken(service: fogflow.WorkflowService, book: Workbook, name: str) -> None:
    with pytest.raises(errors.Conflict, match=name):
        service.workbooks.create(definition=definitions.book(name))


# -- what makes no sense


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({}, "a Workbook needs definition="),
        ({"definition": 5}, "a definition is text, a mapping or a pathlib.Path, not int"),
        ({"definition": definitions.book("x"), "scope": "secret"}, "scope must be 'private' or 'public'"),
        ({"definition": definitions.book("a/b")}, "cannot address a workbook of the name 'a/b'"),
        ({"definition": definitions.book("x"), "name": "x"}, "cannot create a Workbook with name"),
    ],
)
def it_refuses_to_create_what_makes_no_sense(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        recorded.workbooks.create(**attributes)

    assert server.heard == []


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"definition": definitions.book("other")}, "cannot rename a workbook: this is 'book', not 'other'"),
        ({"name": "other"}, "cannot update a Workbook with name"),
        ({"namespace": "staging"}, "cannot update a Workbook with namespace"),
    ],
)
def it_refuses_a_change_that_would_meet_another_workbook(
    attributes: dict[str, Any], message: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    book = Workbook.from_row(recorded, {"id": "1", "name": "book", "namespace": ""}, complete=True)

    with pytest.raises(errors.ArgumentError, match=message):
        book.update(**attributes)

    assert server.heard == []


def it_is_asked_for_by_its_own_name_whatever_was_set(recorded: fogflow.WorkflowService, server: Server) -> None:
    book = Workbook.from_row(recorded, {"id": "1", "name": "book", "namespace": "here"}, complete=True)
    book.name, book.namespace = "other", "there"

    server.answer("/v2/workbooks", {"workbooks": [{"id": "1", "name": "book", "namespace": "here"}]})

    book.destroy()

    looked, deleted = server.heard
    assert (looked.query["name"], looked.query["namespace"]) == ("eq:book", "eq:here")
    assert (deleted.path, deleted.query) == ("/v2/workbooks/book", {"namespace": "here"})
