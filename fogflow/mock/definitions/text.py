"""The text of definitions, as the server takes it, writes it, and cuts it out of longer ones."""

from __future__ import annotations

from typing import Any

import yaml

from fogflow import errors
from fogflow.language import text as language
from fogflow.mock.faults import Fault


def load(text: str) -> Any:
    """The value that a definition's text stands for; an empty mapping for no text. Raises Fault."""
    try:
        return language.load(text)
    except errors.ArgumentError as error:
        raise Fault(400, f"{error}\n") from None


def dump(value: Any) -> str:
    """The text for a value, as the server writes what it cut out of a longer definition."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def section(text: str, heading: str, name: str) -> str:
    """The lines of one item in a workbook's text, as the server cuts them out.

    Args:
        heading: "workflows" or "actions".
        name: the item's.

    Raises:
        ValueError: there is no such heading, as in JSON.
    """
    lines = iter(text[text.index(f"{heading}:") :].splitlines(keepends=True)[1:])
    found: list[str] = []
    indent = 0
    for line in lines:
        if line.strip() == f"{name}:":
            indent = len(line) - len(line.lstrip())
            found.append(line.lstrip())
            break
    for line in lines:
        if line.strip() and len(line) - len(line.lstrip()) <= indent and not line.lstrip().startswith("#"):
            break
        found.append(line[indent:] if line.strip() else line)
    return "".join(found).rstrip() + "\n"
