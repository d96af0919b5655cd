"""Requests for triggers by notifications of other services (`/v2/event_triggers`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.core.attributes import json_text
from fogflow.requests.base import RequestModule, given
from fogflow.response import Response


class EventTriggerRequests(RequestModule):
    """`service.create_event_trigger(…)` and its companions."""

    def create_event_trigger(
        self,
        name: str,
        workflow_id: str,
        exchange: str,
        topic: str,
        event: str,
        workflow_input: Mapping[str, Any] | None = None,
        workflow_params: Mapping[str, Any] | None = None,
        *,
        scope: str | None = None,
    ) -> Response:
        """POST event_triggers.

        Args:
            name: the trigger's name.
            workflow_id: the workflow's id; the API takes no name.
            exchange, topic, event: which notifications start it, such as "nova", "notifications" and
                "compute.instance.create.end".
            workflow_input: what the workflow takes.
            workflow_params: as for `create_execution`.
            scope: "private" (the default) or "public".
        """
        body = {"name": name, "workflow_id": workflow_id, "exchange": exchange, "topic": topic, "event": event}
        return self._post("event_triggers", body={**body, **_changes(workflow_input, workflow_params, scope=scope)})

    def get_event_trigger(self, id: str, *, fields: list[str] | None = None) -> Response:
        """GET event_triggers/{id}; `fields` are those to answer, all by default."""
        return self._get("event_triggers", id, fields=fields)

    def list_event_triggers(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET event_triggers: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("event_triggers", params=params, query=query)

    def update_event_trigger(
        self,
        id: str,
        *,
        name: str | None = None,
        workflow_id: str | None = None,
        workflow_input: Mapping[str, Any] | None = None,
        workflow_params: Mapping[str, Any] | None = None,
        scope: str | None = None,
    ) -> Response:
        """PUT event_triggers/{id}; what is None stays. Exchange, topic and event cannot be changed."""
        changes = _changes(workflow_input, workflow_params, name=name, workflow_id=workflow_id, scope=scope)
        return self._put("event_triggers", id, body=changes)

    def delete_event_trigger(self, id: str) -> Response:
        """DELETE event_triggers/{id}."""
        return self._delete("event_triggers", id)


def _changes(
    workflow_input: Mapping[str, Any] | None, workflow_params: Mapping[str, Any] | None, **texts: str | None
) -> dict[str, Any]:
    return given(
        workflow_input=None if workflow_input is None else json_text(workflow_input),
        workflow_params=None if workflow_params is None else json_text(workflow_params),
        **texts,
    )
