"""What the server answers comes out as the right error, with words that a person can act on."""

from __future__ import annotations

import pickle
import socket
from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support.keystone import plays_keystone
from spec.support.server import Server

HTML = """<html>
 <head>
  <title>{status}</title>
 </head>
 <body>
  <h1>{status}</h1>
  {text}<br /><br />
&quot;Really&quot;
 </body>
</html>"""


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (415, errors.UnsupportedMediaType),
        (500, errors.ServerError),
        (502, errors.ServerError),
        (503, errors.ServiceUnavailable),
        (406, errors.HTTPError),
        (429, errors.TooManyRequests),
    ],
)
def it_has_a_class_for_each_status(status: int, error: type[errors.HTTPError], server: Server) -> None:
    service = fogflow.connect(endpoint=server.url, retries=0)
    server.answer("/v2/executions/4d5e", {"faultcode": "Client", "faultstring": "because", "debuginfo": None}, status)

    with pytest.raises(errors.HTTPError) as raised:
        service.get_execution("4d5e")

    assert type(raised.value) is error
    assert raised.value.status == status
    assert raised.value.message == "because"
    assert raised.value.method == "GET"
    assert raised.value.url == f"{server.url}/v2/executions/4d5e"
    assert raised.value.response.body["faultcode"] == "Client"
    assert str(raised.value) == f"{status} because (GET {server.url}/v2/executions/4d5e)"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"faultstring": "Workflow not found [x]"}, "Workflow not found [x]"),
        ({"error": {"code": 404, "message": "Keystone's own words"}}, "Keystone's own words"),
        (HTML.format(status="404 Not Found", text="The resource could not be found."), None),
        ("not found", "not found"),
        ("", "Not Found"),
    ],
)
def it_reads_the_message_in_every_form_that_servers_give_it(
    body: Any, message: str | None, server: Server, recorded: fogflow.WorkflowService
) -> None:
    content_type = "text/html; charset=UTF-8" if message is None else "application/json"
    server.answer("/v2/workflows/x", body, 404, Content_Type=content_type)

    with pytest.raises(errors.NotFound) as raised:
        recorded.get_workflow("x")

    assert raised.value.message == (message or 'The resource could not be found. "Really"')


@pytest.mark.parametrize(
    ("fault", "error", "message"),
    [
        ("DBEntityNotFoundError: 404: Workflow not found [x]", errors.NotFound, "Workflow not found [x]"),
        ("InputException: 400: Invalid input", errors.BadRequest, "Invalid input"),
        ("ActionException: Invalid input [name=std.echo]", errors.BadRequest, "Invalid input [name=std.echo]"),
        ("ValueError: Action 4d5e is already completed", errors.BadRequest, "Action 4d5e is already completed"),
        ("Workflow engine died", errors.ServerError, "Workflow engine died"),
    ],
)
def it_sees_through_the_500_in_which_the_engine_wraps_its_errors(
    fault: str, error: type[errors.HTTPError], message: str, server: Server, recorded: fogflow.WorkflowService
) -> None:
    server.answer("/v2/executions", {"faultcode": "Server", "faultstring": fault}, 500)

    with pytest.raises(errors.HTTPError) as raised:
        recorded.create_execution("hello")

    assert type(raised.value) is error
    assert raised.value.message == message


