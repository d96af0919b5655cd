"""Waiting for something to become true, without hammering whoever is asked."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from fogflow import errors

SHORTEST = 0.25
"""The first default interval, in seconds."""

LONGEST = 60.0
"""The longest default interval, in seconds; fog's."""


def wait_until(
    is_done: Callable[[], bool], *, timeout: float | None, interval: float | None, describe: Callable[[], str]
) -> None:
    """Calls `is_done` until it is true.

    Args:
        is_done: asks, and tells.
        timeout: seconds to wait at the most; None waits for ever.
        interval: seconds between two calls. By default a tenth of what has passed, between `SHORTEST` and
            `LONGEST`: what is short is seen soon, and what is long costs little.
        describe: says what was waited for, and how it stands.

    Raises:
        errors.TimeoutError: the time is over.
        errors.ArgumentError: a timeout or an interval that is no such number.
    """
    if interval is not None and not (_is_number(interval) and interval > 0):
        raise errors.ArgumentError(f"interval takes seconds, more than 0 of them, not {interval!r}")
    if timeout is not None and not (_is_number(timeout) and timeout >= 0):
        raise errors.ArgumentError(f"timeout takes seconds, or None to wait for ever, not {timeout!r}")
    started = time.monotonic()
    while not is_done():
        passed = time.monotonic() - started
        pause = interval if interval is not None else min(max(passed / 10, SHORTEST), LONGEST)
        if timeout is not None:
            if passed >= timeout:
                raise errors.TimeoutError(f"waited {timeout:g} s for {describe()}")
            # Never past the end: the last look is at the time promised.
            pause = min(pause, timeout - passed)
        time.sleep(pause)


def _is_number(value: object) -> bool:
    # NaN compares false with everything, so that a wait for it would never end.
    return isinstance(value, (int, float)) and not isinstance(value, bool) and not math.isnan(value)
