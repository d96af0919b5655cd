"""No answer: what keystoneauth1, requests and urllib3 raise, as errors of ours, and what it means for the request."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Any

import requests
import urllib3
from keystoneauth1 import adapter
from keystoneauth1 import exceptions as keystone_errors

from fogflow import errors
from fogflow.connection.answers import Answer, class_for, without_query
from fogflow.connection.logs import without_password
from fogflow.response import Response

LIBRARY_ERRORS = (keystone_errors.ClientException, OSError, ValueError, urllib3.exceptions.HTTPError)
"""What the libraries below raise."""


def failure_of(error: Exception, connected: adapter.Adapter, *, sending: bool) -> errors.Error:
    """What one of the libraries raised, as one of ours.

    Args:
        connected: where the request was to go.
        sending: whether it was raised while a request went that changes something, so that it may have done so.
    """
    if isinstance(error, errors.Error):
        return error
    if _is_of_a_header(error):
        return errors.ArgumentError(
            "a header cannot be sent, most likely the session's token: it holds a line end or a character beyond ASCII"
        )
    if isinstance(error, (keystone_errors.EndpointNotFound, keystone_errors.EmptyCatalog)):
        return endpoint_not_found(connected)
    if isinstance(error, keystone_errors.HttpError):
        return _refused_by_keystone(error)
    # The environment's proxy may be in it, with its password.
    reason = without_password(str(error))
    # Among them Keystone's versions where its certificate is not known.
    if _is_of_certificates(error):
        return _no_answer(error, reason, sending)
    if isinstance(error, keystone_errors.DiscoveryFailure):
        return errors.ConnectionError(f"no Keystone answers there; check the auth URL: {reason}")
    if isinstance(error, keystone_errors.InvalidResponse):
        return errors.InvalidResponse("what was asked for a token does not answer as Keystone does; check the auth URL")
    if isinstance(error, keystone_errors.MissingAuthPlugin):
        return errors.ArgumentError(f"the session has no credentials: {reason}")
    if isinstance(error, (keystone_errors.ConnectionError, OSError, ValueError, urllib3.exceptions.HTTPError)):
        return _no_answer(error, reason, sending)
    return errors.Error(f"{type(error).__name__}: {reason}")


def _no_answer(error: Exception, reason: str, sending: bool) -> errors.ConnectionError:
    below = list(_below(error))
    of_certificates = _is_of_certificates(error)
    if of_certificates:
        reason = (
            f"{reason}; if the server's certificate is signed by an authority of your own, "
            "name its file (ssl_ca_file, OS_CACERT)"
        )
    never_left = any(isinstance(one, _BEFORE_SENDING) for one in below)
    unknown_host = any(isinstance(one, socket.gaierror) for one in below)
    of_the_network = any(isinstance(one, _OF_THE_NETWORK) for one in below)
    return errors.ConnectionError(
        reason,
        transient=of_the_network and not of_certificates and not unknown_host,
        may_have_happened=sending and of_the_network and not never_left,
    )


# What is raised when the other side was never reached, or refused before it heard what for.
_BEFORE_SENDING = (
    requests.exceptions.ConnectTimeout,
    requests.exceptions.ProxyError,
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    ssl.SSLCertVerificationError,
)

_OF_THE_NETWORK = (
    requests.exceptions.ConnectionError,
    requests.exceptions.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
    urllib3.exceptions.HTTPError,
    OSError,
)


def _below(error: BaseException) -> Iterator[BaseException]:
    """The error, and those that led to it: as their causes, their contexts, their arguments and their reasons."""
    found: list[Any] = [error]
    for one in found:
        more = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        found += (other for other in more if isinstance(other, BaseException) and other not in found)
        yield one


def _is_of_certificates(error: Exception) -> bool:
    return any(isinstance(one, (requests.exceptions.SSLError, ssl.SSLError)) for one in _below(error))


def _is_of_a_header(error: Exception) -> bool:
    """Whether requests or, below an older one, http.client refused a header; both show it."""
    if isinstance(error, UnicodeEncodeError):
        return error.encoding == "latin-1"
    if isinstance(error, ValueError):
        return "Invalid header value" in str(error)
    return isinstance(getattr(error, "original", None), requests.exceptions.InvalidHeader)


def _refused_by_keystone(error: keystone_errors.HttpError) -> errors.HTTPError:
    answer = error.response
    status = error.http_status
    hint = {
        401: "Keystone refused the credentials; check the user, the password, the project and their domains",
        404: "Keystone knows no such address; check the auth URL",
    }.get(status, "Keystone refused")
    method = error.method or "POST"
    response = Response(status, {}, "") if answer is None else Answer.read(method, answer).as_response()
    return class_for(status)(
        f"{hint}: {error.message}",
        method=method,
        url=without_query(error.url or (answer.url if answer is not None else "")),
        response=response,
    )


def service_types(connected: adapter.Adapter) -> list[str]:
    """The types under which the catalog may have Mistral, the preferred first."""
    types: Any = connected.service_type
    return types if isinstance(types, list) else [types]


def endpoint_not_found(connected: adapter.Adapter) -> errors.EndpointNotFound:
    """The error for a catalog without Mistral, which says what it has."""
    types = " or ".join(map(repr, service_types(connected)))
    wanted = f"a {connected.interface or 'public'} endpoint of type {types}"
    if connected.region_name:
        wanted += f" in region {connected.region_name!r}"
    return errors.EndpointNotFound(
        f"Keystone's catalog does not have {wanted}; it has {_catalog(connected)}. "
        "Give endpoint= to go there without the catalog"
    )


def _catalog(connected: adapter.Adapter) -> str:
    """The catalog in a line: each type with its interfaces and regions."""
    from keystoneauth1.identity.base import BaseIdentityPlugin

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
