"""A bar says how far things are, in a terminal and in a notebook; a real kernel stands for the notebook."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fogflow import errors
from fogflow.core.progress import ProgressBar
from spec.support.notebook import Notebook, running
from spec.support.terminal import bars, shown

Captured = pytest.CaptureFixture[str]

THREE_LOOKS = """
from fogflow.core.progress import ProgressBar

with ProgressBar("cups") as bar:
    bar.show("tea", 0, 3)
    bar.show("tea", 2, 4)
    bar.show("tea & cake", {done}, 5, remark="1 spilt")
"""


# -- in a terminal


def it_draws_on_the_standard_error_how_far_things_are(capsys: Captured) -> None:
    with ProgressBar("cups") as bar:
        bar.show("tea", 1, 4, remark="1 spilt")

        captured = capsys.readouterr()
        assert bars(captured.err) == ["tea:  25%1/4 cups [, 1 spilt]"]
        assert captured.out == ""


def it_draws_over_what_it_drew(capsys: Captured) -> None:
    with ProgressBar("cups") as bar:
        bar.show("much tea", 1, 4, remark="1 spilt")
        bar.show("tea", 6, 12)

        assert bars(capsys.readouterr().err) == ["tea:  50%6/12 cups []"]


def it_leaves_the_last_it_was_told_in_a_line_of_its_own(capsys: Captured) -> None:
    with ProgressBar("cups") as bar:
        bar.show("tea", 1, 4)
        bar.show("tea", 3, 4)

    *_, last, after = shown(capsys.readouterr().err)
    assert bars(last) == ["tea:  75%3/4 cups []"]
    assert after == ""


def it_closes_whatever_ends_it(capsys: Captured) -> None:
    with contextlib.suppress(KeyboardInterrupt), ProgressBar("cups") as bar:
        bar.show("tea", 1, 4)
        raise KeyboardInterrupt

    assert capsys.readouterr().err.endswith("\n")


def it_draws_nothing_of_what_it_was_never_told(capsys: Captured) -> None:
    with ProgressBar("cups"):
        pass

    assert capsys.readouterr().err == ""


def it_draws_nothing_of_nothing_but_says_so(capsys: Captured) -> None:
    with ProgressBar("cups") as bar:
        bar.show("tea", 0, 0)

    assert bars(capsys.readouterr().err) == ["tea: 0/0 cups []"]


@pytest.mark.parametrize("estimates", [True, False])
def it_estimates_the_rest_where_that_is_worth_something(estimates: bool, capsys: Captured) -> None:
    with ProgressBar("cups", estimates=estimates) as bar:
        bar.show("tea", 1, 4)

    assert ("<?" in capsys.readouterr().err) == estimates


def it_estimates_by_what_was_done_before_its_eyes_alone(capsys: Captured) -> None:
    with ProgressBar("cups", estimates=True) as bar:
        bar.show("tea", 1, 4)
        bar.show("tea", 1, 4)

    assert "<?" in shown(capsys.readouterr().err)[0]


def it_shows_the_beginning_of_a_long_name_and_its_state_whole(capsys: Captured) -> None:
    with ProgressBar("cups") as bar:
        bar.show("tea" * 100, 1, 4, state="BREWING")

    assert bars(capsys.readouterr().err) == [f"{'tea' * 9}te… BREWING:  25%1/4 cups []"]


def it_shows_nothing_of_a_name_that_would_move_the_cursor(capsys: Captured) -> None:
    with ProgressBar("cups") as bar:
        bar.show("black\n\ttea\x1b[2J", 1, 4)

    assert shown(capsys.readouterr().err)[0].startswith("black tea[2J:  25%|")


def it_lets_others_write_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)

    with ProgressBar("cups") as bar:
        bar.show("tea", 1, 4)
        with bar.aside():
            print("more water")
        bar.show("tea", 2, 4)

    assert bars(terminal.getvalue()) == ["more water", "tea:  50%2/4 cups []"]


@pytest.mark.parametrize(("variable", "drawn"), [("1", []), ("", ["tea & cake: 100%5/5 cups [, 1 spilt]"])])
def it_is_switched_off_by_the_variable_of_tqdm(variable: str, drawn: list[str]) -> None:
    # tqdm reads it when it is loaded.
    program = [sys.executable, "-c", THREE_LOOKS.format(done=5)]
    environment = {**os.environ, "TQDM_DISABLE": variable}
    ran = subprocess.run(program, env=environment, capture_output=True, text=True, check=True)

    assert bars(ran.stderr)[-1:] == drawn


def it_says_what_to_install_where_tqdm_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)

    with pytest.raises(errors.MissingExtraError, match=r"pip install 'fogflow\[progress\]'"):
        ProgressBar("cups")


# -- in a notebook


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with running(tmp_path) as one:
        yield one


@pytest.mark.parametrize(("done", "style"), [(5, "success"), (4, "danger")])
def it_is_a_widget_in_a_notebook(done: int, style: str, notebook: Notebook) -> None:
    notebook.run(THREE_LOOKS.format(done=done))

    (bar,) = notebook.of_kind("FloatProgressModel")
    (box,) = (name for name, one in notebook.widgets.items() if one["_model_name"] == "HBoxModel")
    before, behind = (one["value"].replace("\u2007", " ") for one in notebook.of_kind("HTMLModel"))
    assert (bar["value"], bar["max"], bar["bar_style"]) == (done, 5, style)
    assert before.startswith("tea &amp; cake:")
    assert f"{done}/5 cups [" in behind
    assert "1 spilt" in behind
    assert notebook.displayed == [box]
    assert (notebook.text, notebook.errors) == ("", [])


def it_is_a_line_of_text_in_a_notebook_without_widgets(notebook: Notebook) -> None:
    notebook.run("import sys\nsys.modules['ipywidgets'] = None")

    notebook.run(THREE_LOOKS.format(done=5))

    # No warning beside it.
    assert bars(notebook.text) == ["tea & cake: 100%5/5 cups [, 1 spilt]"]
    assert (notebook.widgets, notebook.errors) == ({}, [])
