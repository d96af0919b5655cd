"""What fog's `connection_options` do to a session: timeouts, certificates, the proxy, the log of requests."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from keystoneauth1 import session as keystone_session

from fogflow.connection import TIMEOUT


def configure(session: keystone_session.Session, options: Mapping[str, Any], persistent: bool) -> None:
    """Gives a session of our own what fog's `connection_options` say; what they do not say stays as it is."""
    if not options.get("ssl_verify_peer", True):
        session.verify = False
    elif authorities := options.get("ssl_ca_file") or options.get("ssl_ca_path"):
        session.verify = authorities
    if certificate := options.get("client_cert"):
        session.cert = (certificate, options["client_key"]) if "client_key" in options else certificate
    if not persistent:
        session.additional_headers["Connection"] = "close"
    if session.timeout is None or any(name.endswith("_timeout") for name in options):
        # The body is sent while the socket still has the connection's timeout, so the longer of the two serves both.
        connect = max(options.get("connect_timeout", TIMEOUT), options.get("write_timeout", 0))
        # keystoneauth1's constructor takes one number; requests takes both.
        session.timeout = (connect, options.get("read_timeout", TIMEOUT))  # type: ignore[assignment]
    if proxy := options.get("proxy"):
        session.session.proxies = {"http": proxy, "https": proxy}
    if options.get("debug_request") or options.get("debug_response"):
        _log_requests()


def _log_requests() -> None:
    """Shows the log of requests on the standard error, as fog does; without bodies and tokens, as fog does not."""
    requests_log = logging.getLogger("fogflow.connection")
    requests_log.setLevel(logging.DEBUG)
    if not requests_log.handlers:
        requests_log.addHandler(logging.StreamHandler())
