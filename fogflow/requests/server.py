"""Requests about the server itself: its versions, its build, its maintenance, its processes."""

from __future__ import annotations

from fogflow.requests.base import RequestModule
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
        """GET /info: what the operator says of the build; 400 or 404 where that is not switched on."""
        return self.connection.request("GET", ("info",), versioned=False)

    def get_maintenance(self) -> Response:
        """GET /maintenance: `{"status": …}`, "RUNNING", "PAUSING" or "PAUSED"."""
        return self.connection.request("GET", ("maintenance",), versioned=False)

    def update_maintenance(self, status: str) -> Response:
        """PUT /maintenance.

        Args:
            status: "PAUSED" pauses all executions and takes no new ones; "RUNNING" goes on.
        """
        return self.connection.request("PUT", ("maintenance",), versioned=False, json={"status": status})

    def list_services(self) -> Response:
        """GET services: the server's processes. Gone from Mistral since its release 21, which answers 404."""
        return self._get("services")
