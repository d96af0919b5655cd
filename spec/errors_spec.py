"""What goes wrong on a real cloud comes out with its class, and with words that name what was wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

import fogflow
import fogflow.local
from fogflow import errors

LIBRARIES = ("keystoneauth1", "urllib3", "site-packages/requests", "attr/")

NEEDS_KEYSTONE = pytest.mark.only_in("real", "recorded", why="the mock has no Keystone")

WRONG: list[tuple[str, dict[str, Any], str, type[errors.Error], str]] = [
    (
        "a wrong password",
        {"openstack_api_key": "wrong"},
        "service.list_workflows()",
        errors.Unauthorized,
        "401 Keystone refused the credentials; check the user, the password, the project and their domains",
    ),
    (
        "an unknown project",
        {"openstack_project_name": "nope"},
        "service.list_workflows()",
        errors.Unauthorized,
        "401 Keystone refused the credentials",
    ),
    (
        "an unknown host",
        {"openstack_auth_url": "http://keystone.invalid:5000/v3"},
        "service.list_workflows()",
        errors.ConnectionError,
        "keystone.invalid",
    ),
    (
        "an auth URL that is Mistral's",
        {"openstack_auth_url": "MISTRAL"},
        "service.list_workflows()",
        errors.Error,
        "check the auth URL",
    ),
    (
        "a service missing from the catalog",
        {"openstack_service_type": "baremetal"},
        "service.list_workflows()",
        errors.EndpointNotFound,
        "Keystone's catalog does not have a public endpoint of type 'baremetal' in region 'RegionOne'; it has identity",
    ),
    (
        "an unknown region",
        {"openstack_region": "Mars"},
        "service.list_workflows()",
        errors.EndpointNotFound,
        "in region 'Mars'; it has identity (admin in RegionOne, internal in RegionOne, public in RegionOne)",
    ),
    (
        "an unknown workflow",
        {},
        "service.executions.create(workflow_name='no_such_workflow')",
        errors.NotFound,
        "Workflow not found [workflow_identifier=no_such_workflow, namespace=]",
    ),
    (
        "an invalid definition",
        {},
        "service.workflows.create(definition={'version': '2.0', 'bad': {'tusks': {}}})",
        errors.InvalidDefinition,
        "400 Invalid DSL: 'tasks' is a required property, at definition: {",
    ),
    (
        "an input that the workflow does not take",
        {},
        "service.create_execution('error_spec', {'whom': 'fog'})",
        errors.BadRequest,
        "400 Invalid input [name=error_spec, class=DirectWorkflowSpec, unexpected=['whom']]",
    ),
    (
        "a field that there is not",
        {},
        "service.list_executions(fields='bogus')",
        errors.BadRequest,
        "400 Some fields do not exist  [bogus], please choose from [id,",
    ),
    (
        "an address that there is not",
        {},
        "service.connection.request('GET', ('nowhere',))",
        errors.NotFound,
        "404 The resource could not be found.",
    ),
]


@pytest.fixture(scope="module", autouse=True)
def _workflow(service: fogflow.WorkflowService) -> None:
    service.create_workflow({"version": "2.0", "error_spec": {"tasks": {"rest": {"action": "std.noop"}}}})


def options_of(cloud: fogflow.local.Cloud, changed: dict[str, Any]) -> dict[str, Any]:
    mistral = cloud.endpoint.removesuffix("/v2")
    return {**cloud.options, **{name: mistral if value == "MISTRAL" else value for name, value in changed.items()}}


@pytest.mark.parametrize(
    ("what", "changed", "call", "error", "message"),
    [pytest.param(*case, id=case[0], marks=[NEEDS_KEYSTONE] if case[1] else []) for case in WRONG],
)
def it_names_what_was_wrong(
    what: str,
    changed: dict[str, Any],
    call: str,
    error: type[errors.Error],
    message: str,
    cloud: fogflow.local.Cloud,
) -> None:
    service = fogflow.connect(options_of(cloud, changed))

    with pytest.raises(errors.Error) as raised:
        eval(call, {"service": service})

    assert isinstance(raised.value, error)
    assert message in str(raised.value)


@pytest.mark.only_in("real", why="a process of its own has no cloud but that")
@pytest.mark.parametrize("case", WRONG, ids=[case[0] for case in WRONG])
def it_shows_the_user_no_library_underneath(case: Any, cloud: fogflow.local.Cloud) -> None:
    _, changed, call, error, message = case
    script = f"import fogflow\nservice = fogflow.connect({options_of(cloud, changed)!r})\n{call}\n"

    ended = subprocess.run(
        [sys.executable, "-"], input=script, capture_output=True, text=True, env=os.environ, check=False
    )

    assert ended.returncode == 1
    assert message in ended.stderr
    assert f"fogflow.errors.{error.__name__}" in ended.stderr or error is errors.Error
    assert "During handling" not in ended.stderr
    assert [library for library in LIBRARIES if library in ended.stderr] == []


@NEEDS_KEYSTONE
def it_renews_a_token_that_mistral_no_longer_takes(cloud: fogflow.local.Cloud) -> None:
    service = cloud.connect()
    service.list_workflows()
    session = service.connection.session
    revoked = session.get_token()
    session.delete(
        f"{cloud.auth_url}/auth/tokens", headers={"X-Subject-Token": revoked}, authenticated=True, raise_exc=True
    )

    assert service.list_workflows().status == 200
