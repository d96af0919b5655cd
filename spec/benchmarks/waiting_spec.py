"""Waiting in simulated time."""

from __future__ import annotations

import pytest

from benchmarks import stub, waiting
from benchmarks.population import Population


def it_waits_an_hour_in_a_moment_and_says_what_that_cost() -> None:
    with stub.running() as server:
        measured = waiting.wait_for_one(server, 3600)

    assert measured["requests"] <= 130
    assert 0 <= measured["late"] <= 60


def it_measures_how_late_by_the_interval_of_the_moment() -> None:
    with stub.running() as server:
        clock = waiting.SimulatedTime(server)
        for seconds in (1, 2, 4):
            clock.sleep(seconds)

        assert [clock.interval_before(moment) for moment in (1, 3, 7)] == [1, 2, 4]
        assert server.state(Population(1, seconds=7), Population(1).identity(0)) == "SUCCESS"


@pytest.mark.parametrize("seconds", [0.3, 5.0])
def it_sees_a_short_execution_after_its_end_and_never_before(seconds: float) -> None:
    with stub.running() as server:
        assert waiting.wait_for_one(server, seconds)["late"] >= 0
