"""Workflows on a real Mistral: defined, found, changed, started, deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import fogflow
from fogflow import errors
from spec.support import definitions
from spec.support.server import Server


def it_creates_a_workflow_and_reads_what_the_server_made_of_it(
    service: fogflow.WorkflowService, name: str, happened_just_now: Callable[[Any], bool]
) -> None:
    workflow = service.workflows.create(definition=definitions.hello(name, tags=["greeting"]))

    assert workflow.persisted
    assert workflow.name == name
    assert workflow.namespace == ""
    assert workflow.scope == "private"
    assert workflow.input == "who"
    assert workflow.interface == {"input": ["who"], "output": ["greeting"]}
    assert workflow.tags == ["greeting"]
    assert yaml.safe_load(workflow.definition) == definitions.hello(name, tags=["greeting"])
    assert workflow.created_at is not None
    assert happened_just_now(workflow.created_at)


def it_creates_a_workflow_from_text_and_from_a_file(
    service: fogflow.WorkflowService, name: str, tmp_path: Path
) -> None:
    file = tmp_path / "workflow.yaml"
    file.write_text(yaml.safe_dump(definitions.hello(f"{name}_file")))

    from_text = service.workflows.create(definition=yaml.safe_dump(definitions.hello(name)))
    from_file = service.workflows.create(definition=file)

    assert (from_text.name, from_file.name) == (name, f"{name}_file")


def it_reads_the_interface_alike_from_every_answer(service: fogflow.WorkflowService, name: str) -> None:
    created = service.workflows.create(definition=definitions.hello(name))
    got = service.workflows.find_by_id(name)
    (listed,) = service.workflows.filter(name=name)

    assert created.interface == got.interface == listed.interface


def it_finds_a_workflow_by_id_and_by_name(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))

    assert service.workflows.get(workflow.id) == workflow
    assert service.workflows.get(name) == workflow
    assert service.workflows.get(f"{name}_none") is None
    assert workflow in service.workflows
    with pytest.raises(errors.NotFound, match=f"Workflow not found .*{name}_none"):
        service.workflows.find_by_id(f"{name}_none")


def it_finds_a_name_with_a_slash_which_no_path_can_hold(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(f"{name}/nightly"))

    assert service.workflows.get(f"{name}/nightly") == workflow
    assert service.workflows.get(f"{name}/daily") is None
    assert service.workflows.destroy(f"{name}/nightly")
    assert service.workflows.get(f"{name}/nightly") is None


def it_keeps_one_name_in_two_namespaces(service: fogflow.WorkflowService, name: str) -> None:
    here = service.workflows.create(definition=definitions.noop(name))
    there = service.workflows.create(definition=definitions.noop(name), namespace="staging")

    assert service.workflows.get(name) == here
    assert service.workflows.get(name, namespace="staging") == there
    assert len(service.workflows.filter(name=name)) == 2
    assert list(service.workflows.filter(name=name, namespace="staging")) == [there]
    assert service.workflows.filter(namespace="staging").get(name) == there
    assert service.workflows.get(there.id, namespace="staging") == there
    assert service.workflows.get(here.id, namespace="staging") is None
    assert service.workflows.destroy(name, namespace="staging")
    assert list(service.workflows.filter(name=name)) == [here]


def it_saves_a_changed_definition(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))
    workflow.definition = definitions.hello(name)

    assert workflow.save() is workflow

    assert workflow.interface == {"input": ["who"], "output": ["greeting"]}
    assert service.workflows.find_by_id(name).input == "who"


def it_keeps_scope_and_namespace_when_the_definition_changes(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name), scope="public", namespace="staging")

    workflow.update(definition=definitions.hello(name))

    assert (workflow.reload().scope, workflow.namespace) == ("public", "staging")


def it_keeps_the_definition_when_the_scope_changes(service: fogflow.WorkflowService, name: str) -> None:
    service.workflows.create(definition=definitions.hello(name))
    listed = service.workflows.filter(name=name).only("name")[0]

    listed.update(scope="public")

    assert listed.reload().scope == "public"
    assert listed.interface == {"input": ["who"], "output": ["greeting"]}


def it_renames_a_workflow_by_its_definition(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))

    workflow.update(definition=definitions.noop(f"{name}_new"))

    assert workflow.name == f"{name}_new"
    assert service.workflows.get(name) is None


def it_cannot_save_what_the_api_cannot_change(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))

    with pytest.raises(errors.ArgumentError, match="cannot update a Workflow with name"):
        workflow.update(name="other")


def it_destroys_a_workflow(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name))

    assert workflow.destroy() is True

    assert service.workflows.get(name) is None
    with pytest.raises(errors.NotFound):
        workflow.reload()
    with pytest.raises(errors.NotFound):
        service.workflows.destroy(name)


def it_starts_a_workflow_and_follows_its_executions(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.hello(name))

    execution = workflow.execute({"who": "fog"}, description="by hand")

    assert execution.workflow_id == workflow.id
    assert execution.description == "by hand"
    assert execution.wait().output == {"greeting": "hello fog"}
    assert list(workflow.executions) == [execution]
    assert not workflow.executions.filter(state="ERROR")


def it_starts_a_workflow_of_a_namespace(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.noop(name), namespace="staging")

    execution = workflow.execute().wait()

    assert (execution.workflow_id, execution.workflow_namespace) == (workflow.id, "staging")


def it_creates_all_workflows_of_a_definition(service: fogflow.WorkflowService, name: str) -> None:
    several = {**definitions.noop(f"{name}_1"), **definitions.noop(f"{name}_2")}

    created = service.workflows.create_all(definition=several, scope="public")

    assert sorted(workflow.name for workflow in created) == [f"{name}_1", f"{name}_2"]
    assert {workflow.scope for workflow in created} == {"public"}


def it_refuses_several_workflows_where_one_is_meant(service: fogflow.WorkflowService, name: str) -> None:
    several = {**definitions.noop(f"{name}_1"), **definitions.noop(f"{name}_2")}

    with pytest.raises(errors.ArgumentError, match=rf"{name}_1, {name}_2; use create_all\(\)"):
        service.workflows.create(definition=several)

    assert not service.workflows.filter(name__has=name)


def it_says_that_a_name_is_taken(service: fogflow.WorkflowService, name: str) -> None:
    service.workflows.create(definition=definitions.noop(name))

    with pytest.raises(errors.Conflict, match=name):
        service.workflows.create(definition=definitions.noop(name))


@pytest.mark.parametrize(
    ("definition", "what", "line"),
    [
        ("version: '2.0'\nbad:\n  tusks:\n    a: 1\n", r"400 Invalid DSL: 'tasks' is a required property", None),
        ("version: '2.0'\nbad: [\n", "Definition could not be parsed", 3),
        ("version: '2.0'\nbad:\n  tasks:\n    a: {on-success: nope}\n", "Task 'nope' not found", None),
        ("version: '2.0'\nbad:\n  tasks:\n    a: {}\n", r"at definition\['tasks'\]\['a'\]: {}", None),
        ("version: '2.0'", "At least one item must be in the list", None),
        ("", "'version' is a required property", None),
        ("just text", "is not of type 'object'", None),
    ],
)
def it_says_what_is_wrong_with_a_definition(
    definition: str, what: str, line: int | None, service: fogflow.WorkflowService
) -> None:
    with pytest.raises(errors.InvalidDefinition, match=what) as raised:
        service.workflows.create(definition=definition)

    assert raised.value.line == line
    assert len(str(raised.value)) < 500


def it_keeps_all_that_the_server_said_of_a_definition(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.InvalidDefinition) as raised:
        service.workflows.create(definition="version: '2.0'\nbad: {tusks: {}}")

    assert "Failed validating" in raised.value.message
    assert "Failed validating" not in str(raised.value)


def it_validates_its_definition_before_it_is_saved(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.new(definition=definitions.noop(name))

    assert workflow.validate()
    workflow.definition = {"version": "2.0", name: {"tusks": {}}}
    assert not workflow.validate()


@pytest.mark.parametrize("found", [[], [{"id": "1"}, {"id": "2"}], ["text"]])
def it_says_when_the_server_answers_with_something_else_than_one_workflow(
    found: Any, recorded: fogflow.WorkflowService, server: Server
) -> None:
    server.answer("*", {"workflows": found}, 201)

    with pytest.raises(errors.InvalidResponse):
        recorded.workflows.create(definition=definitions.noop("x"))


def it_refuses_a_file_that_is_not_utf_8(service: fogflow.WorkflowService, tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes("version: '2.0' # é".encode("latin-1"))

    with pytest.raises(errors.ArgumentError, match=r"latin\.yaml is not UTF-8"):
        service.workflows.create(definition=file)


def it_needs_a_definition(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.ArgumentError, match="definition"):
        service.workflows.create(scope="public")
