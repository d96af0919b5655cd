"""A proxy of the environment, as many offices have one, does not come between a local cloud and its clients."""

from __future__ import annotations

import os
import signal
import sys

import pytest

import fogflow
import fogflow.local
from fogflow import errors
from fogflow.local.proxies import without_proxy
from spec.local.support import command_line, variables_shown

pytestmark = pytest.mark.only_in("real", why="it is about the cloud itself")

NOBODY = "http://127.0.0.1:9"
LISTS_WORKFLOWS = "import fogflow; print(fogflow.connect().list_workflows().status)"


@pytest.fixture(autouse=True)
def a_proxy_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, NOBODY)
        monkeypatch.setenv(name.lower(), NOBODY)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


def it_connects_past_the_proxy_and_leaves_the_environment_alone(cloud: fogflow.local.Cloud) -> None:
    before = dict(os.environ)

    assert cloud.connect().list_workflows().status == 200
    assert dict(os.environ) == before


def it_still_takes_a_proxy_that_is_asked_for(cloud: fogflow.local.Cloud) -> None:
    with pytest.raises(errors.ConnectionError):
        cloud.connect(connection_options={"proxy": NOBODY}).list_workflows()


def it_starts_behind_a_proxy_and_runs_a_command() -> None:
    with command_line("--", sys.executable, "-c", LISTS_WORKFLOWS) as process:
        shown, complaint = process.communicate()

    assert (shown, process.returncode) == ("200\n", 0), complaint


def it_tells_how_to_connect_past_the_proxy() -> None:
    with command_line("--no-auth", NO_PROXY="intranet") as process:
        variables = variables_shown(process)
        process.send_signal(signal.SIGINT)

    assert variables["NO_PROXY"] == variables["no_proxy"] == "intranet,127.0.0.1"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}),
        ({"NO_PROXY": "a"}, {"NO_PROXY": "a,127.0.0.1", "no_proxy": "a,127.0.0.1"}),
        ({"no_proxy": "a"}, {"NO_PROXY": "a,127.0.0.1", "no_proxy": "a,127.0.0.1"}),
        ({"NO_PROXY": "a", "no_proxy": "b"}, {"NO_PROXY": "a,127.0.0.1", "no_proxy": "b,127.0.0.1"}),
        ({"no_proxy": "127.0.0.1, a"}, {"NO_PROXY": "127.0.0.1, a", "no_proxy": "127.0.0.1, a"}),
        # Together with anything else, the star would no longer stand for all hosts.
        ({"no_proxy": "*"}, {"NO_PROXY": "*", "no_proxy": "*"}),
    ],
)
def it_adds_loopback_to_what_stands_in_no_proxy(before: dict[str, str], after: dict[str, str]) -> None:
    assert without_proxy(before) == after
