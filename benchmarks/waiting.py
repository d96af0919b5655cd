"""Waiting, while the stub server's time and the waiting client's are one and nobody sleeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any
from unittest import mock

from benchmarks.clients import Fogflow
from benchmarks.measuring import Measured, measuring
from benchmarks.population import Population
from benchmarks.stub import Stub

FINAL = {"SUCCESS", "ERROR", "CANCELLED"}


class SimulatedTime:
    """A clock in place of the module `time`: it passes by sleeping alone, and the stub server's with it.

    Attributes:
        looks: when there was a look: at the beginning, and after each sleep.
    """

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self.looks = [0.0]
        stub.set_time(0)

    def monotonic(self) -> float:
        return self.looks[-1]

    time = monotonic

    def sleep(self, seconds: float) -> None:
        self.looks.append(self.looks[-1] + seconds)
        self._stub.set_time(self.looks[-1])

    def interval_before(self, moment: float) -> float:
        """The seconds between the look at this moment and the one before it."""
        return next((later - earlier for earlier, later in pairwise(self.looks) if later >= moment), 0.0)


@contextmanager
def simulated(stub: Stub) -> Iterator[SimulatedTime]:
    """The time of fogflow's waiting is simulated."""
    from fogflow.core import waiting

    clock = SimulatedTime(stub)
    with mock.patch.object(waiting, "time", clock):
        yield clock
    stub.set_time(0)


def wait_for_one(stub: Stub, seconds: float) -> Measured:
    """What `execution.wait()` costs for an execution that ends after so long.

    No schedule may hit just this moment: it is the worst of several that end up to a twentieth earlier or later.

    Returns:
        `late` is how many seconds after its end it was seen.
    """
    worst: Measured = {}
    for percent in range(95, 106):
        one = _wait_for(stub, Population(1, seconds * percent / 100))
        worst = {name: max(value, worst.get(name, 0)) for name, value in one.items()}
    return worst


def _wait_for(stub: Stub, population: Population) -> Measured:
    with simulated(stub) as clock:
        execution = Fogflow(stub.endpoint(population)).service.executions.find_by_id(population.identity(0))
        with measuring(stub) as measured:
            execution.wait(timeout=None)
        return {**measured, "late": clock.monotonic() - population.end(execution.id)}


def wait_for_many(stub: Stub, population: Population) -> Measured:
    """What `service.executions.wait(…)` costs for all of them.

    Returns:
        `late` is the longest time between an execution's end and its being seen, in intervals of that moment. Empty
        where fogflow has no such call yet.
    """
    return _wait_for_many(stub, population)[0]


def get_each(stub: Stub, population: Population) -> Measured:
    """What is asked and answered where each that has not ended is got, at the moments at which fogflow looks.

    Its CPU is not measured: by any of the clients, so many requests would take most of a run's time.
    """
    _, looks = _wait_for_many(stub, population)
    if not looks:
        return {}
    left = population.identities
    with measuring(stub) as measured:
        for moment in looks:
            stub.set_time(moment)
            left = [identity for identity in left if stub.state(population, identity) not in FINAL]
    stub.set_time(0)
    if left:
        raise RuntimeError(f"{len(left)} executions were never seen finished")
    return {name: measured[name] for name in ("requests", "received")}


def _wait_for_many(stub: Stub, population: Population) -> tuple[Measured, list[float]]:
    with simulated(stub) as clock:
        executions = Fogflow(stub.endpoint(population)).service.executions
        if not hasattr(executions, "wait"):
            return {}, []
        waited_for = list(executions)
        seen: dict[str, float] = {}

        def see(execution: Any, *_: object) -> None:
            if execution.ready:
                seen.setdefault(execution.id, clock.monotonic())

        with measuring(stub) as measured:
            executions.wait(waited_for, timeout=None, on_change=see)
        if missing := set(population.identities) - seen.keys():
            raise RuntimeError(f"{len(missing)} executions were never told of")
        late = max(
            (moment - population.end(identity)) / clock.interval_before(moment) for identity, moment in seen.items()
        )
        return {**measured, "late": late}, clock.looks
