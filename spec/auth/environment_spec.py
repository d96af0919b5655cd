"""The OS_* variables of OpenStack's clients are enough to connect."""

from __future__ import annotations

import pytest

import fogflow
from fogflow import errors
from spec.support.keystone import PASSWORD, addresses, authentication, plays_keystone
from spec.support.server import Server


def it_takes_the_variables_of_openstacks_clients(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    plays_keystone(server)
    for name, value in {
        "OS_AUTH_URL": f"{server.url}/v3",
        "OS_USERNAME": "admin",
        "OS_PASSWORD": PASSWORD,
        "OS_PROJECT_NAME": "ops",
        "OS_USER_DOMAIN_NAME": "Default",
        "OS_PROJECT_DOMAIN_NAME": "Default",
        "OS_REGION_NAME": "RegionTwo",
        "OS_IDENTITY_API_VERSION": "3",
    }.items():
        monkeypatch.setenv(name, value)

    fogflow.connect().list_workflows()

    assert authentication(server)["scope"]["project"]["name"] == "ops"
    assert addresses(server) == ["/v2-two/v2/workflows"]


def it_takes_an_application_credential_of_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    plays_keystone(server)
    monkeypatch.setenv("OS_AUTH_URL", f"{server.url}/v3")
    monkeypatch.setenv("OS_APPLICATION_CREDENTIAL_ID", "ac")
    monkeypatch.setenv("OS_APPLICATION_CREDENTIAL_SECRET", "s")

    fogflow.connect().list_workflows()

    assert authentication(server)["identity"]["application_credential"] == {"id": "ac", "secret": "s"}


def it_takes_an_endpoint_without_authentication_of_the_environment(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", server.url)

    fogflow.connect().list_workflows()

    assert [heard.path for heard in server.heard] == ["/v2/workflows"]


@pytest.mark.parametrize("name", ["OS_WORKFLOW_ENDPOINT_OVERRIDE", "OS_MISTRAL_URL"])
def it_takes_the_address_that_a_variable_gives(name: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", "http://mistral.invalid")
    monkeypatch.setenv(name, server.url)

    fogflow.connect().list_workflows()

    assert [heard.path for heard in server.heard] == ["/v2/workflows"]


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"OS_AUTH_URL": "http://k/v3", "OS_USERNAME": "u"}, "OS_PASSWORD"),
        ({"OS_AUTH_URL": "http://k/v3", "OS_PASSWORD": "p"}, "OS_USERNAME"),
        ({"OS_AUTH_TYPE": "password", "OS_USERNAME": "u", "OS_PASSWORD": "p"}, "OS_AUTH_URL"),
        ({"OS_AUTH_TYPE": "telepathy"}, "telepathy"),
        ({}, "OS_AUTH_URL"),
    ],
)
def it_names_a_missing_variable(variables: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(errors.ArgumentError, match=named):
        fogflow.connect()
