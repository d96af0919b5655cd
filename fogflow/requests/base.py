"""What the request modules share: sending, and the forms that bodies take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attr

from fogflow import errors
from fogflow.connection import Connection
from fogflow.definitions import Definition, definition_text
from fogflow.response import Response


class RequestModule:
    """The base of the request modules.

    Args:
        connection: where the requests go.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _get(self, *path: str, fields: list[str] | None = None, **query: Any) -> Response:
        try:
            return self.connection.request("GET", path, query={**query, "fields": fields})
        except errors.BadRequest as refused:
            if not fields or refused.message != 'Unknown argument: "fields"':
                raise
        # Release 15 answers with all of them or not at all.
        whole = self.connection.request("GET", path, query=query)
        return attr.evolve(whole, body={name: value for name, value in whole.body.items() if name in fields})

    def _list(self, *path: str, params: Mapping[str, Any] | None, query: Mapping[str, Any]) -> Response:
        return self.connection.request("GET", path, query={**(params or {}), **query})

    def _post(self, *path: str, body: Mapping[str, Any], repeatable: bool = False) -> Response:
        return self.connection.request("POST", path, json=body, repeatable=repeatable)

    def _put(self, *path: str, body: Mapping[str, Any], repeatable: bool = True) -> Response:
        return self.connection.request("PUT", path, json=body, repeatable=repeatable)

    def _delete(self, *path: str, **query: Any) -> Response:
        return self.connection.request("DELETE", path, query=query)

    def _define(
        self,
        method: str,
        *path: str,
        definition: Definition,
        scope: str | None = None,
        repeatable: bool | None = None,
        **query: Any,
    ) -> Response:
        if scope not in (None, "private", "public"):
            raise errors.ArgumentError(f"scope must be 'private' or 'public', not {scope!r}")
        return self.connection.request(
            method,
            path,
            query={"scope": scope, **query},
            text=definition_text(definition),
            repeatable=repeatable,
            bad_request=errors.InvalidDefinition,
        )


def given(**values: Any) -> dict[str, Any]:
    """The values that are not None."""
    return {name: value for name, value in values.items() if value is not None}
