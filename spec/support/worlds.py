"""The clouds that the specs run on: a real Mistral, or one in memory that is told what the real one would compute."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import fogflow
import fogflow.local
import fogflow.mock
from fogflow.core.collection import Collection
from fogflow.mock import Run
from fogflow.mock.serving import serving

OpenCloud = Callable[[int], AbstractContextManager[Any]]
"""Opens a cloud whose lists have so many rows at the most."""


NEWEST = "23"
"""The release of Mistral that `fogflow[local]` installs, that the mock plays, and that was recorded."""


UP_TO_19 = ("15", "16", "17", "18", "19")
"""Releases of which several things are true; of 20 and those after it, not always."""


@contextmanager
def real(max_limit: int, mistral: str | None = None) -> Iterator[fogflow.local.Cloud]:
    """A real Mistral behind a real Keystone, of the release that is installed unless one is named."""
    with ExitStack() as stack:
        config = {"api": {"max_limit": max_limit}}
        if mistral not in (None, NEWEST):
            # Those before cut no list by themselves; as many pages come of asking for fewer rows.
            config = {}
            stack.enter_context(patch.multiple(Collection, page_size=max_limit, light_page_size=max_limit))
        yield stack.enter_context(fogflow.local.cloud(config=config, mistral=mistral))


class MockCloud(fogflow.mock.Cloud):
    """A Mistral in memory, with what the specs ask of a real cloud; on a socket too, for other processes."""

    auth_url = None
    environment = {"OS_PASSWORD": "a password of nobody"}  # noqa: RUF012
    served = ""

    @property
    def options(self) -> dict[str, str]:
        return {"endpoint": self.served}

    def connect(self, *, endpoint: str | None = None, **options: Any) -> fogflow.WorkflowService:
        """A service, in this process unless an endpoint on a socket is named."""
        return super().connect(**options) if endpoint is None else fogflow.connect(endpoint=endpoint)

    def create_project(self, name: str) -> dict[str, str]:
        """What connects a user of this project, which is there as soon as it is named."""
        return {"project": name}


@contextmanager
def mock(max_limit: int, mistral: str | None = None) -> Iterator[MockCloud]:
    """A Mistral in memory that knows the results of `spec.support.definitions`."""
    cloud = MockCloud(max_limit=max_limit, mistral=mistral)
    tasks = {"greet": _publishing("greeting", _greeting), "read": _publishing("who", _who)}
    cloud.script("*", output=_output, tasks=tasks)
    # The actions of `spec/requests/definitions_spec.py`.
    cloud.script_action("w*", result=lambda run: f"HI {run.action_input.get('who', '')}".strip())
    with serving(cloud) as endpoint:
        cloud.served = endpoint
        yield cloud
    cloud.stop()


def address(cloud: Any) -> str:
    """The URL at which a cloud's Mistral is found on a socket."""
    return str(cloud.options.get("endpoint") or cloud.endpoint)


def connected(cloud: Any, **options: Any) -> fogflow.WorkflowService:
    """A service that has its token and its address already, so that no spec asks for them in place of all others."""
    service: fogflow.WorkflowService = cloud.connect(**options)
    assert service.connection.endpoint
    return service


def let_pass(cloud: Any, seconds: float) -> None:
    """Lets time pass in a cloud, and nowhere else where that can be done."""
    getattr(cloud, "advance", time.sleep)(seconds)


def _output(run: Run) -> dict[str, Any]:
    """What the definitions put out: variables of the same name, or what stands there."""
    return {name: run.context.get(name, value) for name, value in run.output.items()}


def _publishing(name: str, result: Callable[[Run], Any]) -> dict[str, Any]:
    return {"result": result, "published": lambda run: {name: result(run)}}


def _greeting(run: Run) -> str:
    return f"hello {run.input['who']}" if "who" in run.input else "hello"


def _who(run: Run) -> Any:
    return run.env.get("who")
