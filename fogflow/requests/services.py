"""Requests about the server itself."""

from __future__ import annotations

from fogflow.connection import Response
from fogflow.requests.base import RequestModule


class ServiceRequests(RequestModule):
    """`service.list_services()`."""

    def list_services(self) -> Response:
        """GET services: the server's processes. Gone from Mistral since its release 21, which answers 404."""
        return self._get("services")
