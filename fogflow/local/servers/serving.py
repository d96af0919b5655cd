"""Serving a WSGI application on a socket that the parent process has opened, for as long as that parent lives.

Knows neither Keystone nor Mistral.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import cheroot.wsgi

from . import green

Application = Callable[..., Any]


class _InheritedSocketServer(cheroot.wsgi.Server):  # type: ignore[misc, unused-ignore]
    """A server on a socket that is listening already, so that its port was never free for another program."""

    # How long a connection may be silent: a program on a busy machine may take its time between head and body.
    timeout = 120

    def __init__(self, listener: socket.socket, application: Application) -> None:
        super().__init__(listener.getsockname(), application, numthreads=20)
        self._listener = listener

    def bind(self, family: int, type: int, proto: int = 0) -> socket.socket:
        self.socket = self._listener
        return self._listener


def arguments() -> argparse.Namespace:
    """What the parent passes: `folder`, a Path to the server's own folder, and `listener`, its socket."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("listener", type=lambda number: socket.socket(fileno=int(number)))
    parsed = parser.parse_args()
    # Keystone reads the command line as its own.
    del sys.argv[1:]
    return parsed


def serve(application: Application, listener: socket.socket, folder: Path) -> None:
    """Serves until the parent closes the standard input, which the kernel also does when the parent dies.

    Leaves nothing behind, as `leave` says.
    """
    serve = green.serve if green.is_here() else _serve_in_threads
    explaining = _explains_deleted_files(application, folder)
    threading.Thread(target=serve, args=(listener, explaining), daemon=True).start()
    signal.signal(signal.SIGTERM, _exit)
    try:
        if green.is_here():
            green.wait_for(sys.stdin.fileno())
        sys.stdin.buffer.read()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        leave(folder)
        # The services' threads are not daemons, and nothing of theirs outlives the folder.
        os._exit(0)


def _explains_deleted_files(application: Application, folder: Path) -> Application:
    """Wrap the application so that its error names what was deleted, where it could only say that it failed."""
    # By number as well as by name: SQLite makes a missing database again, without tables.
    needed = {path: _inode(path) for path in (folder, *folder.glob("*.conf"), *folder.glob("*.db"))}

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        missing = [path for path, inode in needed.items() if _inode(path) != inode]
        if not missing:
            return application(environ, start_response)
        message = f"{missing[0]} of this local cloud was deleted while the cloud was in use; start a new cloud"
        # Mistral's form of an error, and Keystone's.
        error = {"code": 500, "title": "Internal Server Error", "message": message}
        body = json.dumps({"faultstring": message, "error": error}).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response("500 Internal Server Error", headers)
        return [body]

    return answer


def _inode(path: Path) -> int | None:
    with suppress(OSError):
        return path.stat().st_ino
    return None


def _serve_in_threads(listener: socket.socket, application: Application) -> None:
    server = _InheritedSocketServer(listener, application)
    server.prepare()
    server.serve()


def leave(folder: Path) -> None:
    """Removes the server's folder, and the cloud's folder above it when this is the last server in it."""
    with suppress(OSError):
        # Renamed first, so that no thread of the services makes a file in it while it is being emptied.
        shutil.rmtree(folder.rename(folder.with_name(f"{folder.name}.gone")), ignore_errors=True)
        folder.parent.rmdir()


def _exit(*_: object) -> NoReturn:
    raise SystemExit(0)
