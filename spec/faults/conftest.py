"""What the specs of bad days have in common: a real cloud of their own, and the figures that they print at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import fogflow.local

Note = Callable[[str], None]
"""Keeps a line for the end of the run."""

_FIGURE = "figure"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.section("figures")
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            if name == _FIGURE and report.when == "call":
                terminalreporter.write_line(value)


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Note:
    # A property of the report, so that it reaches the terminal from whichever process the spec runs in.
    return lambda line: record_property(_FIGURE, line)


@pytest.fixture(scope="session")
def cloud() -> Iterator[fogflow.local.Cloud]:
    """A real Mistral behind a real Keystone, with pages of ten rows, which asks Keystone about each token each time."""
    config = {"api": {"max_limit": 10}, "keystone_authtoken": {"token_cache_time": -1}}
    with fogflow.local.cloud(config=config) as running:
        yield running
