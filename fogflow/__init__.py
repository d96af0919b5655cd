"""fogflow: OpenStack Workflow (Mistral) as objects, in the manner of Ruby's fog.

    import fogflow

    service = fogflow.connect(...)
    workflow = service.workflows.create(definition=...)
    execution = workflow.execute({"who": "fog"}).wait()
    print(execution.output)

`connect` returns a `WorkflowService`. What it raises stands in `fogflow.errors`, a real Mistral on this machine in
`fogflow.local`, one in memory in `fogflow.mock`.
"""

import importlib
from typing import TYPE_CHECKING, Any

from fogflow import errors
from fogflow.connection import Retries
from fogflow.service import WorkflowService, connect
from fogflow.version import __version__

if TYPE_CHECKING:
    from fogflow.mock.cloud import mock

__all__ = ["Retries", "WorkflowService", "__version__", "connect", "errors", "mock"]


def __getattr__(name: str) -> Any:
    # The package is loaded by whoever asks for it; it can be called, see there.
    if name == "mock":
        return importlib.import_module("fogflow.mock")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
