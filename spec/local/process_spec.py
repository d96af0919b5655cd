"""A server that does not come up says why, however long it takes to go."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fogflow import errors
from fogflow.local import process, start

# The names of a server's program, its folder and its socket come as arguments.
PROGRAM = """
import socket, sys, time
listener = socket.socket(fileno=int(sys.argv[3]))
"""


@pytest.fixture
def server_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], process.ServerProcess]]:
    server = process.ServerProcess("mistral", tmp_path)

    def started(does: str) -> process.ServerProcess:
        program = tmp_path / "program.py"
        program.write_text(PROGRAM + textwrap.dedent(does))
        monkeypatch.setattr(start, "__file__", str(program))
        server.open()
        server.start()
        return server

    yield started
    server.stop()


def it_says_with_which_status_a_server_ended_that_took_its_time_to_end(
    server_that: Callable[[str], process.ServerProcess],
) -> None:
    ends = """
    listener.close()
    time.sleep(1.5)
    sys.exit("there is no database")
    """
    server = server_that(ends)

    with pytest.raises(errors.LocalCloudError, match="mistral ended with status 1 before it answered: there is no dat"):
        server.wait_until_ready()


def it_says_that_a_server_did_not_answer(
    server_that: Callable[[str], process.ServerProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_READY_WITHIN", 1.0)
    server = server_that("print('thinking', flush=True); time.sleep(60)")

    with pytest.raises(errors.LocalCloudError, match="mistral did not answer within 1 s: thinking"):
        server.wait_until_ready()
