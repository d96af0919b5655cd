"""The way to one Mistral: a request goes out, safely, and its answer comes back.

Knows no resource. Where it goes, who asks and how it leaves is a `Transport`'s, of which `fogflow.auth` has the kinds.
What goes out is made in `sending`, what comes back in `answers`, what is to be thought of no answer in `failures`, and
when to try again in `retries`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from fogflow import errors
from fogflow.connection.answers import Answer
from fogflow.connection.logs import debug_logger, logger, without_password
from fogflow.connection.retries import Retries
from fogflow.connection.sending import body_of, path_of, query_of
from fogflow.connection.transport import Transport
from fogflow.response import Response
from fogflow.version import __version__

if TYPE_CHECKING:
    from keystoneauth1.session import Session

__all__ = ["Connection", "Retries", "Transport", "debug_logger", "without_password"]

_Result = TypeVar("_Result")


class Connection:
    """The way to one Mistral, through one transport. May be shared between threads."""

    def __init__(self, make_transport: Callable[[], Transport], retries: Retries | None = None) -> None:
        """
        Args:
            make_transport: gives the transport; called at the first request.
            retries: how what is safe to repeat is sent again.
        """
        self._make_transport = make_transport
        self._transport: Transport | None = None
        self._endpoint: str | None = None
        self._lock = RLock()
        self.retries = retries or Retries()

    @property
    def endpoint(self) -> str:
        """Mistral's URL, with `/v2` at its end. Asks Keystone's catalog the first time.

        Raises:
            errors.EndpointNotFound: the catalog has no such service.
            errors.Unauthorized, errors.ConnectionError: Keystone refused, or was not to be reached.
        """
        if self._endpoint is None:
            found = self.retries.run(
                partial(self._through, lambda transport: transport.endpoint()), lambda failure: True
            ).rstrip("/")
            # Catalogs hold either form.
            self._endpoint = found if found.endswith("/v2") else f"{found}/v2"
        return self._endpoint

    @property
    def session(self) -> Session:
        """The keystoneauth1 session, for what fogflow does not do: `connection.session.get_token()`.

        The one that was given; or, where that has no timeout, its like that has one. Without a Keystone it has no
        credentials, and fogflow's own requests share its connections and its settings alone.
        """
        return self._connect().session

    @property
    def project_id(self) -> str | None:
        """The id of the project that the token is for; None without a token, or where it is for none.

        Raises:
            errors.Unauthorized, errors.ConnectionError: Keystone refused, or was not to be reached.
        """
        return self.retries.run(partial(self._through, lambda transport: transport.project_id()), lambda failure: True)

    def request(
        self,
        method: str,
        path: Iterable[str],
        *,
        versioned: bool = True,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        text: str | None = None,
        repeatable: bool | None = None,
        bad_request: type[errors.BadRequest] = errors.BadRequest,
    ) -> Response:
        """Sends a request and returns the answer when it is a good one.

        Where none comes, it is sent again if that is safe: if it is repeatable, or certainly was not carried out.

        Args:
            method: "GET", "POST", "PUT" or "DELETE".
            path: the segments of the address; each is quoted.
            versioned: whether the address is below `/v2`, or above it.
            query: the query string's values; None leaves one out.
            json: a body to send as JSON.
            text: a body to send as it is, UTF-8.
            repeatable: whether to send it twice is the same as once; by default, unless it is a POST.
            bad_request: what a 400 means here.

        Raises:
            errors.ArgumentError: a segment of the path cannot be addressed, or the body not be sent.
            errors.HTTPError: the server answered with 400 or more, or with a redirection.
            errors.InvalidResponse: the server answered well, and not in JSON.
            errors.ConnectionError: no answer.
        """
        headers, data = body_of(json, text)
        address = path_of(path)
        root = self.endpoint if versioned else self.endpoint.removesuffix("/v2")
        attempt = partial(self._attempt, method, f"{root}/{address}", headers, data, query_of(query or {}), bad_request)
        safe = method != "POST" if repeatable is None else repeatable
        unsure = False

        def may_repeat(failure: errors.Error) -> bool:
            nonlocal unsure
            # What one attempt may have done, a later one that never left does not undo.
            unsure = failure.may_have_happened = unsure or failure.may_have_happened
            return safe or not unsure

        try:
            return self.retries.run(attempt, may_repeat)
        except errors.NotFound:
            if method == "DELETE" and unsure:
                # The attempt before this one deleted it.
                return Response(204, {}, "")
            raise

    def _attempt(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        data: bytes | None,
        query: Mapping[str, str],
        bad_request: type[errors.BadRequest],
    ) -> Response:
        started = time.monotonic()
        token = self._token()
        send = partial(self._send, method, url, data=data, params=query)
        answer = send(headers={**headers, **token})
        if answer.status == 401 and token and self._renew(token):
            answer = send(headers={**headers, **self._token()})
        self._log("%s %s: %d in %.3f s", method, answer.url, answer.status, time.monotonic() - started)
        if answer.status >= 300:
            raise answer.error(bad_request)
        return answer.response()

    def _connect(self) -> Transport:
        if self._transport is None:
            with self._lock:
                self._transport = self._transport or self._make_transport()
        return self._transport

    def _log(self, message: str, *values: Any) -> None:
        logger.debug(message, *values)
        if own := self._connect().logger:
            own.debug(message, *values)

    def _token(self) -> Mapping[str, str]:
        """The headers that say who asks; none, where nobody has to."""
        return self._through(lambda transport: transport.token())

    def _renew(self, refused: Mapping[str, str]) -> bool:
        """Whether there is another token than the one that was refused. Of several threads, one asks for it."""
        with self._lock:
            return self._token() != refused or self._through(lambda transport: transport.renew())

    def _send(self, method: str, url: str, *, headers: Mapping[str, str], **arguments: Any) -> Answer:
        headers = {**headers, "User-Agent": f"fogflow/{__version__}"}
        return self._through(
            lambda transport: Answer.read(method, transport.send(method, url, headers=headers, **arguments)),
            sending=method != "GET",
        )

    def _through(self, call: Callable[[Transport], _Result], sending: bool = False) -> _Result:
        """What the call returns; what the libraries below raise comes out as one of ours."""
        transport = self._connect()
        try:
            return call(transport)
        except transport.errors_of_libraries as error:
            failure = transport.failure_of(error, sending=sending)
        # Outside of the `except`: what was raised there holds the request with its token, and Keystone's the password;
        # it would stay in `__context__`.
        raise failure
