"""The server: a request in, its answer out."""

from __future__ import annotations

from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault, Page
from fogflow.mock.resources import RESOURCES, Route
from fogflow.mock.resources.actions import Actions
from fogflow.mock.state import State


class Application:
    """Mistral's API on one mock. May be called from several threads.

    Args:
        state: what the mock knows.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        Actions(state).install()
        self._routes = [route for resource in RESOURCES for route in resource(state).routes()]

    def __call__(self, request: Request) -> Answer:
        """Answers a request, once everything is up to the clock."""
        with self._state.lock:
            self._state.timeline.catch_up()
            self._state.timeline.on_behalf_of = request.project
            return self._state.release.answer(request, self._answer)

    def _answer(self, request: Request) -> Answer:
        try:
            route, arguments = self._find(request)
        except Fault as fault:
            return fault.answer
        try:
            self._require_no_maintenance(request)
            return route.handler(request, *arguments)
        except Fault as fault:
            return fault.short_answer if route.short else fault.answer

    def _find(self, request: Request) -> tuple[Route, list[str]]:
        path = request.path[1:] if request.path[:1] == ("v2",) else ("", *(request.path or ("",)))
        fitting = [(route, found) for route in self._routes if (found := route.arguments(path)) is not None]
        if not fitting:
            raise Page(404, "")
        for route, arguments in fitting:
            if route.method == request.method:
                return route, arguments
        raise Page(405, f"The method {request.method} is not allowed for this resource. <br /><br />")

    def _require_no_maintenance(self, request: Request) -> None:
        """Raises Fault for what the server does not take while it is paused."""
        status = self._state.maintenance
        if status == "RUNNING" or request.method == "GET" or request.path == ("maintenance",):
            return
        if request.method == "PUT" and request.path[:2] == ("v2", "action_executions") and status == "PAUSING":
            return
        if request.method == "PUT" and request.path[:2] == ("v2", "executions") and b"CANCELLED" in request.body:
            return
        raise Page(423, f"Current Mistral state is {status}. Method is not allowed")
