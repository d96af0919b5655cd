"""Every block of code in README and in the documentation does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from spec.support.commands import make
from spec.support.pages import PAGES, PORTING, ROOT, Shown, document, language_of, name_of

pages = pytest.mark.parametrize("page", PAGES, ids=name_of)


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
