"""Certificates are verified, Keystone's and Mistral's, unless that is switched off by name."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

import fogflow
from fogflow import errors
from spec.support.keystone import PASSWORD, fog_options, plays_keystone
from spec.support.server import Server, listening
from spec.support.time import Pauses


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """One that nobody else knows."""
    return trustme.CA()


@pytest.fixture
def authority_file(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    return str(tmp_path / "authority.pem")


def secured(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return context


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Server]:
    with listening(secured(authority, "127.0.0.1")) as running:
        yield running


@pytest.mark.parametrize(
    "options", [{}, {"ssl_verify_peer": True}, {"ssl_verify_peer": None}], ids=["unsaid", "said", "not said"]
)
def it_refuses_a_certificate_of_an_authority_that_it_does_not_know(
    options: dict[str, Any], secure: Server, pauses: Pauses
) -> None:
    with pytest.raises(
        errors.ConnectionError, match=r"certificate verify failed.*name its file \(ssl_ca_file"
    ) as refused:
        fogflow.connect(
            endpoint=secure.url, openstack_auth_token="a-token", connection_options=options
        ).list_workflows()

    assert secure.heard == []
    assert pauses.slept == []
    assert not refused.value.may_have_happened


def it_sends_no_password_to_a_keystone_that_it_does_not_know(secure: Server) -> None:
    plays_keystone(secure)

    with pytest.raises(errors.ConnectionError, match="ssl_ca_file") as refused:
        fogflow.connect(fog_options(secure)).list_workflows()

    assert secure.heard == []
    assert PASSWORD not in str(refused.value)


def it_trusts_an_authority_that_is_named(secure: Server, authority_file: str) -> None:
    plays_keystone(secure)
    service = fogflow.connect(fog_options(secure, connection_options={"ssl_ca_file": authority_file}))

    assert service.list_workflows().status == 200


def it_refuses_a_certificate_that_is_for_another_host(authority: trustme.CA, authority_file: str) -> None:
    with (
        listening(secured(authority, "elsewhere.example")) as other,
        pytest.raises(errors.ConnectionError, match="certificate verify failed"),
    ):
        fogflow.connect(endpoint=other.url, connection_options={"ssl_ca_file": authority_file}).list_workflows()


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def it_verifies_nothing_where_that_is_switched_off(secure: Server) -> None:
    plays_keystone(secure)
    service = fogflow.connect(fog_options(secure, connection_options={"ssl_verify_peer": False}))

    assert service.list_workflows().status == 200


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def it_heeds_the_variables_of_openstacks_clients(
    secure: Server, authority_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", secure.url)
    with pytest.raises(errors.ConnectionError, match="OS_CACERT"):
        fogflow.connect().list_workflows()

    monkeypatch.setenv("OS_CACERT", authority_file)
    assert fogflow.connect().list_workflows().status == 200
    monkeypatch.delenv("OS_CACERT")
    monkeypatch.setenv("OS_INSECURE", "1")
    assert fogflow.connect().list_workflows().status == 200
