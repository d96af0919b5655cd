"""Pressing the tabulator: what there is to use comes, and nothing is sent for it."""

from __future__ import annotations

import importlib
import pydoc
import rlcompleter
from collections.abc import Iterator
from typing import Any

import pytest

import fogflow
from fogflow import errors, models
from spec.support.front_door import COLLECTIONS, MODELS


class Asked:
    """In place of a service: writes down each request that it is asked for."""

    def __init__(self) -> None:
        self.requests: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.requests.append(name)
        raise AssertionError(f"asked for {name}")


def completed(text: str, **names: Any) -> list[str]:
    """What Python's own completion makes of a text, calls with their parenthesis."""
    completer = rlcompleter.Completer(names)

    def found() -> Iterator[str]:
        number = 0
        while (one := completer.complete(text, number)) is not None:
            yield one
            number += 1

    return list(found())


@pytest.mark.parametrize("name", sorted(MODELS))
def it_fetches_nothing_to_complete_an_attribute(name: str) -> None:
    asked = Asked()
    partial = MODELS[name].from_row(asked, {"id": "1"})

    names = completed("one.", one=partial)

    assert {"one.created_at", "one.project_id", "one.save()"} <= set(names)
    assert asked.requests == []


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def it_lists_nothing_to_complete_a_method(name: str) -> None:
    asked = Asked()

    assert {"all.filter(", "all.first()"} <= set(completed("all.", all=COLLECTIONS[name](asked)))
    assert asked.requests == []


@pytest.mark.parametrize("name", sorted({**MODELS, **COLLECTIONS}))
def it_sends_nothing_for_help(name: str) -> None:
    asked = Asked()
    one = MODELS[name].from_row(asked, {"id": "1"}) if name in MODELS else COLLECTIONS[name](asked)

    assert name in pydoc.render_doc(one, renderer=pydoc.plaintext)
    assert asked.requests == []


@pytest.mark.parametrize("module", [fogflow, models, errors])
def it_completes_what_a_module_has_for_its_users(module: Any) -> None:
    assert {name for name in dir(module) if not name.startswith("_")} == {*module.__all__} - {"__version__"}


@pytest.mark.parametrize("name", ["errors", "local", "mock", "models", "port"])
def it_leads_to_its_modules_without_a_further_import(name: str) -> None:
    assert getattr(fogflow, name) is importlib.import_module(f"fogflow.{name}")


@pytest.mark.parametrize("name", sorted({**MODELS, **COLLECTIONS}))
def it_does_not_list_what_a_class_says_to_its_base(name: str) -> None:
    listed = dir(MODELS[name](None) if name in MODELS else COLLECTIONS[name](None))

    assert not {"resource_name", "summary_names", "unique_names", "page_size", "flags", "has_markers"} & {*listed}
    assert {"reload", "service", "__class__"} <= {*listed}
