"""fogflow: OpenStack Workflow (Mistral) as objects, in the manner of Ruby's fog::

    import pathlib

    import fogflow

    service = fogflow.connect()
    workflow = service.workflows.create(definition=pathlib.Path("hello.yaml"))
    execution = workflow.execute({"who": "fog"}).wait()
    print(execution.output)

`connect` returns a `WorkflowService`. What it raises stands in `fogflow.errors`, a real Mistral on this machine in
`fogflow.local`, one in memory in `fogflow.mock`.
"""

import importlib
from typing import TYPE_CHECKING, Any

from fogflow.version import __version__

if TYPE_CHECKING:
    from fogflow import errors, models
    from fogflow.connection import Retries
    from fogflow.mock.cloud import mock
    from fogflow.service import WorkflowService, connect

__all__ = ["Retries", "WorkflowService", "__version__", "connect", "errors", "mock", "models"]

# Loaded by whoever asks for it: many who import fogflow only pass by here. `mock` is a package that can be called.
_PLACES = {
    "Retries": "fogflow.connection",
    "WorkflowService": "fogflow.service",
    "connect": "fogflow.service",
    "errors": "",
    "mock": "",
    "models": "",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    place = _PLACES[name]
    found = getattr(importlib.import_module(place), name) if place else importlib.import_module(f"{__name__}.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
