"""The stub server as its clients' side knows it: started, told the time, asked what it counted.

By http.client, so that a client's own libraries are not loaded by asking.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from benchmarks.population import Population


@dataclass(frozen=True)
class Counted:
    """What the stub server was asked and has answered.

    Attributes:
        requests: how many.
        received: bytes, head and body.
    """

    requests: int
    received: int


class Stub:
    """A running stub server, by its URL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = HTTPConnection(urlsplit(url).netloc)

    def endpoint(self, population: Population) -> str:
        """Mistral's URL, where its executions are these."""
        return f"{self.url}/{population.name}/v2"

    def state(self, population: Population, identity: str) -> str:
        """The state of an execution, by as cheap a request as can be."""
        state: str = json.loads(self._ask("GET", f"/{population.name}/v2/executions/{identity}"))["state"]
        return state

    def set_time(self, now: float) -> None:
        """Tells it the simulated time, in seconds."""
        self._ask("PUT", f"/stub/time?now={now!r}")

    def forget(self) -> None:
        """Lets it count from 0."""
        self._ask("DELETE", "/stub/counted")

    def counted(self) -> Counted:
        return Counted(**json.loads(self._ask("GET", "/stub/counted")))

    def close(self) -> None:
        """Closes the connection; the server goes on."""
        self._connection.close()

    def _ask(self, method: str, path: str) -> bytes:
        self._connection.request(method, path)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the stub server answered {method} {path} with {answer.status}: {body!r}")
        return body


@contextmanager
def running() -> Iterator[Stub]:
    """A stub server in a process of its own, for the time of the `with` block."""
    command = [sys.executable, "-m", "benchmarks.server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        server = Stub(process.stdout.readline().strip())
        try:
            yield server
        finally:
            server.close()
            process.stdin.close()
