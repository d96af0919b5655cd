"""Definitions of workflows, workbooks and actions: whether their structure is what Mistral takes.

Expressions are not looked into: what is wrong within `<% %>` or `{{ }}` is found by the real server alone.
"""

from fogflow.mock.definitions.checks import read_actions, read_workbook, read_workflows

__all__ = ["read_actions", "read_workbook", "read_workflows"]
