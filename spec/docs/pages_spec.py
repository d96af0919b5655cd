"""Every block of code in README and in the documentation does what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import fogflow
import fogflow.local
from fogflow.mock import Cloud
from spec.support.commands import make
from spec.support.pages import PAGES, PORTING, README, ROOT, Shown, document, language_of, name_of

pages = pytest.mark.parametrize("page", PAGES, ids=name_of)


def run(page: Path, names: dict[str, Any]) -> None:
    blocks = document(page)
    blocks.namespace.update(names)
    for block in blocks:
        block.evaluate()


@contextmanager
def others_at_work(service: fogflow.WorkflowService, cloud: Cloud) -> Iterator[None]:
    """For README, which looks for what failed and for what waits: one of each, which it must have dealt with."""
    parts = {"copy": {"action": "std.noop"}, "approve": {"action": "std.async_noop"}}
    tasks = {name: {"version": "2.0", name: {"tasks": {name: part}}} for name, part in parts.items()}
    cloud.script("copy", tasks={"copy": {"fails": 1}})
    copy, approve = (service.workflows.create(definition=tasks[name]).execute() for name in ("copy", "approve"))
    assert copy.reload().error
    assert approve.reload().running
    yield
    assert copy.reload().success
    assert approve.reload().success


@pages
@pytest.mark.only_in("mock", why="a page has a mock of its own")
def it_runs_what_it_shows(page: Path, names: dict[str, Any]) -> None:
    with others_at_work(names["service"], names["cloud"]) if page == README else nullcontext():
        run(page, names)


@pytest.mark.only_in("real", why="the mock evaluates no expressions")
def it_runs_the_quickstart_on_a_real_cloud(
    cloud: fogflow.local.Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for variable, value in cloud.environment.items():
        monkeypatch.setenv(variable, value)

    run(ROOT / "docs" / "quickstart.rst", {})


@cache
def shown_on(page: Path) -> Shown:
    return Shown(page)


@pages
def it_runs_every_block_that_a_reader_sees(page: Path) -> None:
    shown = shown_on(page)
    found = [(language_of(block), block.parsed.rstrip("\n")) for block in document(page)]

    assert shown.faults == ""
    assert found == shown.blocks
    assert page == PORTING or shown.rows == []


def it_has_the_rows_of_the_porting_guide_run_in_a_spec_of_their_own() -> None:
    groups = yaml.safe_load(PORTING.with_suffix(".yaml").read_text(encoding="utf-8"))["groups"]
    rows = [row for group in groups for row in group["rows"]]

    # By `spec/port/guide_spec.py`, each with what its group sets up.
    assert shown_on(PORTING).rows == [(one, row[one].strip()) for row in rows for one in ("ruby", "python")]


@pages
def it_includes_only_what_other_specs_look_at(page: Path) -> None:
    looked_at = [ROOT / "docs" / "pictures", ROOT / "examples"]

    for path in shown_on(page).included:
        assert (page.parent / path).resolve().parent in looked_at


@pages
def it_names_only_commands_that_there_are(page: Path) -> None:
    named = set(re.findall(r"``make ([a-z]+)", page.read_text(encoding="utf-8")))

    assert [make([target]) for target in sorted(named)] == [None] * len(named)
