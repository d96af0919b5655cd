"""fog's `connection_options` hold for every request, in every form of `connect`."""

from __future__ import annotations

from typing import Any

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


@pytest.mark.parametrize(
    ("options", "verify"),
    [
        ({}, True),
        ({"ssl_verify_peer": False}, False),
        ({"ssl_ca_file": "/ca.pem"}, "/ca.pem"),
        ({"ssl_ca_path": "/certs"}, "/certs"),
    ],
)
def it_verifies_tls_unless_told_not_to_by_name(options: dict[str, Any], verify: Any) -> None:
    assert session_of({"endpoint": "https://mistral", "connection_options": options}).verify == verify


@pytest.mark.parametrize(
    ("options", "cert"),
    [({"client_cert": "/c.pem"}, "/c.pem"), ({"client_cert": "/c.pem", "client_key": "/k.pem"}, ("/c.pem", "/k.pem"))],
)
def it_shows_a_client_certificate(options: dict[str, Any], cert: Any) -> None:
    assert session_of({"endpoint": "https://mistral", "connection_options": options}).cert == cert


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
