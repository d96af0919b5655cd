"""Requests for workbooks, which hold workflows and actions (`/v2/workbooks`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.definitions import Definition, workbook_text
from fogflow.requests.base import RequestModule
from fogflow.response import Response


class WorkbookRequests(RequestModule):
    """`service.create_workbook(…)` and its companions."""

    def create_workbook(
        self,
        definition: Definition,
        *,
        scope: str | None = None,
        namespace: str | None = None,
        skip_validation: bool = False,
    ) -> Response:
        """POST workbooks: creates the workbook, its workflows and its actions. Arguments as `create_workflow`."""
        return self._define_workbook("POST", definition, scope, namespace, skip_validation)

    def get_workbook(self, name: str, *, namespace: str | None = None, fields: list[str] | None = None) -> Response:
        """GET workbooks/{name}; `fields` are those to answer, all by default."""
        return self._get("workbooks", name, namespace=namespace, fields=fields)

    def list_workbooks(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET workbooks: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("workbooks", params=params, query=query)

    def update_workbook(
        self,
        definition: Definition,
        *,
        scope: str | None = None,
        namespace: str | None = None,
        skip_validation: bool = False,
    ) -> Response:
        """PUT workbooks; the name in the definition tells which. Without `scope` the server makes it private."""
        return self._define_workbook("PUT", definition, scope, namespace, skip_validation)

    def _define_workbook(
        self, method: str, definition: Definition, scope: str | None, namespace: str | None, skip_validation: bool
    ) -> Response:
        return self._define(
            method,
            "workbooks",
            definition=workbook_text(definition),
            scope=scope,
            namespace=namespace,
            skip_validation=skip_validation or None,
        )

    def validate_workbook(self, definition: Definition) -> Response:
        """POST workbooks/validate; answers as `validate_workflow`."""
        return self._define("POST", "workbooks", "validate", definition=workbook_text(definition), repeatable=True)

    def delete_workbook(self, name: str, *, namespace: str | None = None) -> Response:
        """DELETE workbooks/{name}; its workflows and actions stay."""
        return self._delete("workbooks", name, namespace=namespace)
