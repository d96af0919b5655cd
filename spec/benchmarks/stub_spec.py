"""The stub server answers as Mistral does, and counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import fogflow
from benchmarks import stub
from benchmarks.clients import PAGE_SIZE
from benchmarks.population import Population

ANSWERS = Path(__file__).parents[2] / "fixtures" / "mistral" / "answers.yaml"
RUNNING = Population(10, seconds=100)


@pytest.fixture(scope="module")
def server() -> Iterator[stub.Stub]:
    with stub.running() as running:
        yield running


@pytest.fixture
def service(server: stub.Stub) -> fogflow.WorkflowService:
    server.set_time(0)
    server.forget()
    return fogflow.connect(endpoint=server.endpoint(RUNNING))


def real(request: str) -> dict[str, Any]:
    """What a real Mistral answered to a request."""
    body: dict[str, Any] = next(one["body"] for one in yaml.safe_load(ANSWERS.read_text()) if one["request"] == request)
    return body


def it_says_of_an_execution_what_mistral_says(service: fogflow.WorkflowService) -> None:
    answer = service.get_execution(RUNNING.identity(3))

    assert answer.body.keys() == real("GET /executions/$x").keys()


@pytest.mark.parametrize("more", [{}, {"include_output": "no"}])
def it_lists_of_an_execution_what_mistral_lists(service: fogflow.WorkflowService, more: dict[str, str]) -> None:
    asked = "".join(f"&{name}={value}" for name, value in more.items())

    listed = service.list_executions(limit=1, **more).body["executions"][0]

    assert listed.keys() == real(f"GET /executions?workflow_name=hello&description=d{asked}")["executions"][0].keys()


def it_has_pages_that_lead_to_the_end(service: fogflow.WorkflowService) -> None:
    pages = [service.list_executions(limit=4)]
    while "next" in pages[-1].body:
        pages.append(service.list_executions(limit=4, marker=pages[-1].body["executions"][-1]["id"]))

    assert [len(page.body["executions"]) for page in pages] == [4, 4, 2]


def it_ends_executions_by_the_time_that_it_is_told(server: stub.Stub, service: fogflow.WorkflowService) -> None:
    server.set_time(50)

    ended = service.executions.filter(state="SUCCESS")

    assert {one.id for one in ended} == {one for one in RUNNING.identities if RUNNING.end(one) <= 50}
    assert len(ended) == 5


def it_finds_what_has_changed_since_a_moment(server: stub.Stub, service: fogflow.WorkflowService) -> None:
    server.set_time(100)

    changed = service.executions.filter(updated_at__gte="2026-01-01 00:01:20.000000")

    assert {RUNNING.end(one.id) for one in changed} == {80, 90, 100}


def it_sends_no_more_than_the_fields_that_are_asked_for(service: fogflow.WorkflowService) -> None:
    assert service.list_executions(fields="state").body["executions"][0].keys() == {"id", "state"}


def it_counts_requests_and_bytes_of_clients_alone(server: stub.Stub, service: fogflow.WorkflowService) -> None:
    answer = service.get_execution(RUNNING.identity(0))
    server.set_time(0)

    counted = server.counted()

    assert counted.requests == 1
    assert counted.received > int(answer.headers["Content-Length"])


def it_lists_on_pages_of_the_size_that_fogflow_asks_for(service: fogflow.WorkflowService) -> None:
    assert service.executions.page_size == PAGE_SIZE
