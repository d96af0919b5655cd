"""A real Mistral starts one execution where two requests with one id are on their way at once."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import fogflow
import fogflow.local
from spec.faults.conftest import Note
from spec.support import definitions
from spec.support.fault_proxy import Plan, faulty
from spec.support.worlds import connected

AT_ONCE = 4
STARTS = 25


class EachTwice(Plan):
    """Breaks every other request that starts off while the server is at it."""

    def __init__(self) -> None:
        super().__init__(0, {})
        self.left = 0
        self._again = False

    def next(self, method: str, path: str) -> str | None:
        self._again = method == "POST" and not self._again
        self.left += self._again
        return "leave_early" if self._again else None


def started(service: fogflow.WorkflowService, workflow_name: str) -> tuple[list[str], int]:
    """The ids of a workflow's executions, and how many tasks have run in all of them."""
    existing = [one.id for one in service.executions.filter(workflow_name=workflow_name)]
    return existing, len(service.tasks.filter(workflow_name=workflow_name))


def it_starts_one_execution_for_requests_that_arrive_together(
    cloud: fogflow.local.Cloud, name: str, note: Note
) -> None:
    service = connected(cloud, retries=0)
    service.workflows.create(definition=definitions.noop(name))
    identities = [str(uuid.uuid4()) for _ in range(STARTS)]
    together = Barrier(AT_ONCE)

    def start(identity: str) -> str:
        together.wait()
        return str(service.create_execution(name, id=identity).body["id"])

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answered = list(threads.map(start, [one for one in identities for _ in range(AT_ONCE)]))

    existing, tasks = started(service, name)
    note(
        f"{len(answered)} starts on a real Mistral, {AT_ONCE} at once with one id: {len(existing)} exist, {tasks} tasks"
    )
    assert answered == [one for one in identities for _ in range(AT_ONCE)]
    assert sorted(existing) == sorted(identities)
    assert tasks == STARTS


def it_starts_one_execution_while_its_first_request_is_still_carried_out(
    cloud: fogflow.local.Cloud, name: str, note: Note
) -> None:
    plan = EachTwice()
    service = connected(cloud)
    service.workflows.create(definition=definitions.noop(name))

    with faulty(cloud.endpoint, plan) as url:
        # The pause before the second request takes no time here, so that the server is still at the first.
        shaky = connected(cloud, endpoint=url)
        returned = [shaky.executions.create(workflow_name=name).id for _ in range(STARTS)]

    existing, tasks = started(service, name)
    note(f"{STARTS} starts on a real Mistral, {plan.left} sent again at once: {len(existing)} exist, {tasks} tasks")
    assert plan.left == STARTS
    assert sorted(existing) == sorted(returned)
    assert tasks == STARTS
