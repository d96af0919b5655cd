"""A cloud of clouds.yaml is enough to connect."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import fogflow
from fogflow import errors
from spec.support.keystone import PASSWORD, addresses, plays_keystone, session_of
from spec.support.server import Server


@pytest.fixture
def clouds_yaml(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plays_keystone(server)
    file = tmp_path / "clouds.yaml"
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(file))
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


def it_takes_connection_options_beside_the_variables_and_clouds_yaml(
    clouds_yaml: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"ssl_verify_peer": False, "read_timeout": 5}
    assert session_of({"cloud": "devstack", "connection_options": options}).timeout == (60, 5)
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", "https://mistral")

    assert session_of({}).verify is True
    assert session_of({"connection_options": options}).verify is False
