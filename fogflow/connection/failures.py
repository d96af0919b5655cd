"""No answer: what requests and urllib3 raise, as errors of ours, and what it means for the request."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Any

import requests
import urllib3

from fogflow import errors
from fogflow.connection.answers import without_query
from fogflow.connection.logs import without_password

LIBRARY_ERRORS = (OSError, ValueError, urllib3.exceptions.HTTPError)
"""What the libraries below raise; errors of requests' own are among the first."""


def failure_of(error: Exception, *, sending: bool) -> errors.Error:
    """What one of the libraries raised, as one of ours.

    Args:
        sending: whether it was raised while a request went that changes something, so that it may have done so.
    """
    if isinstance(error, errors.Error):
        return error
    if _is_of_a_header(error):
        return errors.ArgumentError(
            "a header cannot be sent, most likely the session's token: it holds a line end or a character beyond ASCII"
        )
    # The environment's proxy may be in it, with its password.
    below = list(_below(error))
    reason = without_password(_reason(error, below))
    of_certificates = is_of_certificates(error)
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


def _reason(error: Exception, below: list[BaseException]) -> str:
    """The error in words, by what requests said of it.

    Without the words around it of urllib3 and keystoneauth1, which show the query and tell of retries nobody made.
    """
    for one in below:
        request = getattr(one, "request", None)
        if isinstance(one, requests.RequestException) and request is not None and request.url is not None:
            told = one.args[0] if one.args else one
            return f"no answer from {without_query(request.url)}: {getattr(told, 'reason', None) or told}"
    return str(error)


def _below(error: BaseException) -> Iterator[BaseException]:
    """The error, and those that led to it: as their causes, their contexts, their arguments and their reasons."""
    found: list[Any] = [error]
    for one in found:
        more = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        found += (other for other in more if isinstance(other, BaseException) and other not in found)
        yield one


def is_of_certificates(error: Exception) -> bool:
    """Whether the other side's certificate was refused."""
    return any(isinstance(one, (requests.exceptions.SSLError, ssl.SSLError)) for one in _below(error))


def _is_of_a_header(error: Exception) -> bool:
    """Whether requests or, below an older one, http.client refused a header; both show it."""
    if isinstance(error, UnicodeEncodeError):
        return error.encoding == "latin-1"
    if isinstance(error, ValueError):
        return "Invalid header value" in str(error)
    return isinstance(getattr(error, "original", error), requests.exceptions.InvalidHeader)
