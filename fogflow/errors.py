"""Everything that fogflow raises on purpose::

    Error
    ├── ArgumentError               wrong or missing arguments; nothing was sent (also a ValueError)
    ├── MissingExtraError           a package of an extra is not installed (also an ImportError)
    ├── MissingProgramError         a program that is no Python package is not installed
    ├── ConnectionError             no answer: nobody there, cut off, refused (also Python's own)
    │   └── EndpointNotFound        Keystone's catalog does not say where Mistral is
    ├── TimeoutError                it took longer than was allowed (also Python's own)
    ├── ExecutionError              an execution ended otherwise than in SUCCESS
    ├── BulkError                   some of many failed; the others were done
    ├── InvalidResponse             an answer that cannot be understood
    ├── LocalCloudError             a server of `fogflow.local` did not start
    └── HTTPError                   an answer that says no
        ├── BadRequest              400
        │   └── InvalidDefinition   the server refused a definition
        ├── Unauthorized            401
        ├── Forbidden               403
        ├── NotFound                404, and what the server answers with 500 but means as 404
        ├── Conflict                409
        ├── UnsupportedMediaType    415
        ├── Locked                  423, while the server is in maintenance
        ├── TooManyRequests         429
        └── ServerError             500 and above
            └── ServiceUnavailable  503

No error holds a password or a token.
"""

from __future__ import annotations

import builtins
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fogflow.models import Execution, Task
    from fogflow.response import Response


__all__ = [
    "ArgumentError",
    "BadRequest",
    "BulkError",
    "Conflict",
    "ConnectionError",
    "EndpointNotFound",
    "Error",
    "ExecutionError",
    "Forbidden",
    "HTTPError",
    "InvalidDefinition",
    "InvalidResponse",
    "LocalCloudError",
    "Locked",
    "MissingExtraError",
    "MissingProgramError",
    "NotFound",
    "ServerError",
    "ServiceUnavailable",
    "TimeoutError",
    "TooManyRequests",
    "Unauthorized",
    "UnsupportedMediaType",
]


def __dir__() -> list[str]:
    # Completion shows the errors, and not what their code takes.
    return sorted({*(name for name in globals() if name.startswith("__")), *__all__})


class Error(Exception):
    """The base of all errors of fogflow.

    Attributes:
        may_have_happened: whether the server may have carried the request out all the same, a bool: no answer came, or
            an invalid one, or one of 5xx that does not say that the request was refused. Check before you send it
            again. False only if the server certainly did not carry it out.
        attempts: how many times it was sent, an int.
    """

    may_have_happened: bool = False
    attempts: int = 1

    def _remarks(self) -> str:
        tried = [f"tried {self.attempts} times"] if self.attempts > 1 else []
        unsure = ["it may have been carried out: look before you send it again"] if self.may_have_happened else []
        return "".join(f"; {remark}" for remark in tried + unsure)


class ArgumentError(Error, ValueError):
    """Arguments are missing or wrong. Nothing was sent."""


class MissingExtraError(Error, ImportError):
    """A package that one of fogflow's extras brings is not installed."""

    def __init__(self, extra: str, reason: str) -> None:
        super().__init__(f"{reason}; install it with: pip install 'fogflow[{extra}]'")
        self.extra = extra
        self.reason = reason

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.extra, self.reason)


class MissingProgramError(Error):
    """A program that is no Python package, and that something here takes, is not installed.

    Attributes:
        program: its name.
    """

    def __init__(self, program: str, message: str) -> None:
        super().__init__(program, message)
        self.program = program
        self.message = message

    def __str__(self) -> str:
        return self.message


