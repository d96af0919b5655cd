"""The OS_* variables of OpenStack's clients are enough to connect."""

from __future__ import annotations

from pathlib import Path

import pytest
from keystoneauth1 import loading

import fogflow
from fogflow import errors
from spec.support.keystone import PASSWORD, addresses, authentication, plays_keystone
from spec.support.server import Server


def set_variables(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def it_takes_the_variables_of_openstacks_clients(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    plays_keystone(server)
    set_variables(
        monkeypatch,
        OS_AUTH_URL=f"{server.url}/v3",
        OS_USERNAME="admin",
        OS_PASSWORD=PASSWORD,
        OS_PROJECT_NAME="ops",
        OS_USER_DOMAIN_NAME="Default",
        OS_PROJECT_DOMAIN_NAME="Default",
        OS_REGION_NAME="RegionTwo",
        OS_IDENTITY_API_VERSION="3",
    )

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
        ({"OS_AUTH_TYPE": "token", "OS_AUTH_URL": "http://k/v3"}, "OS_TOKEN"),
        ({"OS_AUTH_TYPE": "admin_token", "OS_ENDPOINT": "http://m"}, "OS_TOKEN"),
        ({"OS_AUTH_TYPE": "admin_token", "OS_TOKEN": "t"}, "OS_ENDPOINT"),
        ({"OS_AUTH_TYPE": "none"}, "OS_ENDPOINT"),
        ({}, "OS_AUTH_URL"),
    ],
)
def it_names_a_missing_variable(variables: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_variables(monkeypatch, **variables)

    with pytest.raises(errors.ArgumentError, match=named):
        fogflow.connect()


@pytest.mark.parametrize("url", ["nonsense", "http://k:port", f"http://admin:{PASSWORD}@k", f"admin:{PASSWORD}@k"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("OS_AUTH_URL", "password"),
        ("OS_AUTH_URL", "v3password"),
        ("OS_ENDPOINT", "none"),
        ("OS_URL", "admin_token"),
        ("OS_WORKFLOW_ENDPOINT_OVERRIDE", "none"),
        ("OS_MISTRAL_URL", "none"),
    ],
)
def it_names_the_variable_that_holds_no_url(name: str, kind: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_variables(monkeypatch, OS_AUTH_TYPE=kind, OS_USERNAME="u", OS_PASSWORD="p", OS_TOKEN="t", **{name: url})

    with pytest.raises(errors.ArgumentError, match=f"^{name} must") as raised:
        fogflow.connect()

    assert PASSWORD not in str(raised.value)


@pytest.mark.parametrize("kind", ["token", "v3token", "admin_token"])
def it_refuses_a_token_of_the_environment_that_no_header_can_carry(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_variables(monkeypatch, OS_AUTH_TYPE=kind, OS_AUTH_URL="http://k", OS_ENDPOINT="http://m", OS_TOKEN="a-token\n")

    with pytest.raises(errors.ArgumentError, match=r"^OS_TOKEN must hold visible ASCII") as raised:
        fogflow.connect()

    assert "a-token" not in str(raised.value)


@pytest.mark.parametrize("name", ["OS_CACERT", "OS_CERT", "OS_KEY"])
def it_names_the_variable_whose_file_is_not_there(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_variables(monkeypatch, OS_AUTH_TYPE="none", OS_ENDPOINT="http://m", **{name: "/gone.pem"})

    with pytest.raises(errors.ArgumentError, match=f"^{name}: there is no .*'/gone.pem'"):
        fogflow.connect()


def it_names_the_variable_that_a_key_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key.pem").touch()
    set_variables(monkeypatch, OS_AUTH_TYPE="none", OS_ENDPOINT="http://m", OS_KEY=str(tmp_path / "key.pem"))

    with pytest.raises(errors.ArgumentError, match="OS_KEY is set without OS_CERT"):
        fogflow.connect()


def it_says_what_keystoneauth1_misses_among_the_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    set_variables(monkeypatch, OS_AUTH_TYPE="v3password", OS_AUTH_URL="http://k/v3", OS_USERNAME="u", OS_PASSWORD="p")

    with pytest.raises(errors.ArgumentError, match=r"for 'v3password': .*user_domain"):
        fogflow.connect()


@pytest.mark.parametrize("error", [ImportError("pip install\n\n  more"), AttributeError("_Element"), TypeError("x")])
def it_says_that_a_plugin_does_not_work(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    class Loader(loading.BaseLoader):
        plugin_class = None

        def get_options(self) -> list[loading.Opt]:
            raise error

    monkeypatch.setattr(loading, "get_plugin_loader", lambda kind: Loader())
    monkeypatch.setenv("OS_AUTH_TYPE", "v3kerberos")

    with pytest.raises(errors.ArgumentError, match=rf"^OS_AUTH_TYPE=v3kerberos cannot be used: {type(error).__name__}"):
        fogflow.connect()
