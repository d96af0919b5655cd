"""The way to one Mistral: a request goes out, safely, and its answer comes back.

Knows no resource. Authentication, the catalog and sockets are keystoneauth1's; how it is set up stands in
`fogflow.auth`. What goes out is made in `sending`, what comes back in `answers`, what is to be thought of no answer in
`failures`, and when to try again in `retries`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from threading import RLock
from typing import Any, TypeVar

from keystoneauth1 import adapter
from keystoneauth1 import exceptions as keystone_errors
from keystoneauth1 import session as keystone_session

from fogflow import errors
from fogflow.connection.answers import Answer
from fogflow.connection.failures import LIBRARY_ERRORS, endpoint_not_found, failure_of, service_types
from fogflow.connection.logs import debug_logger, logger, without_password
from fogflow.connection.retries import Retries
from fogflow.connection.sending import body_of, path_of, query_of
from fogflow.response import Response
from fogflow.version import __version__

__all__ = ["Connection", "Retries", "debug_logger", "without_password"]

_Result = TypeVar("_Result")


class Connection:
    """The way to one Mistral, through one keystoneauth1 session. May be shared between threads."""

    def __init__(self, make_adapter: Callable[[], adapter.Adapter], retries: Retries | None = None) -> None:
        """
        Args:
            make_adapter: gives the adapter; called at the first request.
            retries: how what is safe to repeat is sent again.
        """
        self._make_adapter = make_adapter
        self._adapter: adapter.Adapter | None = None
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
            found = self.retries.run(self._find_endpoint, lambda failure: True).rstrip("/")
            # Catalogs hold either form.
            self._endpoint = found if found.endswith("/v2") else f"{found}/v2"
        return self._endpoint

    @property
    def session(self) -> keystone_session.Session:
        """The keystoneauth1 session, for what fogflow does not do: `connection.session.get_token()`.

        The one that was given; or, where that has no timeout, its like that has one.
        """
        return self._connect().session

    @property
    def project_id(self) -> str | None:
        """The id of the project that the token is for; None without a token, or where it is for none.

        Raises:
            errors.Unauthorized, errors.ConnectionError: Keystone refused, or was not to be reached.
        """
        return self.retries.run(partial(self._through, _project_of), lambda failure: True)

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

    def _connect(self) -> adapter.Adapter:
        if self._adapter is None:
            with self._lock:
                self._adapter = self._adapter or self._make_adapter()
        return self._adapter

    def _log(self, message: str, *values: Any) -> None:
        logger.debug(message, *values)
        if own := self._connect().logger:
            own.debug(message, *values)

    def _find_endpoint(self) -> str:
        for service_type in service_types(self._connect()):
            try:
                found = self._through(partial(_endpoint_of, service_type))
            except errors.EndpointNotFound:
                continue
            if found is not None:
                return found
        raise endpoint_not_found(self._connect())

    def _token(self) -> dict[str, str]:
        """The headers that say who asks; none, where nobody has to."""
        return self._through(_token_of)

    def _renew(self, refused: Mapping[str, str]) -> bool:
        """Whether there is another token than the one that was refused. Of several threads, one asks for it."""
        with self._lock:
            if self._token() != refused:
                return True
            return self._through(lambda connected: connected.session.invalidate(connected.auth))

    def _send(self, method: str, url: str, **arguments: Any) -> Answer:
        return self._through(
            lambda connected: Answer.read(
                method,
                connected.session.request(
                    url,
                    method,
                    auth=connected.auth,
                    # Its headers are among ours: a refused token is for us to renew, once for all threads.
                    authenticated=False,
                    connect_retries=0,
                    raise_exc=False,
                    # A redirection would take the token along, wherever it leads.
                    redirect=False,
                    # Its log holds bodies, and inputs are private.
                    log=False,
                    # Read here, up to a limit.
                    stream=True,
                    user_agent=f"fogflow/{__version__}",
                    **arguments,
                ),
            ),
            sending=method != "GET",
        )

    def _through(self, call: Callable[[adapter.Adapter], _Result], sending: bool = False) -> _Result:
        """What the call returns; what the libraries below raise comes out as one of ours."""
        connected = self._connect()
        try:
            return call(connected)
        except LIBRARY_ERRORS as error:
            failure = failure_of(error, connected, sending=sending)
        # Outside of the `except`: what was raised there holds the request with its token, and Keystone's the password;
        # it would stay in `__context__`.
        raise failure


def _token_of(connected: adapter.Adapter) -> dict[str, str]:
    if not (connected.auth or connected.session.auth):
        return {}
    headers = connected.session.get_auth_headers(connected.auth)
    if headers is None:
        raise keystone_errors.AuthorizationFailure("the session's credentials give no token")
    return headers


def _project_of(connected: adapter.Adapter) -> str | None:
    if not (connected.auth or connected.session.auth):
        return None
    return connected.session.get_project_id(connected.auth)


def _endpoint_of(service_type: str, connected: adapter.Adapter) -> str | None:
    # As it stands in the catalog: what Mistral says of its own address is wrong behind a proxy.
    found: str | None = connected.get_endpoint(service_type=service_type, skip_discovery=True)
    return found
