"""What other releases of Mistral answer otherwise, where a client sees it: so much of them as was seen on each.

Whatever is not said here is that of release 23, which the rest of the mock plays.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import attrs

from fogflow import errors
from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault, Page, forbidden, json_answer

NAMES = tuple(str(number) for number in range(15, 24))
"""The releases that a mock can play, the oldest first."""

# What came with 23 was brought into 20 too, and into none between them.
_MINDS_SCOPES = (20, 23)


@attrs.frozen
class Release:
    """A release of Mistral.

    Args:
        number: 15 or later.
    """

    number: int

    @classmethod
    def of(cls, name: str | None) -> Release:
        """The release of this name, the newest without one.

        Raises:
            errors.ArgumentError: there is none such.
        """
        if name is not None and name not in NAMES:
            known = ", ".join(map(repr, NAMES))
            raise errors.ArgumentError(f"there is no mock of Mistral {name!r}; there are {known}")
        return cls(int(name or NAMES[-1]))

    def limit(self, max_limit: int) -> int:
        """How many rows a list has at the most, on a server with this `[api] max_limit`, which most do not know."""
        return max_limit if self.number >= 23 else sys.maxsize

    @property
    def reserves_code_and_sharing(self) -> bool:
        """Whether code sources, dynamic actions, and to share with all, are for administrators alone."""
        return self.number in _MINDS_SCOPES

    def lists_everything(self, request: Request) -> bool:
        """Whether a list for an administrator has what all projects have."""
        return self.number >= 20 or bool(request.query.get("all_projects") or request.query.get("project_id"))

    def answer(self, request: Request, newest: Callable[[Request], Answer]) -> Answer:
        """Answers a request, with what the newest release would answer where nothing is otherwise."""
        try:
            self._refuse(request)
        except Fault as fault:
            return fault.answer
        return self._as_it_was(request, newest(self._as_taken(request)))

    def _refuse(self, request: Request) -> None:
        """Raises Fault for what this release does not take."""
        if request.path[:1] == ("v2",):
            self._refuse_of_resources(request)
        elif request.path == ("info",) and self.number < 17:
            raise Page(404, "")
        elif request.path == ("maintenance",):
            self._refuse_maintenance(request)

    def _refuse_of_resources(self, request: Request) -> None:
        to = (request.method, *request.path[1:2])
        if to == ("GET", "services") and self.number < 21:
            raise Fault(406, "Service API is not supported.")
        if self.number == 15 and request.method == "GET" and "fields" in request.query and len(request.path) in (3, 5):
            raise Fault(400, 'Unknown argument: "fields"')
        if self.number == 15 and to == ("PUT", "tasks"):
            _require_rerun(_document(request.body))
        if to == ("POST", "environments") and "scope" in _document(request.body) and self.number not in _MINDS_SCOPES:
            raise Fault(
                400,
                "Please, check your environment definition. Only: ['name', 'description', 'variables'] "
                "are allowed as definition keys.",
            )

    def _refuse_maintenance(self, request: Request) -> None:
        if self.number < 17:
            raise Page(404, "")
        if self.number < 19:
            raise _BrokenMaintenance(request.method)
        if self.number == 20 and not request.project.is_administrator:
            raise forbidden()

    def _as_taken(self, request: Request) -> Request:
        """The request without what this release does not heed."""
        passed_over = (
            request.path[1:] in (("dynamic_actions",), ("cron_triggers",)) and self.number not in _MINDS_SCOPES
        )
        if request.method == "POST" and passed_over:
            heeded = {name: value for name, value in _document(request.body).items() if name != "scope"}
            return attrs.evolve(request, body=json.dumps(heeded).encode()) if heeded else request
        return request

    def _as_it_was(self, request: Request, answer: Answer) -> Answer:
        """The answer as this release gives it."""
        if self.number == 15 and answer.status == 404 and _is_of_an_executions_tasks(request):
            return json_answer(200, {"tasks": []})
        if self.number < 18 and request.path[:2] == ("v2", "workflows") and answer.status < 300 and answer.body:
            document = json.loads(answer.body)
            for workflow in [document, *document.get("workflows", ())]:
                workflow.pop("checksum", None)
            return json_answer(answer.status, document)
        return answer


class _BrokenMaintenance(Fault):
    """What is said where the server fails on its own database."""

    def __init__(self, method: str) -> None:
        super().__init__(500, "'Engine' object has no attribute 'execute'")
        self._method = method

    @property
    def answer(self) -> Answer:
        if self._method == "GET":
            return Answer(500, {"Content-Type": "text/plain"}, b"Internal Server Error")
        return super().answer


def _require_rerun(said: dict[str, Any]) -> None:
    """Raises Fault for a change of a task that is not asked for as a rerun is."""
    if said.get("reset") is None:
        raise Fault(400, "Invalid input for field/attribute reset. Value: 'None'. Mandatory field missing.")
    if said.get("state") != "RUNNING":
        raise Fault(400, "Invalid task state. Only updating task to rerun is supported.")


def _is_of_an_executions_tasks(request: Request) -> bool:
    return request.method == "GET" and request.path[1:2] == ("executions",) and request.path[3:] == ("tasks",)


def _document(body: bytes) -> dict[str, Any]:
    """The object in a body; an empty one for what is none, which the rest of the mock refuses."""
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
