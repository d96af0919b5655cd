"""Requests for tasks, which are parts of executions (`/v2/tasks`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.core.attributes import json_text
from fogflow.requests.base import RequestModule, given
from fogflow.requests.limits import explained
from fogflow.response import Response


class TaskRequests(RequestModule):
    """`service.list_tasks(…)` and its companions."""

    def get_task(self, id: str, *, fields: list[str] | None = None) -> Response:
        """GET tasks/{id}; `fields` are those to answer, all by default."""
        return self._get("tasks", id, fields=fields)

    def list_tasks(
        self, workflow_execution_id: str | None = None, params: Mapping[str, Any] | None = None, **query: Any
    ) -> Response:
        """GET executions/{id}/tasks, or GET tasks without an execution: one page.

        Takes the server's query parameters, as a mapping or as keywords.
        """
        path = ("tasks",) if workflow_execution_id is None else ("executions", workflow_execution_id, "tasks")
        return self._list(*path, params=params, query=query)

    def list_task_action_executions(
        self, task_id: str, params: Mapping[str, Any] | None = None, **query: Any
    ) -> Response:
        """GET tasks/{id}/action_executions: one page of the actions that it ran."""
        return self._list("tasks", task_id, "action_executions", params=params, query=query)

    def get_task_action_execution(
        self, task_id: str, execution_id: str, *, fields: list[str] | None = None
    ) -> Response:
        """GET tasks/{id}/action_executions/{id}; `fields` are those to answer, of which the server knows no default."""
        return self._get("tasks", task_id, "action_executions", execution_id, fields=fields)

    def list_task_workflow_executions(
        self, task_id: str, params: Mapping[str, Any] | None = None, **query: Any
    ) -> Response:
        """GET tasks/{id}/workflow_executions: one page of the executions that it started."""
        return self._list("tasks", task_id, "workflow_executions", params=params, query=query)

    def rerun_task(self, task_ex_id: str, *, reset: bool = True, env: Mapping[str, Any] | None = None) -> Response:
        """Runs a task in ERROR again: PUT tasks/{id}.

        Args:
            reset: False keeps the results of a with-items task that went well; others cannot be rerun so.
            env: values to change in the execution's environment.
        """
        body = {"id": task_ex_id, "state": "RUNNING", "reset": reset}
        changes = {**body, **given(env=json_text(env) if env else None)}
        # Sent twice, it would run twice what has failed once more meanwhile.
        return self._put("tasks", task_ex_id, body=changes, repeatable=False)

    def skip_task(self, task_ex_id: str) -> Response:
        """Goes on after a task in ERROR as if it had been done: PUT tasks/{id}. Mistral 15 refuses with 400."""
        with explained(
            "this Mistral cannot skip a task, which came with release 16",
            # It takes every change of a task for a rerun.
            lambda refused: "field/attribute reset" in refused.message,
        ):
            # Once it is skipped, the server refuses.
            return self._put("tasks", task_ex_id, body={"id": task_ex_id, "state": "SKIPPED"}, repeatable=False)
