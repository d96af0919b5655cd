"""The request layer: fog's calls, one HTTP request each, with fog's names and arguments.

Every method answers a `fogflow.response.Response`. Keyword-only arguments carry what fog has no place for.
Arguments are never changed. Nothing here knows a model.
"""

from fogflow.requests.action_executions import ActionExecutionRequests
from fogflow.requests.actions import ActionRequests
from fogflow.requests.code_sources import CodeSourceRequests
from fogflow.requests.cron_triggers import CronTriggerRequests
from fogflow.requests.dynamic_actions import DynamicActionRequests
from fogflow.requests.environments import EnvironmentRequests
from fogflow.requests.event_triggers import EventTriggerRequests
from fogflow.requests.executions import ExecutionRequests
from fogflow.requests.members import MemberRequests
from fogflow.requests.server import ServerRequests
from fogflow.requests.tasks import TaskRequests
from fogflow.requests.workbooks import WorkbookRequests
from fogflow.requests.workflows import WorkflowRequests


class Requests(
    ExecutionRequests,
    ActionExecutionRequests,
    WorkbookRequests,
    WorkflowRequests,
    ActionRequests,
    TaskRequests,
    CronTriggerRequests,
    EventTriggerRequests,
    EnvironmentRequests,
    CodeSourceRequests,
    DynamicActionRequests,
    MemberRequests,
    ServerRequests,
):
    """All requests of Mistral's API, on one connection."""


__all__ = ["Requests"]
