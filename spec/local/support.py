"""What the specs of local clouds share: the command line, started as from a shell, and what a cloud leaves behind."""

from __future__ import annotations

import itertools
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

from spec.support.programs import Program


def command_line(*words: str, **environment: str) -> Program:
    """Start `python -m fogflow.local` in a session of its own, with pipes for its output."""
    return Program(
        [sys.executable, "-m", "fogflow.local", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        start_new_session=True,
        # A program that inherits an ignored SIGINT, as a shell's background jobs do, could not be interrupted.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def variables_shown(process: subprocess.Popen[str]) -> dict[str, str]:
    """What the command line tells a shell to export; returns when the cloud is ready, or has ended."""
    assert process.stdout is not None
    shown = itertools.takewhile(lambda line: not line.startswith("# ready"), process.stdout)
    return dict(word.split("=", 1) for word in shlex.split("".join(shown)) if word != "export")


def servers_in(folder: Path) -> list[int]:
    """The processes that work in the folder."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and str(folder) in (process / "cmdline").read_text():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def is_gone(folder: Path) -> bool:
    """Whether the folder and all that worked in it go away, as they should in a moment."""
    for _ in range(100):
        if not folder.exists() and not servers_in(folder):
            return True
        time.sleep(0.1)
    return False
