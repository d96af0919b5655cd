"""What docstrings show runs, too: it stands in the reference, and in `help()`."""

from __future__ import annotations

import ast
import importlib
import json
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree

import fogflow
from fogflow import errors
from fogflow.core.model import Model
from spec.support.commands import complaints

PACKAGE = pathlib.Path(fogflow.__file__).parent


def shown() -> Iterator[Any]:
    """The blocks of the package's docstrings, each with its module."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        source = path.read_text(encoding="utf-8")
        # Most modules show no block, and parsing them all would take seconds.
        for node in ast.walk(ast.parse(source)) if "::\n" in source else ():
            if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                continue
            text = ast.get_docstring(node) or ""
            if "::" not in text:
                continue
            # What a docstring has beside its blocks is for Sphinx to judge.
            tree = publish_doctree(text, settings_overrides={"report_level": 5})
            for block in tree.findall(nodes.literal_block):
                yield pytest.param(module, block.astext(), id=f"{module}:{getattr(node, 'name', '')}")


def workflow(name: str, parameter: Any) -> dict[str, Any]:
    return {"version": "2.0", name: {"input": [parameter], "tasks": {"rest": {"action": "std.noop"}}}}


BLOCKS = list(shown())
COMMANDS = [block for block in BLOCKS if block.values[1].startswith("python -m ")]
TREES = [block for block in BLOCKS if "├──" in block.values[1]]
PYTHON = [block for block in BLOCKS if block not in COMMANDS + TREES]


@pytest.mark.only_in("mock", why="a page has a mock of its own")
@pytest.mark.parametrize(("module", "text"), PYTHON)
def it_runs_what_a_docstring_shows(module: str, text: str, names: dict[str, Any]) -> None:
    pathlib.Path("hello.yaml").write_text(json.dumps(workflow("hello", {"who": "you"})))
    nightly = names["service"].workflows.create(definition=workflow("nightly", "host"))
    around = {"pathlib": pathlib, "Model": Model, "nightly": nightly, "hosts": ["compute-7", "compute-8"]}

    exec(text, {**vars(importlib.import_module(module)), **around, **names})


@pytest.mark.parametrize(("module", "text"), COMMANDS)
def it_shows_commands_that_can_be_given(module: str, text: str) -> None:
    assert list(complaints(text)) == []


@pytest.mark.parametrize(("module", "text"), TREES)
def it_draws_the_tree_of_the_errors(module: str, text: str) -> None:
    def below(error: type[errors.Error], depth: int) -> Iterator[tuple[int, str]]:
        yield depth, error.__name__
        for one in error.__subclasses__():
            if one.__module__ == errors.__name__:
                yield from below(one, depth + 1)

    lines = [line.partition("── ") for line in text.splitlines()]
    drawn = [(len(f"{before}── ") // 4, after.split()[0]) for before, mark, after in lines if mark]

    assert sorted(drawn) == sorted(below(errors.Error, 0))[1:]
    assert module == errors.__name__
