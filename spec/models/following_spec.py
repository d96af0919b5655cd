"""Thousands of executions are followed for a few requests a look; one costs little however long it takes."""

from __future__ import annotations

from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.mock.exchange import Answer, Request
from fogflow.models import Execution
from spec.support import definitions
from spec.support.watched import Watched


def started(cloud: Watched, *seconds: float | None) -> list[Execution]:
    """An execution that takes so many seconds, for each."""
    service = cloud.connect()
    executions = []
    for after in seconds:
        cloud.script("job", after=after)
        executions.append(service.executions.create(workflow_name="job"))
    cloud.asked.clear()
    cloud.bytes = 0
    return executions


def ended(execution: Execution) -> float:
    """The seconds after which an execution had ended."""
    return float((execution.updated_at - execution.created_at).total_seconds())


@pytest.mark.parametrize(
    ("takes", "late", "most"), [(0.3, 0.3, 5), (5, 0.5, 20), (60, 6, 50), (3600, 60, 130)], ids=str
)
def it_sees_the_end_of_one_soon_for_few_requests(takes: float, late: float, most: int, mocked: Watched) -> None:
    (execution,) = started(mocked, takes)
    before = mocked.monotonic()

    execution.wait(timeout=None)

    assert takes <= mocked.monotonic() - before + 1 <= takes + 1 + late + 0.1
    assert len(mocked.asked) <= most


def it_follows_a_thousand_for_a_hundredth_of_the_requests_of_asking_for_each(mocked: Watched) -> None:
    executions = started(mocked, *(number * 0.6 for number in range(1000)))
    begun = mocked.monotonic()
    interval = 10
    seen: dict[str, float] = {}

    mocked.connect().executions.wait(
        executions,
        timeout=None,
        interval=interval,
        on_change=lambda one: seen.setdefault(one.id, mocked.monotonic() - begun),
    )

    assert all(one.success for one in executions)
    # Asking for each that has not ended, at the same interval.
    each = sum(1 + int(number * 0.6 // interval) for number in range(1000))
    assert len(mocked.asked) <= each / 100
    # Times of the server's are in whole seconds.
    late = [seen[one.id] - number * 0.6 for number, one in enumerate(executions)]
    assert max(late) <= interval + 1
    # Ids, states and times, not inputs and outputs.
    assert mocked.bytes / len(executions) < 4000


def it_gives_them_back_in_their_order_as_they_are_at_their_ends(mocked: Watched) -> None:
    one, other = started(mocked, 3, 1)

    assert mocked.connect().executions.wait([one, other]) == [one, other]

    assert (one.state, other.state) == ("SUCCESS", "SUCCESS")
    assert one.output == {}
    assert one.changed == frozenset()


def it_takes_ids_and_collections(mocked: Watched) -> None:
    executions = started(mocked, 1, 2)
    service = mocked.connect()

    by_id = service.executions.wait([one.id for one in executions])
    listed = service.executions.wait(service.executions.filter(workflow_name="job"))

    assert by_id == executions
    assert set(listed) == set(executions)
    assert all(one.success for one in [*by_id, *listed])


def it_asks_nothing_for_what_has_ended(mocked: Watched) -> None:
    executions = started(mocked, 0, 0)
    mocked.connect().executions.wait(executions)
    mocked.asked.clear()

    assert mocked.connect().executions.wait(executions) == executions
    assert mocked.connect().executions.wait([]) == []
    assert mocked.asked == []


def it_tells_of_each_change(mocked: Watched) -> None:
    (execution,) = started(mocked, 30)
    states: list[str] = []

    def on_change(one: Execution) -> None:
        states.append(one.state)
        if one.paused:
            mocked.connect().executions.find_by_id(one.id).resume()

    mocked.connect().executions.find_by_id(execution.id).pause()
    mocked.connect().executions.wait([execution], on_change=on_change)

    assert states == ["PAUSED", "RUNNING", "SUCCESS"]


def it_follows_one_object_that_it_is_given_twice(mocked: Watched) -> None:
    (execution,) = started(mocked, 2)
    other = mocked.connect().executions.find_by_id(execution.id)

    mocked.connect().executions.wait([execution, other, execution])

    assert execution.success
    assert other.success


def it_raises_for_none_of_them_that_they_failed(mocked: Watched) -> None:
    mocked.script("job", state="ERROR", after=1)
    execution = mocked.connect().executions.create(workflow_name="job")

    (failed,) = mocked.connect().executions.wait([execution])

    assert failed.error


def it_names_what_has_not_ended_in_time(mocked: Watched) -> None:
    executions = started(mocked, *[1.0] * 3, *[None] * 7)

    with pytest.raises(errors.TimeoutError) as raised:
        mocked.connect().executions.wait(executions, timeout=20)

    assert str(raised.value).startswith(f"waited 20 s for 7 executions: {executions[3].id} in RUNNING, ")
    assert str(raised.value).endswith(" and 2 more")
    assert [one.success for one in executions] == [True] * 3 + [False] * 7


def it_says_what_was_deleted_once_the_others_have_ended(mocked: Watched) -> None:
    one, other = started(mocked, 500, 400)
    mocked.connect().executions.destroy(one.id, force=True)

    with pytest.raises(errors.NotFound, match=f"deleted while they were waited for: {one.id}; all others have ended"):
        mocked.connect().executions.wait([one, other])

    assert not one.persisted
    assert other.success


def it_finds_what_came_to_light_late(mocked: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    (execution, other) = started(mocked, 40, 400)
    hidden = [execution.id]
    answer = Watched.answer

    def late(cloud: Watched, request: Request) -> Answer:
        # A transaction that is committed long after the time that it bears.
        given = answer(cloud, request)
        if "updated_at" in request.query and cloud.monotonic() < begun + 200:
            return Answer(200, given.headers, b'{"executions": []}')
        return given

    begun = mocked.monotonic()
    monkeypatch.setattr(Watched, "answer", late)

    mocked.connect().executions.wait([execution, other], timeout=None)

    assert hidden == [execution.id]
    assert execution.success


@pytest.mark.parametrize("wrong", [5, None, {"id": "1"}])
def it_takes_executions_alone(wrong: Any, mocked: Watched) -> None:
    with pytest.raises(errors.ArgumentError, match=r"^wait\(\) takes Executions or their ids, not "):
        mocked.connect().executions.wait([wrong])


def it_starts_many_and_follows_them(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.hello(name))
    counts: list[tuple[int, int]] = []

    executions = workflow.executions.start_all(
        ({"input": {"who": str(number)}} for number in range(6)),
        workers=1,
        on_progress=lambda *told: counts.append(told),
    )
    service.executions.wait(executions)

    assert [one.output["greeting"] for one in executions] == [f"hello {number}" for number in range(6)]
    assert counts == [(number, 0) for number in range(1, 7)]
    assert workflow.executions.count() == 6
    assert len(workflow.executions.destroy_all(workers=1)) == 6
    assert workflow.executions.count() == 0


def it_starts_what_can_be_started(service: fogflow.WorkflowService, name: str) -> None:
    workflow = service.workflows.create(definition=definitions.hello(name))

    with pytest.raises(errors.BulkError, match=r"^1 of 2 failed") as raised:
        workflow.executions.start_all([{"input": {"who": "fog"}}, {"input": {"whom": "fog"}}], workers=1)

    (started,) = raised.value.done
    ((given, error),) = raised.value.failed
    assert given == {"input": {"whom": "fog"}}
    assert isinstance(error, errors.BadRequest)
    assert list(workflow.executions) == [started]
