"""A token that was revoked is renewed once, and wrong credentials are tried once, as a real Keystone hears it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest

import fogflow
import fogflow.local
from fogflow import errors
from spec.faults.conftest import Note
from spec.support import definitions
from spec.support.fault_proxy import Plan, faulty

POLLS = 200
REVOKED = 5
THREADS = 16


class Overheard(Plan):
    """Lets everything pass, and counts the tokens that were asked for."""

    def __init__(self) -> None:
        super().__init__(0, {})
        self.asked = 0

    def next(self, method: str, path: str) -> str | None:
        self.asked += method == "POST" and path.endswith("/auth/tokens")
        return super().next(method, path)


@contextmanager
def overheard(cloud: fogflow.local.Cloud, **options: Any) -> Iterator[tuple[fogflow.WorkflowService, Overheard]]:
    """A service, and what its Keystone is asked for."""
    plan = Overheard()
    with faulty(str(cloud.auth_url), plan) as auth_url:
        yield cloud.connect(openstack_auth_url=auth_url, **options), plan


def revoke(cloud: fogflow.local.Cloud, token: str | None) -> None:
    administrator = cloud.connect().connection.session
    administrator.delete(f"{cloud.auth_url}/auth/tokens", headers={"X-Subject-Token": token}, raise_exc=True)


def it_answers_each_poll_though_the_token_is_revoked(cloud: fogflow.local.Cloud, name: str, note: Note) -> None:
    with overheard(cloud) as (service, keystone):
        service.workflows.create(definition=definitions.noop(name))
        execution = service.executions.create(workflow_name=name).wait()
        tokens = {service.connection.session.get_token()}
        before = keystone.asked
        answers = []
        for number in range(POLLS):
            if number % (POLLS // REVOKED) == 10:
                revoke(cloud, service.connection.session.get_token())
            answers.append(execution.reload().state)
            tokens.add(service.connection.session.get_token())

    renewals = keystone.asked - before
    note(f"{POLLS} polls on a real cloud, token revoked {REVOKED} times: {len(answers)} answers, {renewals} renewals")
    assert answers == ["SUCCESS"] * POLLS
    assert before == 1
    assert renewals == REVOKED
    assert len(tokens) == REVOKED + 1


def it_renews_a_revoked_token_once_for_all_threads(cloud: fogflow.local.Cloud, note: Note) -> None:
    together = Barrier(THREADS)

    def poll(_: int) -> int:
        together.wait()
        return service.list_workflows().status

    with overheard(cloud) as (service, keystone):
        service.list_workflows()
        revoke(cloud, service.connection.session.get_token())
        with ThreadPoolExecutor(THREADS) as threads:
            answers = list(threads.map(poll, range(THREADS)))

    note(f"{THREADS} threads with one revoked token: {len(answers)} answers, {keystone.asked - 1} renewals")
    assert answers == [200] * THREADS
    assert keystone.asked == 2


def it_tries_wrong_credentials_once(cloud: fogflow.local.Cloud, note: Note) -> None:
    with (
        overheard(cloud, openstack_api_key="wrong") as (service, keystone),
        pytest.raises(errors.Unauthorized) as refused,
    ):
        service.list_workflows()

    note(f"a call with a wrong password: {keystone.asked} request for a token")
    assert keystone.asked == 1
    assert refused.value.attempts == 1
