"""Requests about the server itself."""

from __future__ import annotations

from fogflow.requests.base import RequestModule
from fogflow.response import Response


class ServiceRequests(RequestModule):
    """`service.list_services()`."""

    def list_services(self) -> Response:
        """GET services: the server's processes. Gone from Mistral since its release 21, which answers 404."""
        return self._get("services")
