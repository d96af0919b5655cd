"""What must not be sent twice: where its answer was lost, what is there now tells whether it was carried out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TypeVar

from fogflow import errors
from fogflow.core.waiting import wait_until

T = TypeVar("T")

SETTLES_IN = 3.0
"""For how many seconds is looked whether a request was carried out: the server may still be at it."""


def sent_once(send: Callable[[], T], find: Callable[[], T | None]) -> T:
    """What a request answered; where no answer came, what is there, if it is what was asked for.

    Args:
        send: sends the request.
        find: looks for what the request was to bring about, or returns None where that cannot be shown.

    Raises:
        errors.Error: what `send` raised.
    """
    try:
        return send()
    except errors.Error as error:
        if not error.may_have_happened:
            raise
        lost = error
    found: list[T] = []

    def look() -> bool:
        found.extend(one for one in [find()] if one is not None)
        return bool(found)

    # What cannot be looked at is not shown; the lost answer is the news.
    with contextlib.suppress(errors.Error):
        wait_until(look, timeout=SETTLES_IN, interval=None, describe=lambda: "what was asked for")
    if not found:
        raise lost
    return found[0]
