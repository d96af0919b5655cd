"""The session of requests that sessions of our own send with: what holds for a server is found out once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import requests


class HTTPSession(requests.Session):
    """A session that looks up once for each server what requests looks up for each request.

    That is the proxy and the certificates that the environment names, and whether the server's address is one. It
    takes a third of the time of a request. Of what a request may hold it expects what fogflow and keystoneauth1 send: a
    quoted address, headers, a body of bytes or text, a query of texts. A password in a .netrc is not looked for: the
    token tells who asks.
    """

    def __init__(self) -> None:
        super().__init__()
        self._environment: dict[str, dict[str, Any]] = {}
        self._known: set[str] = set()

    @classmethod
    def like(cls, session: requests.Session) -> HTTPSession:
        """One with the settings and the connections of another; one of these itself."""
        if isinstance(session, cls):
            return session
        made = cls()
        for name in requests.Session.__attrs__:
            setattr(made, name, getattr(session, name))
        return made

    def merge_environment_settings(self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any) -> Any:
        """The settings for a request, with what the environment says of its server."""
        if not self.trust_env or proxies:
            return super().merge_environment_settings(url, proxies, stream, verify, cert)
        server = _server(url)
        if server not in self._environment:
            self._environment[server] = dict(super().merge_environment_settings(url, {}, None, True, None))
        found = self._environment[server]
        # The environment's certificates are for whoever names none.
        verified = found["verify"] if verify is True or verify is None else verify
        return {**found, "stream": stream, "verify": verified, "cert": cert or found["cert"]}

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """A request as it is sent."""
        prepared = requests.PreparedRequest()
        prepared.prepare_method(request.method)
        server = _server(request.url)
        if server in self._known:
            # The server is known to be one, and the path is quoted.
            query = urlencode(request.params)
            prepared.url = f"{request.url}?{query}" if query else request.url
        else:
            prepared.prepare_url(request.url, request.params)
            self._known.add(server)
        prepared.prepare_headers({**self.headers, **request.headers})
        prepared.prepare_cookies(self.cookies)
        prepared.prepare_body(request.data, None)
        # None is in the address: where options and catalogs hold one, it is refused.
        if auth := request.auth or self.auth:
            prepared.prepare_auth(auth, str(prepared.url))
        prepared.hooks = dict(self.hooks)
        return prepared


def _server(url: Any) -> str:
    """The address up to its path."""
    return "/".join(url.split("/", 3)[:3])
