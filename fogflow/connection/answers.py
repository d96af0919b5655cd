"""What comes back: an answer read to its end, decoded, or made an error that says what came."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import requests

from fogflow import errors
from fogflow.response import Response

LARGEST = 64 * 2**20
"""How many bytes an answer has at the most: more would not be one of Mistral's, but fill the memory."""

_PIECE = 2**18

# Compiled when an answer first asks for it.
_ENGINES_OWN = r"(?:\w+: (4\d\d)|(?:Action|Input|Workflow)Exception|ValueError(?=: Action \S+ is already completed)): "

# The API gave up waiting for the engine, which may carry the request out all the same.
_RPC_TIMEOUT = r'This rpc call "\w+" took longer than|MessagingTimeout'


class Answer:
    """An answer, read to its end.

    Attributes:
        method, url: the request; the URL has its query.
        status: an int.
        headers: a mapping that takes names in any case.
        reason: the status in words, which may be none.
        content: the body, bytes.
    """

    def __init__(self, method: str, answer: requests.Response, content: bytes) -> None:
        self.method = method
        self.url: str = answer.url
        self.status = answer.status_code
        self.headers: Mapping[str, str] = answer.headers
        self.reason = answer.reason or ""
        self.content = content

    @classmethod
    def read(cls, method: str, answer: requests.Response) -> Answer:
        """Reads the body.

        Raises:
            errors.InvalidResponse: it is larger than any of Mistral's.
            requests.RequestException: it ends early, or is packed wrongly.
        """
        content = _content(answer)
        if content is None:
            answer.close()
            too_large = errors.InvalidResponse(
                f"{_request(method, answer.url)} was answered with {answer.status_code} and more than "
                f"{LARGEST >> 20} MiB; of a list, ask for less at a time: limit(), only(), summary()"
            )
            too_large.may_have_happened = _may_have_happened(method, answer.status_code)
            raise too_large
        _require_whole(answer, content)
        return cls(method, answer, content)

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", errors="replace")

    @property
    def is_html(self) -> bool:
        return "html" in self.headers.get("Content-Type", "")

    def response(self) -> Response:
        """The answer to a request that went well.

        Raises:
            errors.InvalidResponse: it is not in JSON; or it is not an object, which every answer to POST and PUT is.
        """
        try:
            body = json.loads(self.content) if self.content else ""
            problem = ""
        except (ValueError, RecursionError):
            problem = f"something that is not JSON: {self._described()}"
        # Raised outside of an `except`: JSON's own error holds the whole text, and would stay in `__context__`.
        if not problem:
            if self.method not in ("POST", "PUT") or isinstance(body, dict):
                return Response(self.status, self.headers, body)
            problem = f"{type(body).__name__ if self.content else 'nothing'} in place of an object"
        error = errors.InvalidResponse(
            f"{_request(self.method, self.url)} was answered with {self.status} and {problem}"
        )
        error.may_have_happened = _may_have_happened(self.method, self.status)
        raise error

    def _described(self) -> str:
        # What begins as an answer of Mistral's may hold inputs and outputs, which are private.
        if self.content.lstrip()[:1] in (b"{", b"[", b'"'):
            return f"{len(self.content)} bytes that begin as JSON, and end early or are damaged"
        return _excerpt(errors.without_sql(self.text))

    def error(self, bad_request: type[errors.BadRequest]) -> errors.HTTPError:
        """The error that an answer of 300 or above is; `bad_request` is what a 400 means."""
        message = errors.without_sql(self._message()) or self.reason or "no reason given"
        status = self.status
        # Without a message broker the engine's errors arrive as 500, with their own name in the text, and mostly a
        # status.
        engines_own = re.match(_ENGINES_OWN, message) if status == 500 else None
        if engines_own:
            status = int(engines_own[1] or 400)
            message = message[engines_own.end() :]
        cls = bad_request if status == 400 else class_for(status)
        error = cls(message, method=self.method, url=without_query(self.url), response=self.as_response())
        error.may_have_happened = _may_have_happened(self.method, status)
        if self.status == 500 and re.search(_RPC_TIMEOUT, message):
            error.transient = True
        return error

    def as_response(self) -> Response:
        return Response(self.status, self.headers, _without_sql_in(_json_or_text(self)))

    def _message(self) -> str:
        if 300 <= self.status < 400:
            where = self.headers.get("Location", "nowhere")
            return f"the server redirects to {where}, which fogflow does not follow: give that as endpoint="
        body = _json_or_text(self)
        if isinstance(body, str):
            return self._plain_text() or self.reason or "no reason given"
        fault = body.get("faultstring") if isinstance(body, dict) else None
        # Keystone's form, which its middleware in front of Mistral may use.
        if fault is None and isinstance(body, dict) and isinstance(body.get("error"), dict):
            fault = body["error"].get("message")
        return str(fault or body or self.reason)

    def _plain_text(self) -> str:
        text = self.text
        if self.is_html:
            # An error page of WebOb: the title is the status once more, the body tells.
            from html import unescape

            text = re.sub(r"(?is)<(head|style|script|h1)\b.*?</\1\s*>", " ", text)
            text = unescape(re.sub(r"<[^>]*>", " ", text))
        return _excerpt(" ".join(text.split()))


def _content(answer: requests.Response) -> bytes | None:
    """The body; None where it is too large."""
    length = answer.headers.get("Content-Length", "")
    if length == "0" and answer.status_code >= 500:
        # After an empty 5xx, Mistral's WSGI server closes the connection without announcing it; the next request on it
        # would fail.
        answer.close()
        return b""
    if length.isdigit() and "Content-Encoding" not in answer.headers:
        # At once, for it is as long as it says, or fails.
        return None if int(length) > LARGEST else answer.raw.read()
    content = bytearray()
    for piece in answer.iter_content(_PIECE):
        content += piece
        if len(content) > LARGEST:
            return None
    return bytes(content)


def _require_whole(answer: requests.Response, content: bytes) -> None:
    # http.client takes the end of the connection for the end of the head too.
    has_length = "Content-Length" in answer.headers or "Transfer-Encoding" in answer.headers
    if not content and not has_length and answer.status_code != 204:
        raise requests.exceptions.ChunkedEncodingError("the answer ended within its head")


def _without_sql_in(body: Any) -> Any:
    """Return the decoded body of an answer that reports an error, without the SQL that its texts quote."""
    if isinstance(body, str):
        return errors.without_sql(body)
    if isinstance(body, dict):
        return {name: _without_sql_in(value) for name, value in body.items()}
    if isinstance(body, list):
        return [_without_sql_in(value) for value in body]
    return body


def _may_have_happened(method: str, status: int) -> bool:
    """Whether a request may have been carried out that was answered with this status, and not as it should be.

    An answer of 3xx or 4xx means that the server refused the request. After 5xx the request may have been carried out:
    the server failed after the change, or a gateway lost the answer.
    """
    return method != "GET" and (status < 300 or status >= 500)


def class_for(status: int) -> type[errors.HTTPError]:
    """The class of the error that a status stands for."""
    return errors.BY_STATUS.get(status) or (errors.ServerError if status >= 500 else errors.HTTPError)


def without_query(url: str) -> str:
    """A URL as it may be shown: a query can hold what is private."""
    return url.partition("?")[0]


def _request(method: str, url: str) -> str:
    return f"{method} {without_query(url)}"


def _json_or_text(answer: Answer) -> Any:
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        return answer.text


def _excerpt(text: str, limit: int = 500) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
