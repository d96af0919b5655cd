"""Lists: conditions with the server's operators, order, pages, and the link to the next one.

Rows are compared as the server's database does it, SQLite: times as text, JSON as its text. One difference: rows
without a value in the column that a list is sorted by get lost between the real server's pages, and here they do not.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import attrs

from fogflow.mock.faults import Fault
from fogflow.mock.store import Row

_OPERATORS = ("eq", "neq", "lt", "lte", "gt", "gte", "has", "in", "nin")
_SEVERAL = ("in", "nin")


@attrs.frozen
class Condition:
    """What a row must fulfil.

    Attributes:
        name: the column.
        operator: one of the server's.
        value: a value, or a list for "in" and "nin"; None for rows without one.
        breaks: what the server's database says in place of looking; None where it looks.
    """

    name: str
    operator: str
    value: Any
    breaks: str | None = None

    def holds(self, row: Row) -> bool:
        if self.name == "tags":
            return self._has_tags(row.get("tags") or [])
        return _COMPARISONS[self.operator](comparable(row.get(self.name)), self.value)

    def _has_tags(self, tags: list[str]) -> bool:
        # Whatever the operator: where it is another than "eq", the server forgets the condition.
        if self.operator != "eq" or not self.value:
            return True
        wanted = self.value if isinstance(self.value, list) else self.value.split(",")
        return all(tag in tags for tag in wanted)

    @property
    def link(self) -> str:
        """As the link to the next page has it, which is Python's text for a list."""
        return f"{self.name}={self.operator}:{self.value}"


def comparable(value: Any) -> Any:
    """A value as the database keeps it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return value


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """As in SQL, no value fulfils no comparison."""
    return lambda actual, wanted: actual is not None and compare(str(actual), str(wanted))


def _equal(actual: Any, wanted: Any) -> bool:
    return actual is None if wanted is None else actual is not None and actual == wanted


def _like(actual: str, wanted: str) -> bool:
    # LIKE passes over case, and knows two signs that stand for others.
    pattern = "".join(".*" if sign == "%" else "." if sign == "_" else re.escape(sign) for sign in wanted)
    return re.search(pattern, actual, re.IGNORECASE | re.DOTALL | re.ASCII) is not None


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": _equal,
    "neq": lambda actual, wanted: actual is not None and actual != wanted,
    "gt": _ordered(lambda actual, wanted: actual > wanted),
    "gte": _ordered(lambda actual, wanted: actual >= wanted),
    "lt": _ordered(lambda actual, wanted: actual < wanted),
    "lte": _ordered(lambda actual, wanted: actual <= wanted),
    "in": lambda actual, wanted: actual is not None and actual in wanted,
    "nin": lambda actual, wanted: actual is not None and actual not in wanted,
    "has": _ordered(_like),
}


# -- the kinds of query parameters

Kind = Callable[[str, str], Condition]
"""Makes a condition of a parameter's name and text. Raises Fault."""


def text(name: str, said: str) -> Condition:
    """A text, with an operator in front or without."""
    operator, colon, value = said.partition(":")
    if not (colon and operator in _OPERATORS):
        return Condition(name, "eq", said)
    # By the first letters, as the server looks for them.
    return Condition(name, operator, value.split(",") if said.startswith(_SEVERAL) else value)


def identity(name: str, said: str) -> Condition:
    """A UUID; an operator in front of it is passed over."""
    try:
        return Condition(name, "eq", as_uuid(said))
    except Fault as fault:
        raise _wrong_kind(name, said, "uuid", fault.message) from None


def flag(name: str, said: str) -> Condition:
    """A switch: every text is true, "false" too, but for none."""
    return Condition(name, "eq", bool(said))


def number(name: str, said: str) -> Condition:
    """A whole number."""
    try:
        return Condition(name, "eq", int(said))
    except ValueError as error:
        raise _wrong_kind(name, said, "integer", str(error)) from None


def document(name: str, said: str) -> Condition:
    """A JSON object, which must be the same text."""
    try:
        value = json.loads(said)
    except ValueError as error:
        raise _wrong_kind(name, said, "json", str(error)) from None
    return Condition(name, "eq", json.dumps(value))


def tags(name: str, said: str) -> Condition:
    """Tags, all of which a row must have."""
    return Condition(name, "eq", names(said))


def nowhere(model: str, kind: Kind = text) -> Kind:
    """A parameter that the server's interface takes, as of this kind, and its database breaks on."""

    def broken(name: str, said: str) -> Condition:
        return attrs.evolve(kind(name, said), breaks=f"type object '{model}' has no attribute '{name}'")

    return broken


def _wrong_kind(name: str, said: str, kind: str, error: str) -> Fault:
    return Fault(
        400, f"Invalid input for field/attribute {name}. Value: '{said}'. unable to convert to {kind}. Error: {error}"
    )


def _is_uuid(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    plain = value.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "").lower()
    try:
        return uuid.UUID(value).hex == plain
    except ValueError:
        return False


