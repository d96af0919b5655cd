"""The two clouds of a walk, both anew for each: what one leaves behind is not to meet the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fogflow.local
import fogflow.mock

_PAGE = 10  # rows, so that longer lists go over several pages


class _Mocked(fogflow.mock.Cloud):
    """A Mistral in memory without a script, whose projects are made as those of a real cloud."""

    def create_project(self, name: str) -> dict[str, str]:
        return {"project": name}


@contextmanager
def clouds() -> Iterator[tuple[Any, Any]]:
    """A real Mistral and one in memory."""
    # No heartbeat changes an action while nobody does anything.
    config = {"api": {"max_limit": _PAGE}, "action_heartbeat": {"check_interval": 0}}
    with fogflow.local.cloud(config=config) as real, _Mocked(max_limit=_PAGE) as mocked:
        yield real, mocked
