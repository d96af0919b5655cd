"""Requests for executions of workflows (`/v2/executions`)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from fogflow import errors
from fogflow.core.attributes import json_text
from fogflow.requests.base import RequestModule, given
from fogflow.response import Response


class ExecutionRequests(RequestModule):
    """`service.create_execution(…)` and its companions."""

    def create_execution(
        self,
        workflow: str | None,
        input: Mapping[str, Any] | None = None,
        *,
        id: str | None = None,
        workflow_id: str | None = None,
        namespace: str | None = None,
        params: Mapping[str, Any] | None = None,
        description: str | None = None,
        source_execution_id: str | None = None,
    ) -> Response:
        """Starts a workflow: POST executions.

        Args:
            workflow: its name; None when `workflow_id` or `source_execution_id` tell.
            input: what the workflow takes.
            id: the new execution's id, a UUID; one is made up where none is given. The server answers a second request
                with the same id with the execution that is there, and starts nothing; so a start whose answer was lost
                is sent again.
            workflow_id: the workflow's id, in place of its name.
            namespace: the namespace of the workflow's name.
            params: `env`, `evaluate_env`, `task_name`, `notify`, `read_only` and whatever else the server takes.
            description: a text of the caller's.
            source_execution_id: an execution whose workflow to start again. Its input and params are not taken
                along by Mistral 23; give them again.
        """
        body = given(
            workflow_name=workflow,
            input=json_text(input) if input else None,
            id=id or str(uuid.uuid4()),
            workflow_id=workflow_id,
            workflow_namespace=namespace,
            params=json_text(params) if params else None,
            description=description,
            source_execution_id=source_execution_id,
        )
        if source_execution_id is not None:
            # The server fails with 500 when it finds no description to add its own remark to.
            body.setdefault("description", "")
        return self._post("executions", body=body, repeatable=True)

    def get_execution(self, execution_id: str, *, fields: list[str] | None = None) -> Response:
        """GET executions/{id}; `fields` are those to answer, all by default."""
        return self._get("executions", execution_id, fields=fields)

    def list_executions(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET executions: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("executions", params=params, query=query)

    def get_execution_report(
        self,
        id: str,
        *,
        errors_only: bool | None = None,
        max_depth: int | None = None,
        statistics_only: bool | None = None,
    ) -> Response:
        """GET executions/{id}/report: its tasks, their actions and sub-workflows, and how many are in which state.

        Args:
            errors_only: leaves out what has not failed.
            max_depth: how deep to go into sub-workflows; 0 stays out of them, all by default.
            statistics_only: leaves out all but the counts.
        """
        return self._get(
            "executions", id, "report", errors_only=errors_only, max_depth=max_depth, statistics_only=statistics_only
        )

    def list_sub_executions(
        self,
        id: str | None = None,
        *,
        task_id: str | None = None,
        errors_only: bool | None = None,
        max_depth: int | None = None,
        include_output: bool | None = None,
    ) -> Response:
        """GET executions/{id}/executions, or tasks/{id}/executions: all that it started, and what they started.

        Args:
            id: an execution; the answer holds that execution itself, too.
            task_id: a task, in place of an execution.
            errors_only: leaves out what has not failed.
            max_depth: how deep to go into sub-workflows; all by default.
            include_output: whether the rows have their output.
        """
        if (id is None) == (task_id is None):
            raise errors.ArgumentError("give an execution's id, or task_id=")
        path = ("executions", id) if id is not None else ("tasks", str(task_id))
        return self._get(
            *path, "executions", errors_only=errors_only, max_depth=max_depth, include_output=include_output
        )

    def update_execution(self, id: str, name: str, value: Any) -> Response:
        """PUT executions/{id}.

        Args:
            name: "state", "description" or "env".
            value: the new value: a text, or for "env" a mapping.
        """
        change = {"params": json_text({"env": value})} if name == "env" else {name: value}
        return self.change_execution(id, change)

    def change_execution(self, id: str, changes: Mapping[str, Any]) -> Response:
        """PUT executions/{id} with several values at once, as the server takes them: `state` with `state_info`."""
        # To let go on what has failed once more meanwhile would be to start it a second time.
        body = {"id": id, **changes}
        return self._put("executions", id, body=body, repeatable=body.get("state") != "RUNNING")

    def delete_execution(self, id: str, *, force: bool = False) -> Response:
        """DELETE executions/{id}; the server refuses one that has not ended (403) unless `force`."""
        return self._delete("executions", id, force=force or None)
