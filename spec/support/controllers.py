"""What the API of the installed Mistral is, read off its own controllers.

`python -m spec.support.controllers` prints it, in a process of its own, for Mistral's modules change settings that
hold for a whole process.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import inspect
import json
import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

ROOT = Path(__file__).parent.parent.parent


class Route(TypedDict):
    """A request that the API takes: its path with `{}` for what varies, and the parameters of its query."""

    method: str
    path: str
    parameters: list[str]


class API(TypedDict):
    """All routes, and the fields of all resources by the names of their classes."""

    routes: list[Route]
    fields: dict[str, list[str]]


@cache
def api() -> API:
    """Return the API of the installed Mistral.

    Loading Mistral takes seconds, and each test process asks; so the API is kept in `build/`, per release and per
    version of this file.
    """
    source = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    kept = ROOT / "build" / f"mistral-api-{importlib.metadata.version('mistral')}-{source}.json"
    if not kept.exists():
        command = [sys.executable, "-m", "spec.support.controllers"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        kept.parent.mkdir(exist_ok=True)
        # Written aside and renamed: several processes may ask at once.
        with tempfile.NamedTemporaryFile("w", dir=kept.parent, delete=False) as file:
            file.write(printed)
        os.replace(file.name, kept)
    found: API = json.loads(kept.read_text())
    return found


def _read() -> API:
    from oslo_service import backend

    # As Mistral's server does, before its modules are imported.
    backend.init_backend(backend.BackendType.THREADING)
    import mistral.api.app  # noqa: F401  # the controllers import each other in a circle, which begins here
    from mistral.api.controllers import root
    from mistral.api.controllers.v2 import member, resources

    of_members = _routes(member.MembersController, "/v2/workflows/{}/members")
    fields = {
        name: sorted(attribute.name for attribute in cls._wsme_attributes)
        for name, cls in vars(resources).items()
        if inspect.isclass(cls) and issubclass(cls, resources.resource.Resource)
    }
    # A list has its rows and the address of the next page.
    described = {name: found for name, found in fields.items() if found and "next" not in found}
    return {"routes": [*_routes(root.RootController, ""), *of_members], "fields": described}


def _routes(controller: Any, path: str, owner: str | None = None) -> Iterator[Route]:
    """The routes of a controller and of those that hang on it.

    Args:
        controller: the class.
        path: where it is.
        owner: where the resource is that it belongs to, if it does: then its requests may begin with that one's id.
    """
    for name, found in inspect.getmembers(controller):
        if inspect.isfunction(found) and getattr(found, "exposed", False) and name in _METHODS:
            yield from _route(found, _METHODS[name], path, owner)
        elif hasattr(found, "_handle_get") or name == "v2":
            resource = path if path.count("/") > 1 else None
            yield from _routes(type(found), f"{path}/{name}", resource)


_METHODS = {"index": "GET", "get": "GET", "get_all": "GET", "post": "POST", "put": "PUT", "delete": "DELETE"}


def _route(function: Any, method: str, path: str, owner: str | None) -> Iterator[Route]:
    original = inspect.unwrap(getattr(function, "_wsme_original_function", function))
    arguments = list(inspect.signature(original).parameters.values())[1:]
    if getattr(getattr(original, "_wsme_definition", None), "body_type", None) is not None:
        arguments.pop()
    arguments = [one for one in arguments if one.kind is not one.VAR_KEYWORD]
    # What must be given stands in the path, but of a POST, which names nothing that is there.
    segments = [one for one in arguments if one.default is one.empty and method != "POST"]
    optional = [one for one in arguments if one.name == "identifier" and one not in segments]
    parameters = [one.name for one in arguments if one not in segments + optional]
    parameters = sorted({*parameters, *_read_from_the_query(original)})
    below = "/{}" * len(segments)
    if owner and segments:
        path, below = f"{owner}/{{}}{path.removeprefix(owner)}", below.removesuffix("/{}")
    for variable in [below, *("/{}" for _ in optional)]:
        yield {"method": method, "path": path + variable or "/", "parameters": parameters}


def _read_from_the_query(function: Any) -> list[str]:
    """The parameters that a function looks up by itself: `request.GET.get("scope")`, `"x" in request.GET`."""
    found = []
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("request.GET.get"):
            found.append(ast.literal_eval(node.args[0]))
        if isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]).endswith("request.GET"):
            found.append(ast.literal_eval(node.left))
    return found


if __name__ == "__main__":
    json.dump(_read(), sys.stdout)
