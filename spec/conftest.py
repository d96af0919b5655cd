"""The worlds in which the specs run: a server that only writes down, and one real cloud for the whole run."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest

import fogflow
import fogflow.local
from spec.support.server import Server, listening


@pytest.fixture(autouse=True)
def no_cloud_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No spec goes where the variables of whoever runs it point."""
    for name in list(os.environ):
        if name.startswith("OS_"):
            monkeypatch.delenv(name)


@pytest.fixture
def server() -> Iterator[Server]:
    with listening() as running:
        yield running


@pytest.fixture
def recorded(server: Server) -> fogflow.WorkflowService:
    """A service whose requests are only written down."""
    return fogflow.connect(endpoint=server.url)


@pytest.fixture(scope="session")
def cloud() -> Iterator[fogflow.local.Cloud]:
    """The real thing, with pages of ten rows, so that every longer list goes over several."""
    with fogflow.local.cloud(config={"api": {"max_limit": 10}}) as running:
        yield running


@pytest.fixture(scope="session")
def service(cloud: fogflow.local.Cloud) -> fogflow.WorkflowService:
    return cloud.connect()


@pytest.fixture
def name() -> str:
    """A name that no other spec uses, for the cloud is everybody's."""
    return f"w{uuid.uuid4().hex[:12]}"
