"""A condition holds for a value here as it does in the server's database."""

from __future__ import annotations

from typing import Any

import pytest

from fogflow.core.query import Lookup


@pytest.mark.parametrize(
    ("operator", "wanted", "actual", "holds"),
    [
        ("eq", 1, 1, True),
        ("neq", 1, 2, True),
        ("neq", 1, 1, False),
        ("gt", 1, 2, True),
        ("gt", 1, 1, False),
        ("gte", 1, 1, True),
        ("lt", 1, 1, False),
        ("lte", 1, 1, True),
        ("in", ("a", "b"), "a", True),
        ("in", ("a", "b"), "c", False),
        ("nin", ("a", "b"), "c", True),
        ("has", "a", ["a", "b"], True),
        ("has", ["a", "b"], ["a"], False),
        ("has", "og", "fog", True),
    ],
)
def it_compares(operator: str, wanted: Any, actual: Any, holds: bool) -> None:
    assert Lookup("name", operator, wanted).matches(actual) is holds


@pytest.mark.parametrize("operator", ["eq", "neq", "gt", "lt", "in", "nin", "has"])
def it_holds_for_no_value_at_all_as_in_sql(operator: str) -> None:
    assert not Lookup("name", operator, "a").matches(None)


def it_looks_for_objects_without_a_value() -> None:
    assert Lookup("name", "eq", None).matches(None)
    assert not Lookup("name", "eq", None).matches("a")
