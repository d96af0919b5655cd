"""A program of all of fog's requests, `fixtures/fog/example.rb`, ported by the tool alone, runs on a Mistral."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fogflow.mock import Cloud
from fogflow.port import draft
from spec.support.worlds import OpenCloud

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "fixtures" / "fog" / "example.rb"
GUIDE = ROOT / "examples" / "fog_workflow.py"

SAID = (
    "created ported_greeting\nchanged: True\none page: 1\nlisted\n",
    "\nended in SUCCESS, with fog\nchanged description\nfound\n",
    "\nit failed, as it should\nexplode: ERROR\n",
    "\nported_shout\nTrue\n1\n200\nthe action says HI\nkept\nrefused: ",
    "\nTrue\nTrue\nsome workbooks\n0 3 * * *\ntrigger ported_nightly\nhost=db2\n200\ngone\nno services\n",
)


@pytest.fixture
def ported(tmp_path: Path) -> Path:
    path = tmp_path / "ported.py"
    path.write_text(draft(EXAMPLE.read_text()).python)
    return path


def it_leaves_nothing_of_the_example() -> None:
    (remark,) = draft(EXAMPLE.read_text()).left

    assert remark.ported
    assert remark.reason == "today's Mistral has no services to list, and answers NotFound"


def it_keeps_every_comment_of_the_example() -> None:
    python = draft(EXAMPLE.read_text()).python
    lines = [line.strip() for line in EXAMPLE.read_text().splitlines()]
    comments = [line for line in lines if line.startswith("# ") and "frozen_string_literal" not in line]

    assert len(comments) == 10
    assert [one for one in comments if one not in python] == []
    assert '"openstack_api_key": os.environ["OS_PASSWORD"],  # the password\n' in python
    assert 'print("no services")  # today\'s Mistral has none\n' in python


@pytest.fixture
def told_its_cloud(mistral_mock_cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a program finds that is told its cloud by variables, and sleeps while its executions run."""
    for name in ("OS_AUTH_URL", "OS_USERNAME", "OS_PASSWORD", "OS_PROJECT_NAME"):
        monkeypatch.setenv(name, "http://keystone:5000/v3")
    monkeypatch.setattr(time, "sleep", mistral_mock_cloud.advance)


@pytest.mark.usefixtures("told_its_cloud")
def it_runs_the_ported_example_on_the_mock(
    ported: Path, mistral_mock_cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    mistral_mock_cloud.script_action("ported_shout", result="HI")

    runpy.run_path(str(ported), run_name="__main__")

    shown = capsys.readouterr().out
    assert [part for part in SAID if part not in shown] == []


@pytest.mark.usefixtures("told_its_cloud")
def it_runs_fogs_guide_ported_by_hand_on_the_mock(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(GUIDE), run_name="__main__")

    shown = capsys.readouterr().out.splitlines()
    assert "execution: SUCCESS" in shown
    assert "created: myworkflow" in shown
    assert "updated: True" in shown
    assert "deleted: 204" in shown


@pytest.mark.only_in("real", why="a process of its own has no cloud but that")
def it_runs_the_ported_example_on_a_real_mistral(ported: Path, open_cloud: OpenCloud) -> None:
    # fog's lists are a page each: on everybody's cloud there would be more than one.
    with open_cloud(1000) as cloud:
        ended = subprocess.run(
            [sys.executable, ported],
            capture_output=True,
            text=True,
            env={**os.environ, **cloud.environment},
            check=False,
        )

    assert ended.returncode == 0, ended.stderr
    assert [part for part in SAID if part not in ended.stdout] == []
