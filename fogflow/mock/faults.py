"""How the server says no: as JSON in one of its two forms, as an HTML page, or as nothing at all."""

from __future__ import annotations

import json
from typing import Any

from fogflow.mock.exchange import Answer

_TITLES = {
    404: ("Not Found", "The resource could not be found.<br /><br />"),
    405: ("Method Not Allowed", ""),
    415: ("Unsupported Media Type", "The request media type is not supported by this server.\n<br /><br />"),
    423: ("Locked", "The resource is locked<br /><br />"),
}


class Fault(Exception):  # noqa: N818 - the server's own word for it
    """A request that is answered with an error.

    Args:
        status: the HTTP status.
        message: what becomes the answer's `faultstring`.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message

    @property
    def answer(self) -> Answer:
        """As the most of the API answers it."""
        code = "Client" if self.status < 500 else "Server"
        return json_answer(self.status, {"faultcode": code, "faultstring": self.message, "debuginfo": None})

    @property
    def short_answer(self) -> Answer:
        """As the requests answer it that take definitions."""
        return json_answer(self.status, {"faultstring": self.message})


class Crash(Fault):
    """The server broke on the request, and says nothing."""

    def __init__(self) -> None:
        super().__init__(500, "")

    @property
    def answer(self) -> Answer:
        return Answer(500, {"Content-Type": "text/plain"}, b"")

    short_answer = answer


class Page(Fault):
    """A fault that comes as an HTML page: no such address, a body of the wrong kind, maintenance."""

    @property
    def answer(self) -> Answer:
        title, text = _TITLES[self.status]
        body = (
            f"<html>\n <head>\n  <title>{self.status} {title}</title>\n </head>\n <body>\n"
            f"  <h1>{self.status} {title}</h1>\n  {text}\n{self.message}\n\n\n </body>\n</html>"
        )
        return Answer(self.status, {"Content-Type": "text/html; charset=UTF-8"}, body.encode())

    short_answer = answer


def forbidden() -> Fault:
    """The fault for what the policy leaves to administrators, and for what is another project's."""
    return Fault(403, "Operation forbidden (insufficient permissions)")


def json_answer(status: int, document: Any) -> Answer:
    """An answer of JSON."""
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(document).encode())
