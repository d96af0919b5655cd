"""What goes out: addresses, queries and bodies, in the forms in which Mistral takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import quote

from fogflow import errors
from fogflow.core.attributes import json_text


def path_of(segments: Iterable[str]) -> str:
    """The path of an address; each segment is quoted.

    Raises:
        errors.ArgumentError: a segment cannot be addressed.
    """
    return "/".join(map(_quote, segments))


def query_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The query string's values, as the server takes them; None leaves one out.

    Raises:
        errors.ArgumentError: a name or a value cannot be sent as UTF-8.
    """
    return {_query_value(name): _query_value(value) for name, value in values.items() if value is not None}


def body_of(document: Any, text: str | None) -> tuple[dict[str, str], bytes | None]:
    """The headers and the body for a document, to be sent as JSON, or for a text; for neither, none.

    Raises:
        errors.ArgumentError: JSON or UTF-8 cannot say it.
    """
    # Without an Accept: asked for JSON, the server answers 406 where it takes definitions, and JSON without.
    if text is not None:
        return {"Content-Type": "text/plain; charset=utf-8"}, _encoded(text)
    if document is not None:
        return {"Content-Type": "application/json"}, json_text(document).encode()
    return {}, None


def _quote(segment: str) -> str:
    if not isinstance(segment, str):
        raise errors.ArgumentError(f"an id or a name is a string, not {type(segment).__name__}")
    # Proxies and HTTP libraries take these for steps in a path, however they are quoted.
    if segment in ("", ".", ".."):
        raise errors.ArgumentError(f"{segment!r} is no id and no name that can be asked for")
    # So would the server: quoted or not, a slash leads it to another address than was meant.
    if "/" in segment:
        raise errors.ArgumentError(f"{segment!r} has a slash, with which no path can hold it; ask for it by its id")
    return quote(_encoded(segment), safe="")


def _encoded(text: str) -> bytes:
    # Raised outside of an `except`: the codec's own error holds the whole text, and would stay in `__context__`.
    with suppress(UnicodeEncodeError):
        return text.encode()
    raise errors.ArgumentError("cannot be sent as UTF-8: it holds half of a surrogate pair")


def _query_value(value: Any) -> str:
    if isinstance(value, bool):
        # The server takes any text for true, "false" too, so that `force=false` would force.
        return "true" if value else ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(map(_query_value, value))
    text = str(value)
    _encoded(text)
    return text
