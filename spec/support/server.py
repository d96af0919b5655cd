"""An HTTP server on a real socket, in this process, that writes down what it hears and answers as it is told."""

from __future__ import annotations

import json
import ssl
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl


@dataclass
class Heard:
    """A request, as it came over the wire."""

    method: str
    path: str
    raw_query: str
    headers: dict[str, str]
    text: str

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.raw_query, keep_blank_values=True))

    @property
    def body(self) -> Any:
        return json.loads(self.text) if self.text else None


@dataclass
class Answer:
    status: int = 200
    body: Any = ""
    headers: dict[str, str] = field(default_factory=dict)


class Server:
    """Answers each request with the first answer that waits for its path, and otherwise with an empty object."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.heard: list[Heard] = []
        self._answers: dict[str, deque[Answer]] = {}

    def answer(self, path: str, body: Any = "", status: int = 200, **headers: str) -> None:
        """Holds an answer ready for the next request of `path`; `*` stands for every path."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._answers.setdefault(path, deque()).append(Answer(status, body, named))

    def reply(self, request: Heard) -> Answer:
        self.heard.append(request)
        waiting = self._answers.get(request.path) or self._answers.get("*")
        return waiting.popleft() if waiting else (Answer(204) if request.method == "DELETE" else Answer(200, {}))


@contextmanager
def listening(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that runs for the time of the `with` block; with the certificate of `tls`, if that is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            # As the base class, but for any method; and a peer that is gone is no news.
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            path, _, query = self.path.partition("?")
            length = int(self.headers.get("Content-Length") or 0)
            text = self.rfile.read(length).decode()
            answer = server.reply(Heard(self.command, path, query, dict(self.headers), text))
            encoded = (answer.body if isinstance(answer.body, str) else json.dumps(answer.body)).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(encoded)))
            self.end_headers()
            self.wfile.write(encoded)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        if tls:
            http.socket = tls.wrap_socket(http.socket, server_side=True)
        server = Server(f"{'https' if tls else 'http'}://127.0.0.1:{http.server_port}")
        Thread(target=http.serve_forever, kwargs={"poll_interval": 0.002}, daemon=True).start()
        yield server
        http.shutdown()
