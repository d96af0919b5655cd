"""Requests for executions of single actions (`/v2/action_executions`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.core.attributes import json_text
from fogflow.requests.base import RequestModule, given
from fogflow.response import Response


class ActionExecutionRequests(RequestModule):
    """`service.create_action_execution(…)` and its companions."""

    def create_action_execution(
        self,
        action: str,
        input: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        *,
        namespace: str | None = None,
        description: str | None = None,
    ) -> Response:
        """Runs an action, waits for it, and answers its output: POST action_executions.

        Args:
            action: its name.
            input: what the action takes.
            params: `save_result`, `run_sync`, `target`, `timeout`. Without `save_result` the server keeps nothing,
                and answers no id.
            namespace: the action's namespace.
            description: a text of the caller's.
        """
        return self._post(
            "action_executions",
            body=given(
                name=action,
                input=json_text(input) if input else None,
                params=json_text(params) if params else None,
                workflow_namespace=namespace,
                description=description,
            ),
        )

    def get_action_execution(self, execution_id: str, *, fields: list[str] | None = None) -> Response:
        """GET action_executions/{id}; `fields` are those to answer, all by default."""
        return self._get("action_executions", execution_id, fields=fields)

    def list_action_executions(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET action_executions: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("action_executions", params=params, query=query)

    def update_action_execution(self, id: str, name: str, value: Any) -> Response:
        """PUT action_executions/{id}.

        Args:
            name: "state" or "output".
            value: the new value: a text, or for "output" anything that JSON can say.
        """
        return self.change_action_execution(id, {name: value})

    def change_action_execution(self, id: str, changes: Mapping[str, Any]) -> Response:
        """PUT action_executions/{id} with `state`, and `output` beside it: the server takes no output alone."""
        texts = {name: json_text(value) if name == "output" else value for name, value in {**changes}.items()}
        # It ends once: a second time the server refuses.
        return self._put("action_executions", id, body={"id": id, **texts}, repeatable=False)

    def delete_action_execution(self, id: str) -> Response:
        """DELETE action_executions/{id}; 403 unless the server's configuration allows it."""
        return self._delete("action_executions", id)
