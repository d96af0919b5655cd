"""The mock behind a keystoneauth1 session: requests that never leave the process."""

from __future__ import annotations

from collections.abc import Callable
from http.client import responses
from io import BytesIO
from typing import Any

import requests
from keystoneauth1 import session, token_endpoint
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from fogflow.auth.keystone import keystone_transport
from fogflow.connection import Transport
from fogflow.mock.exchange import Answer, Project, Request

ROOT = "http://mistral.mock"
"""An address that nobody is asked for: what goes there stays in the process."""

ENDPOINT = f"{ROOT}/v2"


class MockAdapter(BaseAdapter):
    """Carries the requests of a requests session to a function, and the answers back.

    Args:
        answer: answers a request.
    """

    def __init__(self, answer: Callable[[Request], Answer]) -> None:
        super().__init__()
        self._answer = answer

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        assert request.method is not None
        assert request.url is not None
        body = request.body or b""
        encoded = body.encode() if isinstance(body, str) else body
        heard = Request.of(request.method, request.url, dict(request.headers), encoded)
        return _response(request, self._answer(heard))

    def close(self) -> None:
        """There is nothing to close."""


def _response(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.reason = responses.get(answer.status, "")
    response.headers = CaseInsensitiveDict(answer.headers)
    response.encoding = "utf-8"
    response.raw = BytesIO(answer.body)
    response.url = str(request.url)
    response.request = request
    return response


def mock_transport(answer: Callable[[Request], Answer], project: Project) -> Transport:
    """What a connection takes: a session of keystoneauth1 whose requests this function answers."""
    carrier = requests.Session()
    # No proxy and no file of passwords of whoever runs it is looked into.
    carrier.trust_env = False
    carrier.mount(ROOT, MockAdapter(answer))
    plugin = _ProjectToken(project)
    return keystone_transport(session.Session(auth=plugin, session=carrier), {"endpoint_override": ENDPOINT}, None)


class _ProjectToken(token_endpoint.Token):
    """A token that says whose it is, as one of Keystone's does: `session.get_project_id()`."""

    def __init__(self, project: Project) -> None:
        super().__init__(ENDPOINT, project.token)
        self.project = project

    def get_project_id(self, session: Any, **_: Any) -> str:
        return self.project.id
