"""A program that stands for Graphviz's `dot`, which is on no PATH by right."""

from __future__ import annotations

import sys
from pathlib import Path

_DOT = f"""#!{sys.executable}
import sys

assert "-Tsvg" in sys.argv
sys.stdout.buffer.write(b"<svg>" + sys.stdin.buffer.read() + b"</svg>")
"""


def put_dot_into(folder: Path) -> None:
    """Makes a `dot` in a folder, for the PATH."""
    program = folder / "dot"
    program.write_text(_DOT)
    program.chmod(0o755)
