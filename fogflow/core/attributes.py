"""What an attribute of a model is: its Python value, its form on the wire, and what may be done with it.

A model is an attrs class whose fields are made here::

    @model
    class Server(Model):
        __slots__ = ()

        id: str | None = attribute("What the cloud knows it by.")
        created_at: datetime | None = time_attribute("When it was made.")
        variables: Any = json_attribute("What its programs see.", create=True, update=True)
"""

from __future__ import annotations

import functools
import json
import operator
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, TypeVar

import attr

from fogflow import errors

Convert = Callable[[Any], Any]
ModelClass = TypeVar("ModelClass", bound=type)

_PLAIN: dict[str, type] = {one.__name__: one for one in (str, int, bool, float)}


class Lookups:
    """By which comparisons a collection can be narrowed on an attribute.

    Attributes:
        operators: their names, such as "eq" and "gt".
        encode: makes the value that the service's requests take of an operator and a value; None where the
            service cannot compare at all, and what it lists is compared here.
        default: the operator that is meant when none is named.
        loose: the operators by which the service finds what is meant and more, so that it is compared here again.
        takes: the type of the values; None for those of the attribute.
    """

    # Written out here and at `Lookup`, for what attrs would make at each start is half a millisecond.
    def __init__(
        self,
        operators: frozenset[str],
        encode: Callable[[str, Any], Any] | None,
        default: str = "eq",
        loose: frozenset[str] = frozenset(),
        takes: type | None = None,
    ) -> None:
        self.operators, self.encode, self.default = operators, encode, default
        self.loose, self.takes = loose, takes

    def leave_to_us(self, operator: str) -> bool:
        """Whether what the service lists is still to be compared."""
        return self.encode is None or operator in self.loose


@attr.frozen(eq=False, repr=False)
class Attribute:
    """What fogflow knows of an attribute beyond its name.

    Attributes:
        about: what it is, in a sentence or two.
        decode: makes the Python value of what the server sent, unless that is None.
        convert: makes the Python value of what a caller assigns; raises ArgumentError.
        same: whether two Python values are one to the server.
        create: may be given when the object is made.
        update: may be changed afterwards.
        null: may be emptied then, by None.
        lookups: how it can be filtered by; None where it cannot.
        sort: whether a list can be sorted by it.
        computed: the server derives it for each answer, so that no list can be narrowed to it.
        heavy: left out of a summary, for it can be large.
        types: of its Python values, beside None.
    """

    about: str
    decode: Convert
    convert: Convert
    same: Callable[[Any, Any], bool]
    create: bool
    update: bool
    null: bool
    lookups: Lookups | None
    sort: bool
    computed: bool
    heavy: bool
    types: tuple[type, ...] = ()

    def described(self) -> str:
        """What it is and what can be done with it, for `help()` and for the reference."""
        said = [self.about]
        if self.create or self.update:
            times = [("when it is made", self.create), ("afterwards", self.update)]
            emptied = ", and emptied by None" if self.null else ""
            said.append(f"Can be set {' and '.join(when for when, can_be in times if can_be)}{emptied}.")
        if self.lookups:
            said.append(f"Filtered by ``{' '.join(sorted(self.lookups.operators))}``.")
        if self.sort:
            said.append("Lists can be sorted by it.")
        if self.heavy:
            said.append("Left out of ``summary()``.")
        return " ".join(said)


def _as_it_is(value: Any) -> Any:
    return value


def attribute(
    about: str,
    *,
    decode: Convert = _as_it_is,
    convert: Convert = _as_it_is,
    same: Callable[[Any, Any], bool] = operator.eq,
    create: bool = False,
    update: bool = False,
    null: bool = False,
    lookups: Lookups | None = None,
    sort: bool = False,
    computed: bool = False,
    heavy: bool = False,
) -> Any:
    """An attribute with the same value here and on the wire; see `Attribute` for the arguments."""
    declared = Attribute(about, decode, convert, same, create, update, null, lookups, sort, computed, heavy)
    # It has no part in an `__init__` that attrs would make, compile, and nobody call.
    return attr.field(init=False, metadata={Attribute: declared})


