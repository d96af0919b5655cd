"""A cloud that is interrupted, at whatever moment, ends quietly and leaves neither a process nor a folder."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from spec.local.support import command_line, is_gone, servers_in

pytestmark = pytest.mark.only_in("real", why="it is about the cloud itself")

MOMENTS = {
    "its folder is made": "fogflow-*",
    "its servers are started": "fogflow-*/mistral/mistral.log",
    "keystone prepares its database": "fogflow-*/keystone/keystone.db",
    "mistral has its database": "fogflow-*/mistral/mistral.db",
}


def wait_for(pattern: str, folder: Path) -> None:
    """Returns when the folder has a file of that pattern."""
    for _ in range(6000):
        if any(folder.glob(pattern)):
            return
        time.sleep(0.005)
    pytest.fail(f"{pattern} has not come")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Variables with which a cloud makes all its files below `tmp_path`, and has nothing to make its start quicker."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    return {"TMPDIR": str(temporary), "XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("pattern", MOMENTS.values(), ids=MOMENTS)
def it_ends_while_it_starts(pattern: str, number: signal.Signals, status: int, environment: dict[str, str]) -> None:
    temporary = Path(environment["TMPDIR"])
    with command_line(**environment) as process:
        wait_for(pattern, temporary)

        process.send_signal(number)
        shown, complaint = process.communicate()

    assert (shown, complaint, process.returncode) == ("", "", status)
    assert servers_in(temporary) == []
    assert list(temporary.iterdir()) == []


# Killed before it has started its servers, it has nobody who would clean up.
@pytest.mark.parametrize("pattern", list(MOMENTS.values())[2:], ids=list(MOMENTS)[2:])
def it_leaves_nothing_when_it_is_killed_while_it_starts(pattern: str, environment: dict[str, str]) -> None:
    temporary = Path(environment["TMPDIR"])
    with command_line(**environment) as process:
        wait_for(pattern, temporary)
        (folder,) = temporary.iterdir()

        process.kill()

    assert is_gone(folder)


def it_cleans_up_however_often_it_is_interrupted(environment: dict[str, str]) -> None:
    temporary = Path(environment["TMPDIR"])
    with command_line("--no-auth", **environment) as process:
        wait_for("fogflow-*/mistral/mistral.db", temporary)

        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            time.sleep(0.001)
        shown, complaint = process.communicate()

    assert (shown, complaint, process.returncode) == ("", "", 130)
    assert servers_in(temporary) == []
    assert list(temporary.iterdir()) == []
