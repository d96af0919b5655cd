"""Every block of code in README and in the documentation does what it says."""

from __future__ import annotations

import inspect
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import fogflow
import fogflow.local
from fogflow.mock import Cloud
from fogflow.service import stand_ins
from spec.support.commands import make
from spec.support.graphviz import put_dot_into
from spec.support.pages import PAGES, PORTING, ROOT, Shown, document, language_of, name_of
from spec.support.time import SleptTime
from spec.support.worlds import MockCloud

LOCAL_CLOUD = inspect.signature(fogflow.local.cloud)

pages = pytest.mark.parametrize("page", PAGES, ids=name_of)


@pytest.fixture
def names(
    mistral_mock_cloud: Cloud,
    mistral_mock: fogflow.WorkflowService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[dict[str, Any]]:
    """What the blocks of a page find: a service on a mock, in a folder of its own, where sleeping takes no time."""
    before = list(stand_ins)
    clock = SleptTime(sleeps=False)
    begun = time.monotonic()

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        for mock in stand_ins:
            mock.__self__.advance(seconds)

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(time, "monotonic", lambda: begun + clock.monotonic())
    monkeypatch.setattr(fogflow.local, "cloud", local_cloud)
    put_dot_into(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)
    yield {"cloud": mistral_mock_cloud, "service": mistral_mock, "fogflow": fogflow}
    # A page may start a mock, as its readers do for a whole program; it is that page's alone.
    stand_ins[:] = before


def local_cloud(*arguments: Any, **options: Any) -> MockCloud:
    """Stands for `fogflow.local.cloud`, takes what that takes, and starts nothing; `spec/local` starts the real one."""
    LOCAL_CLOUD.bind(*arguments, **options)
    return MockCloud()


@pages
@pytest.mark.only_in("mock", why="a page has a mock of its own")
def it_runs_what_it_shows(page: Path, names: dict[str, Any]) -> None:
    blocks = document(page)
    blocks.namespace.update(names)

    for block in blocks:
        block.evaluate()


@pages
def it_runs_every_block_that_a_reader_sees(page: Path) -> None:
    shown = Shown(page)
    run = [(language_of(block), block.parsed.rstrip("\n")) for block in document(page)]

    assert shown.faults == ""
    assert run == shown.blocks
    assert page == PORTING or shown.rows == []


def it_has_the_rows_of_the_porting_guide_run_in_a_spec_of_their_own() -> None:
    groups = yaml.safe_load(PORTING.with_suffix(".yaml").read_text(encoding="utf-8"))["groups"]
    rows = [row for group in groups for row in group["rows"]]

    # By `spec/port/guide_spec.py`, each with what its group sets up.
    assert Shown(PORTING).rows == [(one, row[one].strip()) for row in rows for one in ("ruby", "python")]


@pages
def it_includes_only_what_other_specs_look_at(page: Path) -> None:
    looked_at = [ROOT / "docs" / "pictures", ROOT / "examples"]

    for path in Shown(page).included:
        assert (page.parent / path).resolve().parent in looked_at


@pages
def it_names_only_commands_that_there_are(page: Path) -> None:
    named = set(re.findall(r"``make ([a-z]+)", page.read_text(encoding="utf-8")))

    assert [make([target]) for target in sorted(named)] == [None] * len(named)
