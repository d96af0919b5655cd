"""What several kinds of steps choose from, and how they go wrong on purpose."""

from __future__ import annotations

from typing import Any

from spec.mock.walking.walk import Walk

NAMES = ("anna", "bert", "cora")
NAMESPACES = (None, None, "", "staging")
SCOPES = (None, None, "private", "public")
INPUTS = (None, None, {"who": "fog"}, {"whom": "fog"})

_ODD_VALUES = (5, True, None, "", "nonsense", [], ["nonsense"], {}, {"a": 1})


def spoilt(walk: Walk, body: dict[str, Any], *fields: str) -> dict[str, Any]:
    """A body, at times with something wrong in it.

    Args:
        fields: of what may get an odd value beside what the body has.
    """
    if walk.chance(0.7):
        return body
    wrong = walk.pick(["unknown", "missing", "odd", "odd"])
    if wrong == "unknown":
        return {**body, "bogus": 1}
    if wrong == "missing":
        left_out = walk.pick([*body, ""])
        return {name: value for name, value in body.items() if name != left_out}
    return {**body, walk.pick([*body, *fields]): walk.pick(_ODD_VALUES)}


def given(**values: Any) -> dict[str, Any]:
    """The values without those that are None."""
    return {name: value for name, value in values.items() if value is not None}


def fields(walk: Walk, known: Any) -> dict[str, Any]:
    """At times, the fields that an answer is to have."""
    if walk.chance(0.6):
        return {}
    return {"fields": walk.some([*known, "bogus"] if walk.chance(0.2) else list(known), 3)}
