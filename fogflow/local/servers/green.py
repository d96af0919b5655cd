"""What a server does otherwise whose threads are eventlet's green ones: none of them may stop the only real one."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from typing import Any


def is_here() -> bool:
    """Whether this process was made green."""
    # Asked of eventlet only where it is loaded, for to load it is to begin with it.
    eventlet = sys.modules.get("eventlet")
    return eventlet is not None and bool(eventlet.patcher.is_monkey_patched("socket"))


def serve(listener: socket.socket, application: Callable[..., Any]) -> None:
    """Serves a WSGI application on a socket that is listening already, as long as the process lives."""
    from eventlet import wsgi

    wsgi.server(listener, application, log_output=False, debug=False)


def wait_for(file: int) -> None:
    """Returns when there is something to read from a file, by its number, or the file has ended."""
    from eventlet import hubs

    hubs.trampoline(file, read=True)
