"""What is safe to repeat is sent again; what may have been carried out, and is not, raises and says so."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support.fault_proxy import Plan, faulty
from spec.support.server import Server
from spec.support.time import Pauses

DEFINITION = "version: '2.0'\nhello: {tasks: {greet: {action: std.noop}}}\n"
SAFE: list[tuple[str, Callable[[fogflow.WorkflowService], Any]]] = [
    ("a read", lambda service: service.list_workflows()),
    ("an update", lambda service: service.update_workflow(DEFINITION)),
    ("a delete", lambda service: service.delete_workflow("hello")),
    ("a start", lambda service: service.create_execution("hello")),
    ("a validation", lambda service: service.validate_workflow(DEFINITION)),
    ("a pause", lambda service: service.update_execution("4d5e", "state", "PAUSED")),
]
ONCE: list[tuple[str, Callable[[fogflow.WorkflowService], Any]]] = [
    ("a new workflow", lambda service: service.create_workflow(DEFINITION)),
    ("a new trigger", lambda service: service.create_cron_trigger("nightly", "4d5e")),
    ("a run of an action", lambda service: service.create_action_execution("std.echo")),
    ("the end of an action", lambda service: service.update_action_execution("4d5e", "state", "SUCCESS")),
    ("a task run again", lambda service: service.rerun_task("4d5e")),
    ("a task skipped", lambda service: service.skip_task("4d5e")),
    ("an execution that is to go on", lambda service: service.update_execution("4d5e", "state", "RUNNING")),
    ("a new version of a source", lambda service: service.update_code_source("4d5e", "pass")),
]
LOST = ["drop_answer", "cut", "reset", "hang", "bad_gateway"]
NOT_CARRIED_OUT = ["too_many"]


def calls(given: list[tuple[str, Any]]) -> Any:
    return pytest.mark.parametrize("call", [call for _, call in given], ids=[name for name, _ in given])


class Once(Plan):
    """Befalls the first request with a fault, and no other."""

    def __init__(self, fault: str) -> None:
        super().__init__(0, {fault: 1.0}, lambda method, path: self.requests == 1)


def closed_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


@calls(SAFE)
@pytest.mark.parametrize("fault", [*LOST, *NOT_CARRIED_OUT, "drop_request", "unavailable", "delay"])
def it_sends_again_what_is_safe_to_repeat(fault: str, call: Any, server: Server) -> None:
    with faulty(server.url, Once(fault)) as url:
        call(fogflow.connect(endpoint=url, timeout=0.2))

    heard = [(one.method, one.path, one.text) for one in server.heard]
    assert heard == heard[:1] * (2 if fault in LOST else 1)


@calls(ONCE)
@pytest.mark.parametrize("fault", LOST)
def it_sends_only_once_what_may_have_been_carried_out(fault: str, call: Any, server: Server) -> None:
    with faulty(server.url, Once(fault)) as url, pytest.raises(errors.Error, match="may have been carried out") as lost:
        call(fogflow.connect(endpoint=url, timeout=0.2))

    assert len(server.heard) == 1
    assert lost.value.may_have_happened
    assert isinstance(lost.value, errors.ServerError if fault == "bad_gateway" else errors.ConnectionError)


@calls(ONCE)
@pytest.mark.parametrize("fault", NOT_CARRIED_OUT)
def it_sends_again_what_was_certainly_not_carried_out(fault: str, call: Any, server: Server) -> None:
    with faulty(server.url, Once(fault)) as url:
        call(fogflow.connect(endpoint=url))

    assert len(server.heard) == 1


@calls([*ONCE, *SAFE])
def it_tries_again_when_nobody_listens_for_nothing_was_heard(call: Any, pauses: Pauses) -> None:
    service = fogflow.connect(endpoint=f"http://127.0.0.1:{closed_port()}", retries=3)

    with pytest.raises(errors.ConnectionError, match=r"tried 4 times$") as raised:
        call(service)

    assert len(pauses.slept) == 3
    assert raised.value.attempts == 4
    assert not raised.value.may_have_happened


def it_does_not_forget_what_an_earlier_attempt_may_have_done(server: Server) -> None:
    def fault(method: str, path: str) -> str:
        return "drop_answer" if plan.requests == 1 else "unavailable"

    plan = Once("delay")
    plan.next = lambda method, path: _counted(plan, fault(method, path))  # type: ignore[method-assign]
    with faulty(server.url, plan) as url, pytest.raises(errors.ServiceUnavailable) as raised:
        fogflow.connect(endpoint=url, retries=2).create_execution("hello")

    assert raised.value.may_have_happened
    assert raised.value.attempts == 3


def _counted(plan: Plan, fault: str) -> str:
    plan.requests += 1
    return fault


def it_takes_a_delete_for_done_that_finds_nothing_the_second_time(server: Server) -> None:
    server.answer("/v2/workflows/hello", status=204)
    server.answer("/v2/workflows/hello", {"faultstring": "Workflow not found"}, 404)
    with faulty(server.url, Once("drop_answer")) as url:
        response = fogflow.connect(endpoint=url).delete_workflow("hello")

    assert response.status == 204
    assert len(server.heard) == 2


@pytest.mark.parametrize("fault", ["drop_request", "too_many", "unavailable"])
def it_takes_a_delete_for_nothing_where_nothing_was_deleted(fault: str, server: Server) -> None:
    server.answer("/v2/workflows/hello", {"faultstring": "Workflow not found"}, 404)

    with faulty(server.url, Once(fault)) as url:
        service = fogflow.connect(endpoint=url)
        if fault == "too_many":
            with pytest.raises(errors.NotFound):
                service.delete_workflow("hello")
        else:
            # Whether the first one did it cannot be told, and it is gone.
            assert service.delete_workflow("hello").status == 204


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def it_sends_again_what_is_turned_away_for_now(status: int, server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/workflows", "", status)

    assert recorded.list_workflows().status == 200
    assert len(server.heard) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 415, 500, 501, 302])
def it_does_not_send_again_what_is_refused(status: int, server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/workflows", "", status)

    with pytest.raises(errors.HTTPError):
        recorded.list_workflows()

    assert len(server.heard) == 1


def it_waits_longer_each_time_and_never_as_long_as_others(
    server: Server, recorded: fogflow.WorkflowService, pauses: Pauses
) -> None:
    for _ in range(5):
        server.answer("*", "", 503)
    recorded.list_workflows()
    one = list(pauses.slept)
    for _ in range(5):
        server.answer("*", "", 503)
    recorded.list_workflows()
    other = pauses.slept[5:]

    for number, pause in enumerate(one):
        assert 0.25 * 2**number <= pause <= 0.5 * 2**number
    assert one != other


@pytest.mark.parametrize("as_date", [False, True])
def it_comes_back_when_the_server_says(
    as_date: bool, server: Server, recorded: fogflow.WorkflowService, pauses: Pauses
) -> None:
    moment = datetime.now(timezone.utc) + timedelta(seconds=7)
    server.answer("/v2/workflows", "", 503, Retry_After=format_datetime(moment, usegmt=True) if as_date else "7")

    recorded.list_workflows()

    assert pauses.slept == [pytest.approx(7, abs=1.1)]


@pytest.mark.parametrize("asked", ["soon", "", "-5", "1e9"])
def it_passes_over_a_time_to_come_back_that_is_none(
    asked: str, server: Server, recorded: fogflow.WorkflowService, pauses: Pauses
) -> None:
    server.answer("/v2/workflows", "", 503, Retry_After=asked)

    recorded.list_workflows()

    assert pauses.slept[0] <= 0.5


def it_begins_no_pause_that_would_end_too_late(server: Server, pauses: Pauses) -> None:
    service = fogflow.connect(endpoint=server.url, retries=fogflow.Retries(count=9, seconds=60))
    server.answer("/v2/workflows", "", 503, Retry_After="59")
    server.answer("/v2/workflows", "", 503, Retry_After="2")

    with pytest.raises(errors.ServiceUnavailable):
        service.list_workflows()

    assert pauses.slept == [59]


def it_never_tries_again_where_it_is_told_so(server: Server) -> None:
    server.answer("/v2/workflows", "", 503)

    with pytest.raises(errors.ServiceUnavailable, match=r"\)$"):
        fogflow.connect(endpoint=server.url, retries=0).list_workflows()

    assert len(server.heard) == 1


@pytest.mark.parametrize("retries", [-1, 1.5, "3", True, [3]])
def it_takes_a_number_of_retries(retries: Any, server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match="count of retries"):
        fogflow.connect(endpoint=server.url, retries=retries)


@pytest.mark.parametrize("seconds", [-1, "3", True, None, float("nan")])
def it_takes_seconds_of_retries(seconds: Any) -> None:
    with pytest.raises(errors.ArgumentError, match="seconds of retries"):
        fogflow.Retries(seconds=seconds)


def it_says_that_it_tries_again_and_nothing_private(
    server: Server, recorded: fogflow.WorkflowService, caplog: pytest.LogCaptureFixture
) -> None:
    server.answer("/v2/executions", {"faultstring": "private"}, 503)

    recorded.list_executions(description="eq:private")

    (line,) = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert line.startswith(f"GET {server.url}/v2/executions was answered with 503; it is sent again in 0.")
    assert "private" not in line


def it_gives_up_at_once_on_a_host_that_is_not_known(pauses: Pauses) -> None:
    with pytest.raises(errors.ConnectionError):
        fogflow.connect(endpoint="http://mistral.invalid").list_workflows()

    assert pauses.slept == []