def json_attribute(about: str, **options: Any) -> Any:
    """An attribute that travels as JSON text, or as the value itself: servers do both."""
    return attribute(about, decode=_from_json, same=_same_json, **options)


def time_attribute(about: str, **options: Any) -> Any:
    """A time: an aware datetime in UTC here, text without a zone on the wire."""
    return attribute(about, decode=parse_time, convert=_time, **options)


def boolean_attribute(about: str, **options: Any) -> Any:
    """An attribute that is True or False, and is compared with nothing else."""
    return attribute(about, convert=_boolean, **options)


def model(cls: ModelClass) -> ModelClass:
    """Makes an attrs class of a model's declaration. Its methods are those of `Model`, not generated ones.

    Raises:
        TypeError: it has no `__slots__ = ()`, without which an object would keep attributes that there are not.
    """
    if cls.__dictoffset__:
        raise TypeError(f"{cls.__name__} takes __slots__ = ()")
    made = attr.define(cls, slots=False, init=False, repr=False, eq=False, match_args=False, getstate_setstate=False)
    for field in attr.fields(made):
        setattr(made, field.name, _accessor(field))
    # What attrs makes in place of an `__init__`, and nobody calls.
    delattr(made, "__attrs_init__")
    return made


def _accessor(field: attr.Attribute[Any]) -> property:
    """How an attribute is read and set: what was set or decoded comes first, then what the server sent.

    Lists are long, and most of what is read of them is plain; that is taken from the row at once.
    """
    name = field.name
    plain = _plain(field)

    def read(instance: Any) -> Any:
        values = instance._values
        if values is not None and name in values:
            return values[name]
        row = instance._row
        if row is None:
            return None
        try:
            value = row[name]
        except KeyError:
            return instance._missing(name)
        if value is None or type(value) is plain:
            return value
        return instance._decoded(name, value)

    def write(instance: Any, value: Any) -> None:
        instance._keep(name, declared(type(instance))[name].convert(value))

    read.__annotations__ = {"return": field.type}
    return property(read, write, doc=f"{field.type}: {field.metadata[Attribute].described()}")


def _plain(field: attr.Attribute[Any]) -> type | None:
    """The type of which a value of the server's is taken as it is, without a look at the other attributes' types."""
    # Annotations are texts, and some name classes that are declared later.
    name = str(field.type).partition(" | ")[0].partition("[")[0]
    return _PLAIN.get(name) if field.metadata[Attribute].decode is _as_it_is else None


def declared(cls: type) -> Mapping[str, Attribute]:
    """The attributes of a model, by their names, in the order of their declaration."""
    hints = typing.get_type_hints(cls)
    return {
        field.name: _type_checked(cls, field.name, hints[field.name], field.metadata[Attribute])
        for field in attr.fields(cls)
    }


def _type_checked(cls: type, name: str, annotation: Any, declaration: Attribute) -> Attribute:
    """The declaration of an attribute whose values, as a server sends them, are of the type that it is declared with.

    None may always come: what the API fills, a server may leave empty.
    """
    unions = (typing.Union, types.UnionType)
    alternatives = typing.get_args(annotation) if typing.get_origin(annotation) in unions else (annotation,)
    expected = tuple(object if one is Any else typing.get_origin(one) or one for one in alternatives)
    names = " or ".join(one.__name__ for one in expected if one is not types.NoneType)

    def checked(value: Any) -> Any:
        if value is not None and not isinstance(value, expected):
            raise errors.InvalidResponse(
                f"the server gave {type(value).__name__} for the {name} of {one_of(cls)}, which is {names}"
            )
        return value

    def decode(value: Any) -> Any:
        try:
            decoded = declaration.decode(value)
        except errors.InvalidResponse as error:
            raise errors.InvalidResponse(f"{error} for the {name} of {one_of(cls)}") from None
        try:
            # A caller may edit the value in place, which must not edit the server's row.
            return copied(checked(decoded))
        except RecursionError:
            raise errors.InvalidResponse(f"the {name} of {one_of(cls)} is nested too deeply") from None

    return attr.evolve(declaration, decode=decode, types=expected)


