"""Whatever a server answers, an error of fogflow's comes out, and nothing goes to another host."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fogflow
from fogflow.connection.answers import LARGEST
from fogflow.core.attributes import declared
from spec.faults.conftest import Note
from spec.faults.generated_inputs_spec import COLLECTIONS, chosen, outcome, told
from spec.support.generated import JSON
from spec.support.raw import answering
from spec.support.server import listening

EXAMPLES = 3000

TOKEN = "canary-token-of-one-endpoint"

PLAIN = {"id": "4d5e", "created_at": "2026-01-01 00:00:00"}


STATUSES = [200] * 40 + [201, 204, 206, 300, 301, 302, 303, 307, 308, 304, 400, 401, 403, 404, 409, 410, 413, 418, 423]
STATUSES += [429, 500, 502, 503, 504, 599, 101, 103, 999, 0, -1, 1000]
LINES = [b"HTTP/1.1 %d OK"] * 40 + [b"HTTP/1.0 %d ", b"HTTP/9.9 %d x", b"HTTP/1.1 %d", b"ICY %d OK", b"%d", b"\r\n%d"]
LINES += [b"HTTP/1.1 two hundred %d", b"\xff\xfe %d"]


# Of the wrong type, for whatever they stand for.
ODD = [None, True, 0, -1, 1.5, 10**400, "", "[]", "{", "null", "2026-13-45", "0001-01-01T00:00:00-23:59", [], [[]], {}]
ODD += [{"a": [None]}, ["a", 1], "\ud800", "\x00", "4d5e", "SUCCESS", "2026-01-01 00:00:00"]


def rows(model: type) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of a model, of which nothing need be of the right type."""
    changed = st.dictionaries(st.sampled_from(sorted(declared(model))), st.sampled_from(ODD) | JSON, max_size=4)
    return changed.map(lambda values: {**PLAIN, "name": "a", **values})


