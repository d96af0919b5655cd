"""Running a function in a process of its own, which does not outlive the one that waits for it.

Knows neither Keystone nor Mistral.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable
from multiprocessing import connection
from typing import Any, NoReturn


def run(function: Callable[..., None], *arguments: Any) -> bool:
    """Calls the function in a forked process and waits for its end.

    The process ends early when this one is asked to end, and when the standard input is closed, which the kernel
    also does when the parent of this one dies.

    Returns:
        Whether the function has come to its end; False when the standard input was closed.

    Raises:
        SystemExit: the function failed, with its status; or this process was asked to end.
    """
    before = signal.signal(signal.SIGTERM, _exit)
    process = multiprocessing.get_context("fork").Process(target=_call, args=(function, arguments))
    # Until the new process is known here, nothing may interrupt, or nobody would end it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    process.start()
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        ended = process.sentinel in connection.wait([process.sentinel, sys.stdin.fileno()])
        if ended:
            process.join()
    finally:
        process.terminate()
        process.join()
    signal.signal(signal.SIGTERM, before)
    if ended and process.exitcode:
        raise SystemExit(process.exitcode)
    return ended


def _call(function: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    function(*arguments)


def _exit(*_: object) -> NoReturn:
    # Not the default, which would leave half-written files of the function behind.
    raise SystemExit(128 + signal.SIGTERM)
