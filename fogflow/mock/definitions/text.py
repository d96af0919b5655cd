"""The text of definitions: YAML without anchors and aliases, and commands with their input in one line."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from fogflow.mock.faults import Fault

_VALUES = r"""
    "[^"]*"\s* | '[^']*'\s* | <%.*?%> | {{.*?}} | \[.*\]\s* | true | false | null | \d+
"""
_COMMAND = re.compile(r'^([\w\.]+[^=\(\s"]*|<%.*?%>|{{.*}}|{%.*%})')
_PARAMETER = re.compile(rf"([-_\w]+)=({_VALUES})", re.VERBOSE)


class _Loader(yaml.SafeLoader):
    """As the server loads: "&" and "*" are letters as others are, and so is "@" at the beginning."""

    def fetch_alias(self) -> None:
        self.fetch_plain()

    def fetch_anchor(self) -> None:
        self.fetch_plain()

    def check_plain(self) -> bool:
        return self.peek() == "@" or bool(super().check_plain())


def load(text: str) -> Any:
    """The value that a definition's text stands for; an empty mapping for no text. Raises Fault."""
    try:
        return yaml.load(text, _Loader) or {}  # noqa: S506 - it derives from the safe one
    except (yaml.YAMLError, RecursionError) as error:
        raise Fault(400, f"Definition could not be parsed: {error}\n") from None


def dump(value: Any) -> str:
    """The text for a value, as the server writes what it cut out of a longer definition."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def split_command(text: str) -> tuple[str, dict[str, Any]]:
    """The name and the input of a command such as `std.echo output='hi'`. Raises Fault."""
    if " " not in text:
        return text, {}
    found = _COMMAND.search(text)
    if not found:
        raise Fault(400, f"Invalid action/workflow task property: {text}")
    return found[0], {name: _value(value.strip()) for name, value in _PARAMETER.findall(text)}


def _value(text: str) -> Any:
    if text[0] in "'\"":
        return text[1:-1]
    try:
        return json.loads(text)
    except ValueError:
        return text


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
