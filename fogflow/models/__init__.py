"""Mistral's resources as objects: a module a resource, with its model and its collection side by side.

They call the requests of their service, and know nothing of HTTP.
"""

from fogflow.models.executions import Execution, Executions
from fogflow.models.tasks import Task, Tasks
from fogflow.models.validations import Validation, Validations
from fogflow.models.workflows import Workflow, Workflows

__all__ = [
    "Execution",
    "Executions",
    "Task",
    "Tasks",
    "Validation",
    "Validations",
    "Workflow",
    "Workflows",
]
