"""fog's `connection_options` hold for every request, in every form of `connect`."""

from __future__ import annotations

from pathlib import Path

import pytest

import fogflow
from spec.support.keystone import PASSWORD, TOKEN, fog_options, plays_keystone, session_of
from spec.support.server import Server


def it_always_has_timeouts() -> None:
    assert session_of({"endpoint": "http://mistral"}).timeout == (60, 60)


def it_takes_fogs_timeouts() -> None:
    options = {"connect_timeout": 1, "read_timeout": 2, "write_timeout": 3}

    # The body is sent while the connection's timeout is still in force.
    assert session_of({"endpoint": "http://mistral", "connection_options": options}).timeout == (3, 2)


def it_verifies_tls_unless_told_not_to_by_name() -> None:
    assert session_of({"endpoint": "https://mistral"}).verify is True
    options = {"ssl_verify_peer": False}
    assert session_of({"endpoint": "https://mistral", "connection_options": options}).verify is False


@pytest.mark.parametrize("as_text", [str, Path])
def it_trusts_the_authorities_that_are_named(as_text: type, tmp_path: Path) -> None:
    authorities = tmp_path / "ca.pem"
    authorities.touch()
    for options, verify in (
        ({"ssl_ca_file": as_text(authorities)}, str(authorities)),
        ({"ssl_ca_path": as_text(tmp_path)}, str(tmp_path)),
    ):
        assert session_of({"endpoint": "https://mistral", "connection_options": options}).verify == verify


def it_shows_a_client_certificate(tmp_path: Path) -> None:
    cert, key = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
    Path(cert).touch()
    Path(key).touch()

    options = {"client_cert": cert}
    assert session_of({"endpoint": "https://mistral", "connection_options": options}).cert == cert
    options["client_key"] = key
    assert session_of({"endpoint": "https://mistral", "connection_options": options}).cert == (cert, key)


def it_goes_through_a_proxy(server: Server) -> None:
    service = fogflow.connect(endpoint="http://mistral.example", connection_options={"proxy": server.url})

    service.list_workflows()

    assert server.heard[0].headers["Host"] == "mistral.example"


def it_closes_connections_when_they_are_not_to_persist(server: Server) -> None:
    fogflow.connect(endpoint=server.url, persistent=False).list_workflows()
    fogflow.connect(endpoint=server.url).list_workflows()

    closed, kept = server.heard
    assert closed.headers["Connection"] == "close"
    assert kept.headers["Connection"] == "keep-alive"


def it_shows_requests_for_debugging_without_bodies_and_tokens(
    server: Server, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import logging

    log = logging.getLogger("fogflow.connection")
    monkeypatch.setattr(log, "handlers", [])
    monkeypatch.setattr(log, "level", logging.NOTSET)
    plays_keystone(server)
    service = fogflow.connect(fog_options(server, connection_options={"debug_request": True}))

    service.create_execution("hello", {"pin": "1234-private"})

    shown = capfd.readouterr().err
    assert f"POST {server.url}/v2/executions: 200" in shown
    assert not any(secret in shown for secret in (PASSWORD, TOKEN, "1234-private"))
