"""The reference documents what is public."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import fogflow.local
import fogflow.mock
from fogflow import drawing, errors, models, port
from fogflow.requests import Requests
from fogflow.service import WorkflowService

REFERENCE = Path(__file__).parent.parent.parent / "docs" / "reference"
DIRECTIVE = re.compile(r"^\.\. auto(?:class|function|module):: ([\w.]+)", re.MULTILINE)
DOCUMENTED = {name for page in REFERENCE.rglob("*.rst") for name in DIRECTIVE.findall(page.read_text(encoding="utf-8"))}

PUBLIC = {
    # Of the front door's own names, what is no module and no version.
    *(f"fogflow.{name}" for name in ("connect", "Retries", "WorkflowService")),
    *(f"{module.__name__}.{name}" for module in (models, drawing, port) for name in module.__all__),
    *(f"{module.__name__}.{name}" for module in (fogflow.mock, fogflow.local) for name in module.__all__),
    *(f"{base.__module__}.{base.__name__}" for base in Requests.__bases__),
    errors.__name__,
    "fogflow.core.model.Model",
    "fogflow.core.collection.Collection",
    "fogflow.response.Response",
}


@pytest.mark.parametrize("name", sorted(PUBLIC))
def it_has_an_entry_for(name: str) -> None:
    assert name in DOCUMENTED


def it_has_a_docstring_for_every_error_and_every_call() -> None:
    raised = [one for one in vars(errors).values() if inspect.isclass(one) and issubclass(one, errors.Error)]
    public = [one for name, one in inspect.getmembers(WorkflowService) if not name.startswith("_")]
    calls = [one for one in public if inspect.isfunction(one) or isinstance(one, property)]

    assert [one for one in (*raised, *calls) if not (one.__doc__ or "").strip()] == []
