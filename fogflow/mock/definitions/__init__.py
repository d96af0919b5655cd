"""Definitions of workflows, workbooks and actions: their text, and whether their structure is what Mistral takes.

Expressions are not looked into: what is wrong within `<% %>` or `{{ }}` is found by the real server alone.
"""

from fogflow.mock.definitions.checks import read_actions, read_workbook, read_workflows
from fogflow.mock.definitions.specs import ActionSpec, TaskSpec, WorkflowSpec

__all__ = ["ActionSpec", "TaskSpec", "WorkflowSpec", "read_actions", "read_workbook", "read_workflows"]
