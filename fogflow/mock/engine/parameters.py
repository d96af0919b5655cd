"""Whether an input is what was declared, in the server's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.language.specs import REQUIRED


def wrong_input(declared: Mapping[str, Any], given: Mapping[str, Any] | None, name: str, class_name: str) -> str | None:
    """What is missing in an input, and what was not expected; None when it is right.

    Args:
        declared: the parameters with their defaults, or REQUIRED.
        given: the input.
        name, class_name: what has the parameters.
    """
    values = given or {}
    missing = [parameter for parameter, default in declared.items() if default is REQUIRED and parameter not in values]
    unexpected = [parameter for parameter in values if parameter not in declared]
    if not (missing or unexpected):
        return None
    parts = [f"name={name}", f"class={class_name}"]
    parts += [f"missing={missing}"] if missing else []
    parts += [f"unexpected={unexpected}"] if unexpected else []
    return f"Invalid input [{', '.join(parts)}]"


def with_defaults(declared: Mapping[str, Any], given: Mapping[str, Any] | None) -> dict[str, Any]:
    """An input with the defaults of what it leaves out."""
    defaults = {name: default for name, default in declared.items() if default is not REQUIRED}
    return {**(given or {}), **{name: value for name, value in defaults.items() if name not in (given or {})}}
