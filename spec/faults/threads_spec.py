"""One service is used by sixteen threads."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import fogflow
from fogflow.mock import Cloud
from fogflow.mock.serving import serving
from spec.faults.conftest import Note
from spec.support import definitions

THREADS = 16
ROUNDS = 25


def it_serves_sixteen_threads(note: Note, caplog: pytest.LogCaptureFixture) -> None:
    together = Barrier(THREADS)

    def work(number: int) -> list[str]:
        together.wait()
        made = []
        for turn in range(ROUNDS):
            name = f"of_{number:02}_{turn:02}"
            workflow = service.workflows.create(definition=definitions.noop(name))
            execution = workflow.execute().wait()
            assert service.workflows.find_by_id(workflow.id).name == name
            assert [one.id for one in workflow.executions] == [execution.id]
            made.append(execution.id)
        return made

    with serving(Cloud(max_limit=100)) as endpoint, caplog.at_level(logging.WARNING):
        service = fogflow.connect(endpoint=endpoint)
        with ThreadPoolExecutor(THREADS) as threads:
            made = [identity for some in threads.map(work, range(THREADS)) for identity in some]
        listed = [one.id for one in service.executions]

    note(f"{THREADS} threads on one service: {len(made)} workflows and executions made and read, {len(listed)} listed")
    assert len(made) == THREADS * ROUNDS
    assert sorted(listed) == sorted(made)
    assert [record.getMessage() for record in caplog.records] == []
