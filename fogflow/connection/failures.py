"""No answer: what requests and urllib3 raise, as errors of ours, and what it means for the request."""

from __future__ import annotations

import re
import socket
import ssl
import traceback
from collections.abc import Container, Iterator
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
    if any("WRONG_VERSION_NUMBER" in str(one) for one in below):
        reason = f"{reason}; the port does not use TLS: check whether the URL should start with http://"
    elif is_of_certificates(error):
        reason = (
            f"{reason}; if the server's certificate is signed by an authority of your own, "
            "name its file (ssl_ca_file, OS_CACERT)"
        )
    of_the_network = any(isinstance(one, _OF_THE_NETWORK) for one in below)
    return errors.ConnectionError(
        reason,
        transient=of_the_network and not _is_permanent(error, below),
        may_have_happened=sending and of_the_network and not _never_sent(below),
    )


# Raised before the request is sent.
_BEFORE_SENDING = (
    requests.exceptions.ConnectTimeout,
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    ssl.SSLCertVerificationError,
)

# The functions that open a connection, TLS handshake and proxy tunnel included, by module and name. An exception that
# passed through one of them was raised before the request was sent, whatever its type.
_FILE_CHECK = ("requests.adapters", "cert_verify")
_OPENING = {_FILE_CHECK, ("urllib3.connection", "connect")}

# Connections that are closed without a proper end of TLS raise an SSLError, but nothing is wrong with a certificate.
_CUT = (ssl.SSLEOFError, ssl.SSLZeroReturnError)


def _never_sent(below: list[BaseException]) -> bool:
    """Whether the exceptions show that the server did not receive the request."""
    if any(isinstance(one, _BEFORE_SENDING) or _is_invalid_request(one) for one in below):
        return True
    # With TLS 1.3, the client learns only after sending that the server refused its certificate.
    if any(isinstance(one, ssl.SSLError) and _REFUSED_CERTIFICATE.search(str(one)) for one in below):
        return True
    return _passed_through(below, _OPENING)


_REFUSED_CERTIFICATE = re.compile("(?i)alert (bad certificate|certificate|unknown ca)")


def _is_permanent(error: Exception, below: list[BaseException]) -> bool:
    """Whether sending the same request again cannot succeed: a wrong setting, or an unknown host."""
    if is_of_certificates(error):
        return True
    if any(isinstance(one, socket.gaierror) or _is_invalid_request(one) for one in below):
        return True
    # The files of TLS: a CA bundle, a client certificate, its key.
    if _passed_through(below, {_FILE_CHECK}):
        return True
    # The address itself can raise a PermissionError too, where a firewall rejects the connection.
    of_a_file = any(isinstance(one, (FileNotFoundError, IsADirectoryError, PermissionError)) for one in below)
    return of_a_file and not any(isinstance(one, urllib3.exceptions.NewConnectionError) for one in below)


def _passed_through(below: list[BaseException], functions: Container[tuple[str, str]]) -> bool:
    """Whether one of the exceptions passed through one of the functions, given by module and name."""
    return any(
        (frame.f_globals.get("__name__", ""), frame.f_code.co_name) in functions
        for one in below
        for frame, _ in traceback.walk_tb(one.__traceback__)
    )


def _is_invalid_request(error: BaseException) -> bool:
    """Whether requests refused the request before sending it, for its URL or its proxy for example."""
    return isinstance(error, requests.RequestException) and isinstance(error, ValueError)


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
    """Whether TLS failed for another reason than a lost connection, such as a refused certificate."""
    below = list(_below(error))
    if any(isinstance(one, _CUT) for one in below):
        return False
    return any(isinstance(one, (requests.exceptions.SSLError, ssl.SSLError)) for one in below)


def _is_of_a_header(error: Exception) -> bool:
    """Whether requests or, below an older one, http.client refused a header; both show it."""
    if isinstance(error, UnicodeEncodeError):
        return error.encoding == "latin-1"
    if isinstance(error, ValueError):
        return "Invalid header value" in str(error)
    return isinstance(getattr(error, "original", error), requests.exceptions.InvalidHeader)
