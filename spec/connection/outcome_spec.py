"""`may_have_happened` is False only if the server certainly did not carry the request out."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
import trustme
import urllib3

import fogflow
from fogflow import errors
from fogflow.connection.failures import failure_of
from spec.support.raw import Raw, answering
from spec.support.server import Server, listening
from spec.support.time import Pauses

DEFINITION = "version: '2.0'\nhello: {tasks: {greet: {action: std.noop}}}\n"
CHANGES: list[tuple[str, Callable[[fogflow.WorkflowService], Any]]] = [
    ("POST text", lambda service: service.create_workflow(DEFINITION)),
    ("POST", lambda service: service.create_execution("hello")),
    ("PUT text", lambda service: service.update_workflow(DEFINITION)),
    ("PUT", lambda service: service.update_execution("4d5e", "state", "PAUSED")),
]
DELETE: tuple[str, Callable[[fogflow.WorkflowService], Any]] = (
    "DELETE",
    lambda service: service.delete_workflow("hello"),
)
RPC_TIMEOUTS = [
    'This rpc call "start_workflow" took longer than configured 60 seconds.',
    "MessagingTimeout: Timed out waiting for a reply to message ID 4d5e",
]


def calls(given: list[tuple[str, Any]]) -> Any:
    return pytest.mark.parametrize("call", [call for _, call in given], ids=[name for name, _ in given])


@pytest.fixture
def raw() -> Iterator[Raw]:
    with answering() as running:
        yield running


def failure(service: fogflow.WorkflowService, call: Any) -> errors.Error:
    with pytest.raises(errors.Error) as raised:
        call(service)
    return raised.value


# -- The server answered


@calls([*CHANGES, DELETE])
@pytest.mark.parametrize("status", [500, 501, 502, 503, 504, 507, 520])
@pytest.mark.parametrize("body", ["", "<html>oh</html>", {"faultstring": "Workflow engine died"}, "[]"])
def it_does_not_know_the_outcome_of_a_change_that_is_answered_with_5xx(
    body: Any, status: int, call: Any, server: Server
) -> None:
    server.answer("*", body, status)

    error = failure(fogflow.connect(endpoint=server.url, retries=0), call)

    assert error.may_have_happened
    assert "may have been carried out" in str(error)


@calls([*CHANGES, DELETE])
@pytest.mark.parametrize(
    "text", ["DBEntityNotFoundError: 404: Workflow not found [x]", "InputException: Invalid input [missing=['a']]"]
)
def it_knows_that_a_change_was_refused_when_the_text_of_a_500_says_so(text: str, call: Any, server: Server) -> None:
    server.answer("*", {"faultstring": text}, 500)

    assert not failure(fogflow.connect(endpoint=server.url), call).may_have_happened


@calls([*CHANGES, DELETE])
@pytest.mark.parametrize("status", [302, 400, 403, 404, 409, 423])
def it_knows_that_a_change_was_refused_with_3xx_or_4xx(status: int, call: Any, server: Server) -> None:
    server.answer("*", {"faultstring": "no"}, status)

    assert not failure(fogflow.connect(endpoint=server.url), call).may_have_happened


@calls(CHANGES)
@pytest.mark.parametrize("body", ["<html>welcome</html>", '{"id": "4d', "[]", "null", "3", ""])
def it_does_not_know_the_outcome_of_a_change_that_is_answered_with_something_else_than_an_object(
    body: str, call: Any, server: Server
) -> None:
    server.answer("*", body, 201)

    error = failure(fogflow.connect(endpoint=server.url), call)

    assert isinstance(error, errors.InvalidResponse)
    assert error.may_have_happened
    assert "may have been carried out" in str(error)


def it_does_not_know_the_outcome_of_a_change_whose_answer_is_too_large(raw: Raw) -> None:
    raw.pieces = lambda: iter([b"HTTP/1.1 201 Created\r\nContent-Length: 99999999999\r\n\r\n"])

    error = failure(fogflow.connect(endpoint=raw.url), CHANGES[0][1])

    assert isinstance(error, errors.InvalidResponse)
    assert error.may_have_happened


@pytest.mark.parametrize(("body", "status"), [("", 500), ("<html></html>", 200), ("[", 200)])
def it_knows_that_a_read_changes_nothing(body: str, status: int, server: Server) -> None:
    server.answer("*", body, status)

    assert not failure(
        fogflow.connect(endpoint=server.url), lambda service: service.get_workflow("x")
    ).may_have_happened


@pytest.mark.parametrize("text", RPC_TIMEOUTS)
def it_repeats_an_idempotent_request_when_the_api_did_not_hear_from_the_engine(text: str, server: Server) -> None:
    server.answer("/v2/executions", {"faultstring": text}, 500)

    assert fogflow.connect(endpoint=server.url).create_execution("hello").status == 200
    assert len({heard.text for heard in server.heard}) == 1
    assert len(server.heard) == 2


@pytest.mark.parametrize("text", RPC_TIMEOUTS)
def it_does_not_repeat_a_rerun_when_the_api_did_not_hear_from_the_engine(text: str, server: Server) -> None:
    server.answer("*", {"faultstring": text}, 500)

    error = failure(fogflow.connect(endpoint=server.url), lambda service: service.rerun_task("4d5e"))

    assert error.may_have_happened
    assert len(server.heard) == 1


# -- Nothing left this machine


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with listening(context) as running:
        yield running


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """A file that holds no certificate."""
    (tmp_path / "wrong.pem").write_text("no certificate")
    return str(tmp_path / "wrong.pem")


def it_does_not_repeat_a_request_without_its_ca_file(secure: Server, wrong: str, pauses: Pauses) -> None:
    service = fogflow.connect(endpoint=secure.url, connection_options={"ssl_ca_file": wrong})
    Path(wrong).unlink()

    assert not failure(service, CHANGES[0][1]).may_have_happened
    assert pauses.slept == []


@pytest.mark.parametrize("option", ["ssl_ca_file", "client_cert"])
@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def it_does_not_repeat_a_request_with_a_file_that_holds_no_certificate(
    option: str, secure: Server, wrong: str, pauses: Pauses
) -> None:
    options: Any = {option: wrong, "ssl_verify_peer": option == "ssl_ca_file"}
    service = fogflow.connect(endpoint=secure.url, connection_options=options)

    assert not failure(service, CHANGES[0][1]).may_have_happened
    assert pauses.slept == []
    assert secure.heard == []


def it_knows_that_nothing_was_sent_when_the_server_requires_a_client_certificate(
    authority: trustme.CA, tmp_path: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    authority.issue_cert("127.0.0.1").configure_cert(context)
    context.verify_mode = ssl.CERT_REQUIRED
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    with listening(context) as strict:
        options: Any = {"ssl_ca_file": str(tmp_path / "authority.pem")}
        error = failure(fogflow.connect(endpoint=strict.url, connection_options=options, retries=0), CHANGES[0][1])

    assert strict.heard == []
    assert not error.may_have_happened


def it_knows_that_a_refused_client_certificate_of_tls_1_3_means_a_refused_request() -> None:
    # The alert arrives after the request was written, but the server drops that with the connection.
    alert = ssl.SSLError(1, "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required (_ssl.c:2580)")

    assert not failure_of(requests.exceptions.SSLError(alert), sending=True).may_have_happened


@contextmanager
def greeting(said: bytes) -> Iterator[str]:
    """A port that answers a connection with these bytes and closes it; yields its address as https."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=serve, daemon=True).start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"


