"""Mistral's resources as objects: a module a resource, with its model and its collection side by side.

They call the requests of their service, and know nothing of HTTP. Each module is loaded when it is first asked for.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fogflow.models.action_executions import ActionExecution, ActionExecutions
    from fogflow.models.actions import Action, Actions
    from fogflow.models.code_sources import CodeSource, CodeSources
    from fogflow.models.cron_triggers import CronTrigger, CronTriggers
    from fogflow.models.dynamic_actions import DynamicAction, DynamicActions
    from fogflow.models.environments import Environment, Environments
    from fogflow.models.event_triggers import EventTrigger, EventTriggers
    from fogflow.models.executions import Execution, Executions
    from fogflow.models.members import Member, Members
    from fogflow.models.reports import (
        ActionExecutionReportEntry,
        ExecutionReport,
        ExecutionReportStatistics,
        TaskExecutionReportEntry,
        WorkflowExecutionReportEntry,
    )
    from fogflow.models.sub_executions import SubExecutions
    from fogflow.models.tasks import Task, Tasks
    from fogflow.models.validations import Validation, Validations
    from fogflow.models.workbooks import Workbook, Workbooks
    from fogflow.models.workflows import Workflow, Workflows

__all__ = [
    "Action",
    "ActionExecution",
    "ActionExecutionReportEntry",
    "ActionExecutions",
    "Actions",
    "CodeSource",
    "CodeSources",
    "CronTrigger",
    "CronTriggers",
    "DynamicAction",
    "DynamicActions",
    "Environment",
    "Environments",
    "EventTrigger",
    "EventTriggers",
    "Execution",
    "ExecutionReport",
    "ExecutionReportStatistics",
    "Executions",
    "Member",
    "Members",
    "SubExecutions",
    "Task",
    "TaskExecutionReportEntry",
    "Tasks",
    "Validation",
    "Validations",
    "Workbook",
    "Workbooks",
    "Workflow",
    "WorkflowExecutionReportEntry",
    "Workflows",
]

_MODULES = {
    "action_executions": ("ActionExecution", "ActionExecutions"),
    "actions": ("Action", "Actions"),
    "code_sources": ("CodeSource", "CodeSources"),
    "cron_triggers": ("CronTrigger", "CronTriggers"),
    "dynamic_actions": ("DynamicAction", "DynamicActions"),
    "environments": ("Environment", "Environments"),
    "event_triggers": ("EventTrigger", "EventTriggers"),
    "executions": ("Execution", "Executions"),
    "members": ("Member", "Members"),
    "reports": (
        "ActionExecutionReportEntry",
        "ExecutionReport",
        "ExecutionReportStatistics",
        "TaskExecutionReportEntry",
        "WorkflowExecutionReportEntry",
    ),
    "sub_executions": ("SubExecutions",),
    "tasks": ("Task", "Tasks"),
    "validations": ("Validation", "Validations"),
    "workbooks": ("Workbook", "Workbooks"),
    "workflows": ("Workflow", "Workflows"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            found = getattr(importlib.import_module(f"{__name__}.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*(name for name in globals() if name.startswith("__")), *__all__})
