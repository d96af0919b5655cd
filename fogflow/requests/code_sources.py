"""Requests for Python source, of which dynamic actions are made (`/v2/code_sources`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fogflow.requests.base import RequestModule
from fogflow.response import Response


class CodeSourceRequests(RequestModule):
    """`service.create_code_source(…)` and its companions. Most servers take them from administrators only."""

    def create_code_source(
        self, name: str, content: str | Path, *, scope: str | None = None, namespace: str | None = None
    ) -> Response:
        """POST code_sources.

        Args:
            name: the source's name.
            content: Python text, or a Path to a file.
            scope: "private" (the default) or "public".
            namespace: where the name is to be; the nameless one by default.
        """
        return self._define("POST", "code_sources", definition=content, name=name, scope=scope, namespace=namespace)

    def get_code_source(
        self, identifier: str, *, namespace: str | None = None, fields: list[str] | None = None
    ) -> Response:
        """GET code_sources/{id or name}; `fields` are those to answer, all by default."""
        return self._get("code_sources", identifier, namespace=namespace, fields=fields)

    def list_code_sources(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET code_sources: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("code_sources", params=params, query=query)

    def update_code_source(
        self, identifier: str, content: str | Path, *, scope: str | None = None, namespace: str | None = None
    ) -> Response:
        """PUT code_sources/{id or name}; counts its version up. Without `scope` the server makes it private."""
        return self._define(
            "PUT",
            "code_sources",
            identifier,
            definition=content,
            scope=scope,
            namespace=namespace,
            # Each time counts.
            repeatable=False,
        )

    def delete_code_source(self, identifier: str, *, namespace: str | None = None) -> Response:
        """DELETE code_sources/{id or name}."""
        return self._delete("code_sources", identifier, namespace=namespace)
