"""The way to a Mistral without a Keystone: an endpoint, and requests; keystoneauth1 is not even loaded."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import requests

from fogflow.auth.http import HTTPSession
from fogflow.connection import Transport

if TYPE_CHECKING:
    from keystoneauth1.session import Session


class EndpointTransport(Transport):
    """Goes to one address, and says to nobody who asks.

    Attributes:
        session: a keystoneauth1 session with the same connections and settings; made when it is asked for.

    Args:
        endpoint: Mistral's URL, with or without `/v2`.
        settings: what sends, and how.
        logger: has a line of each request.
    """

    def __init__(self, endpoint: str, settings: Settings, logger: logging.Logger | None) -> None:
        super().__init__(logger)
        self._endpoint = endpoint
        self._settings = settings

    @cached_property
    def session(self) -> Session:
        from keystoneauth1.session import Session

        session = Session(session=self._settings.session, verify=self._settings.verify, cert=self._settings.cert)
        session.timeout = self._settings.timeout
        return session

    def endpoint(self) -> str:
        return self._endpoint

    def send(
        self, method: str, url: str, *, headers: Mapping[str, str], data: bytes | None, params: Mapping[str, str]
    ) -> requests.Response:
        settings = self._settings
        return settings.session.request(
            method,
            url,
            headers=headers,
            data=data,
            params=params,
            verify=settings.verify,
            cert=settings.cert,
            timeout=settings.timeout,
            allow_redirects=False,
            # Read by us, up to a limit.
            stream=True,
        )


class Settings:
    """What sends requests, and how, as of a keystoneauth1 session."""

    def __init__(self) -> None:
        self.session: requests.Session = HTTPSession()
        self.verify: Any = True
        self.cert: Any = None
        self.timeout: Any = None
