"""Mistral's language, version 2: what a definition says, read of its text.

Whether a definition is right, and what comes of it, the server says. Nothing here knows it, nor the models.
"""

from fogflow.language.reading import read_workflow
from fogflow.language.specs import ActionSpec, TaskSpec, Transition, WorkflowSpec

__all__ = ["ActionSpec", "TaskSpec", "Transition", "WorkflowSpec", "read_workflow"]
