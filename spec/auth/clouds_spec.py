"""A cloud of clouds.yaml is enough to connect."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support.keystone import PASSWORD, addresses, plays_keystone, session_of
from spec.support.server import Server


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where clouds.yaml is looked for."""
    file = tmp_path / "clouds.yaml"
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(file))
    return file


@pytest.fixture
def clouds_yaml(server: Server, file: Path) -> None:
    plays_keystone(server)
    file.write_text(
        f"""
        clouds:
          devstack:
            region_name: RegionTwo
            auth:
              auth_url: {server.url}/v3
              username: admin
              password: {PASSWORD}
              project_name: ops
              user_domain_id: default
              project_domain_id: default
        """
    )


PASSWORD_AUTH = {"auth_url": "http://k/v3", "username": "u", "password": "p", "user_domain_id": "default"}


def write_cloud(file: Path, auth: dict[str, str], **more: Any) -> None:
    file.write_text(json.dumps({"clouds": {"devstack": {"auth": auth, **more}}}))


@pytest.mark.usefixtures("clouds_yaml")
def it_takes_a_cloud_of_clouds_yaml(server: Server) -> None:
    fogflow.connect(cloud="devstack").list_workflows()

    assert addresses(server) == ["/v2-two/v2/workflows"]


@pytest.mark.usefixtures("clouds_yaml")
def it_takes_the_cloud_that_the_environment_names(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_CLOUD", "devstack")

    fogflow.connect().list_workflows()

    assert addresses(server) == ["/v2-two/v2/workflows"]


@pytest.mark.usefixtures("clouds_yaml")
def it_names_a_cloud_that_clouds_yaml_does_not_have() -> None:
    with pytest.raises(errors.ArgumentError, match="stagnig"):
        fogflow.connect(cloud="stagnig")


def it_says_how_to_install_the_reader_of_clouds_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openstack", None)

    with pytest.raises(errors.MissingExtraError, match=r"pip install 'fogflow\[clouds\]'"):
        fogflow.connect(cloud="devstack")


@pytest.mark.parametrize(
    ("more", "options", "timeout"),
    [
        ({}, {}, (60, 60)),
        ({"api_timeout": 30}, {}, (30, 30)),
        ({"api_timeout": 30}, {"read_timeout": 5}, (30, 5)),
        ({"api_timeout": 0}, {}, (60, 60)),
    ],
)
def it_has_timeouts_whether_or_not_clouds_yaml_does(more: Any, options: Any, timeout: Any, file: Path) -> None:
    write_cloud(file, PASSWORD_AUTH, **more)

    assert session_of({"cloud": "devstack", "connection_options": options}).timeout == timeout


def it_takes_connection_options_beside_the_variables_and_clouds_yaml(
    clouds_yaml: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"ssl_verify_peer": False, "read_timeout": 5}
    assert session_of({"cloud": "devstack", "connection_options": options}).timeout == (60, 5)
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", "https://mistral")

    assert session_of({}).verify is True
    assert session_of({"connection_options": options}).verify is False


@pytest.mark.parametrize(
    ("auth", "more", "named"),
    [
        ({"auth_url": "nonsense"}, {}, "auth_url of cloud 'devstack' must be a URL"),
        ({"auth_url": f"http://admin:{PASSWORD}@k/v3"}, {}, "auth_url of cloud 'devstack' must not hold"),
        (
            {},
            {"workflow_endpoint_override": f"http://u:{PASSWORD}@m"},
            "the endpoint of cloud 'devstack' must not hold",
        ),
        ({}, {"cacert": "/gone.pem"}, "cacert of cloud 'devstack': there is no file or folder '/gone.pem'"),
        ({}, {"cert": "/gone.pem"}, "cert or key of cloud 'devstack': there is no file '/gone.pem'"),
        ({}, {"api_timeout": -5}, "api_timeout of cloud 'devstack' must be a number of seconds above 0"),
        ({}, {"api_timeout": "soon"}, "cloud 'devstack' cannot be read: ValueError: .*'soon'"),
        ({}, {"auth_type": "telepathy"}, "cloud 'devstack': .*telepathy"),
    ],
)
def it_says_what_is_wrong_in_clouds_yaml(auth: Any, more: Any, named: str, file: Path) -> None:
    write_cloud(file, {**PASSWORD_AUTH, **auth}, **more)

    with pytest.raises(errors.ArgumentError, match=f"^{named}") as raised:
        fogflow.connect(cloud="devstack")

    assert PASSWORD not in str(raised.value)


def it_refuses_a_token_of_clouds_yaml_that_no_header_can_carry(file: Path) -> None:
    write_cloud(file, {"auth_url": "http://k/v3", "token": f"{PASSWORD}\n"}, auth_type="token")

    with pytest.raises(errors.ArgumentError, match=r"^token of cloud 'devstack' must hold visible ASCII") as raised:
        fogflow.connect(cloud="devstack")

    assert PASSWORD not in str(raised.value)


@pytest.mark.parametrize("content", ["", "clouds: 5", "clouds: {devstack: 5}", "clouds: {devstack: {auth: 5}}", "}"])
def it_says_that_clouds_yaml_cannot_be_read(content: str, file: Path) -> None:
    file.write_text(content)

    with pytest.raises(errors.ArgumentError):
        fogflow.connect(cloud="devstack")
