"""What the methods of one base class take in each subclass, for `help()`, completion and whoever else asks.

A collection's `create` is written once and takes the attributes of any model. Asked for its signature, it names those
of the model at hand. Nothing is checked here, and calls are those of the method as it is written.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable
from datetime import datetime
from inspect import Parameter, Signature, signature
from typing import Any, TypeVar

from fogflow.core.attributes import Attribute, declared

F = TypeVar("F", bound=Callable[..., Any])
Keywords = Callable[[type], Iterable[Parameter]]


class _SpelledOut:
    """A method that has a signature of its own in each class."""

    def __init__(self, function: types.FunctionType, keywords: Keywords) -> None:
        self.function = function
        self._keywords = keywords
        self._of: dict[type, types.FunctionType] = {}

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        cls = owner or type(instance)
        function = self._of.get(cls) or self._made_for(cls)
        return function if instance is None else types.MethodType(function, instance)

    def _made_for(self, cls: type) -> types.FunctionType:
        written = self.function
        made = types.FunctionType(
            written.__code__, written.__globals__, written.__name__, written.__defaults__, written.__closure__
        )
        made.__kwdefaults__ = written.__kwdefaults__
        made.__annotations__ = written.__annotations__
        made.__dict__.update(written.__dict__)
        made.__doc__, made.__module__, made.__qualname__ = written.__doc__, written.__module__, written.__qualname__
        if _model_of(cls):
            made.__signature__ = self._signature(cls)  # type: ignore[attr-defined]
        self._of[cls] = made
        return made

    def _signature(self, cls: type) -> Signature:
        written = signature(self.function)
        first = next(iter(written.parameters.values())).replace(annotation=Parameter.empty)
        # In a collection what comes back is its model or the collection itself.
        returned = cls if written.return_annotation in ("Self", "C") else _model_of(cls)
        return written.replace(parameters=[first, *self._keywords(cls)], return_annotation=returned)


def spelled_out(keywords: Keywords) -> Callable[[F], F]:
    """Makes a method name the keywords that it takes in the class that it is asked for in.

    Args:
        keywords: the parameters after `self`, for such a class.
    """

    def spell(function: F) -> F:
        return typing.cast("F", _SpelledOut(typing.cast("types.FunctionType", function), keywords))

    return spell


class SignatureOfModel:
    """The signature of a model's class: its service, and each attribute that it can be made with."""

    def __get__(self, instance: Any, owner: type) -> Signature:
        if _model_of(owner) is None:
            raise AttributeError(f"{owner.__name__} declares no attributes")
        service = Parameter("service", Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=Any)
        return Signature([service, *made_with(owner)], return_annotation=owner)


def made_with(cls: type) -> list[Parameter]:
    """What an object is made with: the attributes, and in a collection what its `new` takes beside them."""
    # Each `new` passes on to that of its base class what it does not take itself.
    written = [vars(base)["new"] for base in cls.__mro__ if "new" in vars(base)]
    functions = [one.function if isinstance(one, _SpelledOut) else one for one in written]
    own = (one for function in functions for one in signature(function).parameters.values())
    return [*(one for one in own if one.kind is Parameter.KEYWORD_ONLY), *_attributes(cls, "create")]


def updated_with(cls: type) -> list[Parameter]:
    """The attributes that the API can update."""
    return _attributes(cls, "update")


def filtered_by(cls: type) -> list[Parameter]:
    """The attributes that a collection can be narrowed by, its flags, and whatever has an operator in its name."""
    flags = [_keyword(name, kind) for name, kind in getattr(cls, "flags", {}).items()]
    lookups = Parameter("lookups", Parameter.VAR_KEYWORD, annotation=Any)
    return [*_attributes(cls, "lookups"), *flags, lookups]


class _NotGiven:
    """The default of what is left as it is unless it is given; None would be a value."""

    def __repr__(self) -> str:
        return "..."


_NOT_GIVEN = _NotGiven()


def _attributes(cls: type, permission: str) -> list[Parameter]:
    """A keyword for each attribute of the model of which this is not false."""
    model = _model_of(cls)
    hints = typing.get_type_hints(model)
    return [
        _keyword(name, _accepted(hints[name], one)) for name, one in declared(model).items() if getattr(one, permission)
    ]


def _accepted(hint: Any, attribute: Attribute) -> Any:
    """The type of what may be given for an attribute: its own, None, and what is made into it."""
    texts = datetime in attribute.types or (attribute.lookups is not None and attribute.lookups.takes is str)
    if hint is Any:
        return Any
    return hint | str | None if texts else hint | None


def _keyword(name: str, annotation: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=_NOT_GIVEN, annotation=annotation)


def _model_of(cls: type) -> Any:
    """A collection's model, or the model itself; None of their base classes."""
    found = getattr(cls, "model", cls)
    return found if hasattr(found, "__attrs_attrs__") else None
