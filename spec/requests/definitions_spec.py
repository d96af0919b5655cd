"""Definitions reach a real Mistral whole, in every form that callers have them in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import fogflow

WORKBOOK = {
    "version": "2.0",
    "name": "NAME",
    "description": "two workflows: one calls\nthe other",
    "workflows": {
        "outer": {"tasks": {"call": {"workflow": "inner"}}},
        "inner": {"output": {"who": "<% $.who %>"}, "tasks": {"shout": {"action": "shout", "publish": {"who": "ü"}}}},
    },
    "actions": {"shout": {"base": "std.echo", "base-input": {"output": "HI"}}},
}


@pytest.mark.parametrize("form", [dict, yaml.safe_dump, Path])
def it_creates_a_workbook_and_runs_it(form: Any, service: fogflow.WorkflowService, name: str, tmp_path: Path) -> None:
    definition = form({**WORKBOOK, "name": name}) if form is not Path else tmp_path / "workbook.yaml"
    if form is Path:
        definition.write_text(yaml.safe_dump({**WORKBOOK, "name": name}, allow_unicode=True), encoding="utf-8")

    assert service.validate_workbook(definition).body == {"valid": True}
    assert service.create_workbook(definition).body["name"] == name
    assert service.update_workbook(definition).status == 200

    assert service.executions.create(workflow_name=f"{name}.outer").wait().success
    assert service.executions.create(workflow_name=f"{name}.inner").wait().output == {"who": "ü"}


def it_creates_an_action_and_runs_it(service: fogflow.WorkflowService, name: str) -> None:
    shout = {"input": ["who"], "base": "std.echo", "base-input": {"output": "HI <% $.who %>"}}

    service.create_action({"version": "2.0", name: shout})

    response = service.create_action_execution(name, {"who": "fog"})
    assert json.loads(response.body["output"])["result"] == "HI fog"


def it_says_which_input_an_action_does_not_take(service: fogflow.WorkflowService) -> None:
    with pytest.raises(fogflow.errors.BadRequest, match=r"missing=\['output'\], unexpected=\['what'\]"):
        service.create_action_execution("std.echo", {"what": 1})


def it_creates_an_environment_and_changes_it(service: fogflow.WorkflowService, name: str) -> None:
    service.create_environment({"name": name, "variables": {"host": "db1"}})
    service.update_environment({"name": name, "variables": {"host": "db2"}})

    assert json.loads(service.get_environment(name).body["variables"]) == {"host": "db2"}
    assert service.delete_environment(name).status == 204


def it_creates_a_cron_trigger(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(
        definition={"version": "2.0", name: {"input": ["who"], "tasks": {"rest": {"action": "std.noop"}}}}
    )

    created = service.create_cron_trigger(
        name, workflow.id, {"who": "fog"}, {"env": {"a": 1}}, "0 3 * * *", "2030-01-01 03:00", 5
    )

    assert created.body["next_execution_time"] == "2030-01-01 03:00:00"
    assert service.get_cron_trigger(name).body["remaining_executions"] == 5
    assert service.delete_cron_trigger(name).status == 204
