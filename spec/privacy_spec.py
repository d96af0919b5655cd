"""Nothing private is shown, whatever goes wrong: in no error, nor in what led to it, in no log, warning or pickle."""

from __future__ import annotations

import json
import logging
import pickle
import socket
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support.canary import INPUT, PASSWORD, TOKEN
from spec.support.fault_proxy import Plan, faulty
from spec.support.keystone import fog_options, plays_keystone
from spec.support.raw import answering
from spec.support.server import Server

SECRETS = (PASSWORD, TOKEN, INPUT)

REFUSED = {"error": {"code": 401, "message": "The request you have made requires authentication.", "title": "No"}}


def start(service: fogflow.WorkflowService) -> Any:
    return service.executions.create(workflow_name="hello", input={"password": INPUT}, params={"env": {"key": INPUT}})


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


# -- how a call fails


def keystone_refuses(server: Server) -> None:
    server.answer("/v3/auth/tokens", REFUSED, 401)
    plays_keystone(server)
    start(fogflow.connect(fog_options(server)))


def keystone_makes_no_sense(server: Server) -> None:
    server.answer("/v3/auth/tokens", f"<html>{'x' * 50}</html>", 201, X_Subject_Token=TOKEN)
    plays_keystone(server)
    start(fogflow.connect(fog_options(server)))


def keystone_is_gone(server: Server) -> None:
    start(fogflow.connect(fog_options(server, openstack_auth_url=f"http://127.0.0.1:{closed_port()}/v3")))


def keystone_is_unknown(server: Server) -> None:
    start(fogflow.connect(fog_options(server, openstack_auth_url="http://keystone.invalid/v3")))


def the_catalog_has_no_mistral(server: Server) -> None:
    plays_keystone(server, service_type="compute")
    start(fogflow.connect(fog_options(server)))


def mistral_refuses_the_token(server: Server) -> None:
    plays_keystone(server)
    for _ in range(2):
        server.answer("/v2/executions", "", 401)
    start(fogflow.connect(fog_options(server)))


def mistral_refuses_the_input(server: Server) -> None:
    plays_keystone(server)
    server.answer("/v2/executions", {"faultstring": "Invalid input, missing=['who']"}, 400)
    start(fogflow.connect(fog_options(server)))


def mistral_is_gone(server: Server) -> None:
    start(fogflow.connect(endpoint=f"http://127.0.0.1:{closed_port()}", openstack_auth_token=TOKEN))


def the_answer_is_lost(server: Server) -> None:
    plays_keystone(server)
    with faulty(server.url, Plan(0, {"drop_answer": 1})) as url:
        start(fogflow.connect(fog_options(server, endpoint=url)))


def the_answer_is_cut(server: Server) -> None:
    plays_keystone(server)
    server.answer("/v2/executions", {"id": "1", "input": json.dumps({"password": INPUT})}, 201)
    with faulty(server.url, Plan(0, {"cut": 1})) as url:
        start(fogflow.connect(fog_options(server, endpoint=url), retries=0))


def the_answer_is_damaged(server: Server) -> None:
    plays_keystone(server)
    server.answer("/v2/executions", f'{{"id": "1", "input": "{INPUT}"', 201)
    start(fogflow.connect(fog_options(server)))


def the_answer_is_a_text(server: Server) -> None:
    server.answer("/v2/executions", json.dumps(INPUT), 201)
    start(fogflow.connect(endpoint=server.url))


def the_answer_is_a_damaged_text(server: Server) -> None:
    server.answer("/v2/executions", json.dumps(INPUT)[:-1], 201)
    start(fogflow.connect(endpoint=server.url))


def the_answer_is_a_list(server: Server) -> None:
    server.answer("/v2/executions/1", json.dumps([INPUT]))
    fogflow.connect(endpoint=server.url).executions.get("1")


def the_list_is_none(server: Server) -> None:
    server.answer("/v2/executions", json.dumps({"executions": INPUT}))
    list(fogflow.connect(endpoint=server.url).executions)


def the_input_comes_back_in_no_form(server: Server) -> None:
    server.answer("/v2/executions/1", {"id": "1", "input": f"{INPUT}: ["})
    _ = fogflow.connect(endpoint=server.url).executions.find_by_id("1").input


