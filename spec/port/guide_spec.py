"""The porting guide is true: each row's Ruby is Ruby, its Python runs, and `fogflow.port` makes one of the other."""

from __future__ import annotations

import ast
import importlib.util
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

import fogflow
from fogflow.auth.options import FogConnectionOptions, FogOptions
from fogflow.mock import Cloud
from fogflow.port import draft
from fogflow.port.grammar import parse
from spec.support import yaml_files

ROOT = Path(__file__).parent.parent.parent
GROUPS = yaml_files.load(ROOT / "docs" / "porting.yaml")["groups"]
ROWS = [pytest.param(group, row, id=row["ruby"].strip()) for group in GROUPS for row in group["rows"]]
PORTED = [pytest.param(row, id=row["ruby"].strip()) for group in GROUPS for row in group["rows"] if "draft" not in row]
IMPORTS = "import json, os, pathlib, re, sys, time, yaml, fogflow"
HELLO = {"version": "2.0", "hello": {"input": [{"who": "you"}], "tasks": {"greet": {"action": "std.noop"}}}}


def meaning(python: str) -> str:
    """What a text says to Python, but for its imports and layout."""
    statements = [one for one in ast.parse(python).body if not isinstance(one, (ast.Import, ast.ImportFrom))]
    return "\n".join(map(ast.dump, statements))


@pytest.fixture
def names(
    mistral_mock_cloud: Cloud,
    mistral_mock: fogflow.WorkflowService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ends_every_mock: None,
) -> dict[str, Any]:
    """What a row finds: a service with a workflow, on a mock whose time passes while it sleeps."""
    mistral_mock.create_workflow(HELLO)
    monkeypatch.setattr(time, "sleep", mistral_mock_cloud.advance)
    monkeypatch.setenv("OS_AUTH_URL", "http://keystone:5000/v3")
    monkeypatch.setenv("OS_USER_ID", "4d5e")
    return {"cloud": mistral_mock_cloud, "service": mistral_mock, "folder": tmp_path}


@pytest.mark.parametrize(("group", "row"), ROWS)
def it_runs_the_python_of_each_row(group: dict[str, Any], row: dict[str, Any], names: dict[str, Any]) -> None:
    for text in (IMPORTS, group.get("setup", ""), row.get("setup", "")):
        exec(text, names)

    if "raises" in row:
        with pytest.raises(getattr(fogflow.errors, row["raises"])):
            exec(row["python"], names)
    else:
        exec(row["python"], names)

    assert eval(row.get("then", "True"), names)


@pytest.mark.parametrize(("group", "row"), ROWS)
def it_has_ruby_on_the_left(group: dict[str, Any], row: dict[str, Any]) -> None:
    assert not parse(row["ruby"]).has_error


@pytest.mark.parametrize("row", PORTED)
def it_shows_what_the_tool_makes_of_it(row: dict[str, Any]) -> None:
    ported = draft(row["ruby"])

    assert meaning(ported.python) == meaning(row["python"])
    assert [str(one) for one in ported.left if not one.ported] == []


def it_says_why_where_the_tool_makes_something_else() -> None:
    different = [row for group in GROUPS for row in group["rows"] if "draft" in row]

    assert all(row["draft"].startswith("The tool ") for row in different)
    assert all(
        meaning(draft(row["ruby"]).python) != meaning(row["python"]) or row["ruby"].startswith("require")
        for row in different
    )


def it_shows_every_request_of_fog() -> None:
    calls = yaml.safe_load((ROOT / "fixtures" / "fog" / "calls.yaml").read_text())
    requests = {call["ruby"].removeprefix("service.").partition("(")[0] for call in calls}
    shown = "\n".join(row["ruby"] for group in GROUPS for row in group["rows"])

    assert {name for name in requests if not re.search(rf"\b{name}\b", shown)} == set()


def it_names_every_option_of_fog() -> None:
    page = (ROOT / "docs" / "porting.rst").read_text(encoding="utf-8")
    options = [*FogOptions.__annotations__, *FogConnectionOptions.__annotations__]

    assert [name for name in options if not re.search(rf"\b{name}\b", page)] == []


def it_is_written_from_its_rows() -> None:
    specification = importlib.util.spec_from_file_location("porting", ROOT / "docs" / "porting.py")
    assert specification is not None
    assert specification.loader is not None
    writer = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(writer)

    assert (ROOT / "docs" / "porting.rst").read_text(encoding="utf-8") == writer.guide()
