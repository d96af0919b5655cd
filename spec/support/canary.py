"""Nothing secret comes out of a whole test run: all that was said in it is searched for all that was secret in it.

A plugin of pytest. It gathers the log records of all loggers, whatever their level; what was written on the standard
output and error, and what specs read of it; the warnings; the errors of fogflow that were made, with what they lead to
and what they hold; and what pytest says of failures. Secret are the passwords, keys and tokens of every cloud that was
started, whatever has the form of a token of Keystone, and the canaries: texts that specs use as passwords and private
inputs, and that occur nowhere else.
"""

from __future__ import annotations

import logging
import re
import subprocess
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
import requests

import fogflow.local
from fogflow import errors

PASSWORD = "canary-password-5d1c"
TOKEN = "canary-token-9e27"
INPUT = "canary-input-71fb"

# Of Keystone's tokens and of its keys: their form, and the least length of what is no other word.
FERNET = re.compile(r"gAAAA[A-Za-z0-9_-]{20,}")
SHORTEST = 16

_KEPT_BACK = 200


class Canary:
    """What was said in a run, and what was secret in it."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.secrets = {PASSWORD, TOKEN, INPUT}
        self.leaks: list[str] = []
        self.searched = self.sought = 0
        self._spec = "the start of the run"
        self._errors: deque[errors.Error] = deque()

    def hear(self, source: str, text: object) -> None:
        """Keeps what was said, and by which spec first."""
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        if said:
            self.texts.setdefault(said, f"{source}, in {self._spec}")

    def learn(self, secret: object) -> None:
        """Keeps what is secret. Short texts stand for something in a spec that plays a Keystone."""
        if isinstance(secret, str) and len(secret) >= SHORTEST:
            self.secrets.add(secret)

    # -- the errors of fogflow

    def made(self, error: errors.Error) -> None:
        # What it holds is not there before it is made to its end.
        self._errors.append(error)
        if len(self._errors) > _KEPT_BACK:
            self._look_at(self._errors.popleft())

    def _look_at(self, error: errors.Error) -> None:
        for show in (str, repr, lambda one: repr(vars(one)), lambda one: "".join(traceback.format_exception(one))):
            try:
                self.hear(f"an error, {type(error).__name__}", show(error))
            except Exception as failure:  # of one that a spec made in part
                self.hear("an error that cannot be shown", failure)

    def rest(self, spec: str) -> None:
        """Looks at what was kept back; what is heard from now on is of another spec."""
        while self._errors:
            self._look_at(self._errors.popleft())
        self._spec = spec

    # -- the end

    def search(self) -> None:
        self.rest("the end of the run")
        together = "\0".join(self.texts)
        found = {secret for secret in self.secrets if secret in together} | set(FERNET.findall(together))
        for text, where in self.texts.items():
            for secret in found:
                if secret in text:
                    begin = text.index(secret)
                    around = text[max(0, begin - 60) : begin + len(secret) + 20].replace(secret, "«a secret»")
                    self.leaks.append(f"{where}: …{around!r}…")

        self.searched += len(self.texts)
        self.sought += len(self.secrets)

    # -- the processes of pytest-xdist

    @property
    def found(self) -> dict[str, Any]:
        """What a worker process reports to its controller."""
        return {"searched": self.searched, "sought": self.sought, "leaks": self.leaks}

    def add(self, found: dict[str, Any]) -> None:
        """Adds what a worker process has reported."""
        self.searched += found["searched"]
        self.sought += found["sought"]
        self.leaks += found["leaks"]

    @property
    def summary(self) -> str:
        outcome = f"{len(self.leaks)} leaks" if self.leaks else "none found"
        return f"canary: {self.searched} texts searched for {self.sought} secrets, {outcome}"


_canary = pytest.StashKey[Canary]()


def pytest_configure(config: pytest.Config) -> None:
    canary = config.stash[_canary] = Canary()
    config.pluginmanager.register(_Warnings(canary))
    for patch in _listening(canary):
        patch.start()
        config.add_cleanup(patch.stop)
    # Without a level of their own, all loggers say what they have to say.
    root = logging.getLogger()
    config.add_cleanup(lambda level=root.level: root.setLevel(level))
    root.setLevel(logging.DEBUG)


class _Warnings:
    """Listens to warnings, of which pytest does not say in whose run they were."""

    def __init__(self, canary: Canary) -> None:
        self._canary = canary

    def pytest_warning_recorded(self, warning_message: Any) -> None:
        self._canary.hear("a warning", warning_message.message)


def _listening(canary: Canary) -> Iterator[Any]:
    """What listens where things are said, and where secrets are made."""
    yield _after(
        logging.Logger, "handle", lambda _, logger, record: canary.hear(f"the log {logger.name}", _said(record))
    )
    yield _after(
        pytest.CaptureFixture, "readouterr", lambda read, _: [canary.hear("what a spec read", one) for one in read]
    )
    yield _after(
        subprocess.Popen, "communicate", lambda read, *_, **__: [canary.hear("a program", one or "") for one in read]
    )
    yield mock.patch.object(errors.Error, "__init__", _told_when_made(canary))
    yield _after(fogflow.local.Cloud, "start", lambda _, cloud: _learn_all(canary, cloud))
    yield _after(fogflow.local.Cloud, "create_project", lambda made, *_: canary.learn(made["openstack_api_key"]))
    yield _after(
        requests.adapters.HTTPAdapter,
        "build_response",
        lambda answer, *_: canary.learn(answer.headers.get("X-Subject-Token")),
    )


def _told_when_made(canary: Canary) -> Callable[..., None]:
    def __init__(self: errors.Error, *arguments: Any, **more: Any) -> None:  # noqa: N807 - it stands in its place
        super(errors.Error, self).__init__(*arguments, **more)
        canary.made(self)

    return __init__


def _after(owner: Any, name: str, told: Callable[..., Any]) -> Any:
    """A patch by which what a function returned and was given is told, once it has returned."""
    original = getattr(owner, name)

    def wrapper(*arguments: Any, **more: Any) -> Any:
        returned = original(*arguments, **more)
        told(returned, *arguments, **more)
        return returned

    return mock.patch.object(owner, name, wrapper)


def _said(record: logging.LogRecord) -> str:
    trace = "".join(traceback.format_exception(record.exc_info[1])) if record.exc_info else ""
    return f"{record.getMessage()}\n{trace}"


def _learn_all(canary: Canary, cloud: fogflow.local.Cloud) -> None:
    canary.learn(cloud.environment.get("OS_PASSWORD"))
    for file in cloud.folder.rglob("*"):
        if file.parent.name.startswith(("fernet", "credential")):
            canary.learn(file.read_text().strip())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    canary = item.config.stash[_canary]
    canary.rest(item.nodeid)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: Any = yield
    canary = item.config.stash[_canary]
    for name, text in (*report.sections, ("what pytest says", report.longreprtext)):
        canary.hear(name, text)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    canary = session.config.stash[_canary]
    canary.search()
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["canary"] = canary.found
    if canary.leaks:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Called in the controller of pytest-xdist when a worker has ended; one that crashed has reported nothing."""
    if found := getattr(node, "workeroutput", {}).get("canary"):
        node.config.stash[_canary].add(found)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    canary = config.stash[_canary]
    terminalreporter.write_line(canary.summary, red=bool(canary.leaks))
    for leak in canary.leaks:
        terminalreporter.write_line(f"  {leak}", red=True)
