"""fogflow: OpenStack Workflow (Mistral) as objects, in the manner of Ruby's fog.

    import fogflow

    service = fogflow.connect(...)
    workflow = service.workflows.create(definition=...)
    execution = workflow.execute({"who": "fog"}).wait()
    print(execution.output)

`connect` returns a `WorkflowService`. What it raises stands in `fogflow.errors`, a real Mistral on this machine in
`fogflow.local`.
"""

from fogflow import errors
from fogflow.service import WorkflowService, connect
from fogflow.version import __version__

__all__ = ["WorkflowService", "__version__", "connect", "errors"]
