"""The forms of fields: how a value stands on the wire, and what the server takes for one in a body."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import attrs

from fogflow.mock import listing
from fogflow.mock.faults import Fault


def _as_it_is(value: Any) -> Any:
    return value


@attrs.frozen
class Form:
    """How the values of a field stand on the wire.

    Attributes:
        encode: makes what an answer has of a value.
        decode: makes a value of what a body has; raises ValueError, for which the server blames the whole body.
        validate: makes what is kept of a value; raises ValueError, for which the server blames the field.
        read_only: whether a body may not have it.
    """

    encode: Callable[[Any], Any] = _as_it_is
    decode: Callable[[Any], Any] = _as_it_is
    validate: Callable[[Any], Any] = _as_it_is
    read_only: bool = False

    def read(self, name: str, said: Any, argument: str, body: Mapping[str, Any]) -> Any:
        """The value of what a body has.

        Args:
            name: the field's.
            argument: what the server's messages call the body.

        Raises:
            Fault: it is none.
        """
        try:
            value = None if said is None else self.decode(said)
        except ValueError as error:
            raise wrong_input(argument, body, str(error)) from None
        if self.read_only:
            raise wrong_input(name, value, "Cannot set read only field.")
        try:
            return None if value is None else self.validate(value)
        except (ValueError, TypeError) as error:
            raise wrong_input(name, value, str(error)) from None


def wrong_input(name: str, value: Any, why: str) -> Fault:
    """The server's words for a value that it does not take."""
    return Fault(400, f"Invalid input for field/attribute {name}. Value: '{value}'. {why}")


def time_text(value: datetime | str | None) -> str | None:
    """A time as the API tells it."""
    # An empty text, as of the server's own actions, is no time, and stays.
    return value.strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else value


def _json_text(value: Any) -> str | None:
    return None if value is None else json.dumps(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"Wrong type. Expected '{str}', got '{type(value)}'")  # noqa: TRY004 - the server's own
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"Value not a valid list: {value}")  # noqa: TRY004 - the server's own
    return value


def _flag(value: Any) -> bool:
    if isinstance(value, int):
        return bool(value)
    if value in ("true", "t", "yes", "y", "on", "1"):
        return True
    if value in ("false", "f", "no", "n", "off", "0"):
        return False
    raise ValueError(f"Value not an unambiguous boolean: {value}")


def _number(value: Any) -> int:
    try:
        return int(value)
    except TypeError as error:
        raise Fault(500, str(error)) from None


def _positive(value: int) -> int:
    if value < 1:
        raise ValueError("Value should be greater or equal to 1")
    return value


def _decoded(value: Any) -> Any:
    if isinstance(value, dict):
        return value
    try:
        return json.loads(value)
    except TypeError as error:
        raise ValueError(error) from None


def _mapping(value: Any) -> dict[str, Any]:
    if not value:
        return {}
    if not isinstance(value, dict):
        raise Fault(400, f"JsonType field value must be a dictionary [actual={value}]")
    return value


def _identity(value: Any) -> str:
    if not isinstance(value, str):
        raise Fault(500, f"'{type(value).__name__}' object has no attribute 'startswith'")
    return listing.as_uuid(value)


def choice(*values: str) -> Form:
    """The form of a field that has one of these values."""

    def validate(value: Any) -> str:
        if value not in set(values):
            raise ValueError(f"Value should be one of: {', '.join(values)}")
        return str(value)

    return Form(validate=validate)


TEXT = Form(validate=_text)
TIME = Form(encode=time_text, validate=_text)
TEXTS = Form(decode=_list, validate=lambda value: list(map(_text, value)))
FLAG = Form(decode=_flag)
NUMBER = Form(decode=_number, validate=_positive)
DOCUMENT = Form(encode=_json_text, decode=_decoded, validate=_mapping)
IDENTITY = Form(decode=_identity)
SCOPE = choice("private", "public")
OWNER = attrs.evolve(TEXT, read_only=True)
"""The project that something belongs to, as most resources have it: who asks says it, and no body."""
