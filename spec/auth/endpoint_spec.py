"""A Mistral without a Keystone takes no more than an address, and no more than requests."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys

import pytest

import fogflow
from fogflow import errors
from spec.support.server import Server

GET = """
import sys, fogflow
fogflow.connect(endpoint=sys.argv[1]).executions.get("1")
print(*sys.modules)
"""


def it_does_not_load_keystoneauth1(server: Server) -> None:
    loaded = subprocess.run([sys.executable, "-c", GET, server.url], capture_output=True, text=True, check=True).stdout

    assert [heard.path for heard in server.heard] == ["/v2/executions/1"]
    assert "requests" in loaded.split()
    assert "keystoneauth1" not in loaded.split()


def it_says_who_it_is_and_nothing_of_who_asks(server: Server) -> None:
    fogflow.connect(endpoint=server.url).list_workflows()

    (heard,) = server.heard
    assert heard.headers["User-Agent"] == f"fogflow/{fogflow.__version__}"
    assert "X-Auth-Token" not in heard.headers


def it_has_a_session_for_what_fogflow_does_not_do(server: Server) -> None:
    options = {"ssl_verify_peer": False, "read_timeout": 2}
    service = fogflow.connect(endpoint=server.url, connection_options=options, persistent=False)

    session = service.connection.session

    assert (session.verify, session.timeout) == (False, (60, 2))
    assert session.get(f"{server.url}/v2/").status_code == 200
    assert server.heard[0].headers["Connection"] == "close"
    assert session is service.connection.session


def it_acts_for_no_project_and_can_renew_nothing(server: Server) -> None:
    server.answer("/v2/workflows", {"error": {"message": "who are you?"}}, status=401)
    service = fogflow.connect(endpoint=server.url)

    assert service.project_id is None
    with pytest.raises(errors.Unauthorized, match="who are you"):
        service.list_workflows()
    assert len(server.heard) == 1


@pytest.mark.parametrize("credentials", [{}, {"openstack_auth_token": "token"}], ids=["without", "with"])
def it_says_in_plain_words_that_nobody_answers_with_or_without_a_token(credentials: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    with pytest.raises(errors.ConnectionError) as caught:
        fogflow.connect({**credentials, "endpoint": url, "retries": 0}).list_workflows(state="private")

    assert str(caught.value).startswith(f"no answer from {url}/v2/workflows: ")
    assert "Connection refused" in str(caught.value)
    # Nobody tried more than once, and a query may be private.
    assert "Max retries" not in str(caught.value)
    assert "private" not in str(caught.value)


def it_shows_its_requests_when_asked(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    service = fogflow.connect(endpoint=server.url, connection_options={"debug_request": True})
    assert logging.getLogger("fogflow.connection").handlers == []

    service.list_workflows()

    assert f"GET {server.url}/v2/workflows" in capsys.readouterr().err
