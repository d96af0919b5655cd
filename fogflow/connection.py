"""One request to Mistral, one answer: addresses, headers, JSON, errors.

Knows no resource. Authentication, the catalog and sockets are keystoneauth1's; how it is set up stands in
`fogflow.auth`.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from html import unescape
from typing import Any, TypeVar
from urllib.parse import quote

import requests
from keystoneauth1 import adapter
from keystoneauth1 import exceptions as keystone_errors
from keystoneauth1 import session as keystone_session
from keystoneauth1.identity.base import BaseIdentityPlugin

from fogflow import errors
from fogflow.core.attributes import json_text
from fogflow.response import Response
from fogflow.version import __version__

logger = logging.getLogger(__name__)

_Result = TypeVar("_Result")

_ENGINES_OWN = re.compile(
    r"(?:\w+: (4\d\d)|(?:Action|Input|Workflow)Exception|ValueError(?=: Action \S+ is already completed)): "
)


class Connection:
    """The way to one Mistral, through one keystoneauth1 session. May be shared between threads."""

    def __init__(self, make_adapter: Callable[[], adapter.Adapter]) -> None:
        """
        Args:
            make_adapter: gives the adapter; called at the first request.
        """
        self._make_adapter = make_adapter
        self._adapter: adapter.Adapter | None = None
        self._endpoint: str | None = None

    @property
    def endpoint(self) -> str:
        """Mistral's URL, with `/v2` at its end. Asks Keystone's catalog the first time.

        Raises:
            errors.EndpointNotFound: the catalog has no such service.
            errors.Unauthorized, errors.ConnectionError: Keystone refused, or was not to be reached.
        """
        if self._endpoint is None:
            found = self._find_endpoint().rstrip("/")
            # Catalogs hold either form.
            self._endpoint = found if found.endswith("/v2") else f"{found}/v2"
        return self._endpoint

    @property
    def session(self) -> keystone_session.Session:
        """The keystoneauth1 session, for what fogflow does not do: `connection.session.get_token()`.

        The one that was given; or, where that has no timeout, its like that has one.
        """
        return self._connect().session

    def request(
        self,
        method: str,
        path: Iterable[str],
        *,
        versioned: bool = True,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        text: str | None = None,
        bad_request: type[errors.BadRequest] = errors.BadRequest,
    ) -> Response:
        """Sends one request and returns the answer when it is a good one.

        Args:
            method: "GET", "POST", "PUT" or "DELETE".
            path: the segments of the address; each is quoted.
            versioned: whether the address is below `/v2`, or above it.
            query: the query string's values; None leaves one out.
            json: a body to send as JSON.
            text: a body to send as it is, UTF-8.
            bad_request: what a 400 means here.

        Raises:
            errors.ArgumentError: a segment of the path cannot be addressed.
            errors.HTTPError: the server answered with 400 or more, or with a redirection.
            errors.InvalidResponse: the server answered well, and not in JSON.
            errors.ConnectionError: no answer.
        """
        root = self.endpoint if versioned else self.endpoint.removesuffix("/v2")
        url = f"{root}/{'/'.join(map(_quote, path))}"
        headers, data = _body(json, text)
        started = time.monotonic()
        answer = self._send(method, url, headers=headers, data=data, params=_query(query or {}))
        self._log("%s %s: %d in %.3f s", method, answer.url, answer.status_code, time.monotonic() - started)
        if answer.status_code >= 300:
            raise _error(method, answer, bad_request)
        return Response(answer.status_code, answer.headers, _decode(method, answer))

    def _connect(self) -> adapter.Adapter:
        if self._adapter is None:
            self._adapter = self._make_adapter()
        return self._adapter

    def _log(self, message: str, *values: Any) -> None:
        logger.debug(message, *values)
        if own := self._connect().logger:
            own.debug(message, *values)

    def _find_endpoint(self) -> str:
        for service_type in _service_types(self._connect()):
            try:
                found = self._through(partial(_endpoint_of, service_type))
            except errors.EndpointNotFound:
                continue
            if found is not None:
                return found
        raise _endpoint_not_found(self._connect())

    def _send(self, method: str, url: str, **arguments: Any) -> requests.Response:
        return self._through(
            lambda connected: connected.session.request(
                url,
                method,
                auth=connected.auth,
                raise_exc=False,
                # A redirection would take the token along, wherever it leads.
                redirect=False,
                # Its log holds bodies, and inputs are private.
                log=False,
                user_agent=f"fogflow/{__version__}",
                **arguments,
            )
        )

    def _through(self, call: Callable[[adapter.Adapter], _Result]) -> _Result:
        """What the call returns; what the libraries below raise comes out as one of ours."""
        connected = self._connect()
        try:
            return call(connected)
        except (keystone_errors.ClientException, OSError, ValueError) as error:
            if not _is_of_a_header(error):
                raise _library_error(error, connected) from None
        # Outside of the `except`: what was raised there shows the header, and would stay in `__context__`.
        raise errors.ArgumentError(
            "a header cannot be sent, most likely the session's token: it holds a line end or a character beyond ASCII"
        )


def debug_logger() -> logging.Logger:
    """A log of requests on the standard error for one service, as fog's `debug_request`, but without bodies and tokens.

    Nobody else's: it is not in the tree of loggers, where `fogflow.connection` has the same lines of all services.
    """
    own = logging.Logger(__name__, logging.DEBUG)
    own.addHandler(logging.StreamHandler())
    return own


def without_password(text: str) -> str:
    """The text without the user and the password that a URL in it may hold."""
    return re.sub(r"(?<=//)[^/@\s]*@", "", text)


def _quote(segment: str) -> str:
    if not isinstance(segment, str):
        raise errors.ArgumentError(f"an id or a name is a string, not {segment!r}")
    # Proxies and HTTP libraries take these for steps in a path, however they are quoted.
    if segment in ("", ".", ".."):
        raise errors.ArgumentError(f"{segment!r} is no id and no name that can be asked for")
    return quote(_encoded(segment), safe="")


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise errors.ArgumentError(f"cannot be sent as UTF-8: {error}") from None


def _query(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: _query_value(value) for name, value in values.items() if value is not None}


def _query_value(value: Any) -> str:
    if isinstance(value, bool):
        # The server takes any text for true, "false" too, so that `force=false` would force.
        return "true" if value else ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(map(_query_value, value))
    return str(value)


def _body(document: Any, text: str | None) -> tuple[dict[str, str], bytes | None]:
    # Without an Accept: asked for JSON, the server answers 406 where it takes definitions, and JSON without.
    if text is not None:
        return {"Content-Type": "text/plain; charset=utf-8"}, _encoded(text)
    if document is not None:
        return {"Content-Type": "application/json"}, json_text(document).encode()
    return {}, None


def _decode(method: str, answer: requests.Response) -> Any:
    if not answer.content:
        return ""
    try:
        return answer.json()
    except ValueError:
        raise errors.InvalidResponse(
            f"{method} {_without_query(answer.url)} was answered with {answer.status_code} "
            f"and something that is not JSON: {_excerpt(answer.text)}"
        ) from None


def _error(method: str, answer: requests.Response, bad_request: type[errors.BadRequest]) -> errors.HTTPError:
    message = _message(answer)
    status = answer.status_code
    # Without a message broker the engine's errors arrive as 500, with their own name in the text, and mostly a status.
    engines_own = _ENGINES_OWN.match(message) if status == 500 else None
    if engines_own:
        status = int(engines_own[1] or 400)
        message = message[engines_own.end() :]
    cls = bad_request if status == 400 else _class_for(status)
    return cls(message, method=method, url=_without_query(answer.url), response=_as_response(answer))


def _class_for(status: int) -> type[errors.HTTPError]:
    return errors.BY_STATUS.get(status) or (errors.ServerError if status >= 500 else errors.HTTPError)


def _as_response(answer: requests.Response) -> Response:
    try:
        body = answer.json()
    except ValueError:
        body = answer.text
    return Response(answer.status_code, answer.headers, body)


def _message(answer: requests.Response) -> str:
    if 300 <= answer.status_code < 400:
        where = answer.headers.get("Location", "nowhere")
        return f"the server redirects to {where}, which fogflow does not follow: give that as endpoint="
    try:
        body = answer.json()
    except ValueError:
        return _plain_text(answer) or answer.reason or "no reason given"
    fault = body.get("faultstring") if isinstance(body, dict) else None
    # Keystone's form, which its middleware in front of Mistral may use.
    if fault is None and isinstance(body, dict) and isinstance(body.get("error"), dict):
        fault = body["error"].get("message")
    return str(fault or body or answer.reason)


def _plain_text(answer: requests.Response) -> str:
    text = answer.text
    if "html" in answer.headers.get("Content-Type", ""):
        # An error page of WebOb: the title is the status once more, the body tells.
        text = re.sub(r"(?is)<(head|style|script|h1)\b.*?</\1\s*>", " ", text)
        text = unescape(re.sub(r"<[^>]*>", " ", text))
    return _excerpt(" ".join(text.split()))


def _excerpt(text: str, limit: int = 500) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


def _without_query(url: str) -> str:
    return url.partition("?")[0]


def _service_types(connected: adapter.Adapter) -> list[str]:
    """The types under which the catalog may have Mistral, the preferred first."""
    types: Any = connected.service_type
    return types if isinstance(types, list) else [types]


def _endpoint_of(service_type: str, connected: adapter.Adapter) -> str | None:
    # As it stands in the catalog: what Mistral says of its own address is wrong behind a proxy.
    found: str | None = connected.get_endpoint(service_type=service_type, skip_discovery=True)
    return found


def _is_of_a_header(error: Exception) -> bool:
    """Whether requests or, below an older one, http.client refused a header; both show it."""
    if isinstance(error, UnicodeEncodeError):
        return error.encoding == "latin-1"
    if isinstance(error, ValueError):
        return "Invalid header value" in str(error)
    return isinstance(getattr(error, "original", None), requests.exceptions.InvalidHeader)


def _library_error(error: Exception, connected: adapter.Adapter) -> errors.Error:
    """What keystoneauth1 or requests raised, as one of ours. Its own error stays in `__context__`."""
    if isinstance(error, (keystone_errors.EndpointNotFound, keystone_errors.EmptyCatalog)):
        return _endpoint_not_found(connected)
    if isinstance(error, keystone_errors.HttpError):
        return _refused_by_keystone(error)
    # The environment's proxy may be in it, with its password.
    reason = without_password(str(error))
    if isinstance(error, keystone_errors.DiscoveryFailure):
        return errors.ConnectionError(f"no Keystone answers there; check the auth URL: {reason}")
    if isinstance(error, keystone_errors.SSLError):
        return errors.ConnectionError(
            f"{reason}; if the server's certificate is signed by an authority of your own, "
            "name its file (ssl_ca_file, OS_CACERT)"
        )
    if isinstance(error, (keystone_errors.ConnectionError, OSError, ValueError)):
        return errors.ConnectionError(reason)
    if isinstance(error, keystone_errors.InvalidResponse):
        return errors.InvalidResponse("what was asked for a token does not answer as Keystone does; check the auth URL")
    if isinstance(error, keystone_errors.MissingAuthPlugin):
        return errors.ArgumentError(f"the session has no credentials: {reason}")
    return errors.Error(f"{type(error).__name__}: {reason}")


def _refused_by_keystone(error: keystone_errors.HttpError) -> errors.HTTPError:
    answer = error.response
    status = error.http_status
    hint = {
        401: "Keystone refused the credentials; check the user, the password, the project and their domains",
        404: "Keystone knows no such address; check the auth URL",
    }.get(status, "Keystone refused")
    response = _as_response(answer) if answer is not None else Response(status, {}, "")
    return _class_for(status)(
        f"{hint}: {error.message}",
        method=error.method or "POST",
        url=_without_query(error.url or (answer.url if answer is not None else "")),
        response=response,
    )


def _endpoint_not_found(connected: adapter.Adapter) -> errors.EndpointNotFound:
    types = " or ".join(map(repr, _service_types(connected)))
    wanted = f"a {connected.interface or 'public'} endpoint of type {types}"
    if connected.region_name:
        wanted += f" in region {connected.region_name!r}"
    return errors.EndpointNotFound(
        f"Keystone's catalog does not have {wanted}; it has {_catalog(connected)}. "
        "Give endpoint= to go there without the catalog"
    )


def _catalog(connected: adapter.Adapter) -> str:
    """The catalog in a line: each type with its interfaces and regions."""
    plugin = connected.auth or connected.session.auth
    if not isinstance(plugin, BaseIdentityPlugin):
        return "nothing"
    try:
        services = plugin.get_access(connected.session).service_catalog.get_endpoints_data(interface=None)
    except keystone_errors.ClientException:
        return "nothing"
    entries = [
        f"{service_type} ({', '.join(sorted({f'{one.interface} in {one.region_name}' for one in endpoints}))})"
        for service_type, endpoints in sorted(services.items())
    ]
    return "; ".join(entries) or "nothing"
