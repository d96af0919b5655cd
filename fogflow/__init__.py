"""fogflow: OpenStack Workflow (Mistral) as objects, in the manner of Ruby's fog::

    import pathlib

    import fogflow

    service = fogflow.connect()
    workflow = service.workflows.create(definition=pathlib.Path("hello.yaml"))
    execution = workflow.execute({"who": "fog"}).wait()
    print(execution.output)

`help(fogflow.connect)` says what to connect with. What comes back, a `WorkflowService`, has

- a collection for each resource: `help(service.executions)` says how to find, start and wait for executions,
- in each collection its models: `help(execution)` has every attribute, and what can be done,
- fog's requests, one call each, with the server's answer as it is: `help(service.create_execution)`.

What is raised stands in `fogflow.errors`, as a tree. To try things out, `fogflow.mock()` makes every `connect` one on a
Mistral in memory, and `fogflow.local.cloud()` is a real one on this machine. `fogflow.port.draft` puts Ruby that uses
fog into Python.
"""

import importlib
from typing import TYPE_CHECKING, Any

from fogflow.version import __version__

if TYPE_CHECKING:
    from fogflow import errors, local, models, port
    from fogflow.connection import Retries
    from fogflow.mock.cloud import mock
    from fogflow.service import WorkflowService, connect

__all__ = ["Retries", "WorkflowService", "__version__", "connect", "errors", "local", "mock", "models", "port"]

# Loaded by whoever asks for it: many who import fogflow only pass by here. `mock` is a package that can be called.
_PLACES = {
    "Retries": "fogflow.connection",
    "WorkflowService": "fogflow.service",
    "connect": "fogflow.service",
    "errors": "",
    "local": "",
    "mock": "",
    "models": "",
    "port": "",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    place = _PLACES[name]
    found = getattr(importlib.import_module(place), name) if place else importlib.import_module(f"{__name__}.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    # What is here for the code above is nothing to complete a name with.
    return sorted({*(name for name in globals() if name.startswith("__")), *__all__})
