"""A mock on a socket: for code in other languages, other processes, and load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from fogflow.mock.cloud import Cloud
from fogflow.mock.exchange import Request


@contextmanager
def serving(cloud: Cloud, port: int = 0) -> Iterator[str]:
    """Serves a mock on a loopback port for the time of the `with` block.

    Args:
        cloud: the mock.
        port: which; a free one by default.

    Yields:
        the endpoint, a URL with `/v2`.

    Raises:
        OSError: the port is taken.
    """
    with _Server(("127.0.0.1", port), _handler(cloud)) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v2"
        finally:
            server.shutdown()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def _handler(cloud: Cloud) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # An answer's head and its body would otherwise wait for one another.
        wbufsize = -1
        disable_nagle_algorithm = True

        def answer(self) -> None:
            host = self.headers.get("Host") or "127.0.0.1"
            length = int(self.headers.get("Content-Length") or 0)
            request = Request.of(
                self.command, f"http://{host}{self.path}", dict(self.headers.items()), self.rfile.read(length)
            )
            answer = cloud.answer(request)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 204:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer  # noqa: N815 - the base class's names

        def log_message(self, *_: Any) -> None:
            """Says nothing: bodies and inputs are private, and addresses are many."""

    return Handler
