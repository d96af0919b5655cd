"""Steps that no signal may cut in two: what they begin would have nobody to end it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Puts SIGINT and SIGTERM off until the end of the block, where each that came is raised once.

    Python's handlers run in the main thread alone, so the block of another thread needs nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: dict[int, None] = {}
    handlers = {
        # Not by a mask of the kernel's, which a program that is started in the block would inherit.
        number: signal.signal(number, lambda number, _: came.setdefault(number))
        for number in (signal.SIGINT, signal.SIGTERM)
        if callable(signal.getsignal(number))
    }
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for one in came:
            signal.raise_signal(one)
