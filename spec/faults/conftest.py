"""What the specs of bad days have in common: a real cloud of their own, and the figures that they print at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import fogflow.local

Note = Callable[[str], None]
"""Keeps a line for the end of the run."""

_figures = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    terminalreporter.section("figures")
    for line in config.stash.get(_figures, []):
        terminalreporter.write_line(line)


@pytest.fixture
def note(pytestconfig: pytest.Config) -> Note:
    return pytestconfig.stash.setdefault(_figures, []).append


@pytest.fixture(scope="session")
def cloud() -> Iterator[fogflow.local.Cloud]:
    """A real Mistral behind a real Keystone, with pages of ten rows, which asks Keystone about each token each time."""
    config = {"api": {"max_limit": 10}, "keystone_authtoken": {"token_cache_time": -1}}
    with fogflow.local.cloud(config=config) as running:
        yield running
