"""The search of a test run for secrets finds what leaks, and fails the run."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LEAKS = {
    "a log": "logging.getLogger('somebody.elses').debug('sent %s', canary.PASSWORD)",
    "a log outside of the tree": "fogflow.connection.debug_logger().debug('input %s', canary.INPUT)",
    "the trace of a log": "logging.getLogger('somebody.elses').error('it failed', exc_info=ValueError(canary.TOKEN))",
    "the standard output": "print('out', canary.TOKEN)",
    "the standard error": "print('err', canary.TOKEN, file=sys.stderr)",
    "a warning": "warnings.warn(canary.INPUT)",
    "an error": "str(errors.ArgumentError(f'not {canary.INPUT}'))",
    "what an error holds": "errors.ArgumentError('wrong').value = canary.INPUT",
    "what led to an error": "leads(canary.PASSWORD)",
    "a token of Keystone": "print('gAAAAAB' + 'x' * 60)",
    "a program": "subprocess.run(['echo', canary.INPUT], capture_output=True, check=True)",
}

SPEC = """
import logging, subprocess, sys, warnings
import fogflow.connection
from fogflow import errors
from spec.support import canary


def leads(secret):
    try:
        try:
            raise ValueError(secret)
        except ValueError:
            raise errors.InvalidResponse("damaged")
    except errors.Error:
        pass



"""


def run(folder: Path, statements: Iterable[str], *options: str) -> subprocess.CompletedProcess[str]:
    """A run of pytest, with the plugin, in which each statement is a spec."""
    specs = (f"def it_passes_{number}():\n    {statement}\n" for number, statement in enumerate(statements))
    (folder / "leaking_spec.py").write_text(SPEC + "\n\n".join(specs))
    (folder / "pytest.ini").write_text("[pytest]\npython_files = *_spec.py\npython_functions = it_*\n")
    options = ("-q", "--disable-warnings", "-p", "spec.support.canary", "-p", "no:cacheprovider", *options)
    command = [sys.executable, "-m", "pytest", *options, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module", params=["one process", "two processes"])
def leaking(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a run says in which everything leaks, and fails."""
    options = {"one process": [], "two processes": ["-n2"]}[request.param]
    ended = run(tmp_path_factory.mktemp("leaking"), LEAKS.values(), *options)
    assert f"{len(LEAKS)} passed" in ended.stdout
    assert ended.returncode == 1
    return ended.stdout


@pytest.mark.parametrize("leak", LEAKS)
def it_finds_a_secret_in(leak: str, leaking: str) -> None:
    number = list(LEAKS).index(leak)

    (line,) = [one for one in leaking.splitlines() if f"leaking_spec.py::it_passes_{number}: …" in one][:1]
    assert "«a secret»" in line


def it_passes_a_run_in_which_there_is_none(tmp_path: Path) -> None:
    ended = run(tmp_path, ["print('nothing to be seen')"])

    assert "secrets, none found" in ended.stdout
    assert ended.returncode == 0
