"""What fog's `connection_options` do to a session: certificates, the proxy, connections, timeouts, which all have."""

from __future__ import annotations

import copy
import socket
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import requests
from requests.adapters import HTTPAdapter

from fogflow.auth.http import HTTPSession

if TYPE_CHECKING:
    from keystoneauth1.session import Session

TIMEOUT = 60.0
"""Seconds for a connection, and between two pieces of an answer, where nothing else is said; fog's value."""


_CONNECTIONS = 64
"""How many connections to one host are kept open, for as many threads; each is made when it is first needed."""

# After how many seconds of silence the other side is asked whether it is still there, how far apart and how often: what
# stands between would forget a connection that waits for its next request. Not every system has all of them.
_KEEP_ALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}


class HasSettings(Protocol):
    """What sends requests, and how: a keystoneauth1 session, and what stands for one."""

    session: requests.Session
    verify: Any
    cert: Any
    timeout: Any


class _Connections(HTTPAdapter):
    """The connections of a session of our own, direct or all through one proxy.

    The proxy is not told by the `proxies` of requests' session: HTTP_PROXY and its companions go before them.
    keystoneauth1's like of this would take keystoneauth1 to load, also where there is no Keystone.
    """

    def __init__(self, proxy: str | None) -> None:
        self._proxies = {"http": proxy, "https": proxy} if proxy else None
        # Beyond requests' own ten, urllib3 would close connections and warn.
        super().__init__(pool_maxsize=_CONNECTIONS)

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        options = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
        for name, value in _KEEP_ALIVE.items():
            if hasattr(socket, name):
                options.append((socket.IPPROTO_TCP, getattr(socket, name), value))
        super().init_poolmanager(*arguments, **more, socket_options=options)

    def send(self, *arguments: Any, **more: Any) -> requests.Response:
        return super().send(*arguments, **({**more, "proxies": self._proxies} if self._proxies else more))


def configure(session: HasSettings, options: Mapping[str, Any], persistent: bool, timeout: float | None) -> None:
    """Gives a session of our own what fog's `connection_options` say; what they do not say stays as it is.

    `timeout` is in seconds, for what they do not say of timeouts.
    """
    session.session = HTTPSession.like(session.session)
    _set_verification(session, options)
    if certificate := options.get("client_cert"):
        session.cert = (certificate, options["client_key"]) if "client_key" in options else certificate
    if not persistent:
        session.session.headers["Connection"] = "close"
    _set_timeouts(session, options, timeout)
    connections = _Connections(options.get("proxy"))
    for scheme in ("http://", "https://"):
        session.session.mount(scheme, connections)


def _set_verification(session: HasSettings, options: Mapping[str, Any]) -> None:
    verify = options.get("ssl_verify_peer")
    authorities = options.get("ssl_ca_file") or options.get("ssl_ca_path")
    if verify is False:
        session.verify = False
    elif authorities:
        session.verify = authorities
    elif verify and session.verify is False:
        session.verify = True


def with_timeout(session: Session, timeout: float | None) -> Session:
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


def _set_timeouts(session: HasSettings, options: Mapping[str, Any], timeout: float | None) -> None:
    usual = timeout or session.timeout or TIMEOUT
    # The body is sent while the socket still has the connection's timeout, so the longer of the two serves both.
    connect = max(options.get("connect_timeout", usual), options.get("write_timeout", 0))
    # keystoneauth1's constructor takes one number; requests takes both.
    session.timeout = (connect, options.get("read_timeout", usual))