@st.composite
def bodies(draw: st.DrawFn, model: Any, elsewhere: str) -> bytes:
    row = rows(model)
    plural = f"{model.resource_name}s"
    following = st.sampled_from([None, f"{elsewhere}/v2/{plural}?marker=1", "//x", "", 5]) | JSON
    document = draw(
        st.one_of(
            row,
            st.builds(lambda some, other: {plural: some, "next": other}, st.lists(row, max_size=3), following),
            JSON,
            st.builds(lambda words: {"faultstring": words}, JSON),
            st.builds(lambda words: {"error": {"message": words}}, JSON),
        )
    )
    text = json.dumps(document).encode()
    return draw(
        st.one_of(
            st.just(text),
            st.just(text[: len(text) // 2]),
            st.just(b"<html><head><title>Log in</title></head><body>" + text + b"</body></html>"),
            st.just(b"\xef\xbb\xbf" + text),
            st.just(b"[" * 20000),
            st.just(b"9" * 6000),
            st.binary(max_size=20),
        )
    )


@st.composite
def answers(draw: st.DrawFn, model: Any, elsewhere: str) -> bytes:
    """An answer's bytes, from its status line to its end, which may come early."""
    body = draw(bodies(model, elsewhere))
    headers = [(b"Content-Type", draw(st.sampled_from([b"application/json", b"text/html", b"?"])))]
    match draw(st.sampled_from(["length", "chunks", "packed", "none", *["right"] * 12])):
        case "length":
            headers.append(
                (b"Content-Length", draw(st.sampled_from([b"-1", b"x", b"", b"1", b"999999", b"5, 7", b"1e3"])))
            )
        case "chunks":
            headers.append((b"Transfer-Encoding", b"chunked"))
            body = draw(st.sampled_from([_chunked(body), _chunked(body)[:-7], b"zz\r\n" + body, b"-5\r\n", b""]))
        case "packed":
            packed = draw(st.sampled_from([gzip.compress(body), gzip.compress(body)[:-9], body, zlib.compress(body)]))
            encoding = draw(st.sampled_from([b"gzip", b"deflate", b"gzip, gzip", b"br", b"zstd", b"x"]))
            headers += [(b"Content-Encoding", encoding), (b"Content-Length", str(len(packed)).encode())]
            body = packed
        case "right":
            headers.append((b"Content-Length", str(len(body)).encode()))
    headers += draw(st.lists(st.sampled_from(_odd_headers(elsewhere.encode())), max_size=2))
    status = draw(st.sampled_from(STATUSES))
    line = draw(st.sampled_from(LINES))
    head = b"".join(b"%s: %s\r\n" % header if header[1] else header[0] + b"\r\n" for header in headers)
    whole = line % status + b"\r\n" + head + b"\r\n" + body
    end = draw(st.sampled_from([None] * 12 + [0.0, 0.1, 0.5, 0.9]))
    return whole if end is None else whole[: int(end * len(whole))]


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def _odd_headers(elsewhere: bytes) -> list[tuple[bytes, bytes]]:
    return [
        (b"Location", elsewhere),
        (b"Location", elsewhere.removeprefix(b"http:") + b"/v2"),
        (b"Refresh", b"0; url=" + elsewhere),
        (b"Retry-After", b"nan"),
        (b"Retry-After", b"Wed, 99 Foo 2026"),
        (b"Set-Cookie", b"a=b; domain=.invalid"),
        (b"X-OpenStack-Request-ID", b"\xff\xfe"),
        (b"Connection", b"upgrade"),
        (b"X-Long", b"x" * 70000),
        (b"no colon", b""),
    ]


def read_all(collection: Any) -> None:
    for one in collection.limit(5):
        look_at(one)
    collection.table()


def look_at(one: Any) -> None:
    for name in declared(type(one)):
        getattr(one, name)
    repr(one)
    one.to_json()


def saved(collection: Any) -> None:
    given = {
        "definition": {"version": "2.0", "a": {"tasks": {"b": {"action": "std.noop"}}}},
        "content": "pass",
        "pattern": "0 3 * * *",
        **dict.fromkeys(("workflow_name", "name", "class_name", "exchange", "topic", "event"), "a"),
        **dict.fromkeys(("code_source_id", "member_id", "resource_id"), "4d5e"),
    }
    known = declared(collection.model)
    one = collection.new(**{name: value for name, value in given.items() if name in known and known[name].create})
    look_at(one.save())
    one.destroy()


USES: dict[str, Callable[[Any], Any]] = {
    "list": read_all,
    "get": lambda collection: look_at(collection.find_by_id("4d5e")),
    "destroy": lambda collection: collection.destroy("4d5e"),
    "reload": lambda collection: look_at(
        collection.model.from_row(collection.service, {**PLAIN, "name": "a"}).reload()
    ),
    "save": saved,
}


def it_says_in_its_own_errors_what_is_wrong_with_an_answer(note: Note) -> None:
    outcomes: Counter[str] = Counter()
    with answering() as raw, listening() as elsewhere:
        service = fogflow.connect(endpoint=raw.url, openstack_auth_token=TOKEN, retries=1, timeout=5)
        collections = [getattr(service, name) for name in COLLECTIONS]

        @settings(chosen, max_examples=EXAMPLES)
        @given(st.data())
        def tried(data: st.DataObject) -> None:
            collection = data.draw(st.sampled_from(collections), "the collection")
            use = data.draw(st.sampled_from(sorted(USES)), "what is done")
            answer = data.draw(answers(collection.model, elsewhere.url), "the answer")
            raw.pieces = lambda: iter([answer])
            if collection.model.resource_name == "member":
                collection = collection.filter(resource_id="4d5e")
            outcomes[outcome(lambda: USES[use](collection), ())] += 1

        tried()
        heard = len(elsewhere.heard)

    note(f"{sum(outcomes.values())} generated answers in {raw.requests} requests: {told(outcomes)}")
    note(f"  another host, to which they led: {heard} requests")
    assert sum(outcomes.values()) >= EXAMPLES
    assert heard == 0


# -- bodies larger than any of Mistral's

CLIENT = """
import sys, tracemalloc
import fogflow

service = fogflow.connect(endpoint=sys.argv[1], retries=0)
tracemalloc.start()
try:
    service.list_workflows()
except fogflow.errors.InvalidResponse as error:
    print(tracemalloc.get_traced_memory()[1] >> 20, error)
"""

MEBIBYTE = b" " * 2**20
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def _bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(MEBIBYTE) for _ in range(1024)) + packer.flush()


LARGE: dict[str, Callable[[], Iterator[bytes]]] = {
    "100 MiB that are announced": lambda: chain([HEAD + b"Content-Length: 104857600\r\n\r\n"], repeat(MEBIBYTE, 100)),
    "4 GiB to the end of the connection": lambda: chain([HEAD + b"\r\n"], repeat(MEBIBYTE, 4096)),
    "4 GiB in chunks": lambda: chain(
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n"], repeat(b"100000\r\n" + MEBIBYTE + b"\r\n", 4096)
    ),
    "a gzip bomb of 1 GiB": lambda: iter([HEAD + b"Content-Encoding: gzip\r\n\r\n", _bomb()]),
    "a gzip bomb in a gzip": lambda: iter([HEAD + b"Content-Encoding: gzip, gzip\r\n\r\n", gzip.compress(_bomb())]),
}


@pytest.mark.parametrize("what", LARGE)
def it_reads_no_more_of_a_body_than_it_allows(what: str, note: Note) -> None:
    with answering() as raw:
        raw.pieces = LARGE[what]
        ended = subprocess.run(
            [sys.executable, "-c", CLIENT, raw.url], capture_output=True, text=True, check=True, timeout=120
        )

    grown, _, message = ended.stdout.partition(" ")
    note(f"{what}: InvalidResponse, {grown} MiB of memory")
    assert "was answered with 200 and more than 64 MiB" in message
    assert int(grown) < 2.5 * LARGEST / 2**20
