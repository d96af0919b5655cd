"""Requests about the server itself: its versions, its build, its maintenance, its processes."""

from __future__ import annotations

from typing import Any

from fogflow import errors
from fogflow.requests.base import RequestModule
from fogflow.requests.limits import explained, has_status
from fogflow.response import Response


class ServerRequests(RequestModule):
    """`service.list_versions()` and its companions. Most of them stand above `/v2`."""

    def list_versions(self) -> Response:
        """GET /: the versions of the API that there are."""
        return self.connection.request("GET", (), versioned=False)

    def get_version(self) -> Response:
        """GET v2: where this version of the API is, as the server sees itself."""
        return self._get()

    def get_info(self) -> Response:
        """GET /info: what the operator says of the build; 400 where that is not switched on, 404 before release 17."""
        with explained("this Mistral has no info, which came with release 17", has_status(404)):
            return self.connection.request("GET", ("info",), versioned=False)

    def get_maintenance(self) -> Response:
        """GET /maintenance: `{"status": …}`, "RUNNING", "PAUSING" or "PAUSED". Since release 17."""
        return self._maintain("GET")

    def update_maintenance(self, status: str) -> Response:
        """PUT /maintenance.

        Args:
            status: "PAUSED" pauses all executions and takes no new ones; "RUNNING" goes on.
        """
        return self._maintain("PUT", json={"status": status})

    def _maintain(self, method: str, **body: Any) -> Response:
        with (
            explained("this Mistral has no maintenance, which came with release 17", has_status(404)),
            explained("releases 17 and 18 fail so with SQLAlchemy 2, whatever is asked", _is_of_the_engine),
        ):
            return self.connection.request(method, ("maintenance",), versioned=False, **body)

    def list_services(self) -> Response:
        """GET services: the server's processes. Up to release 20, which answers 406 where it has no coordination."""
        with (
            explained("this Mistral has no coordination, without which it knows no services", has_status(406)),
            explained("this Mistral lists no services, which went with release 21", has_status(404)),
        ):
            return self._get("services")


def _is_of_the_engine(refused: errors.HTTPError) -> bool:
    # What SQLAlchemy says; of a GET, the server says nothing of it.
    return refused.status == 500 and ("'Engine' object" in refused.message or refused.method == "GET")
