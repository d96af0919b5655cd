"""A mock of each spec's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import fogflow
from fogflow.mock import Cloud


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    with fogflow.mock() as running:
        yield running


@pytest.fixture
def service(cloud: Cloud) -> fogflow.WorkflowService:
    return cloud.connect()
