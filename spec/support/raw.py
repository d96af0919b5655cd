"""A server that answers each request with the bytes that it is told, whatever they are, and closes the connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


class Raw:
    """What is answered.

    Attributes:
        url: where.
        pieces: gives the bytes of an answer, piece by piece.
        requests: how many came.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.pieces: Callable[[], Iterator[bytes]] = lambda: iter([])
        self.requests = 0


@contextmanager
def answering() -> Iterator[Raw]:
    """Such a server, for the time of the `with` block."""

    class Handler(StreamRequestHandler):
        disable_nagle_algorithm = True

        def handle(self) -> None:
            length = 0
            for line in iter(self.rfile.readline, b"\r\n"):
                if not line:
                    return
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            self.rfile.read(length)
            raw.requests += 1
            # A client that has had enough closes the connection.
            with suppress(OSError):
                for piece in raw.pieces():
                    self.wfile.write(piece)

    class Listener(ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 128

    with Listener(("127.0.0.1", 0), Handler) as listener:
        raw = Raw(f"http://127.0.0.1:{listener.server_address[1]}")
        Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield raw
        finally:
            listener.shutdown()