def as_uuid(said: str) -> str:
    """The UUID in a text, in which an operator in front of it is passed over. Raises Fault."""
    operator, colon, rest = said.partition(":")
    value: Any = rest if colon and operator in _OPERATORS else said
    if colon and operator in _SEVERAL:
        value = rest.split(",")
    if not _is_uuid(value):
        raise Fault(400, f"Expected a uuid but received {value}.")
    return str(value)


def require_uuid(name: str, said: str) -> str:
    """The text, which must be a UUID. Raises Fault."""
    value: str = identity(name, said).value
    return value


def names(said: str) -> list[str]:
    """The names of a comma list, each once, in lower case as the server takes them."""
    return list(dict.fromkeys(name for one in said.split(",") if (name := one.strip().lower())))


# -- the list


@attrs.frozen
class Page:
    """What a list was asked for.

    Attributes:
        conditions: all of which must hold.
        sort_keys, sort_dirs: equally many columns and directions.
        limit: how many rows at the most.
        marker: the id after which it begins.
        fields: the attributes to answer; empty for all.
    """

    conditions: tuple[Condition, ...]
    sort_keys: list[str]
    sort_dirs: list[str]
    limit: int
    marker: str | None
    fields: list[str]

    def rows(self, rows: Iterable[Row], marker: Row | None, columns: Iterable[str]) -> list[Row]:
        """The rows of the page.

        Args:
            rows: all that there are.
            marker: the row after which it begins.
            columns: those that the database has.

        Raises:
            Fault: it cannot be looked for, or sorted, so.
        """
        self.require_no_break()
        for key in self.sort_keys:
            if key not in columns:
                raise Fault(500, f"Sort key supplied is invalid: {key}")
        found = [row for row in rows if all(condition.holds(row) for condition in self.conditions)]
        self._sort(found)
        if marker is not None:
            found = [row for row in found if self._is_after(row, marker)]
        return found[: self.limit]

    def require_no_break(self) -> None:
        """Raises Fault when the server's database cannot look for one of the conditions."""
        for condition in self.conditions:
            if condition.breaks:
                raise Fault(500, condition.breaks)

    def _sort(self, rows: list[Row]) -> None:
        keys = [_sort_key(key) for key in self.sort_keys]
        if len(set(self.sort_dirs)) == 1:
            rows.sort(key=lambda row: [key(row) for key in keys], reverse=self.sort_dirs[0] == "desc")
            return
        # From the last key to the first: sorting keeps the order among equals.
        for key, direction in reversed(list(zip(keys, self.sort_dirs, strict=True))):
            rows.sort(key=key, reverse=direction == "desc")

    def _is_after(self, row: Row, marker: Row) -> bool:
        for key, direction in zip(self.sort_keys, self.sort_dirs, strict=True):
            one, other = _sort_key(key)(row), _sort_key(key)(marker)
            if one != other:
                return bool(one > other) == (direction == "asc")
        return False

    def link(self, address: str, last: Row) -> str:
        """The address of the next page, after this row."""
        sort = f"sort_keys={','.join(self.sort_keys)}&sort_dirs={','.join(self.sort_dirs)}"
        conditions = "".join(f"&{condition.link}" for condition in self.conditions)
        fields = f"&fields={','.join(self.fields)}" if self.fields else ""
        return f"{address}?{sort}{conditions}&limit={self.limit}&marker={last['id']}{fields}"


def _sort_key(name: str) -> Callable[[Row], Any]:
    def key(row: Row) -> Any:
        value = row.get(name)
        # As SQLite has it: no value comes first, and JSON is its text.
        return value is not None, json.dumps(value) if isinstance(value, (dict, list)) else value

    return key


def sorting(query: Mapping[str, str], default: str = "created_at") -> tuple[list[str], list[str]]:
    """The columns and directions that a list is sorted by, the id last. Raises Fault."""
    keys = names(query.get("sort_keys", default))
    dirs = [one for part in query.get("sort_dirs", "asc").split(",") if (one := part.strip().lower())]
    if len(keys) < len(dirs):
        raise Fault(400, "Length of sort_keys must be equal or greater than sort_dirs.")
    dirs += ["asc"] * (len(keys) - len(dirs))
    if any(one not in ("asc", "desc") for one in dirs):
        raise Fault(400, "Unknown sort direction, must be 'desc' or 'asc'.")
    if "id" not in keys:
        keys, dirs = [*keys, "id"], [*dirs, "asc"]
    return keys, dirs


def limit(query: Mapping[str, str]) -> int | None:
    """How many rows are asked for. Raises Fault where it is no number."""
    said = query.get("limit")
    try:
        return None if said is None else int(said)
    except ValueError as error:
        raise _wrong_kind("limit", str(said), "int", str(error)) from None


def require_positive(limit: int | None) -> None:
    """Raises Fault for a limit below 1."""
    if limit is not None and limit <= 0:
        raise Fault(400, "Limit must be positive.")
