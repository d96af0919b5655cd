"""Requests for environments, sets of variables for executions (`/v2/environments`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.core.attributes import json_text
from fogflow.definitions import Definition, definition_mapping
from fogflow.requests.base import RequestModule
from fogflow.response import Response


class EnvironmentRequests(RequestModule):
    """`service.create_environment(…)` and its companions."""

    def create_environment(self, definition: Definition) -> Response:
        """POST environments; `definition` has `name`, `variables`, `description`, `scope`."""
        return self._post("environments", body=_body(definition))

    def update_environment(self, definition: Definition) -> Response:
        """PUT environments; the `name` in `definition` tells which."""
        return self._put("environments", body=_body(definition))

    def get_environment(self, name: str, *, fields: list[str] | None = None) -> Response:
        """GET environments/{name}; `fields` are those to answer, all by default."""
        return self._get("environments", name, fields=fields)

    def list_environments(self, params: Mapping[str, Any] | None = None, **query: Any) -> Response:
        """GET environments: one page. Takes the server's query parameters, as a mapping or as keywords."""
        return self._list("environments", params=params, query=query)

    def delete_environment(self, name: str) -> Response:
        """DELETE environments/{name}."""
        return self._delete("environments", name)


def _body(definition: Definition) -> dict[str, Any]:
    body = definition_mapping(definition)
    variables = body.get("variables")
    # A text is taken for JSON text already.
    if variables is not None and not isinstance(variables, str):
        body["variables"] = json_text(variables)
    return body
