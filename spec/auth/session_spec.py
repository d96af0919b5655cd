"""fog's `connection_options` hold for every request, in every form of `connect`."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
import requests
from keystoneauth1 import session as keystone_session
from keystoneauth1 import token_endpoint
from keystoneauth1.identity import v3

import fogflow
from fogflow import errors
from spec.support.keystone import PASSWORD, TOKEN, fog_options, plays_keystone, session_of
from spec.support.server import Server


def it_always_has_timeouts() -> None:
    assert session_of({"endpoint": "http://mistral"}).timeout == (60, 60)


def it_takes_a_timeout_for_all() -> None:
    options = {"endpoint": "http://mistral", "timeout": 5}

    assert session_of(options).timeout == (5, 5)
    assert session_of({**options, "connection_options": {"read_timeout": 2}}).timeout == (5, 2)


def it_gives_a_timeout_to_the_like_of_a_given_session() -> None:
    given = keystone_session.Session(timeout=30)

    assert session_of({"session": given, "timeout": 5}).timeout == (5, 5)
    assert given.timeout == 30


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


def it_verifies_again_what_clouds_or_variables_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", "https://mistral")
    monkeypatch.setenv("OS_INSECURE", "true")

    assert session_of({}).verify is False
    assert session_of({"connection_options": {"ssl_verify_peer": True}}).verify is True


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1", "ALL_PROXY": "http://127.0.0.1:1"},
        {"NO_PROXY": "mistral.example", "no_proxy": "mistral.example"},
    ],
)
def it_goes_through_the_proxy_whatever_the_environment_says(
    environment: dict[str, str], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    service = fogflow.connect(endpoint="http://mistral.example", connection_options={"proxy": server.url})

    service.list_workflows()

    assert server.heard[0].headers["Host"] == "mistral.example"


def it_goes_to_keystone_through_the_proxy(server: Server) -> None:
    options = fog_options(server, openstack_auth_url="http://keystone.example/v3")
    service = fogflow.connect({**options, "connection_options": {"proxy": server.url}})

    with pytest.raises(errors.InvalidResponse, match="Keystone"):
        service.list_workflows()

    # The target of a proxied request is the whole URL.
    assert server.heard[-1].path == "http://keystone.example/v3/auth/tokens"


def it_takes_the_environments_authorities_beside_a_proxy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/gone.pem")
    service = fogflow.connect(endpoint="https://mistral.example", connection_options={"proxy": server.url})

    with pytest.raises(errors.ConnectionError, match=r"/gone\.pem"):
        service.list_workflows()


def it_closes_connections_when_they_are_not_to_persist(server: Server) -> None:
    fogflow.connect(endpoint=server.url, persistent=False).list_workflows()
    fogflow.connect(endpoint=server.url).list_workflows()

    closed, kept = server.heard
    assert closed.headers["Connection"] == "close"
    assert kept.headers["Connection"] == "keep-alive"


@pytest.mark.parametrize("name", ["debug_request", "debug_response"])
def it_shows_requests_for_debugging_without_bodies_and_tokens(
    name: str, server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    plays_keystone(server)
    service = fogflow.connect(fog_options(server, connection_options={name: True}))

    service.create_execution("hello", {"pin": "1234-private"})

    shown = capfd.readouterr().err
    assert f"POST {server.url}/v2/executions: 200" in shown
    assert not any(secret in shown for secret in (PASSWORD, TOKEN, "1234-private"))


def it_shows_the_requests_of_one_service_once(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    fogflow.connect(endpoint=server.url, connection_options={"debug_request": True}).list_workflows()
    fogflow.connect(endpoint=server.url, connection_options={"debug_request": True}).list_executions()
    fogflow.connect(endpoint=server.url).list_tasks()

    assert [line.split(":")[-2] for line in capfd.readouterr().err.splitlines()] == [
        f"{server.url.split(':')[-1]}/v2/workflows",
        f"{server.url.split(':')[-1]}/v2/executions",
    ]


def it_logs_the_requests_of_all_services_where_the_program_wants_them(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "fogflow"):
        fogflow.connect(endpoint=server.url, connection_options={"debug_request": True}).list_workflows()
        fogflow.connect(endpoint=server.url).list_tasks()

    ours = [record for record in caplog.records if record.name.startswith("fogflow")]
    assert [record.getMessage().partition(": ")[0] for record in ours] == [
        f"GET {server.url}/v2/workflows",
        f"GET {server.url}/v2/tasks",
    ]


class Recorder(requests.adapters.HTTPAdapter):
    """Writes down how long the requests may take."""

    def __init__(self) -> None:
        super().__init__()
        self.timeouts: list[Any] = []

    def send(self, *arguments: Any, **more: Any) -> requests.Response:
        self.timeouts.append(more["timeout"])
        return super().send(*arguments, **more)


@pytest.mark.parametrize(("own", "used"), [(None, (60, 60)), (0, (60, 60)), (5, 5)])
def it_waits_for_mistral_and_keystone_no_longer_than_a_minute_unless_the_session_says_so(
    own: float | None, used: Any, server: Server
) -> None:
    plays_keystone(server)
    plugin = v3.Password(f"{server.url}/v3", user_id="u", password="p")
    session = keystone_session.Session(plugin, timeout=own)
    recorder = Recorder()
    session.mount("http://", recorder)

    fogflow.connect(session=session).list_workflows()

    assert [heard.path for heard in server.heard] == ["/v3/auth/tokens", "/v2/workflows"]
    assert recorder.timeouts == [used, used]
    assert session.timeout == own


def it_shares_its_token_with_the_session_that_was_given(server: Server) -> None:
    plays_keystone(server)
    session = keystone_session.Session(v3.Password(f"{server.url}/v3", user_id="u", password="p"))
    service = fogflow.connect(session=session)

    service.list_workflows()
    assert session.get_token() == TOKEN
    del service
    session.get(f"{server.url}/v2/tasks")

    assert [heard.path for heard in server.heard] == ["/v3/auth/tokens", "/v2/workflows", "/v2/tasks"]


@pytest.mark.parametrize("token", [f"{PASSWORD}\n", f"{PASSWORD}\N{SNOWMAN}"])
def it_shows_no_token_that_the_session_cannot_send(token: str, server: Server) -> None:
    service = fogflow.connect(session=keystone_session.Session(token_endpoint.Token(server.url, token)))

    with pytest.raises(errors.ArgumentError, match="the session's token") as raised:
        service.list_workflows()

    assert PASSWORD not in str(raised.value)
    assert raised.value.__context__ is None


def it_shows_no_password_of_the_environments_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://u:{PASSWORD}@proxy:port")

    with pytest.raises(errors.ConnectionError, match="proxy:port") as raised:
        fogflow.connect(endpoint="http://mistral.example").list_workflows()

    assert PASSWORD not in str(raised.value)
