"""One side of the walk: a cloud, the services of its projects, and the ids that it gave."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs

import fogflow
from fogflow import errors
from spec.mock.walking.calls import Call, Condition, Made, Project
from spec.support.exchanges import plain
from spec.support.worlds import connected

ADMINISTRATOR = "admin"
# In messages, in whatever order the database found them.
_IDS = re.compile(r"(?<=_id\(s\)=)[^\]]*")

PROJECTS = (ADMINISTRATOR, "builders", "guests")
"""The walk's projects; all but the first are plain ones, to which what is private of others is not there."""


@attrs.frozen
class Outcome:
    """What became of a call.

    Attributes:
        status: the HTTP status; None where nothing was answered.
        error: the name of the error's class; None where all was well.
        body: what was answered, or the error's message.
    """

    status: int | None
    error: str | None
    body: Any


class Side:
    """A cloud that the walk is taken on.

    Args:
        number: which of the two it is.
        cloud: a real one or a mock.
    """

    def __init__(self, number: int, cloud: Any) -> None:
        self._number = number
        self._services = {
            name: connected(cloud, **({} if name == ADMINISTRATOR else cloud.create_project(name))) for name in PROJECTS
        }
        for one in self._services.values():
            # The real server ends a connection after some of its own errors, whoever else sends over it.
            one.connection.session.session.headers["Connection"] = "close"
        self._projects = {name: one.connection.session.get_project_id() for name, one in self._services.items()}
        self._labels = {str(identity): f"<{name}>" for name, identity in self._projects.items()}

    @property
    def administrator(self) -> fogflow.WorkflowService:
        return self._services[ADMINISTRATOR]

    def note(self, made: Made) -> None:
        """Has a label stand for an id in what is told of answers."""
        self._labels[made.ids[self._number]] = made.label

    def ask(self, project: str, call: Call) -> Outcome:
        """What a call answers, as it is."""
        service = self._services[project]
        method = service.connection.request if call.method == "request" else getattr(service, call.method)
        arguments, options = self._own(call.arguments), self._own(call.options)
        try:
            response = method(*arguments, **options)
            body = response.body
            while call.pages and "next" in response.body:
                arguments[-1]["marker"] = _marker(response.body)
                response = method(*arguments, **options)
                body = _continued(body, response.body)
        except errors.HTTPError as error:
            return Outcome(error.status, type(error).__name__, error.message)
        except errors.Error as error:
            return Outcome(None, type(error).__name__, str(error))
        return Outcome(response.status, None, body)

    def told(self, value: Any) -> Any:
        """An answer with labels in the place of ids, and without what is another each time."""
        if isinstance(value, dict):
            return {name: self.told(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.told(one) for one in value]
        if isinstance(value, str):
            for identity, label in self._labels.items():
                if identity in value:
                    value = value.replace(identity, label)
            return _IDS.sub(lambda found: ", ".join(sorted(found[0].split(", "))), plain(value))
        return value

    def _own(self, value: Any) -> Any:
        """A value with this side's ids."""
        if isinstance(value, Made):
            return value.ids[self._number]
        if isinstance(value, Project):
            return self._projects.get(value.name, value.name)
        if isinstance(value, Condition):
            return f"{value.operator}:{self._own(value.value)}"
        if isinstance(value, dict):
            return {name: self._own(one) for name, one in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(self._own(one) for one in value)
        return value


def _marker(page: dict[str, Any]) -> str:
    return parse_qs(urlsplit(page["next"]).query)["marker"][0]


def _continued(body: dict[str, Any], page: dict[str, Any]) -> dict[str, Any]:
    (name,) = set(page) - {"next"}
    return {name: [*body[name], *page[name]]}
