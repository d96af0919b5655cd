"""`python -m fogflow.mock` serves a mock to other processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

import fogflow
from fogflow.mock import Cloud
from fogflow.mock.serving import serving
from spec.support import definitions
from spec.support.programs import Program


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    command = [sys.executable, "-m", "fogflow.mock", "--max-limit", "2"]
    with Program(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()
        assert process.wait(10) == 0


def it_prints_where_it_is_and_answers_there(endpoint: str) -> None:
    service = fogflow.connect(endpoint=endpoint)

    for number in range(5):
        service.workflows.create(definition=definitions.noop(f"rest_{number}"))

    assert len(service.list_workflows().body["workflows"]) == 2
    assert len(service.workflows.all()) == 5
    assert service.executions.create(workflow_name="rest_1").wait().success


def it_links_to_itself(endpoint: str) -> None:
    versions = requests.get(endpoint.removesuffix("/v2"), timeout=10).json()["versions"]

    assert versions[0]["links"][0]["href"] == endpoint


def it_takes_the_project_from_the_token() -> None:
    cloud = Cloud()
    with serving(cloud) as url:
        other = requests.get(f"{url}/workflows?all_projects=1", headers={"X-Auth-Token": "mock-other"}, timeout=10)
        anybody = requests.get(f"{url}/workflows?all_projects=1", headers={"X-Auth-Token": "x"}, timeout=10)

    assert (other.status_code, anybody.status_code) == (403, 200)
