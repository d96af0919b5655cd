"""Validations on a real Mistral: a definition is checked, and nothing is kept."""

from __future__ import annotations

import fogflow
from spec.support import definitions

ACTION = {"version": "2.0", "shout": {"base": "std.echo", "base-input": {"output": "HI"}}}


def it_tells_a_good_definition(service: fogflow.WorkflowService, name: str) -> None:
    validation = service.validations.workflow(definitions.hello(name))

    assert validation
    assert validation.valid
    assert validation.error is None
    assert str(validation) == "valid"
    assert service.workflows.get(name) is None


def it_tells_what_is_wrong_with_a_bad_one(service: fogflow.WorkflowService) -> None:
    validation = service.validations.workflow("version: '2.0'\nbad: {tusks: {a: 1}}")

    assert not validation
    assert validation.error is not None
    assert "Failed validating" in validation.error
    assert str(validation).startswith("Invalid DSL: 'tasks' is a required property, at definition: ")


def it_checks_workbooks_and_actions_too(service: fogflow.WorkflowService, name: str) -> None:
    hello = definitions.hello("hello")["hello"]

    assert service.validations.workbook({"version": "2.0", "name": name, "workflows": {"hello": hello}})
    assert not service.validations.workbook({"version": "2.0", "workflows": {"hello": hello}})
    assert service.validations.action(ACTION)
    assert not service.validations.action({"version": "2.0", "shout": {"bass": "std.echo"}})
