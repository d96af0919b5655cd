"""The two clouds of a walk, both anew for each: what one leaves behind is not to meet the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fogflow.local
from spec.support.worlds import mock

_PAGE = 10  # rows, so that longer lists go over several pages


@contextmanager
def clouds() -> Iterator[tuple[Any, Any]]:
    """A real Mistral and one in memory."""
    # No heartbeat changes an action while nobody does anything.
    config = {"api": {"max_limit": _PAGE}, "action_heartbeat": {"check_interval": 0}}
    with fogflow.local.cloud(config=config) as real, mock(_PAGE) as mocked:
        yield real, mocked
