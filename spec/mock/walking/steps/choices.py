"""What several kinds of steps choose from, and how they go wrong on purpose."""

from __future__ import annotations

from typing import Any

from fogflow.mock.resources.base import Resource
from spec.mock.walking.sides import PROJECTS
from spec.mock.walking.walk import Walk

_NAMES = ("anna", "bert", "cora")
NAMESPACES = (None, None, "", "staging")
SCOPES = (None, None, "private", "public")
INPUTS = (None, None, {"who": "fog"}, {"whom": "fog"})

_ODD_VALUES = (5, True, None, "", "nonsense", [], ["nonsense"], {}, {"a": 1})


def own_name(walk: Walk) -> str:
    """A name for what a project makes.

    Each project has names of its own: of several things of one name that are visible to a project, the real server
    takes whichever its database finds first.
    """
    return f"{walk.pick(_NAMES)}_{walk.project}"


def own_names(walk: Walk, at_most: int) -> list[str]:
    """One of a project's names or several."""
    return [f"{name}_{walk.project}" for name in walk.some(_NAMES, at_most)]


def any_name(walk: Walk) -> str:
    """A name of the project that asks, or at times of another."""
    return f"{walk.pick(_NAMES)}_{walk.project if walk.chance(0.8) else walk.pick(PROJECTS)}"


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


def columns(resource: type[Resource]) -> list[str]:
    """The fields of a resource, but for those that its table has not: with them the real server mixes up values."""
    return [name for name in resource.fields if name not in {*resource.computed, "interface", "input"}]


def fields(walk: Walk, resource: type[Resource]) -> dict[str, Any]:
    """At times, the fields that an answer is to have."""
    if walk.chance(0.6):
        return {}
    known = columns(resource)
    if resource.name == "workbooks":
        # Of another than a column the server's database is asked for half a minute.
        return {"fields": walk.some(known, 3)}
    return {"fields": walk.some(known, 3) + (["bogus"] if walk.chance(0.1) else [])}
