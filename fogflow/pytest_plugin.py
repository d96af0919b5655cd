"""Fixtures for tests of code that uses fogflow; pytest finds them by itself where fogflow is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import fogflow

if TYPE_CHECKING:
    from fogflow.mock import Cloud


@pytest.fixture
def mistral_mock_cloud() -> Iterator[Cloud]:
    """A Mistral in memory, for one test: what is to become of executions is said by `script`, time moved by `advance`.

    While it is there, every `fogflow.connect` is on it, whatever its options.
    """
    with fogflow.mock() as cloud:
        yield cloud


@pytest.fixture
def mistral_mock(mistral_mock_cloud: Cloud) -> fogflow.WorkflowService:
    """A service on a Mistral in memory, `mistral_mock_cloud`."""
    return mistral_mock_cloud.connect()


@pytest.fixture(scope="session")
def mistral_local() -> Iterator[fogflow.WorkflowService]:
    """A service on a real Mistral behind a real Keystone on this machine, one for all tests; takes `fogflow[local]`."""
    import fogflow.local

    with fogflow.local.cloud() as cloud:
        yield cloud.connect()
