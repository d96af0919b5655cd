"""Commands that the documentation shows: nobody runs them here, but each is asked whether it can be given so."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

# Those that are not ours, with which a reader comes to where ours can be given.
OTHERS = {".", "apt-get", "cd", "git"}

_ENDS = {"|", "||", "&&", ";", "&"}
_ASSIGNMENT = re.compile(r"[A-Z_][A-Z0-9_]*=")


def complaints(block: str) -> Iterator[str]:
    """What is wrong with the commands of a block: the lines behind a prompt, or all where there is none."""
    lines = block.splitlines()
    prompted = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    for line in prompted or lines:
        for command in _commands(line):
            fault = _fault(command)
            if fault:
                yield f"{line.strip()}: {fault}"


def _commands(line: str) -> Iterator[list[str]]:
    """The commands of a line, as words."""
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    command: list[str] = []
    for word in (*words, ";"):
        if word in _ENDS:
            if command:
                yield command
            command = []
        elif command or not (word == "export" or _ASSIGNMENT.match(word)):
            command.append(word)


def _fault(command: list[str]) -> str | None:
    program, *words = command
    if program in OTHERS:
        return None
    try:
        check = PROGRAMS[Path(program).name]
    except KeyError:
        return f"nobody knows how to check {program!r}"
    return check(words)


def make(words: list[str]) -> str | None:
    """Whether make has these targets, and a use for these variables."""
    for variable in (word.partition("=")[0] for word in words if "=" in word):
        if f"$({variable})" not in MAKEFILE:
            return f"the Makefile has no use for {variable}"
    # The specs may be run by make themselves, and this one is none of its children.
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    ended = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", *words],
        cwd=ROOT,
        env=alone,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stderr.strip() or None


def pip(words: list[str]) -> str | None:
    """Whether what is installed of fogflow has these extras."""
    if words[:1] != ["install"]:
        return "pip is shown to install"
    known = set(importlib.metadata.metadata("fogflow").get_all("Provides-Extra") or ())
    for extras in (extras for word in words for extras in re.findall(r"^(?:fogflow|\.)\[(.+)\]$", word)):
        unknown = set(extras.split(",")) - known
        if unknown:
            return f"fogflow has no extra {', '.join(sorted(unknown))}"
    others = [word for word in words[1:] if not re.match(r"-|(fogflow|\.)(\[|$)", word)]
    return f"{others[0]} is not fogflow" if others else None


def python(words: list[str]) -> str | None:
    """Whether there is such a module, and its parser takes what it is given; or such a file; or it is Python."""
    if words[:1] == ["-c"]:
        compile(words[1], "the command", "exec")
        return None
    if words[:1] != ["-m"]:
        return None if words and (ROOT / words[0]).is_file() else f"there is no file {words[:1]}"
    module, *arguments = words[1:]
    if module in MODULES:
        return MODULES[module](arguments)
    ended = subprocess.run(
        [sys.executable, "-m", "spec.support.commands", module, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return None if ended.returncode == 0 else ended.stderr.strip()


def pytest(words: list[str]) -> str | None:
    """Whether pytest, as it is set up here, has these options, and the specs are there."""
    paths = [word for word in words if not word.startswith("-")]
    missing = [path for path in paths if not (ROOT / path).exists()]
    if missing:
        return f"there is no {missing[0]}"
    # Its help it shows whatever else is asked; it must find something to say that an option is none.
    paths = paths or ["spec/architecture_spec.py"]
    options = [word for word in words if word.startswith("-")]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", *options, *paths],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    # 5: there would be something, in another world.
    return None if ended.returncode in (0, 5) else ended.stderr.strip()


def venv(words: list[str]) -> str | None:
    return None if len(words) == 1 else "it takes a folder"


PROGRAMS: dict[str, Callable[[list[str]], str | None]] = {
    "make": make,
    "pip": pip,
    "python": python,
    "python3": python,
    "pytest": pytest,
}
MODULES = {"pip": pip, "pytest": pytest, "venv": venv}


class _Read(Exception):  # noqa: N818 - it is no error
    """The command line was read to its end."""


def _read_only(module: str, arguments: list[str]) -> None:
    """Runs a module up to where its parser has read the command line."""
    parse = argparse.ArgumentParser.parse_args

    def parse_args(parser: argparse.ArgumentParser, *given: object) -> None:
        parse(parser, *given)
        raise _Read

    argparse.ArgumentParser.parse_args = parse_args
    sys.argv[:] = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except _Read:
        return
    sys.exit(f"{module} reads no command line")


if __name__ == "__main__":
    _read_only(sys.argv[1], sys.argv[2:])
