"""`python -m fogflow.local`: a cloud from a shell, for as long as it is wanted, or for one command."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

import fogflow
from spec.local.support import command_line, variables_shown

pytestmark = pytest.mark.only_in("real", why="it is about the cloud itself")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def it_runs_until_it_is_interrupted_and_tells_how_to_connect(
    number: signal.Signals, status: int, tmp_path: Path
) -> None:
    with command_line(TMPDIR=str(tmp_path)) as process:
        variables = variables_shown(process)
        with pytest.MonkeyPatch.context() as environment:
            for name, value in variables.items():
                environment.setenv(name, value)
            assert fogflow.connect().list_workflows().status == 200

        process.send_signal(number)

        assert process.wait(20) == status
        assert list(tmp_path.iterdir()) == []


def it_runs_a_command_against_a_cloud_of_its_own_and_passes_on_its_status() -> None:
    script = "import fogflow, sys; print(len(fogflow.connect().workflows)); sys.exit(7)"
    with command_line("--", sys.executable, "-c", script, OS_CLOUD="another") as process:
        shown, complaint = process.communicate()

    assert (shown, process.returncode) == ("0\n", 7), complaint


def it_tells_which_signal_has_killed_a_command() -> None:
    with command_line("--no-auth", "--", sys.executable, "-c", "import os; os.kill(os.getpid(), 9)") as process:
        _, complaint = process.communicate()

    assert process.returncode == 128 + signal.SIGKILL, complaint


def it_lets_an_interrupted_command_tidy_up() -> None:
    script = (
        "import time\n"
        "try: print('started', flush=True); time.sleep(600)\n"
        "except KeyboardInterrupt: time.sleep(1); print('tidy')"
    )
    with command_line("--no-auth", "--", sys.executable, "-c", script) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"

        # As a terminal does it: to all programs at once that run in its foreground.
        os.killpg(process.pid, signal.SIGINT)
        shown, complaint = process.communicate()

    assert (shown, complaint, process.returncode) == ("tidy\n", "", 130)


def it_ends_a_command_when_it_is_asked_to_end() -> None:
    script = "import time; print('started', flush=True); time.sleep(600)"
    with command_line("--no-auth", "--", sys.executable, "-c", script) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"

        process.terminate()
        # The pipe ends with the last program that has it.
        shown, complaint = process.communicate()

    assert (shown, complaint, process.returncode) == ("", "", 143)


def it_sets_options_of_mistral() -> None:
    script = (
        "import fogflow; service = fogflow.connect()\n"
        "tasks = {'tasks': {'t': {'action': 'std.noop'}}}\n"
        "for name in 'abc': service.create_workflow({'version': '2.0', name: tasks})\n"
        "print(len(service.list_workflows().body['workflows']), len(service.workflows))"
    )
    with command_line("--no-auth", "--set", "api.max_limit=2", "--", sys.executable, "-c", script) as process:
        shown, complaint = process.communicate()

    assert shown == "2 3\n", complaint


def it_says_that_a_command_is_not_there() -> None:
    with command_line("--no-auth", "--", "no-such-command") as process:
        _, complaint = process.communicate()

    assert process.returncode == 127
    assert "no-such-command: No such file or directory" in complaint
