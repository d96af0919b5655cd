"""Reports: what became of an execution, with its tasks and what they ran (`/v2/executions/{id}/report`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

import attrs

from fogflow import errors
from fogflow.core.attributes import parse_time

E = TypeVar("E", bound="BaseExecutionReportEntry")


@attrs.frozen(kw_only=True)
class BaseExecutionReportEntry:
    """What all entries of a report tell.

    Attributes:
        id: of the execution, the task or the action execution.
        name: of the same.
        created_at: an aware datetime in UTC.
        updated_at: an aware datetime in UTC, or None.
        state: as of the report.
        state_info: the reason for it, or None.
    """

    id: str
    name: str
    created_at: datetime | None = attrs.field(converter=parse_time, default=None)
    updated_at: datetime | None = attrs.field(converter=parse_time, default=None)
    state: str
    state_info: str | None = attrs.field(default=None, repr=False)

    @classmethod
    def from_row(cls: type[E], row: Mapping[str, Any]) -> E:
        """The entry of what a server sent; what is not known here is passed over.

        Raises:
            errors.InvalidResponse: it is no such entry.
        """
        try:
            return cls(**_known(cls, row))
        except TypeError:
            raise errors.InvalidResponse(
                f"the server's report has an entry without its own: {str(row)[:200]}"
            ) from None


@attrs.frozen(kw_only=True)
class ActionExecutionReportEntry(BaseExecutionReportEntry):
    """A run of an action.

    Attributes:
        accepted: whether its result counts; False for a try that was repeated.
        last_heartbeat: when its executor was last heard of.
    """

    accepted: bool | None = None
    last_heartbeat: datetime | None = attrs.field(converter=parse_time, default=None)


def _action_executions(rows: list[Mapping[str, Any]] | None) -> list[ActionExecutionReportEntry]:
    return [ActionExecutionReportEntry.from_row(row) for row in rows or ()]


def _workflow_executions(rows: list[Mapping[str, Any]] | None) -> list[WorkflowExecutionReportEntry]:
    return [WorkflowExecutionReportEntry.from_row(row) for row in rows or ()]


def _task_executions(rows: list[Mapping[str, Any]] | None) -> list[TaskExecutionReportEntry]:
    return [TaskExecutionReportEntry.from_row(row) for row in rows or ()]


@attrs.frozen(kw_only=True)
class TaskExecutionReportEntry(BaseExecutionReportEntry):
    """A task.

    Attributes:
        action_executions: the runs of its action, ActionExecutionReportEntry.
        workflow_executions: the executions that it started, WorkflowExecutionReportEntry.
        retry_count: how often it was tried again.
    """

    action_executions: list[ActionExecutionReportEntry] = attrs.field(converter=_action_executions, default=None)
    workflow_executions: list[WorkflowExecutionReportEntry] = attrs.field(converter=_workflow_executions, default=None)
    retry_count: int | None = None


@attrs.frozen(kw_only=True)
class WorkflowExecutionReportEntry(BaseExecutionReportEntry):
    """An execution.

    Attributes:
        task_executions: its tasks, TaskExecutionReportEntry.
    """

    task_executions: list[TaskExecutionReportEntry] = attrs.field(converter=_task_executions, default=None)


@attrs.frozen(kw_only=True)
class ExecutionReportStatistics:
    """How many tasks there are, in the execution and in those below it, and in which state.

    Attributes:
        estimated_time: the server's guess; -1 where it has none.
    """

    total_tasks_count: int = 0
    running_tasks_count: int = 0
    success_tasks_count: int = 0
    error_tasks_count: int = 0
    idle_tasks_count: int = 0
    paused_tasks_count: int = 0
    estimated_time: int = -1


@attrs.frozen
class ExecutionReport:
    """What became of an execution.

    Attributes:
        statistics: ExecutionReportStatistics.
        root_workflow_execution: WorkflowExecutionReportEntry, the execution itself with all below it; None when
            only the statistics were asked for.
    """

    statistics: ExecutionReportStatistics
    root_workflow_execution: WorkflowExecutionReportEntry | None

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> ExecutionReport:
        """The report of what a server sent."""
        counts = row.get("statistics") or {}
        known = {
            field.name: counts[field.name] for field in attrs.fields(ExecutionReportStatistics) if field.name in counts
        }
        root = row.get("root_workflow_execution")
        return cls(
            ExecutionReportStatistics(**known), None if root is None else WorkflowExecutionReportEntry.from_row(root)
        )

    @property
    def task_executions(self) -> Iterator[TaskExecutionReportEntry]:
        """All tasks of the report, those of sub-workflows after the task that started them."""
        if self.root_workflow_execution is not None:
            yield from _tasks(self.root_workflow_execution)


def _tasks(execution: WorkflowExecutionReportEntry) -> Iterator[TaskExecutionReportEntry]:
    for task in execution.task_executions:
        yield task
        for below in task.workflow_executions:
            yield from _tasks(below)


def _known(cls: Any, row: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: row[field.name] for field in attrs.fields(cls) if field.name in row}