def the_answer_is_too_large(server: Server) -> None:
    with answering() as raw:
        raw.pieces = lambda: iter([b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", INPUT.encode()])
        start(fogflow.connect(endpoint=raw.url, openstack_auth_token=TOKEN))


def the_server_redirects(server: Server) -> None:
    plays_keystone(server)
    server.answer("/v2/executions", "", 307, Location="http://elsewhere.invalid/v2/executions")
    start(fogflow.connect(fog_options(server)))


def another_execution_has_the_id(server: Server) -> None:
    given = "5f4dcc3b-0000-4000-8000-000000000000"
    server.answer("/v2/executions", {"id": given, "workflow_name": "other", "input": json.dumps({"key": INPUT})}, 201)
    fogflow.connect(endpoint=server.url).executions.create(workflow_name="hello", id=given, input={"password": INPUT})


def the_proxy_is_gone(server: Server) -> None:
    proxy = f"http://user:{PASSWORD}@127.0.0.1:{closed_port()}"
    start(fogflow.connect(endpoint="http://mistral.invalid", connection_options={"proxy": proxy}))


def the_token_has_a_line_end(server: Server) -> None:
    fogflow.connect(endpoint=server.url, openstack_auth_token=f"{TOKEN}\n")


def a_url_has_a_password(server: Server) -> None:
    fogflow.connect(endpoint=f"http://user:{PASSWORD}@mistral")


def a_password_is_no_text(server: Server) -> None:
    fogflow.connect(fog_options(server, openstack_api_key=[PASSWORD]))


# -- wrong arguments


def wrong(call: Callable[[fogflow.WorkflowService], Any]) -> Callable[[Server], None]:
    return lambda server: call(fogflow.connect(endpoint=server.url))


WRONG: dict[str, Callable[[fogflow.WorkflowService], Any]] = {
    "input": lambda service: service.executions.create(workflow_name="hello", input=INPUT),
    "params": lambda service: service.executions.create(workflow_name="hello", params=[INPUT]),
    "env": lambda service: fogflow.models.Execution.from_row(service, {"id": "1"}).resume(env=[INPUT]),
    "input that JSON cannot say": lambda service: service.create_execution("hello", {"a": {INPUT}}),
    "input in place of a name": lambda service: service.get_workflow({"password": INPUT}),
    "input in place of a workflow": lambda service: service.executions.create(workflow={"password": INPUT}),
    "input of an action": lambda service: service.action_executions.create(name="std.echo", input=INPUT),
    "variables": lambda service: service.environments.create(name="colors", variables=INPUT),
    "an environment that is no YAML": lambda service: service.create_environment(f"variables: {{password: {INPUT}"),
    "a definition beyond UTF-8": lambda service: service.create_workflow(f"password: {INPUT} \ud800"),
    "an environment that is a list": lambda service: service.create_environment(f"[{INPUT}]"),
    "a definition that is a list": lambda service: service.workflows.create(definition=[INPUT]),
    "input of a trigger": lambda service: service.cron_triggers.create(
        name="nightly", pattern="* * * * *", workflow_name="hello", workflow_input=INPUT
    ),
    "an attribute that there is not": lambda service: service.executions.create(workflow_name="hello", inputs=INPUT),
}

FAILURES: dict[str, Callable[[Server], Any]] = {
    **{
        call.__name__: call
        for call in (
            keystone_refuses,
            keystone_makes_no_sense,
            keystone_is_gone,
            keystone_is_unknown,
            the_catalog_has_no_mistral,
            mistral_refuses_the_token,
            mistral_refuses_the_input,
            mistral_is_gone,
            the_answer_is_lost,
            the_answer_is_cut,
            the_answer_is_damaged,
            the_answer_is_a_text,
            the_answer_is_a_damaged_text,
            the_answer_is_a_list,
            the_list_is_none,
            the_input_comes_back_in_no_form,
            the_answer_is_too_large,
            the_server_redirects,
            the_proxy_is_gone,
            the_token_has_a_line_end,
            a_url_has_a_password,
            a_password_is_no_text,
        )
    },
    **{f"wrong: {name}": wrong(call) for name, call in WRONG.items()},
}


@pytest.mark.parametrize("failure", FAILURES)
def it_shows_nothing_private_when(
    failure: str, server: Server, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with pytest.raises(errors.Error) as raised:
            FAILURES[failure](server)

    said = [
        *shown(raised.value),
        *(record.getMessage() for record in caplog.records),
        *capfd.readouterr(),
        *(str(one.message) for one in warned),
    ]
    assert [text for text in said if any(secret in text for secret in SECRETS)] == []


def shown(error: errors.Error) -> Iterator[str]:
    """An error in every form in which it may come to light, and all that led to it."""
    for one in chain(error):
        yield from (str(one), repr(one), repr(vars(one)), repr(one.args))
    yield "".join(traceback.format_exception(error))
    yield repr(pickle.dumps(error))


def chain(error: BaseException) -> list[BaseException]:
    found = [error]
    for one in found:
        found += (other for other in (one.__cause__, one.__context__) if other is not None and other not in found)
    return found


@pytest.mark.parametrize("failure", [name for name in FAILURES if not name.startswith("wrong")])
def it_says_how_it_came_without_what_the_libraries_hold(failure: str, server: Server) -> None:
    with pytest.raises(errors.Error) as raised:
        FAILURES[failure](server)

    # requests' errors hold the request with its token, keystoneauth1's the body with the password.
    # And errors of JSON and of codecs the whole text.
    assert {type(one).__module__ for one in chain(raised.value)} == {"fogflow.errors"}


def it_keeps_another_executions_input_to_its_answer(server: Server) -> None:
    with pytest.raises(errors.Conflict) as raised:
        another_execution_has_the_id(server)

    assert INPUT not in f"{raised.value} {raised.value!r} {''.join(traceback.format_exception(raised.value))}"
    assert INPUT in str(raised.value.response.body)


def it_shows_nothing_private_of_what_goes_well(
    server: Server, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    plays_keystone(server)
    answered = {"id": "4d5e", "workflow_name": "hello", "state": "RUNNING", "input": json.dumps({"password": INPUT})}
    server.answer("/v2/executions", answered, 201)
    service = fogflow.connect(fog_options(server, connection_options={"debug_request": True}))

    execution = start(service)

    response = service.get_execution("4d5e")
    said = [repr(one) for one in (execution, service, service.connection, service.executions, response)]
    said += [str(execution), *(record.getMessage() for record in caplog.records), *capfd.readouterr()]
    assert [text for text in said if any(secret in text for secret in SECRETS)] == []
    assert {"urllib3.connectionpool", "keystoneauth.session"} <= {record.name for record in caplog.records}
    assert execution.input == {"password": INPUT}
