"""The search of a test run for secrets finds what leaks, and fails the run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LEAKS = {
    "a log": "logging.getLogger('somebody.elses').debug('sent %s', canary.PASSWORD)",
    "a log outside of the tree": "fogflow.connection.debug_logger().debug('input %s', canary.INPUT)",
    "the trace of a log": "logging.getLogger('somebody.elses').error('it failed', exc_info=ValueError(canary.TOKEN))",
    "the standard output": "print(canary.TOKEN)",
    "the standard error": "print(canary.TOKEN, file=sys.stderr)",
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


def it_passes():
    {statement}
"""


def run(folder: Path, statement: str) -> subprocess.CompletedProcess[str]:
    """A run of pytest with a spec that does this, and the plugin."""
    (folder / "leaking_spec.py").write_text(SPEC.format(statement=statement))
    (folder / "pytest.ini").write_text("[pytest]\npython_files = *_spec.py\npython_functions = it_*\n")
    options = ["-q", "--disable-warnings", "-p", "spec.support.canary", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("leak", LEAKS)
def it_fails_a_run_in_which_there_is_a_secret_in(leak: str, tmp_path: Path) -> None:
    ended = run(tmp_path, LEAKS[leak])

    assert "1 passed" in ended.stdout
    assert "leaking_spec.py::it_passes: …" in ended.stdout
    assert "«a secret»" in ended.stdout
    assert ended.returncode == 1


def it_passes_a_run_in_which_there_is_none(tmp_path: Path) -> None:
    ended = run(tmp_path, "print('nothing to be seen')")

    assert "secrets, none found" in ended.stdout
    assert ended.returncode == 0
