"""What the server says of itself: its versions, its build, its maintenance. Most of it stands above `/v2`."""

from __future__ import annotations

from typing import ClassVar

from fogflow.mock.engine.states import FINAL
from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault, json_answer
from fogflow.mock.resources.base import Fields, Resource, Route
from fogflow.mock.resources.forms import TEXT

_STATES = ["PAUSING", "PAUSED", "RUNNING"]


class Server(Resource):
    """Its routes are told apart from the others by their first segment, which is empty."""

    name = ""
    argument = "new_maintenance_status"
    fields: ClassVar[Fields] = {"status": TEXT}

    def routes(self) -> list[Route]:
        return [
            Route("GET", (), self.index),
            Route("GET", ("", ""), self.versions),
            Route("GET", ("", "info"), self.info, short=True),
            Route("GET", ("", "maintenance"), self.maintenance),
            Route("PUT", ("", "maintenance"), self.change_maintenance),
        ]

    def index(self, request: Request) -> Answer:
        return json_answer(200, {"uri": f"{request.root}/v2"})

    def versions(self, request: Request) -> Answer:
        link = {"href": f"{request.root}/v2", "target": "v2", "rel": "self"}
        return json_answer(200, {"versions": [{"id": "v2.0", "status": "CURRENT", "links": [link]}]})

    def info(self, request: Request) -> Answer:
        raise Fault(400, "Info endpoint disabled.")

    def maintenance(self, request: Request) -> Answer:
        return json_answer(200, {"status": self.state.maintenance})

    def change_maintenance(self, request: Request) -> Answer:
        status = self.body(request).get("status", "Unset")
        if status not in _STATES:
            raise Fault(500, f"Not found {status} maintenance state. List of states: {_STATES}")
        if status == "PAUSING":
            raise Fault(500, "PAUSING is intermediate state. Consider PAUSED, RUNNING as new state")
        if status != self.state.maintenance:
            # It answers before it is done: what runs is paused first.
            self.state.maintenance = "PAUSING" if status == "PAUSED" else "RUNNING"
            self.state.timeline.schedule(0, self._pause_all if status == "PAUSED" else self._resume_all)
        return json_answer(200, {"status": self.state.maintenance})

    def _pause_all(self) -> None:
        for row in self.state.store["executions"]:
            if row["state"] == "RUNNING":
                self.state.engine.pause(row)
        self._await_tasks()

    def _await_tasks(self) -> None:
        if self.state.maintenance != "PAUSING":
            return
        if any(row["state"] == "RUNNING" for row in self.state.store["tasks"]):
            self.state.timeline.schedule(1, self._await_tasks)
        else:
            self.state.maintenance = "PAUSED"

    def _resume_all(self) -> None:
        for row in self.state.store["executions"]:
            if row["state"] not in FINAL:
                self.state.engine.resume(row)