class ConnectionError(Error, builtins.ConnectionError):
    """No answer came, or none to the end. Where the request may have been carried out, the message says so.

    Attributes:
        transient: whether the same request may go well in a moment, a bool.
    """

    def __init__(self, reason: str, *, transient: bool = False, may_have_happened: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.transient = transient
        self.may_have_happened = may_have_happened

    def __str__(self) -> str:
        return f"{self.reason}{self._remarks()}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _as_it_was, (type(self), (self.reason,), {}, self.__dict__)


class EndpointNotFound(ConnectionError):
    """Keystone's catalog has no Mistral of the wanted service type, interface and region."""


class TimeoutError(Error, builtins.TimeoutError):
    """What was waited for has not happened in the time allowed. It may still happen."""


class ExecutionError(Error):
    """An execution has ended, and not in SUCCESS.

    Attributes:
        execution: the Execution.
        tasks: its Tasks in ERROR, a list; empty when it was stopped or cancelled from outside.
    """

    def __init__(self, execution: Execution, tasks: list[Task]) -> None:
        super().__init__(execution, tasks)
        self.execution = execution
        self.tasks = tasks

    def __str__(self) -> str:
        execution = self.execution
        lines = [f"execution {execution.id} of workflow {execution.workflow_name!r} ended in {execution.state}"]
        lines += [f"  task {task.name!r}: {_first_line(task.state_info)} [{task.id}]" for task in self.tasks]
        if not self.tasks and execution.state_info:
            lines.append(f"  {without_sql(execution.state_info).strip()}")
        return "\n".join(lines)


class BulkError(Error):
    """Some of many failed; the others were done.

    Attributes:
        done: what was done, a list: the objects that were made or deleted, the executions that were started.
        failed: what was not, a list of pairs: what was given, and its error.
    """

    def __init__(self, done: list[Any], failed: list[tuple[Any, Error]]) -> None:
        super().__init__(done, failed)
        self.done = done
        self.failed = failed

    def __str__(self) -> str:
        lines = [f"{len(self.failed)} of {len(self.done) + len(self.failed)} failed"]
        counted = Counter(str(error) for _, error in self.failed)
        lines += [f"  {count} times: {said}" for said, count in counted.most_common(5)]
        if len(counted) > 5:
            lines.append(f"  and {len(counted) - 5} other errors")
        return "\n".join(lines)


class InvalidResponse(Error):
    """The server answered, and what it said is not what its API says it says."""

    def __str__(self) -> str:
        return f"{super().__str__()}{self._remarks()}"


class LocalCloudError(Error):
    """A server of a local cloud did not start. The message names its log."""


class HTTPError(Error):
    """The server answered that it will not, or cannot.

    Attributes:
        status: the HTTP status, an int.
        message: what the server said, as text, without the SQL that it quotes.
        method: of the request, such as "GET".
        url: of the request.
        request_id: the server's own mark of the request, to ask its operator about; None if it gave none.
        response: the answer, a Response.
        transient: whether the text of the answer says that the same request may succeed later, a bool. For 429, 502,
            503 and 504 the status alone says so.
    """

    transient: bool = False

    def __init__(self, message: str, *, method: str, url: str, response: Response) -> None:
        super().__init__(message)
        self.message = message
        self.method = method
        self.url = url
        self.response = response
        self.status = response.status
        self.request_id = response.request_id

    @property
    def summary(self) -> str:
        """The message without what only the server's developers read."""
        return self.message

    def __str__(self) -> str:
        request = f"{self.method} {self.url}"
        if self.request_id:
            request += f", request {self.request_id}"
        return f"{self.status} {self.summary} ({request}){self._remarks()}"

    def __reduce__(self) -> tuple[Any, ...]:
        request = {"method": self.method, "url": self.url, "response": self.response}
        return _as_it_was, (type(self), (self.message,), request, self.__dict__)


class BadRequest(HTTPError):
    """400: the server does not accept the request as it is."""


class InvalidDefinition(BadRequest):
    """The server refused a definition of a workflow, a workbook or an action."""

    @property
    def line(self) -> int | None:
        """The line of the definition, counted from 1, where the server names one."""
        found = re.search(r"\bline (\d+)", self.message)
        return int(found[1]) if found else None

    @property
    def summary(self) -> str:
        """What is wrong with the definition, without the lines around it that the server repeats."""
        return summarize_definition_error(self.message)


class Unauthorized(HTTPError):
    """401: the credentials or the token are not accepted."""


class Forbidden(HTTPError):
    """403: not allowed, for this user or for this object in its present state."""


class NotFound(HTTPError):
    """404: there is no such thing, or none that this project may see."""


class Conflict(HTTPError):
    """409: there is one of that name already, or something still refers to it."""


class UnsupportedMediaType(HTTPError):
    """415: the server does not read this kind of body."""


class Locked(HTTPError):
    """423: the server is in maintenance, and takes no changes."""

    def _remarks(self) -> str:
        return f"; changes are taken again when get_maintenance() says RUNNING{super()._remarks()}"


class TooManyRequests(HTTPError):
    """429: the server takes no more requests for now."""


class ServerError(HTTPError):
    """500 and above: the server failed."""


class ServiceUnavailable(ServerError):
    """503: the server cannot answer now."""


BY_STATUS: dict[int, type[HTTPError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    415: UnsupportedMediaType,
    423: Locked,
    429: TooManyRequests,
    503: ServiceUnavailable,
}


def summarize_definition_error(message: str) -> str:
    """What is wrong in a definition and where, without the schema that the server quotes to say so."""
    what = message.strip().partition("\n\nFailed validating")[0]
    where = re.search(r"^On instance([^\n]*):\n(.*)", message, re.MULTILINE | re.DOTALL)
    if not where:
        return what
    found = " ".join(where[2].split())
    return f"{what}, at definition{where[1]}: {found if len(found) <= 120 else found[:120] + '…'}"


# SQLAlchemy appends the statement and its parameters to the text of a database error, which Mistral passes on.
# PostgreSQL adds the values of the row before that.
_SQL = r"\[(?:SQL|parameters): |\(Background on this error at: |\bDETAIL: "


def without_sql(text: str) -> str:
    """Return the text of a server up to the SQL statement that it quotes, whose parameters are private."""
    found = re.search(_SQL, text)
    return text[: found.start()].rstrip() if found else text


def _first_line(text: str | None) -> str:
    return next(iter(without_sql(text or "").strip().splitlines()), "no reason given")


def _as_it_was(
    cls: type[Error], arguments: tuple[Any, ...], named: dict[str, Any], attributes: dict[str, Any]
) -> Error:
    error = cls(*arguments, **named)
    error.__dict__.update(attributes)
    return error
