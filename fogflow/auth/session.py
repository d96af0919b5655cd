"""What fog's `connection_options` do to a session: certificates, the proxy, connections, timeouts, which all have."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import requests
from keystoneauth1 import session as keystone_session

from fogflow.auth.transport import TransportSession

TIMEOUT = 60.0
"""Seconds for a connection, and between two pieces of an answer, where nothing else is said; fog's value."""


_CONNECTIONS = 64
"""How many connections to one host are kept open, for as many threads; each is made when it is first needed."""


class _ThroughProxy(keystone_session.TCPKeepAliveAdapter):
    """Sends everything through one proxy.

    Not by the `proxies` of requests' session: HTTP_PROXY and its companions go before them.
    """

    def __init__(self, proxy: str) -> None:
        self._proxies = {"http": proxy, "https": proxy}
        super().__init__(pool_maxsize=_CONNECTIONS)

    def send(self, *arguments: Any, **more: Any) -> requests.Response:
        return super().send(*arguments, **{**more, "proxies": self._proxies})


def configure(
    session: keystone_session.Session, options: Mapping[str, Any], persistent: bool, timeout: float | None
) -> None:
    """Gives a session of our own what fog's `connection_options` say; what they do not say stays as it is.

    `timeout` is in seconds, for what they do not say of timeouts.
    """
    session.session = TransportSession.like(session.session)
    _set_verification(session, options)
    if certificate := options.get("client_cert"):
        session.cert = (certificate, options["client_key"]) if "client_key" in options else certificate
    if not persistent:
        session.additional_headers["Connection"] = "close"
    _set_timeouts(session, options, timeout)
    proxy = options.get("proxy")
    for scheme in ("http://", "https://"):
        # Beyond requests' own ten, urllib3 would close connections and warn.
        pool = _ThroughProxy(proxy) if proxy else keystone_session.TCPKeepAliveAdapter(pool_maxsize=_CONNECTIONS)
        session.mount(scheme, pool)


def _set_verification(session: keystone_session.Session, options: Mapping[str, Any]) -> None:
    verify = options.get("ssl_verify_peer")
    authorities = options.get("ssl_ca_file") or options.get("ssl_ca_path")
    if verify is False:
        session.verify = False
    elif authorities:
        session.verify = authorities
    elif verify and session.verify is False:
        session.verify = True


def with_timeout(session: keystone_session.Session, timeout: float | None) -> keystone_session.Session:
    """A session that gives up, for requests to Mistral and to Keystone: this one, or else its like with a timeout.

    Its own timeout is left to it where none is given here.

    A session that was given is not changed. Its like shares the credentials, the token and the connections with it.
    """
    # 0 is keystoneauth1's word for none, and requests refuses it.
    if session.timeout and timeout is None:
        return session
    like = copy.copy(session)
    _set_timeouts(like, {}, timeout)
    # What a keystoneauth1 session closes when it goes.
    like._session = None
    return like


def _set_timeouts(session: keystone_session.Session, options: Mapping[str, Any], timeout: float | None) -> None:
    usual = timeout or session.timeout or TIMEOUT
    # The body is sent while the socket still has the connection's timeout, so the longer of the two serves both.
    connect = max(options.get("connect_timeout", usual), options.get("write_timeout", 0))
    # keystoneauth1's constructor takes one number; requests takes both.
    session.timeout = (connect, options.get("read_timeout", usual))  # type: ignore[assignment]
