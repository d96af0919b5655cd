"""The text of definitions: YAML without anchors and aliases, and commands with their input in one line."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from fogflow import errors

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
    """The value that a definition's text stands for; an empty mapping for no text.

    Raises:
        errors.ArgumentError: the text is not YAML.
    """
    try:
        return yaml.load(text, _Loader) or {}  # noqa: S506 - it derives from the safe one
    except (yaml.YAMLError, RecursionError) as error:
        raise errors.ArgumentError(f"Definition could not be parsed: {error}") from None


def split_command(text: str) -> tuple[str, dict[str, Any]]:
    """The name and the input of a command such as `std.echo output='hi'`.

    Raises:
        errors.ArgumentError: it does not begin with a name.
    """
    if isinstance(text, str) and " " not in text:
        return text, {}
    found = _COMMAND.search(text) if isinstance(text, str) else None
    if not found:
        raise errors.ArgumentError(f"Invalid action/workflow task property: {text}")
    return found[0], {name: _value(value.strip()) for name, value in _PARAMETER.findall(text)}


def _value(text: str) -> Any:
    if text[0] in "'\"":
        return text[1:-1]
    try:
        return json.loads(text)
    except ValueError:
        return text
