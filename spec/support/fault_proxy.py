"""A TCP proxy on loopback between a client and a server, which does to HTTP what bad days do, by a seeded plan."""

from __future__ import annotations

import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any, BinaryIO
from urllib.parse import urlsplit

FAULTS = (
    "drop_request",  # the connection is closed, and the server hears nothing
    "leave_early",  # the connection is closed while the server is still at it
    "drop_answer",  # the server answers, and the connection is closed
    "hang",  # the server answers, and nothing comes until the client gives up
    "cut",  # half of the answer comes, or a part of its status, then the connection is closed
    "reset",  # the server answers, and the connection is reset
    "delay",  # the answer comes late
    "unavailable",  # the proxy answers 503 with Retry-After, and the server hears nothing
    "too_many",  # the proxy answers 429 with Retry-After, and the server hears nothing
    "bad_gateway",  # the server answers, and the proxy says 502 in its place
)

_ANSWERED_HERE = {"unavailable": b"503 Service Unavailable", "too_many": b"429 Too Many Requests"}

DELAY = 0.05


class Plan:
    """Which fault befalls a request.

    Args:
        seed: the same plan for the same seed, as long as the requests come one after the other.
        applies: whether a request may be befallen, by its method and its path.
        rates: of how many requests each fault befalls one, between 0 and 1, by its name.
    """

    def __init__(
        self, seed: int, rates: Mapping[str, float], applies: Callable[[str, str], bool] = lambda method, path: True
    ) -> None:
        assert set(rates) <= set(FAULTS)
        self._random = random.Random(seed)
        self._rates = rates
        self._applies = applies
        self._lock = threading.Lock()
        self.befallen: Counter[str] = Counter()
        self.requests = 0

    def next(self, method: str, path: str) -> str | None:
        with self._lock:
            self.requests += 1
            if not self._applies(method, path):
                return None
            left = self._random.random()
            for fault, rate in self._rates.items():
                left -= rate
                if left < 0:
                    self.befallen[fault] += 1
                    return fault
            return None


@contextmanager
def faulty(url: str, plan: Plan) -> Iterator[str]:
    """A proxy in front of a server; yields the URL at which the server is then found."""
    parts = urlsplit(url)
    target = (str(parts.hostname), parts.port)

    class Handler(StreamRequestHandler):
        disable_nagle_algorithm = True

        def handle(self) -> None:
            while request := _message(self.rfile):
                method, path, _ = request.partition(b"\r\n")[0].decode().split(" ", 2)
                # A connection each: a server closes one that is idle, and the client would not see it.
                with socket.create_connection(target) as upstream, upstream.makefile("rb") as answers:
                    if not self._pass_on(request, plan.next(method, path), upstream, answers):
                        return

        def _pass_on(self, request: bytes, fault: str | None, upstream: socket.socket, answers: BinaryIO) -> bool:
            """Whether the connection is still there afterwards."""
            if fault == "drop_request":
                return False
            if fault in _ANSWERED_HERE:
                return self._answer(_ANSWERED_HERE[fault] + b"\r\nRetry-After: 0")
            upstream.sendall(request)
            if fault == "leave_early":
                return False
            answer = _message(answers)
            if fault == "drop_answer":
                return False
            if fault == "bad_gateway":
                return self._answer(b"502 Bad Gateway")
            if fault == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return False
            if fault == "hang":
                # Ends when the client has gone.
                self.rfile.read(1)
                return False
            if fault == "delay":
                threading.Event().wait(DELAY)
            if fault == "cut":
                # An answer without a body is whole as soon as its status is read.
                self.wfile.write(answer[: 5 if answer.endswith(b"\r\n\r\n") else len(answer) // 2])
                return False
            self.wfile.write(answer)
            return bool(answer)

        def _answer(self, status: bytes) -> bool:
            self.wfile.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")
            return True

    class Proxy(ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: Any) -> None:
            """A client that is gone is no news here."""

    with Proxy(("127.0.0.1", 0), Handler) as proxy:
        threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True).start()
        try:
            yield parts._replace(netloc=f"127.0.0.1:{proxy.server_address[1]}").geturl()
        finally:
            proxy.shutdown()


def _message(stream: BinaryIO) -> bytes:
    """A request or an answer, head and body; nothing at the end of the stream."""
    head = b""
    length = 0
    chunked = False
    for line in iter(stream.readline, b""):
        head += line
        name, _, value = line.decode("latin-1").lower().partition(":")
        if name == "content-length":
            length = int(value)
        chunked = chunked or (name == "transfer-encoding" and "chunked" in value)
        if line == b"\r\n":
            return head + (b"".join(_chunks(stream)) if chunked else stream.read(length))
    return b""


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while True:
        size = stream.readline()
        yield size + stream.read(int(size, 16) + 2)
        if int(size, 16) == 0:
            return
