"""What all specs share: a server that only writes down."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

import fogflow
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
