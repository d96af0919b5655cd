"""Requests for definitions of workflows (`/v2/workflows`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.definitions import Definition
from fogflow.requests.base import RequestModule
from fogflow.response import Response


class WorkflowRequests(RequestModule):
    """`service.create_workflow(…)` and its companions."""

    def create_workflow(
        self,
        definition: Definition,
        *,
        scope: str | None = None,
        namespace: str | None = None,
        skip_validation: bool = False,
    ) -> Response:
        """POST workflows: creates all workflows of the definition; answers `{"workflows": [...]}`.

        Args:
            definition: text, a mapping, or a Path to a file.
            scope: "private" (the default) or "public".
            namespace: where the names are to be; the nameless one by default.
            skip_validation: True has the server look at no more than the structure, and spares it time.
        """
        return self._define(
            "POST",
            "workflows",
            definition=definition,
            scope=scope,
            namespace=namespace,
            skip_validation=skip_validation or None,
        )

    def get_workflow(
        self, identifier: str, *, namespace: str | None = None, fields: list[str] | None = None
    ) -> Response:
        """GET workflows/{id or name}; `namespace` tells where to look for a name."""
        return self._get("workflows", identifier, namespace=namespace, fields=fields)

    def list_workflows(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET workflows: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("workflows", params=params, query=query)

    def update_workflow(
        self,
        definition: Definition,
        *,
        id: str | None = None,
        scope: str | None = None,
        namespace: str | None = None,
        skip_validation: bool = False,
    ) -> Response:
        """PUT workflows, each found by its name (404 if a name is new); or PUT workflows/{id}, which may rename.

        Without `scope` and `namespace` the server makes a workflow private, and one found by `id` loses its
        namespace.
        """
        path = ("workflows",) if id is None else ("workflows", id)
        return self._define(
            "PUT",
            *path,
            definition=definition,
            scope=scope,
            namespace=namespace,
            skip_validation=skip_validation or None,
        )

    def validate_workflow(self, definition: Definition) -> Response:
        """POST workflows/validate; answers `{"valid": true}`, or `{"valid": false, "error": …}`."""
        return self._define("POST", "workflows", "validate", definition=definition, repeatable=True)

    def delete_workflow(self, identifier: str, *, namespace: str | None = None) -> Response:
        """DELETE workflows/{id or name}."""
        return self._delete("workflows", identifier, namespace=namespace)
