"""Mistral's resources as objects: a module a resource, with its model and its collection side by side.

They call the requests of their service, and know nothing of HTTP.
"""

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