def it_says_that_a_port_does_not_use_tls(pauses: Pauses) -> None:
    with greeting(b"HTTP/1.0 400 Bad Request\r\n\r\n") as url:
        error = failure(fogflow.connect(endpoint=url), CHANGES[0][1])

    assert "does not use TLS" in str(error)
    assert not error.may_have_happened
    assert pauses.slept == []


def it_knows_that_nothing_was_sent_when_the_tls_handshake_is_cut() -> None:
    with greeting(b"") as url:
        error = failure(fogflow.connect(endpoint=url, retries=0), CHANGES[0][1])

    assert isinstance(error, errors.ConnectionError)
    assert not error.may_have_happened


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://mistral.invalid"])
def it_knows_that_nothing_was_sent_when_there_is_no_connection(url: str) -> None:
    assert not failure(fogflow.connect(endpoint=url, retries=0), CHANGES[0][1]).may_have_happened


def it_knows_that_nothing_was_sent_when_the_proxy_refuses_the_tunnel(raw: Raw, secure: Server) -> None:
    raw.pieces = lambda: iter([b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"])
    service = fogflow.connect(endpoint=secure.url, connection_options={"proxy": raw.url}, retries=0)

    assert not failure(service, CHANGES[0][1]).may_have_happened


@pytest.mark.parametrize("error", [requests.exceptions.InvalidURL("no host"), requests.exceptions.InvalidSchema("ftp")])
def it_does_not_take_an_invalid_url_for_a_lost_answer(error: Exception) -> None:
    made = failure_of(error, sending=True)

    assert isinstance(made, errors.ConnectionError)
    assert not made.may_have_happened
    assert not made.transient


# -- The request was sent, and no answer came


@pytest.mark.parametrize("proxied", [False, True])
def it_does_not_know_the_outcome_when_the_connection_is_cut_after_the_request(proxied: bool, raw: Raw) -> None:
    options: Any = {"proxy": raw.url} if proxied else {}
    endpoint = "http://mistral.invalid" if proxied else raw.url
    service = fogflow.connect(endpoint=endpoint, connection_options=options, retries=0)

    assert failure(service, CHANGES[0][1]).may_have_happened


def it_takes_a_cut_tls_connection_for_a_lost_answer() -> None:
    lost = requests.exceptions.SSLError(urllib3.exceptions.SSLError(ssl.SSLEOFError(8, "unexpected EOF")))

    made = failure_of(lost, sending=True)

    assert isinstance(made, errors.ConnectionError)
    assert made.transient
    assert made.may_have_happened


def it_does_not_know_the_outcome_when_an_older_urllib3_blames_the_proxy_for_a_cut_connection() -> None:
    cut = urllib3.exceptions.ProxyError("Cannot connect to proxy.", OSError("reset"))

    assert failure_of(requests.exceptions.ProxyError(cut), sending=True).may_have_happened
