"""One server process of a local cloud, as its parent sees it: started, awaited, stopped."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import requests

from fogflow import errors
from fogflow.local import signals, start
from fogflow.local.proxies import without_proxy

_READY_WITHIN = 120.0  # seconds; a first start compiles some hundred modules
_STOPPED_WITHIN = 10.0  # seconds


class ServerProcess:
    """A server program of `fogflow.local.servers` on a loopback port of its own.

    The port is open before the program is started, so that its number can be written into the settings of other
    servers before any of them runs.
    """

    def __init__(self, name: str, folder: Path, interpreter: Path | None = None) -> None:
        """
        Args:
            name: of its program.
            folder: the cloud's, in which it has its own.
            interpreter: the Python to run it in, which has an environment of its own; by default this one.
        """
        self.name = name
        self.ready = False
        self.failed = False
        self.folder = folder / name
        self.log = self.folder / f"{name}.log"
        self.url = ""
        self._listener: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        # What this environment's variables add to Python is not for another.
        self._python = [str(interpreter), "-I"] if interpreter else [sys.executable]

    def open(self) -> None:
        """Makes the folder, and opens the port, which is then in `url`."""
        self.folder.mkdir(mode=0o700)
        self._listener = socket.create_server(("127.0.0.1", 0))
        # Answers go out in two pieces, of which the second would wait 40 ms for the first to be acknowledged.
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def start(self) -> None:
        """Starts the program; it answers once `wait_until_ready` returns."""
        assert self._listener is not None
        with self.log.open("wb") as log, signals.put_off():
            self._process = subprocess.Popen(
                [*self._python, start.__file__, self.name, str(self.folder), str(self._listener.fileno())],
                # The server's life hangs on this pipe: it ends when the pipe is closed, by us or by our death.
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=[self._listener.fileno()],
                cwd=self.folder,
                env={
                    **{name: value for name, value in os.environ.items() if not name.startswith("OS_")},
                    # Mistral asks Keystone over loopback; what workflows ask may be behind the proxy.
                    **without_proxy(os.environ),
                },
                # Ctrl-C is for the parent, which then stops the servers in order.
                start_new_session=True,
            )
        self._listener.close()

    def wait_until_ready(self) -> None:
        """Returns when the server answers.

        Raises:
            errors.LocalCloudError: it ended, or did not answer in time. Names the log, which is kept.
        """
        assert self._process is not None
        with requests.Session() as session:
            session.trust_env = False  # no proxy stands between two ends of a loopback
            try:
                # The request waits in the socket's queue until the server takes it, so one is enough.
                session.get(self.url, timeout=_READY_WITHIN)
            except requests.Timeout:
                raise errors.LocalCloudError(
                    self._what_went_wrong(f"did not answer within {_READY_WITHIN:g} s")
                ) from None
            except requests.RequestException:
                # Who lets go of the port is about to end, which takes its time on a busy machine.
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(_STOPPED_WITHIN)
                raise errors.LocalCloudError(self._what_went_wrong("closed its port and did not end")) from None
        self.ready = True

    def _what_went_wrong(self, outcome: str) -> str:
        """What became of the server, with its last words: the outcome, if it has not ended."""
        assert self._process is not None
        self.failed = True
        status = self._process.poll()
        if status is None:
            # It would remove its folder, and the log with it, were it asked to end.
            self._kill(self._process)
        else:
            outcome = f"ended with status {status} before it answered"
        return f"{self.name} {outcome}: {self._last_words()}\nIts log is {self.log}"

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()
        # Each line of a traceback has the time, the process, the level and the logger in front.
        said = [re.sub(r"^[\d-]+ [\d:.]+ \d+ [A-Z]+ \S+", "", line).strip() for line in lines]
        return next(filter(None, reversed(said)), "it said nothing")

    def stop(self) -> None:
        """Ends the server, which removes its folder. A second call does nothing."""
        if self._listener:
            self._listener.close()
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        if not self.ready:
            self._process.terminate()
        try:
            self._process.wait(_STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            self._kill(self._process)
            self._process.wait()

    @staticmethod
    def _kill(process: subprocess.Popen[bytes]) -> None:
        # With all that it has forked: the server is the first process of a session of its own.
        os.killpg(process.pid, signal.SIGKILL)
