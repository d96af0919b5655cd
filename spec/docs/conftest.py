"""What documentation finds when it is run."""

from __future__ import annotations

import inspect
import os
import time
from pathlib import Path
from typing import Any

import pytest

import fogflow
import fogflow.local
from fogflow.core import waiting
from fogflow.mock import Cloud, Run
from fogflow.service import stand_ins
from spec.support.graphviz import put_dot_into
from spec.support.time import SleptTime
from spec.support.worlds import MockCloud

LOCAL_CLOUD = inspect.signature(fogflow.local.cloud)


@pytest.fixture
def names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends_every_mock: None, mistral_mock_cloud: Cloud
) -> dict[str, Any]:
    """What the blocks of a page find: a service on a mock, in a folder of its own, where sleeping takes no time."""
    clock = SleptTime(sleeps=False)
    begun = time.monotonic()

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        for mock in stand_ins:
            mock.__self__.advance(seconds)

    monkeypatch.setattr(waiting, "time", time)
    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(time, "monotonic", lambda: begun + clock.monotonic())
    monkeypatch.setattr(fogflow.local, "cloud", local_cloud)
    put_dot_into(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)
    mistral_mock_cloud.script("hello", output=computed, after=2)
    return {"cloud": mistral_mock_cloud, "service": mistral_mock_cloud.connect(), "fogflow": fogflow}


def local_cloud(*arguments: Any, **options: Any) -> MockCloud:
    """Stands for `fogflow.local.cloud`, takes what that takes, and starts nothing; `spec/local` starts the real one."""
    LOCAL_CLOUD.bind(*arguments, **options)
    return MockCloud()


def computed(run: Run) -> dict[str, Any]:
    """What a real Mistral puts out for the `hello` that README and the quickstart show; the mock computes nothing."""
    known = {"<% $.greeting %>": f"Hello, {run.input.get('who')}!"}
    return {name: known.get(value, value) for name, value in run.output.items()}
