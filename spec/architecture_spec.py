"""The folders keep to themselves what is theirs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import fogflow

PACKAGE = Path(fogflow.__file__).parent

# What each part may import of fogflow, beside itself. Only the front door knows all of them.
ALLOWED = {
    "errors.py": {"response", "models"},  # for their types alone
    "response.py": set(),
    "definitions.py": {"errors", "core"},
    "language": {"errors"},
    "drawing": {"errors"},
    "graphs": {"errors", "language", "drawing"},
    "connection": {"errors", "response", "core", "version"},
    "auth": {"errors", "response", "connection"},
    "core": {"errors"},
    "requests": {"errors", "response", "connection", "core", "definitions"},
    "models": {"errors", "response", "core", "definitions", "language", "graphs", "drawing"},
    "service.py": {"auth", "connection", "core", "models", "requests"},
    "local": {"errors", "service", "auth"},  # auth for what `connect` takes
    "local/servers": set(),
    "pytest_plugin.py": {"mock", "local"},
    "port": {"errors", "core", "models", "requests", "response", "service"},  # for their names
    "mock": {"errors", "auth", "connection", "core", "service"},
    "mock/definitions": {"errors", "language"},
    "mock/engine": {"language"},
    "mock/resources": {"language"},
}


def modules_of(part: str) -> list[Path]:
    path = PACKAGE / part
    return [path] if path.suffix else list(path.glob("*.py"))


def imported_by(module: Path) -> set[str]:
    """The parts of fogflow that a module names in its imports."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "fogflow":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("fogflow."):
            found.add(str(node.module).split(".")[1])
    return found


@pytest.mark.parametrize("part", ALLOWED)
def it_imports_only_what_it_may_know(part: str) -> None:
    itself = part.removesuffix(".py").partition("/")[0]

    for module in modules_of(part):
        assert imported_by(module) <= ALLOWED[part] | {itself}, module


def it_has_a_rule_for_every_module() -> None:
    parts = {path.relative_to(PACKAGE).parent.as_posix() for path in PACKAGE.rglob("*.py")} - {"."}
    alone = {path.name for path in PACKAGE.glob("*.py")}

    assert parts | alone == set(ALLOWED) | {"__init__.py", "version.py"}


def it_loads_next_to_nothing_for_its_name() -> None:
    script = "import sys, fogflow; print(*(one for one in sys.modules if one.partition('.')[0] == 'fogflow'))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    assert sorted(loaded) == ["fogflow", "fogflow.version"]
    assert {"connect", "errors", "mock", "models", "WorkflowService"} <= set(dir(fogflow))


@pytest.fixture(scope="module")
def loaded() -> list[str]:
    """The modules that are there after the way through the front door, in the order in which they were done."""
    script = "import sys, fogflow; fogflow.connect(endpoint='http://mistral').executions; print(*sys.modules)"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()


def it_loads_requests_before_what_stands_on_it(loaded: list[str]) -> None:
    ours = [name for name in loaded if name.startswith("fogflow.") and name != "fogflow.version"]

    assert loaded.index("requests") < loaded.index(ours[0])


def it_has_what_tells_of_a_failure_before_there_is_one(loaded: list[str]) -> None:
    # A process that has no file descriptors left loads nothing any more.
    assert {"fogflow.errors", "fogflow.connection.failures", "fogflow.connection.retries"} <= set(loaded)


def it_loads_no_cloud_and_no_extra_at_its_front_door(loaded: list[str]) -> None:
    assert "fogflow.models.executions" in loaded
    assert not {"yaml", "keystoneauth1"} & set(loaded)
    # attrs by its second name is six modules more, of the same classes.
    assert "attr" in loaded
    assert "attrs" not in loaded
    assert not {"fogflow.local", "fogflow.mock", "fogflow.port", "fogflow.graphs"} & set(loaded)
    assert not {"mistral", "keystone", "openstack", "cheroot", "graphviz", "tqdm", "tree_sitter"} & set(loaded)
