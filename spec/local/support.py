"""What the specs of local clouds share: the command line, started as from a shell."""

from __future__ import annotations

import itertools
import os
import shlex
import subprocess
import sys


def command_line(*words: str, **environment: str) -> subprocess.Popen[str]:
    """`python -m fogflow.local`, as the first process of a session of its own, with pipes for its output."""
    return subprocess.Popen(
        [sys.executable, "-m", "fogflow.local", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        start_new_session=True,
    )


def variables_shown(process: subprocess.Popen[str]) -> dict[str, str]:
    """What the command line tells a shell to export; returns when the cloud is ready, or has ended."""
    assert process.stdout is not None
    shown = itertools.takewhile(lambda line: not line.startswith("# ready"), process.stdout)
    return dict(word.split("=", 1) for word in shlex.split("".join(shown)) if word != "export")