def it_says_when_a_server_in_maintenance_takes_changes_again(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/workflows/x", {"faultstring": "it is PAUSED"}, 423)

    with pytest.raises(errors.Locked, match=r"it is PAUSED .*; changes are taken again when get_maintenance\(\) says"):
        recorded.delete_workflow("x")


def it_names_the_request_for_the_servers_operator(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/workflows/x", {"faultstring": "oh"}, 500, X_OpenStack_Request_ID="req-77")

    with pytest.raises(errors.ServerError, match=r"request req-77\)$") as raised:
        recorded.get_workflow("x")

    assert raised.value.request_id == "req-77"


def it_keeps_the_query_out_of_the_message(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/executions", {"faultstring": "oh"}, 400)

    with pytest.raises(errors.BadRequest) as raised:
        recorded.list_executions(description="eq:private")

    assert "private" not in str(raised.value)


def it_does_not_follow_a_redirection(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/workflows", "", 302, Location="http://elsewhere.example/v2/workflows")

    with pytest.raises(errors.HTTPError, match=r"redirects to http://elsewhere\.example/v2/workflows.*endpoint="):
        recorded.list_workflows()

    assert len(server.heard) == 1


def it_says_what_came_in_place_of_json(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/workflows", "<html>a login page</html>")

    with pytest.raises(errors.InvalidResponse, match="not JSON: <html>a login page"):
        recorded.list_workflows()


def it_raises_errors_that_pickle(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/workflows/x", {"faultstring": "gone"}, 404)
    with pytest.raises(errors.NotFound) as raised:
        recorded.get_workflow("x")

    copied = pickle.loads(pickle.dumps(raised.value))

    assert type(copied) is errors.NotFound
    assert str(copied) == str(raised.value)
    assert copied.response == raised.value.response
    assert str(pickle.loads(pickle.dumps(errors.MissingExtraError("local", "why")))).startswith("why; install")


# -- no answer at all


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def it_raises_a_connection_error_when_nobody_is_there() -> None:
    service = fogflow.connect(endpoint=f"http://127.0.0.1:{closed_port()}")

    with pytest.raises(errors.ConnectionError, match="Connection refused") as raised:
        service.list_workflows()

    assert isinstance(raised.value, ConnectionError)


def it_raises_a_connection_error_for_an_unknown_host() -> None:
    service = fogflow.connect(endpoint="http://mistral.invalid:8989")

    with pytest.raises(errors.ConnectionError, match=r"mistral\.invalid"):
        service.list_workflows()


def it_raises_a_connection_error_when_keystone_is_not_there() -> None:
    service = fogflow.connect(
        openstack_auth_url=f"http://127.0.0.1:{closed_port()}", openstack_username="u", openstack_api_key="p"
    )

    with pytest.raises(errors.ConnectionError, match="auth URL"):
        service.list_workflows()


def it_raises_a_connection_error_when_the_answer_takes_too_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        service = fogflow.connect(
            endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}", connection_options={"read_timeout": 0.05}
        )

        with pytest.raises(errors.ConnectionError, match="timed out"):
            service.list_workflows()


def it_lets_no_library_speak_in_the_traceback() -> None:
    service = fogflow.connect(endpoint=f"http://127.0.0.1:{closed_port()}")

    with pytest.raises(errors.ConnectionError) as raised:
        service.list_workflows()

    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


# -- Keystone


def connected(server: Server, **options: Any) -> fogflow.WorkflowService:
    return fogflow.connect(
        openstack_auth_url=f"{server.url}/v3",
        openstack_username="admin",
        openstack_api_key="p",
        openstack_project_name="ops",
        **options,
    )


def it_says_what_the_catalog_has_in_place_of_mistral(server: Server) -> None:
    plays_keystone(server, service_type="compute")

    with pytest.raises(errors.EndpointNotFound) as raised:
        connected(server).list_workflows()

    message = str(raised.value)
    assert "public endpoint of type 'workflowv2'" in message
    assert "compute (internal in RegionOne, public in RegionOne, public in RegionTwo)" in message
    assert "endpoint=" in message


def it_names_the_region_that_the_catalog_does_not_have(server: Server) -> None:
    plays_keystone(server)

    with pytest.raises(errors.EndpointNotFound, match="in region 'RegionNine'"):
        connected(server, openstack_region="RegionNine").list_workflows()


def it_asks_for_a_new_token_once_when_mistral_refuses_the_old_one(server: Server) -> None:
    plays_keystone(server)
    server.answer("/v2/workflows", HTML.format(status="401 Unauthorized", text="No."), 401, Content_Type="text/html")

    assert connected(server).list_workflows().status == 200

    assert [heard.path for heard in server.heard].count("/v3/auth/tokens") == 2


def it_gives_up_when_mistral_refuses_the_new_token_too(server: Server) -> None:
    plays_keystone(server)
    for _ in range(2):
        server.answer("/v2/workflows", "", 401)

    with pytest.raises(errors.Unauthorized):
        connected(server).list_workflows()

    assert [heard.path for heard in server.heard].count("/v3/auth/tokens") == 2
