"""Requests for actions that are classes of a code source (`/v2/dynamic_actions`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.requests.base import RequestModule, given
from fogflow.response import Response


class DynamicActionRequests(RequestModule):
    """`service.create_dynamic_action(…)` and its companions. Most servers take them from administrators only."""

    def create_dynamic_action(
        self,
        name: str,
        class_name: str,
        *,
        code_source_id: str | None = None,
        code_source_name: str | None = None,
        scope: str | None = None,
        namespace: str | None = None,
    ) -> Response:
        """POST dynamic_actions.

        Args:
            name: the action's name.
            class_name: the class in the code source.
            code_source_id, code_source_name: the code source, by one of them.
            scope: "private" (the default) or "public".
            namespace: of the action and of the code source.
        """
        body = given(
            name=name,
            class_name=class_name,
            code_source_id=code_source_id,
            code_source_name=code_source_name,
            scope=scope,
            namespace=namespace,
        )
        return self._post("dynamic_actions", body=body)

    def get_dynamic_action(
        self, identifier: str, *, namespace: str | None = None, fields: list[str] | None = None
    ) -> Response:
        """GET dynamic_actions/{id or name}; `fields` are those to answer, all by default."""
        return self._get("dynamic_actions", identifier, namespace=namespace, fields=fields)

    def list_dynamic_actions(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET dynamic_actions: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("dynamic_actions", params=params, query=query)

    def update_dynamic_action(self, changes: Mapping[str, Any]) -> Response:
        """PUT dynamic_actions; the `id` or the `name` in `changes` tells which, and `class_name` must stand there."""
        return self._put("dynamic_actions", body=changes)

    def delete_dynamic_action(self, identifier: str, *, namespace: str | None = None) -> Response:
        """DELETE dynamic_actions/{id or name}.

        Mistral 23 fails when it is told a namespace; an id alone it finds in any.
        """
        return self._delete("dynamic_actions", identifier, namespace=namespace)
