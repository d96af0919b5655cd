"""The clients that are compared: how each connects, asks for one execution and lists all, as its users do it.

A client's package is loaded by whoever makes one, not by this module.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

PAGE_SIZE = 500
"""How many rows each client asks for at a time; fogflow's own choice."""


class Client(ABC):
    """A client, connected to a Mistral without Keystone.

    Args:
        endpoint: Mistral's URL, with `/v2`.
    """

    name: ClassVar[str]
    package: ClassVar[str]
    """What it is called in the package index."""

    imports: ClassVar[str]
    """How a program loads it."""

    first_get: ClassVar[str]
    """How a program, having loaded it, connects to `endpoint` and gets the execution `identity`."""

    @abstractmethod
    def __init__(self, endpoint: str) -> None: ...

    @abstractmethod
    def look(self, identity: str) -> Callable[[], object]:
        """What asks the server how the execution is and reads its state, each time that it is called."""

    @abstractmethod
    def each(self) -> Iterator[tuple[object, object]]:
        """The id and the state of each execution, streamed page by page."""


class Fogflow(Client):
    """fogflow: models that reload, a collection that streams."""

    name = package = "fogflow"
    imports = "import fogflow"
    first_get = "fogflow.connect(endpoint=endpoint).executions.get(identity).state"

    def __init__(self, endpoint: str) -> None:
        import fogflow

        self.service = fogflow.connect(endpoint=endpoint)

    def look(self, identity: str) -> Callable[[], object]:
        execution = self.service.executions.find_by_id(identity)
        return lambda: execution.reload().state

    def each(self) -> Iterator[tuple[object, object]]:
        return ((execution.id, execution.state) for execution in self.service.executions)


class FogflowToken(Fogflow):
    """fogflow with a token, and so through keystoneauth1, as wherever there is a Keystone."""

    name = "fogflow, with a token"
    first_get = "fogflow.connect(endpoint=endpoint, openstack_auth_token='token').executions.get(identity).state"

    def __init__(self, endpoint: str) -> None:
        import fogflow

        self.service = fogflow.connect(endpoint=endpoint, openstack_auth_token="token")


class Mistralclient(Client):
    """python-mistralclient. It lists one page; the marker of the next is its last row."""

    name = package = "python-mistralclient"
    imports = "import mistralclient.api.client"
    first_get = "mistralclient.api.client.client(mistral_url=endpoint).executions.get(identity).state"

    def __init__(self, endpoint: str) -> None:
        from mistralclient.api import client

        self._executions = client.client(mistral_url=endpoint).executions

    def look(self, identity: str) -> Callable[[], object]:
        return lambda: self._executions.get(identity).state

    def each(self) -> Iterator[tuple[object, object]]:
        marker = ""
        while True:
            page = self._executions.list(limit=PAGE_SIZE, marker=marker)
            yield from ((execution.id, execution.state) for execution in page)
            if len(page) < PAGE_SIZE:
                return
            marker = page[-1].id


class Openstacksdk(Client):
    """openstacksdk's proxy for workflow. It asks for the versions of the API before all else, and takes a token."""

    name = package = "openstacksdk"
    imports = "import openstack.connection\nfrom keystoneauth1 import session, token_endpoint"
    first_get = (
        "root = endpoint.removesuffix('/v2')\n"
        "anyone = session.Session(auth=token_endpoint.Token(root, 'token'))\n"
        "connection = openstack.connection.Connection(session=anyone, workflow_endpoint_override=root)\n"
        "connection.workflow.get_execution(identity).status"
    )

    def __init__(self, endpoint: str) -> None:
        from keystoneauth1 import session, token_endpoint
        from openstack.connection import Connection

        root = endpoint.removesuffix("/v2")
        anyone = session.Session(auth=token_endpoint.Token(root, "token"))
        self._workflow: Any = Connection(session=anyone, workflow_endpoint_override=root).workflow

    def look(self, identity: str) -> Callable[[], object]:
        return lambda: self._workflow.get_execution(identity).status

    def each(self) -> Iterator[tuple[object, object]]:
        return ((execution.id, execution.status) for execution in self._workflow.executions(limit=PAGE_SIZE))


class _Bare(Client):
    """The base of those that know nothing of Mistral: rows are dicts, of `json.loads`."""

    @abstractmethod
    def _get(self, path: str) -> bytes:
        """The body of an answer."""

    def look(self, identity: str) -> Callable[[], object]:
        return lambda: json.loads(self._get(f"/executions/{identity}"))["state"]

    def each(self) -> Iterator[tuple[object, object]]:
        marker = ""
        while True:
            page = json.loads(self._get(f"/executions?limit={PAGE_SIZE}{marker}"))
            yield from ((execution["id"], execution["state"]) for execution in page["executions"])
            if "next" not in page:
                return
            marker = f"&marker={page['executions'][-1]['id']}"


class BareAdapter(_Bare):
    """An adapter of keystoneauth1, and `json.loads`."""

    name = "keystoneauth1, bare"
    package = "keystoneauth1"
    imports = "import json\nfrom keystoneauth1 import adapter, session"
    first_get = (
        "bare = adapter.Adapter(session.Session(), endpoint_override=endpoint)\n"
        "json.loads(bare.get('/executions/' + identity).content)['state']"
    )

    def __init__(self, endpoint: str) -> None:
        from keystoneauth1 import adapter, session

        self._adapter = adapter.Adapter(session.Session(), endpoint_override=endpoint)

    def _get(self, path: str) -> bytes:
        body: bytes = self._adapter.get(path).content
        return body


class BareRequests(_Bare):
    """A session of requests, and `json.loads`."""

    name = "requests, bare"
    package = "requests"
    imports = "import json\nimport requests"
    first_get = "json.loads(requests.Session().get(endpoint + '/executions/' + identity).content)['state']"

    def __init__(self, endpoint: str) -> None:
        import requests

        self._session = requests.Session()
        self._endpoint = endpoint

    def _get(self, path: str) -> bytes:
        return self._session.get(self._endpoint + path).content


CLIENTS: tuple[type[Client], ...] = (Fogflow, FogflowToken, Mistralclient, Openstacksdk, BareAdapter, BareRequests)
