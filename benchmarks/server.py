"""The stub server: Mistral's answers about executions, as cheap as can be, so that the client alone is measured.

`python -m benchmarks.server` prints its URL and serves until its standard input ends. A population of executions is
below its own name: `/10000-in-0-s/v2` are ten thousand that have ended, `/1000-in-600-s/v2` a thousand that end within
ten minutes. The server's time stands still until it is told: `PUT /stub/time?now=12.5`. What was asked and answered
since `DELETE /stub/counted` is at `GET /stub/counted`. Requests to `/stub` are not counted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from benchmarks.population import BEGINNING, Population
from fogflow.mock import listing

MAX_LIMIT = 1000
"""Mistral's own limit of a page, where nothing else is set."""

_NO_CONDITIONS = {"limit", "marker", "sort_keys", "sort_dirs", "fields", "include_output", "all_projects"}
_ORDERS = (["created_at", "id"], ["asc", "asc"])


class Server(ThreadingHTTPServer):
    """Counts what it is asked and what it answers, in bytes of head and body; knows what time it is."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.now = 0.0
        self.requests = 0
        self.received = 0

    def answer(self, method: str, path: str, query: dict[str, str]) -> tuple[int, bytes]:
        """The status and the body for a request."""
        match method, path.strip("/").split("/"):
            case "PUT", ["stub", "time"]:
                self.now = float(query["now"])
                return 200, b"{}"
            case "DELETE", ["stub", "counted"]:
                self.requests = self.received = 0
                return 200, b"{}"
            case "GET", ["stub", "counted"]:
                return 200, json.dumps({"requests": self.requests, "received": self.received}).encode()
            case "GET", [_]:
                # What openstacksdk asks before all else.
                link = {"rel": "self", "href": f"{self.url}{path.rstrip('/')}/v2"}
                return 200, _text({"versions": [{"id": "v2.0", "status": "CURRENT", "links": [link]}]})
            case "GET", [name, "v2", "executions"]:
                return page(Population.named(name), self.now, self.url + path, **query)
            case "GET", [name, "v2", "executions", identity]:
                return one(Population.named(name), self.now, identity, **query)
        return _fault(404, f"the stub knows no {method} {path}")


@lru_cache(maxsize=16)
def one(population: Population, now: float, identity: str, *, fields: str = "") -> tuple[int, bytes]:
    """The answer about one execution."""
    number = population.number(identity)
    if number is None:
        return _fault(404, f"WorkflowExecution not found [id={identity}]")
    row = population.row(number, now)
    chosen = {"id", *listing.names(fields)} if fields else row.keys()
    return 200, _text({name: value for name, value in row.items() if name in chosen})


@lru_cache(maxsize=64)
def page(population: Population, now: float, address: str, **query: str) -> tuple[int, bytes]:
    """The answer with a page of executions."""
    if listing.sorting(query) != _ORDERS:
        return _fault(400, "the stub sorts by created_at alone")
    conditions = tuple(listing.text(*one) for one in query.items() if one[0] not in _NO_CONDITIONS)
    marker = query.get("marker")
    before = -1 if marker is None else population.number(marker)
    if before is None:
        return _fault(404, f"WorkflowExecution not found [id={marker}]")
    size = min(listing.limit(query) or MAX_LIMIT, MAX_LIMIT)
    fields = listing.names(query.get("fields", ""))
    left_out = {"published_global"} if query.get("include_output") else {"published_global", "output"}
    shown = set(fields) | {"id"} if fields else population.row(0, now).keys() - left_out
    found = list(islice(_fulfilling(population, now, before + 1, conditions), size))
    body: dict[str, Any] = {
        "executions": [{name: value for name, value in row.items() if name in shown} for row in found]
    }
    if len(found) == size:
        asked = listing.Page(conditions, *_ORDERS, limit=size, marker=marker, fields=fields)
        body["next"] = asked.link(address, found[-1])
    return 200, _text(body)


def _fulfilling(
    population: Population, now: float, start: int, conditions: tuple[listing.Condition, ...]
) -> Iterator[dict[str, Any]]:
    for number in range(start, population.count):
        row = population.row(number, now)
        if all(condition.holds(row) for condition in conditions):
            yield row


def _fault(status: int, why: str) -> tuple[int, bytes]:
    return status, _text({"faultstring": why})


def _text(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, default=_time_text).encode()


def _time_text(time: datetime) -> str:
    # As Mistral says its times; it compares them to the microsecond.
    return time.strftime("%Y-%m-%d %H:%M:%S")


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def respond(self) -> None:
        address = urlsplit(self.path)
        status, body = self.server.answer(self.command, address.path, dict(parse_qsl(address.query)))
        answer = self._head(status, len(body)) + body
        if not address.path.startswith("/stub/"):
            self.server.requests += 1
            self.server.received += len(answer)
        self.wfile.write(answer)

    def _head(self, status: int, length: int) -> bytes:
        return (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
            f"Date: {formatdate(BEGINNING.timestamp() + self.server.now, usegmt=True)}\r\n"
            "Content-Type: application/json\r\n"
            f"Content-Length: {length}\r\n"
            "X-OpenStack-Request-ID: req-5f1c2a50-6b0f-4c8e-9d53-0c6c1f9a7f10\r\n\r\n"
        ).encode()

    do_GET = do_PUT = do_DELETE = respond  # noqa: N815 - the base class's names


def main() -> None:
    with Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
