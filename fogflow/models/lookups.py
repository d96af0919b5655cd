"""By which comparisons Mistral's lists can be narrowed, and in which form it takes them.

What the server does with each was tried on it. It ignores every other operator, or fails, or answers nothing. In the
models, `sort` stands at what has a value in every row: the server loses rows without one between two pages.
"""

from __future__ import annotations

from typing import Any

from fogflow import errors
from fogflow.core.attributes import Lookups, format_time


def _with_operator(operator: str, value: Any) -> str:
    if operator in ("in", "nin"):
        for one in value:
            _refuse_comma(one)
        value = ",".join(map(str, value))
    if operator in ("has", "startswith"):
        # The server's `has` is LIKE: it passes over case on some databases, and % and _ stand for others.
        if "\\" in value:
            raise errors.ArgumentError(f"databases differ in how they look for a backslash: {value!r}")
        operator = "has"
    # The operator stands before every value, so that one like "in:box" is not taken for an operator itself.
    return f"{operator}:{value}"


def _with_operator_and_time(operator: str, value: Any) -> str:
    return f"{operator}:{format_time(value)}"


def _plain(operator: str, value: Any) -> Any:
    return value


def _tags(operator: str, value: Any) -> str:
    tags = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
    if not all(tags) or not tags:
        raise errors.ArgumentError("the server takes no tag for every tag; name one")
    for tag in tags:
        _refuse_comma(tag)
    return ",".join(tags)


def _refuse_comma(value: Any) -> None:
    if "," in str(value):
        raise errors.ArgumentError(f"the server takes {value!r} for several values, for it has a comma")


_ORDERED = frozenset({"eq", "neq", "gt", "gte", "lt", "lte"})
_LOOSE = frozenset({"has", "startswith"})
TEXT = Lookups(_ORDERED | _LOOSE | {"in", "nin"}, _with_operator, loose=_LOOSE, takes=str)
PROSE = Lookups(_ORDERED | _LOOSE, _with_operator, loose=_LOOSE, takes=str)  # for it has commas
TIME = Lookups(_ORDERED, _with_operator_and_time)
EXACT = Lookups(frozenset({"eq"}), _plain)
TAGS = Lookups(frozenset({"has"}), _tags, default="has", takes=str)

# Where the server fails, or lists all: its list is narrowed here.
OUR_TEXT = Lookups(TEXT.operators, None, takes=str)
OUR_TIME = Lookups(TIME.operators, None)
OUR_EXACT = Lookups(EXACT.operators, None)
OUR_TAGS = Lookups(TAGS.operators, None, default="has", takes=str)
