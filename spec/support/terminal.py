"""What stands on a terminal after a text was written to it."""

from __future__ import annotations

import re


def shown(text: str) -> list[str]:
    """The lines, of which each is written over from its beginning by what follows a carriage return."""
    return [_written_over(line).rstrip() for line in text.split("\n")]


def bars(text: str) -> list[str]:
    """The lines without the bars, whose length is the terminal's, and without times, which are the machine's."""
    return [re.sub(r"\|.*\| ", "", re.sub(r"\[[\d:]+(<[\d:?]+)?", "[", line)) for line in shown(text) if line]


def _written_over(line: str) -> str:
    there = ""
    for written in line.split("\r"):
        there = written + there[len(written) :]
    return there
