"""What every request answers, in fog's terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attr


@attr.frozen
class Response:
    """What Mistral answered.

    Attributes:
        status: the HTTP status, an int.
        headers: the headers, a mapping that takes names in any case.
        body: the decoded JSON; "" when there was no body.
    """

    status: int
    headers: Mapping[str, str] = attr.field(repr=False)
    body: Any = attr.field(repr=False)

    @property
    def request_id(self) -> str | None:
        """The server's mark of the request, where it gives one."""
        return self.headers.get("X-OpenStack-Request-ID")
