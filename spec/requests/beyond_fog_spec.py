"""The requests that fog never had, on a real Mistral."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.models import Workflow
from spec.support import definitions


@pytest.fixture
def workflow(service: fogflow.WorkflowService, name: str) -> Workflow:
    return service.workflows.create(definition=definitions.noop(name))


def it_creates_reads_changes_and_deletes_an_event_trigger(
    service: fogflow.WorkflowService, workflow: Workflow, name: str
) -> None:
    created = service.create_event_trigger(
        name, workflow.id, "nova", "notifications", name, {}, {"env": {"a": 1}}, scope="private"
    ).body
    identity = created["id"]

    changed = service.update_event_trigger(identity, name="other", workflow_params={"env": {"a": 2}})

    assert created["event"] == name
    assert changed.body["name"] == "other"
    assert json.loads(service.get_event_trigger(identity).body["workflow_params"]) == {"env": {"a": 2}}
    latest = service.list_event_triggers(sort_keys=["created_at", "id"], sort_dirs=["desc", "desc"]).body
    assert identity in [row["id"] for row in latest["event_triggers"]]
    assert service.delete_event_trigger(identity).status == 204


def it_runs_a_dynamic_action_of_a_code_source(service: fogflow.WorkflowService, name: str, tmp_path: Path) -> None:
    file = tmp_path / "source.py"
    file.write_text(definitions.GREET)
    source = service.create_code_source(f"{name}_source", definitions.GREET, scope="private").body
    assert service.update_code_source(source["id"], file, scope="public").body["version"] == 2
    assert service.get_code_source(f"{name}_source").body["scope"] == "public"
    assert source["id"] in [row["id"] for row in service.list_code_sources(name=f"{name}_source").body["code_sources"]]

    action = service.create_dynamic_action(f"{name}_greet", "Greet", code_source_id=source["id"]).body
    assert service.get_dynamic_action(action["name"]).body["class_name"] == "Greet"
    assert action["id"] in [
        row["id"] for row in service.list_dynamic_actions(name=action["name"]).body["dynamic_actions"]
    ]
    changes = {"id": action["id"], "class_name": "Greet", "scope": "public"}
    assert service.update_dynamic_action(changes).body["scope"] == "public"

    tasks = {"greet": {"action": f"{name}_greet", "publish": {"greeting": "<% task().result %>"}}}
    workflow = service.workflows.create(
        definition={"version": "2.0", name: {"output": {"greeting": "<% $.greeting %>"}, "tasks": tasks}}
    )
    assert workflow.execute().wait().output == {"greeting": "hello"}

    assert service.delete_dynamic_action(action["id"]).status == 204
    assert service.delete_code_source(f"{name}_source").status == 204


def it_offers_a_workflow_to_another_project(service: fogflow.WorkflowService, workflow: Workflow) -> None:
    created = service.create_member(workflow.id, "another-project").body

    assert (created["member_id"], created["status"]) == ("another-project", "pending")
    assert service.get_member(workflow.id, "another-project").body["status"] == "pending"
    assert len(service.list_members(workflow.id).body["members"]) == 1
    with pytest.raises(errors.NotFound):
        # Only the other project may.
        service.update_member(workflow.id, "another-project", "accepted")
    assert service.delete_member(workflow.id, "another-project").status == 204


@pytest.fixture
def nested(service: fogflow.WorkflowService, name: str) -> Any:
    """An execution whose only task has run another workflow."""
    service.workflows.create(definition=definitions.fails(f"{name}_inner"))
    outer = service.workflows.create(definition=definitions.calls(name, f"{name}_inner"))
    return outer.execute().wait(check=False)


def it_reports_on_an_execution(service: fogflow.WorkflowService, nested: Any) -> None:
    whole = service.get_execution_report(nested.id).body
    failed = service.get_execution_report(nested.id, errors_only=True).body
    counts = service.get_execution_report(nested.id, statistics_only=True).body

    assert whole["statistics"]["total_tasks_count"] == 3
    assert whole["root_workflow_execution"]["id"] == nested.id
    assert failed["statistics"]["success_tasks_count"] == 0
    assert "root_workflow_execution" not in counts


def it_lists_what_an_execution_started(service: fogflow.WorkflowService, nested: Any) -> None:
    (task,) = nested.tasks
    (inner,) = task.workflow_executions

    def listed(*arguments: Any, **options: Any) -> list[str]:
        rows = service.list_sub_executions(*arguments, **options).body["executions"]
        return [row["id"] for row in rows]

    assert listed(nested.id) == [nested.id, inner.id]
    assert listed(nested.id, max_depth=0) == [nested.id]
    assert listed(task_id=task.id) == [inner.id]
    assert [row["id"] for row in service.list_task_workflow_executions(task.id).body["executions"]] == [inner.id]
    assert len(service.list_task_action_executions(inner.tasks[0].id).body["action_executions"]) == 1


def it_wants_either_an_execution_or_a_task_to_list_from(service: fogflow.WorkflowService) -> None:
    for arguments in ({}, {"id": "4d5e", "task_id": "77"}):
        with pytest.raises(errors.ArgumentError, match="task_id="):
            service.list_sub_executions(**arguments)


def it_asks_the_server_about_itself(service: fogflow.WorkflowService) -> None:
    assert [version["id"] for version in service.list_versions().body["versions"]] == ["v2.0"]


@pytest.mark.differs("15", "16", why="info came with 17")
def it_asks_the_server_about_its_build(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.BadRequest, match="Info endpoint disabled"):
        service.get_info()
