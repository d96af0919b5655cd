"""Requests for definitions of actions (`/v2/actions`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.definitions import Definition
from fogflow.requests.base import RequestModule
from fogflow.response import Response


class ActionRequests(RequestModule):
    """`service.create_action(…)` and its companions."""

    def create_action(
        self, definition: Definition, *, scope: str | None = None, namespace: str | None = None
    ) -> Response:
        """POST actions: creates all actions of the definition; answers `{"actions": [...]}`. See `create_workflow`."""
        return self._define("POST", "actions", definition=definition, scope=scope, namespace=namespace)

    def get_action(self, name: str, *, namespace: str | None = None) -> Response:
        """GET actions/{id or name}."""
        return self._get("actions", name, namespace=namespace)

    def list_actions(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET actions: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("actions", params=params, query=query)

    def update_action(
        self,
        definition: Definition,
        *,
        id: str | None = None,
        scope: str | None = None,
        namespace: str | None = None,
    ) -> Response:
        """PUT actions, each found by its name; or PUT actions/{id}, which may rename.

        Without `scope` and `namespace` the server makes an action private, and one found by `id` loses its
        namespace.
        """
        path = ("actions",) if id is None else ("actions", id)
        return self._define("PUT", *path, definition=definition, scope=scope, namespace=namespace)

    def validate_action(self, definition: Definition) -> Response:
        """POST actions/validate; answers as `validate_workflow`."""
        return self._define("POST", "actions", "validate", definition=definition, repeatable=True)

    def delete_action(self, name: str, *, namespace: str | None = None) -> Response:
        """DELETE actions/{id or name}; one of the server's own is answered with 404."""
        return self._delete("actions", name, namespace=namespace)
