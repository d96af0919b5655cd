"""A local Mistral checks each of its schemas once, and validates definitions as before."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from jsonschema import validators

from fogflow.local.servers import schemas


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The schemas that were checked, with `check_once` in force."""
    found: list[Any] = []
    validator = validators.validator_for({})
    check = validator.check_schema

    def check_schema(schema: Any) -> None:
        found.append(schema)
        check(schema)

    monkeypatch.setattr(validator, "check_schema", check_schema)
    schemas.check_once()
    return found


def it_checks_a_schema_once_however_often_it_is_used(checked: list[Any]) -> None:
    for name in ("a", "b"):
        jsonschema.validate({"name": name}, {"type": "object"})

    assert checked == [{"type": "object"}]


def it_checks_each_schema(checked: list[Any]) -> None:
    jsonschema.validate({}, {"type": "object"})
    jsonschema.validate([], {"type": "array"})

    assert checked == [{"type": "object"}, {"type": "array"}]


def it_still_refuses_what_does_not_fit(checked: list[Any]) -> None:
    for _ in range(2):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([], {"type": "object"})


def it_still_refuses_a_schema_that_is_wrong(checked: list[Any]) -> None:
    for _ in range(2):
        with pytest.raises(jsonschema.SchemaError):
            jsonschema.validate([], {"type": "nothing"})
