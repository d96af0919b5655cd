"""The API's resources: a module each, which declares what it shows and does what is its own."""

from fogflow.mock.resources.action_executions import ActionExecutions
from fogflow.mock.resources.actions import Actions
from fogflow.mock.resources.base import Resource, Route
from fogflow.mock.resources.code_sources import CodeSources
from fogflow.mock.resources.cron_triggers import CronTriggers
from fogflow.mock.resources.dynamic_actions import DynamicActions
from fogflow.mock.resources.environments import Environments
from fogflow.mock.resources.event_triggers import EventTriggers
from fogflow.mock.resources.executions import Executions
from fogflow.mock.resources.members import Members
from fogflow.mock.resources.server import Server
from fogflow.mock.resources.tasks import Tasks
from fogflow.mock.resources.workbooks import Workbooks
from fogflow.mock.resources.workflows import Workflows

RESOURCES: tuple[type[Resource], ...] = (
    Workflows,
    Members,
    Workbooks,
    Actions,
    Executions,
    Tasks,
    ActionExecutions,
    CronTriggers,
    EventTriggers,
    Environments,
    CodeSources,
    DynamicActions,
    Server,
)

__all__ = ["RESOURCES", "Resource", "Route"]
