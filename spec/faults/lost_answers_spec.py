"""One answer in five is lost, and everything is started, changed and deleted once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import fogflow
from fogflow.connection import retries
from fogflow.mock import Cloud
from fogflow.mock.serving import serving
from spec.faults.conftest import Note
from spec.support import definitions
from spec.support.fault_proxy import Plan, faulty
from spec.support.time import Pauses
from spec.support.worlds import connected

SEED = 5


@attrs.frozen
class Place:
    """Where things are started.

    Attributes:
        name: what it is called in the figures.
        count: how many are started.
        service: goes there straight.
        shaky: goes there by a way on which one answer in five is lost.
        plan: what befell its requests.
    """

    name: str
    count: int
    service: fogflow.WorkflowService
    shaky: fogflow.WorkflowService
    plan: Plan

    def workflow(self, name: str) -> str:
        """The name of a new workflow with one task."""
        return str(self.service.workflows.create(definition=definitions.noop(name)).name)

    def started(self, workflow_name: str) -> list[str]:
        """The ids of executions that were started straight."""
        return [self.service.executions.create(workflow_name=workflow_name).id for _ in range(self.count)]

    def existing(self, workflow_name: str) -> list[Any]:
        return list(self.service.executions.filter(workflow_name=workflow_name))

    def tasks(self, workflow_name: str) -> int:
        """How many tasks have run: one for each time that the workflow was really started."""
        return len(self.service.tasks.filter(workflow_name=workflow_name))

    @property
    def losses(self) -> str:
        return f"{self.plan.befallen['drop_answer']} of {self.plan.requests} answers lost"


@pytest.fixture(params=["real", "mock"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    plan = Plan(SEED, {"drop_answer": 0.2})
    if request.param == "mock":
        # Nobody waits before a request that is sent again: there it comes as soon as it can.
        cloud = Cloud()
        with serving(cloud) as endpoint, faulty(endpoint, plan) as url:
            yield Place("the mock, served", 2000, cloud.connect(), fogflow.connect(endpoint=url), plan)
        return
    monkeypatch.setattr(retries, "time", Pauses(sleeps=True))
    real = request.getfixturevalue("cloud")
    with faulty(real.endpoint, plan) as url:
        yield Place("a real Mistral", 60, connected(real), connected(real, endpoint=url), plan)


def it_starts_each_execution_once(place: Place, name: str, note: Note) -> None:
    workflow = place.workflow(name)

    returned = [place.shaky.executions.create(workflow_name=workflow).id for _ in range(place.count)]

    existing = [one.id for one in place.existing(workflow)]
    tasks = place.tasks(workflow)
    note(
        f"{place.count} starts on {place.name}, {place.losses}: "
        f"{len(returned)} returned, {len(existing)} exist, {len(set(existing))} different, {tasks} tasks ran"
    )
    assert len(set(returned)) == place.count
    assert sorted(existing) == sorted(returned)
    assert tasks == place.count


def it_changes_each_execution(place: Place, name: str, note: Note) -> None:
    workflow = place.workflow(name)
    started = place.started(workflow)

    for identity in started:
        place.shaky.update_execution(identity, "description", f"of {identity}")

    changed = {one.id: one.description for one in place.existing(workflow)}
    note(f"{place.count} updates on {place.name}, {place.losses}: {len(changed)} are there, and as they were to be")
    assert changed == {identity: f"of {identity}" for identity in started}


def it_deletes_each_execution(place: Place, name: str, note: Note) -> None:
    workflow = place.workflow(name)
    started = place.started(workflow)
    other = place.service.executions.create(workflow_name=place.workflow(f"{name}_other"))

    deleted = [place.shaky.executions.destroy(identity, force=True) for identity in started]

    left = place.existing(workflow)
    note(f"{place.count} deletes on {place.name}, {place.losses}: {sum(deleted)} answered well, {len(left)} left")
    assert deleted == [True] * place.count
    assert left == []
    assert place.existing(f"{name}_other") == [other]
