"""What the bars of waiting show: of one execution its tasks, of many how many have ended."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fogflow import errors
from fogflow.core.progress import ProgressBar
from fogflow.language import read_workflow

if TYPE_CHECKING:
    from fogflow.models.executions import Execution, OnChange
    from fogflow.models.tasks import Task

_log = logging.getLogger("fogflow.progress")


class TaskProgress(ProgressBar):
    """The bar of an execution's tasks that have ended.

    There are those that it has so far, and those that its definition has beside them, as long as it may come to them.
    """

    def __init__(self) -> None:
        super().__init__("tasks")
        self._counts = (0, 0)
        self._remark = ""
        self._defined: frozenset[str] | None = None
        self._is_lost = False

    def look(self, execution: Execution) -> Execution:
        """Asks for its tasks, their names and states alone, at first for its workflow, too, and draws them.

        Returns:
            the execution.
        """
        if not self._is_lost:
            try:
                self._count(execution)
            except errors.Error as error:
                # The wait is what was asked for, and needs no tasks. Like any request, this one was sent again where
                # that may help: what fails then fails at the next look as well, and would make each look take longer.
                self._is_lost = True
                self._remark = "tasks not counted"
                with self.aside():
                    _log.warning("the progress bar of execution %s stands still: %s", execution.id, error)
        self.show(execution.workflow_name or execution.id, *self._counts, state=execution.state, remark=self._remark)
        return execution

    def _count(self, execution: Execution) -> None:
        tasks = list(execution.tasks.only("name", "state"))
        # Of what went well to its end, the other tasks were not on its way; what failed shows how far it came.
        to_come = 0 if execution.success else self._to_come(execution, tasks)
        self._counts = (sum(task.ready for task in tasks), len(tasks) + to_come)
        self._remark = _counted(failed=sum(task.error for task in tasks))

    def _to_come(self, execution: Execution, tasks: Iterable[Task]) -> int:
        """How many tasks of the definition there are not yet; a loop has some more than once."""
        if self._defined is None:
            self._defined = _defined(execution)
        names = {task.name for task in tasks}
        # A workflow that was changed since is not what it runs by.
        return len(self._defined - names) if names <= self._defined else 0


class EndProgress(ProgressBar):
    """The bar of those of many executions that have ended; asks for nothing."""

    def __init__(self) -> None:
        super().__init__("executions", estimates=True)

    def look(self, executions: Iterable[Execution]) -> None:
        """Shows how many have ended.

        Args:
            executions: all, as they are now; one that is deleted has ended, and one that is there twice is one.
        """
        several = {one.identity: one for one in executions}.values()
        ended = [one for one in several if one.ready]
        states = Counter(one.state for one in ended)
        deleted = sum(not (one.persisted or one.ready) for one in several)
        remark = _counted(failed=states["ERROR"], cancelled=states["CANCELLED"], deleted=deleted)
        self.show("ended", len(ended) + deleted, len(several), remark=remark)

    def above(self, on_change: OnChange | None) -> OnChange | None:
        """The same, with what it prints above the bar."""
        if on_change is None:
            return None

        def told(execution: Execution) -> None:
            with self.aside():
                on_change(execution)

        return told


def _defined(execution: Execution) -> frozenset[str]:
    """The names of the tasks that an execution may come to; none where its workflow is gone or cannot be read."""
    workflow = execution.workflow
    if workflow is None:
        return frozenset()
    try:
        spec = read_workflow(workflow.definition or "", workflow.name)
    except errors.ArgumentError:
        return frozenset()
    target = str((execution.params or {}).get("task_name"))
    leads_there = spec.type == "reverse" and target in spec.tasks
    return frozenset(spec.leading_to(target) if leads_there else spec.tasks)


def _counted(**counts: int) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
