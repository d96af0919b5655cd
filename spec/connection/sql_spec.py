"""No error shows the SQL that a server quotes: the parameters of the statement are private."""

from __future__ import annotations

import pickle
from types import SimpleNamespace
from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support.keystone import fog_options
from spec.support.server import Server

CAUSE = "(pymysql.err.DataError) (1406, \"Data too long for column 'name' at row 1\")"
QUOTED = "\n[SQL: INSERT INTO t (name) VALUES (%(name)s)]\n[parameters: {'name': 'hidden-value'}]\n(Background on this"
POSTGRES = "(psycopg2.errors.NotNullViolation) null value\nDETAIL:  Failing row contains (hidden-value).\n"


@pytest.mark.parametrize("status", [400, 409, 500, 503])
@pytest.mark.parametrize(
    "body",
    [
        {"faultcode": "Server", "faultstring": CAUSE + QUOTED, "debuginfo": f"Traceback: {CAUSE}{QUOTED}"},
        {"faultstring": f"DBError: {CAUSE}{QUOTED}"},
        {"error": {"code": 500, "message": CAUSE + QUOTED}},
        {"unknown": [CAUSE + QUOTED]},
        [CAUSE + QUOTED],
        CAUSE + QUOTED,
        {"faultstring": POSTGRES},
        {"faultstring": QUOTED},
    ],
)
def it_cuts_the_message_before_the_sql(body: Any, status: int, server: Server) -> None:
    server.answer("*", body, status)

    with pytest.raises(errors.HTTPError) as raised:
        fogflow.connect(endpoint=server.url, retries=0).create_environment({"name": "e", "variables": {}})

    error = raised.value
    shown = [str(error), repr(error), error.message, repr(error.response), str(error.response.body)]
    assert not [text for text in shown if "hidden-value" in text or "INSERT" in text]
    assert b"hidden-value" not in pickle.dumps(error)


def it_keeps_the_message_up_to_the_sql(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("*", {"faultstring": CAUSE + QUOTED}, 500)

    with pytest.raises(errors.ServerError) as raised:
        recorded.create_environment({"name": "e", "variables": {}})

    assert raised.value.message == CAUSE


def it_cuts_what_keystone_says_before_the_sql(server: Server) -> None:
    server.answer("/v3/auth/tokens", {"error": {"code": 500, "message": CAUSE + QUOTED, "title": "oh"}}, 500)

    with pytest.raises(errors.Error) as raised:
        fogflow.connect(fog_options(server, openstack_auth_url=f"{server.url}/v3"), retries=0).list_workflows()

    assert "hidden-value" not in str(raised.value)


def it_cuts_why_a_task_and_an_execution_failed_before_the_sql() -> None:
    execution: Any = SimpleNamespace(id="4d5e", workflow_name="w", state="ERROR", state_info=CAUSE + QUOTED)
    task: Any = SimpleNamespace(name="t", id="6f", state_info=f"{CAUSE} {QUOTED.strip()}")

    assert "hidden-value" not in str(errors.ExecutionError(execution, []))
    assert "SQL" not in str(errors.ExecutionError(execution, [task]))


def it_keeps_a_text_that_quotes_no_sql(server: Server, recorded: fogflow.WorkflowService) -> None:
    body = {"faultstring": "Invalid input [name=std.sql, SQL=1]", "debuginfo": None}
    server.answer("*", body, 400)

    with pytest.raises(errors.BadRequest) as raised:
        recorded.create_environment({"name": "e", "variables": {}})

    assert raised.value.message == body["faultstring"]
    assert raised.value.response.body == body
