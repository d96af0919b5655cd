"""What the front door leads to: the functions and classes of its modules, and the classes that their calls return."""

from __future__ import annotations

import inspect
import typing
from typing import Any

import attrs

import fogflow
from fogflow import auth, drawing, models
from fogflow.core.collection import Collection
from fogflow.core.model import Model

# What annotations name and their modules import for the type checker alone. The Unpack of an option's names is nothing
# that is returned.
_NAMED = {
    **{name: getattr(models, name) for name in models.__all__},
    "ConnectOptions": auth.ConnectOptions,
    "Graph": drawing.Graph,
    "Unpack": typing.Optional,
}


def _reachable() -> dict[str, Any]:
    found: dict[str, Any] = {}
    todo: list[tuple[str, Any]] = [("fogflow", one) for one in (fogflow, Collection, Model)]
    while todo:
        place, one = todo.pop()
        if inspect.ismodule(one):
            todo += [(f"{place}.{name}", getattr(one, name)) for name in one.__all__ if not name.startswith("_")]
        elif one not in found.values() and is_ours(one):
            found[one.__qualname__ if inspect.isclass(one) else place] = one
            calls = calls_of(one).values() if inspect.isclass(one) else [one]
            todo += [(place, returned) for call in calls for returned in _returned_by(call)]
    return found


def calls_of(cls: type) -> dict[str, Any]:
    """The methods that a class has of fogflow's, and what reads its properties."""
    named = {name: inspect.getattr_static(cls, name) for name in dir(cls) if not name.startswith("_")}
    calls = {
        name: one.fget if isinstance(one, property) else getattr(cls, name)
        for name, one in named.items()
        if isinstance(one, property) or inspect.isroutine(getattr(cls, name))
    }

    return {name: one for name, one in calls.items() if is_ours(one)}


def is_ours(one: Any) -> bool:
    """Whether a function or a class is fogflow's."""
    return str(getattr(one, "__module__", "")).startswith("fogflow")


def _returned_by(call: Any) -> list[type]:
    written = getattr(call, "__func__", call)
    if inspect.ismodule(written) or written.__name__ == "read":
        return []
    todo = [typing.get_type_hints(written, localns=_NAMED).get("return")]
    found = []
    while todo:
        one = todo.pop()
        todo += typing.get_args(one)
        found += [one] if inspect.isclass(one) else []
    return found


_PUBLIC = _reachable()

CLASSES = {name: one for name, one in _PUBLIC.items() if inspect.isclass(one)}
"""By their names."""

CALLS = {
    **{name: one for name, one in _PUBLIC.items() if not inspect.isclass(one)},
    **{f"{cls}.{name}": call for cls, one in CLASSES.items() for name, call in calls_of(one).items()},
}
"""Functions by where they stand, methods by their class and name."""

MODELS = {name: one for name, one in CLASSES.items() if issubclass(one, Model) and attrs.has(one)}

COLLECTIONS = {name: one for name, one in CLASSES.items() if issubclass(one, Collection) and hasattr(one, "model")}