if not TYPE_CHECKING:  # for which a cache takes no classes of models
    declared = functools.cache(declared)


def copied(value: Any) -> Any:
    """Return a copy of a JSON value that shares no list and no mapping with it."""
    if isinstance(value, Mapping):
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [copied(one) for one in value]
    return value


def nearest(name: str, known: Iterable[str]) -> str:
    """A remark on what else `name` may have been meant to be."""
    names = list(known)
    import difflib

    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    # A service has more than anybody reads.
    return f"there are: {', '.join(names)}" if len(names) <= 60 else "nothing has a name like it"


def no_attribute(model: type, name: str, known: Iterable[str]) -> errors.ArgumentError:
    """The error for a name that a model does not have, with what it may have been meant to be."""
    return errors.ArgumentError(f"{model.__name__} has no attribute {name!r}; {nearest(name, known)}")


def one_of(cls: type) -> str:
    """The name of a model with its article: "an Execution"."""
    return f"{'an' if cls.__name__[0] in 'AEIO' else 'a'} {cls.__name__}"


def json_text(value: Any, *, sort_keys: bool = False, ensure_ascii: bool = True) -> str:
    """JSON text.

    Raises:
        errors.ArgumentError: JSON cannot say the value.
    """
    try:
        return json.dumps(value, allow_nan=False, sort_keys=sort_keys, ensure_ascii=ensure_ascii, default=_as_dict)
    except (TypeError, ValueError, RecursionError) as error:
        raise errors.ArgumentError(f"cannot be sent as JSON: {error}") from None


def _as_dict(value: Any) -> dict[Any, Any]:
    """Mappings of all kinds are objects to JSON."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is nothing that JSON knows")


def parse_time(value: str | None) -> datetime | None:
    """The time that a text stands for; None for no text."""
    if not value:
        return None
    try:
        # Python 3.10 does not know the Z.
        time = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except (ValueError, AttributeError):
        raise errors.InvalidResponse(f"the server gave no time but {value!r}") from None
    return time.replace(tzinfo=timezone.utc) if time.tzinfo is None else time.astimezone(timezone.utc)


def format_time(value: datetime | None) -> str | None:
    """The text for a time, with microseconds: databases that keep times as text compare it letter by letter."""
    return None if value is None else value.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M:%S.%f")


def _boolean(value: Any) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise errors.ArgumentError(f"takes True or False, not {value!r}")


def _time(value: Any) -> datetime | None:
    """The time that a caller gave: a datetime with a zone, or a text, which means UTC as the server's do."""
    if isinstance(value, str):
        try:
            return parse_time(value)
        except errors.InvalidResponse:
            raise errors.ArgumentError(f"{value!r} is not a time such as 2026-11-23 05:54:00") from None
    if value is None or (isinstance(value, datetime) and value.tzinfo):
        return value
    raise errors.ArgumentError(f"a time is a datetime with a time zone, not {value!r}")


def _from_json(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    # Raised outside of an `except`: JSON's own error holds the whole text, and would stay in `__context__`.
    with suppress(ValueError, RecursionError):
        return json.loads(value)
    raise errors.InvalidResponse("the server gave text that is not JSON")


def _same_json(one: Any, other: Any) -> bool:
    return _canonical(one) == _canonical(other)


def _canonical(value: Any) -> str:
    """Return what the server reads from the JSON text of a value: in text form, True differs from 1."""
    # Only after decoding are all keys strings that can be sorted.
    return json.dumps(json.loads(json_text(value)), sort_keys=True)
