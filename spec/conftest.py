"""The worlds in which the specs run: a server that only writes down, and one cloud for the whole run.

The cloud is a real one, one in memory (`--world=mock`), or a real one as it was recorded (`--world=recorded`, made anew
by `--record`).
"""

from __future__ import annotations

import functools
import os
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

import fogflow
from fogflow.connection import retries
from fogflow.core import waiting
from fogflow.service import stand_ins
from spec.support.recording import Recorder, made_of, timeless
from spec.support.server import Server, listening
from spec.support.time import Pauses, SleptTime
from spec.support.worlds import NEWEST, OpenCloud, connected, mock, real

pytest_plugins = ["spec.support.canary"]

WORLDS = ("none", "mock", "recorded", "real")

_recorder = pytest.StashKey[Recorder]()
_left_out = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--world",
        choices=WORLDS,
        help="the cloud that the specs run on, and those of them alone that need one; none: those that need none",
    )
    parser.addoption("--mistral", metavar="RELEASE", help="with --world real: the release that it runs, such as 17")
    parser.addoption("--record", action="store_true", help="with --world recorded: record it anew")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only_in(*worlds, why): the spec can be true in these worlds alone")
    config.addinivalue_line("markers", "differs(*releases, why): these releases do otherwise, so that the spec fails")
    config.stash[_recorder] = Recorder(config.getoption("--record"))
    config.stash[_left_out] = Counter()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    chosen = config.getoption("--world")
    if chosen is None:
        return
    kept, left = [], []
    for item in items:
        marks = list(item.iter_markers("only_in"))
        elsewhere = [mark for mark in marks if chosen not in mark.args]
        if chosen == "none":
            runs = not marks and not _needs_a_cloud(item)
        else:
            runs = bool(marks or _needs_a_cloud(item)) and not elsewhere
            for mark in elsewhere[:1]:
                config.stash[_left_out][f"only in {' and '.join(mark.args)}: {mark.kwargs['why']}"] += 1
        (kept if runs else left).append(item)
    items[:] = kept
    for item in kept:
        for mark in item.iter_markers("differs"):
            if release_of(config) in mark.args:
                # It must fail, or the mark is wrong.
                item.add_marker(pytest.mark.xfail(reason=mark.kwargs["why"], strict=True))
    config.hook.pytest_deselected(items=left)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(session.config.stash[_left_out])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Called in the controller of pytest-xdist when a worker has ended; each worker collects, and counts, the same."""
    node.config.stash[_left_out] |= Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    world = config.getoption("--world")
    if world is None:
        return
    ran = sum(len(terminalreporter.stats.get(outcome, ())) for outcome in ("passed", "failed", "error"))
    terminalreporter.write_line(f"world {world}: {ran} specs ran")
    for why, count in config.stash[_left_out].items():
        terminalreporter.write_line(f"  {count} not, for they are true {why}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    with _played(item.config, item.nodeid, _needs_a_cloud(item)):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[None]:
    shared = fixturedef.scope != "function"
    with ExitStack() as stack:
        if shared:
            name = f"{fixturedef.baseid}::{fixturedef.argname}"
            stack.enter_context(_played(request.config, name, True))
        return (yield)


def _played(config: pytest.Config, name: str, with_cloud: bool) -> ExitStack:
    """What holds while a spec runs, or a fixture is made: what it makes up is made of its name."""
    stack = ExitStack()
    if with_cloud and config.getoption("--world") == "recorded":
        stack.enter_context(timeless(config.stash[_recorder].recording))
        stack.enter_context(config.stash[_recorder].cassette(name))
    else:
        stack.enter_context(made_of(name))
    return stack


def release_of(config: pytest.Config) -> str:
    """The release of Mistral that is chosen."""
    return config.getoption("--mistral") or NEWEST


def _needs_a_cloud(item: Any) -> bool:
    return not {"cloud", "service", "open_cloud"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def no_cloud_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No spec goes where the variables of whoever runs it point."""
    for name in list(os.environ):
        if name.startswith("OS_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def pauses(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Pauses:
    """The pauses before retries. Sleeping takes time on a real cloud alone, in waits as in retries."""
    sleeps = request.config.getoption("--world") == "real" and _needs_a_cloud(request.node)
    made = Pauses(sleeps)
    monkeypatch.setattr(retries, "time", made)
    if not sleeps:
        monkeypatch.setattr(waiting, "time", SleptTime(sleeps))
    return made


@pytest.fixture
def ends_every_mock() -> Iterator[None]:
    """What starts a mock, as fog's users do for a whole program, starts it for one spec alone."""
    before = list(stand_ins)
    yield
    stand_ins[:] = before


@pytest.fixture
def server() -> Iterator[Server]:
    with listening() as running:
        yield running


@pytest.fixture
def recorded(server: Server) -> fogflow.WorkflowService:
    """A service whose requests are only written down."""
    return fogflow.connect(endpoint=server.url)


@pytest.fixture(scope="session")
def open_cloud(request: pytest.FixtureRequest) -> OpenCloud:
    """Opens clouds of the world that was chosen."""
    recorder = request.config.stash[_recorder]
    ours = functools.partial(real, mistral=request.config.getoption("--mistral"))
    return {"mock": mock, "recorded": recorder.cloud}.get(request.config.getoption("--world"), ours)


@pytest.fixture(scope="session")
def release(request: pytest.FixtureRequest) -> str:
    """The release of Mistral that the cloud runs, or plays: "23"."""
    return release_of(request.config)


@pytest.fixture(scope="session")
def cloud(open_cloud: OpenCloud) -> Iterator[Any]:
    """A cloud with pages of ten rows, so that every longer list goes over several."""
    with open_cloud(10) as running:
        yield running


@pytest.fixture(scope="session")
def service(request: pytest.FixtureRequest, cloud: Any) -> fogflow.WorkflowService:
    # By itself: what a whole session shares comes by no hook of this file.
    with _played(request.config, "spec::service", True):
        return connected(cloud)


@pytest.fixture
def name() -> str:
    """A name that no other spec uses, for the cloud is everybody's."""
    return f"w{uuid.uuid4().hex[:12]}"


@pytest.fixture
def happened_just_now(request: pytest.FixtureRequest) -> Callable[[datetime], bool]:
    """Whether a time is that of now; of what was recorded, that it is past."""
    long_ago = request.config.getoption("--world") == "recorded"
    return lambda moment: abs(datetime.now(timezone.utc) - moment) < timedelta(minutes=1) or long_ago
