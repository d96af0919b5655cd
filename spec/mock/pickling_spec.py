"""What was connected to a mock never reaches a real server, however it travels."""

from __future__ import annotations

import copy
import gc
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support.server import Server

THINGS: dict[str, Callable[[fogflow.WorkflowService], Any]] = {
    "service": lambda service: service,
    "collection": lambda service: service.environments,
    "model": lambda service: service.environments.create(name="production", variables={}),
}
USES: dict[str, Callable[[Any], Any]] = {
    "service": lambda service: service.list_workflows(),
    "collection": list,
    "model": lambda environment: environment.destroy(),
}
MESSAGE = r"connected to a fogflow\.mock\(\) that does not exist in this process; connect again"


def connections(server: Server, cloud: fogflow.mock.Cloud) -> dict[str, fogflow.WorkflowService]:
    return {
        "with an endpoint": fogflow.connect(endpoint=server.url),
        "by the environment": fogflow.connect(),
        "by the mock": cloud.connect(),
    }


@pytest.fixture(autouse=True)
def _real_cloud_in_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", server.url)


@pytest.mark.parametrize("way", ["with an endpoint", "by the environment", "by the mock"])
@pytest.mark.parametrize("thing", THINGS)
def it_raises_once_the_mock_is_gone(thing: str, way: str, server: Server) -> None:
    def pickled() -> bytes:
        with fogflow.mock() as cloud:
            return pickle.dumps(THINGS[thing](connections(server, cloud)[way]))

    data = pickled()
    gc.collect()

    for restored in (pickle.loads(data), pickle.loads(pickle.dumps(pickle.loads(data)))):
        with pytest.raises(errors.ArgumentError, match=MESSAGE):
            USES[thing](restored)
    assert server.heard == []


def it_raises_in_another_process_even_behind_another_mock(server: Server) -> None:
    with fogflow.mock():
        data = pickle.dumps(fogflow.connect(endpoint=server.url))
    script = "import fogflow, pickle, sys; fogflow.mock(); pickle.loads(sys.stdin.buffer.read()).list_workflows()"

    run = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=False)

    assert b"ArgumentError: this service was connected to a fogflow.mock()" in run.stderr
    assert server.heard == []


def it_returns_to_its_own_mock_within_the_process() -> None:
    with fogflow.mock():
        environment = fogflow.connect().environments.create(name="production", variables={})
        with fogflow.mock():
            pickle.loads(pickle.dumps(environment)).destroy()

        assert fogflow.connect().environments.get("production") is None


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def it_stays_on_the_mock_in_a_copy(duplicate: Callable[[Any], Any], server: Server) -> None:
    with fogflow.mock() as cloud:
        environment = duplicate(fogflow.connect().environments.create(name="production", variables={}))
        assert duplicate(cloud) is cloud

    with pytest.raises(errors.ConnectionError, match="this mock has been stopped"):
        environment.destroy()
    assert server.heard == []


def it_keeps_a_service_that_was_restored_under_a_mock_on_that_mock(server: Server) -> None:
    data = pickle.dumps(fogflow.connect(endpoint=server.url))
    with fogflow.mock():
        restored = pickle.loads(data)

    with pytest.raises(errors.ConnectionError, match="this mock has been stopped"):
        restored.list_workflows()
    assert server.heard == []
