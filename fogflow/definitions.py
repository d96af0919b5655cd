"""Definitions of workflows, workbooks, actions and environments, in the forms that callers have them in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fogflow import errors
from fogflow.core.attributes import json_text

Definition = str | Path | Mapping[str, Any]
"""YAML or JSON text, a file that holds it, or the mapping that it stands for."""


def definition_text(definition: Definition) -> str:
    """The text of a definition.

    Raises:
        errors.ArgumentError: it is none of text, mapping and path, or holds what JSON or UTF-8 cannot say.
        OSError: the file cannot be read.
    """
    if isinstance(definition, Path):
        try:
            return definition.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            problem = str(error)
        # Outside of the `except`, as below: the errors there hold the whole text, and would stay in `__context__`.
        raise errors.ArgumentError(f"{definition} is not UTF-8: {problem}")
    if isinstance(definition, str):
        return definition
    if isinstance(definition, Mapping):
        # JSON is YAML too, and free of the aliases that a YAML dumper writes and Mistral refuses.
        # Unescaped, for YAML does not join the two halves of an emoji that JSON escapes.
        return re.sub(_NOT_IN_YAML, _escaped, json_text(definition, ensure_ascii=False))
    raise errors.ArgumentError(f"a definition is text, a mapping or a pathlib.Path, not {type(definition).__name__}")


# Characters that YAML refuses, or takes for a line break, unless they are escaped.
_NOT_IN_YAML = "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def workbook_text(definition: Definition) -> str:
    """The text of a workbook's definition; raises as `definition_text` does.

    A mapping becomes YAML in blocks: the server cuts the definitions of the workflows out of the text by its lines,
    and fails on JSON.
    """
    if not isinstance(definition, Mapping):
        return definition_text(definition)
    import yaml

    # By way of JSON, so that both forms take the same values; and so that nothing is there twice, for which YAML writes
    # aliases, which the server does not know.
    plain = json.loads(definition_text(definition))
    text: str = yaml.safe_dump(plain, default_flow_style=False, sort_keys=False, allow_unicode=True)
    return text


def definition_mapping(definition: Definition) -> dict[str, Any]:
    """A definition as a mapping of the caller's own, whatever form it came in.

    Raises:
        errors.ArgumentError: the text is not YAML, or not a mapping.
    """
    if isinstance(definition, Mapping):
        return dict(definition)
    import yaml

    try:
        loaded = yaml.safe_load(definition_text(definition))
    except (yaml.YAMLError, RecursionError) as error:
        wrong = f"the definition is not YAML: {_place_and_problem(error)}"
    else:
        if isinstance(loaded, dict):
            return loaded
        wrong = f"the definition must be a mapping, not {type(loaded).__name__}"
    raise errors.ArgumentError(wrong)


def _place_and_problem(error: Exception) -> str:
    """What YAML minds and where, without the lines of the text, which may be private."""
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return f"{problem or type(error).__name__}{where}"


def defined_in(definition: Definition) -> dict[str, Any]:
    """What a definition of workflows or actions defines, by their names; raises as `definition_mapping` does."""
    return {name: what for name, what in definition_mapping(definition).items() if name != "version"}


def require_single(text: str, create_all: str) -> None:
    """Refuses a text that defines several things where one is meant.

    Args:
        text: a definition.
        create_all: the call that takes several.

    Raises:
        errors.ArgumentError: the text defines more than one. What is wrong with it otherwise, the server says.
    """
    import yaml

    try:
        # Composing reads the structure and constructs nothing.
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return
    if not isinstance(node, yaml.MappingNode):
        return
    names = [str(key.value) for key, _ in node.value if key.value != "version"]
    if len(names) > 1:
        raise errors.ArgumentError(f"the definition holds several: {', '.join(names)}; use {create_all}")
