"""A request and its answer, whatever carries them: a session's adapter in this process, or a socket."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs

ADMINISTRATOR = "admin"
"""The project whose members may see everything."""

TOKEN_PREFIX = "mock-"  # noqa: S105 - it opens nothing


@attrs.frozen
class Project:
    """A project, as a request's token names it.

    Attributes:
        name: any text.
    """

    name: str

    @property
    def id(self) -> str:
        """32 hexadecimal digits, as Keystone's ids are; the same for the same name in every mock."""
        return uuid.uuid5(uuid.NAMESPACE_OID, self.name).hex

    @property
    def is_administrator(self) -> bool:
        return self.name == ADMINISTRATOR

    @property
    def token(self) -> str:
        """What a request of this project carries as `X-Auth-Token`."""
        return TOKEN_PREFIX + self.name

    @classmethod
    def of_token(cls, token: str | None) -> Project:
        """The project of a token; any other token, and none, is the administrator's."""
        named = (token or "").startswith(TOKEN_PREFIX)
        return cls((token or "").removeprefix(TOKEN_PREFIX) if named else ADMINISTRATOR)


@attrs.frozen
class Request:
    """An HTTP request, taken apart.

    Attributes:
        method: "GET" and so on.
        root: the address of the server, as links in answers begin.
        path: the segments of the address, decoded.
        query: the query's values; of two of one name the last, as the server takes it.
        headers: by their names in lower case.
        body: bytes.
    """

    method: str
    root: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Request:
        parts = urlsplit(url)
        return cls(
            method=method,
            root=f"{parts.scheme}://{parts.netloc}",
            # Decoded before it is cut: a quoted slash cuts too, as on the server.
            path=tuple(segment for segment in unquote(parts.path).split("/") if segment),
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in headers.items()},
            body=body,
        )

    @property
    def project(self) -> Project:
        """Whose request it is."""
        return Project.of_token(self.headers.get("x-auth-token"))

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body's value. Raises ValueError when it is not JSON."""
        return json.loads(self.body)


@attrs.frozen
class Answer:
    """An HTTP answer.

    Attributes:
        status: an int.
        headers: by name.
        body: bytes.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
