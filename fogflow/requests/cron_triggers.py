"""Requests for triggers by the clock (`/v2/cron_triggers`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.core.attributes import json_text
from fogflow.requests.base import RequestModule, given
from fogflow.response import Response


class CronTriggerRequests(RequestModule):
    """`service.create_cron_trigger(…)` and its companions."""

    def create_cron_trigger(
        self,
        name: str,
        workflow_identifier: str | None,
        workflow_input: Mapping[str, Any] | None = None,
        workflow_params: Mapping[str, Any] | None = None,
        pattern: str | None = "* * * * *",
        first_time: str | None = None,
        count: int | None = None,
        *,
        workflow_name: str | None = None,
        scope: str | None = None,
    ) -> Response:
        """POST cron_triggers.

        Args:
            name: the trigger's name.
            workflow_identifier: the workflow's id; None when `workflow_name` tells.
            workflow_input: what the workflow takes.
            workflow_params: as for `create_execution`.
            pattern: when, in cron's five fields, UTC.
            first_time: the first start, "YYYY-MM-DD HH:MM", UTC.
            count: how many starts there are to be.
            workflow_name: the workflow's name, in place of its id.
            scope: "private" (the default) or "public".
        """
        body = {
            "name": name,
            "pattern": pattern,
            "first_execution_time": first_time,
            "remaining_executions": count,
            **given(
                workflow_id=workflow_identifier,
                workflow_name=workflow_name,
                scope=scope,
                workflow_input=json_text(workflow_input) if workflow_input is not None else None,
                workflow_params=json_text(workflow_params) if workflow_params is not None else None,
            ),
        }
        return self._post("cron_triggers", body=body)

    def get_cron_trigger(self, name: str, *, fields: list[str] | None = None) -> Response:
        """GET cron_triggers/{name or id}; `fields` are those to answer, all by default."""
        return self._get("cron_triggers", name, fields=fields)

    def list_cron_triggers(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET cron_triggers: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("cron_triggers", params=params, query=query)

    def delete_cron_trigger(self, name: str) -> Response:
        """DELETE cron_triggers/{name or id}."""
        return self._delete("cron_triggers", name)
