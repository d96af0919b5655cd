"""The work that is measured, who does it, and what it may cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.bars import Bar
from benchmarks.clients import CLIENTS, BareAdapter, Client, Fogflow, Mistralclient, Openstacksdk
from benchmarks.measuring import Measured, afresh, measuring, repeatedly
from benchmarks.population import Population
from benchmarks.stub import Stub
from benchmarks.waiting import get_each, wait_for_many, wait_for_one

_ENDED = Population(10_000)
_IDENTITY = _ENDED.identity(1234)


@dataclass(frozen=True)
class Workload:
    """One kind of work.

    Attributes:
        title: what is done.
        contestants: what does it and measures it, by names.
        bars: what it may cost.
        rounds: in how many rounds it is measured at most; 1 where nothing but the schedule tells what comes out.
        slow: contestants that are measured in the first round alone, for they would take most of the time.
        turns: how often each is measured in a round, one after the other: more often what is short, and changes more
            with what else the machine does.
    """

    title: str
    contestants: Mapping[str, Callable[[Stub], Measured]]
    bars: tuple[Bar, ...]
    rounds: int | None = None
    slow: frozenset[str] = frozenset()
    turns: int = 1

    def measured_in(self, number: int) -> list[str]:
        """The contestants that have their turn in this round, from 0 on; who is first changes with it."""
        if number >= (self.rounds or number + 1):
            return []
        chosen = [name for name in self.contestants if number == 0 or name not in self.slow]
        first = number % len(chosen)
        return chosen[first:] + chosen[:first]


def _look(client: type[Client], stub: Stub) -> Measured:
    return repeatedly(stub, client(stub.endpoint(_ENDED)).look(_IDENTITY))


def _list(client: type[Client], population: Population, stub: Stub) -> Measured:
    connected = client(stub.endpoint(population))
    # The first request connects, and loads what is loaded late.
    connected.look(population.identity(0))()
    with measuring(stub, operations=population.count) as measured:
        count = sum(1 for identity, state in connected.each() if identity and state)
    if count != population.count:
        raise RuntimeError(f"{client.name} listed {count} of {population.count} executions")
    return measured


def _import(client: type[Client], stub: Stub) -> Measured:
    return afresh(stub, client.imports, stub.endpoint(_ENDED), _IDENTITY)


def _start(client: type[Client], stub: Stub) -> Measured:
    return afresh(stub, f"{client.imports}\n{client.first_get}", stub.endpoint(_ENDED), _IDENTITY)


def _each_client(measure: Callable[..., Measured], *arguments: Any) -> dict[str, Callable[[Stub], Measured]]:
    return {client.name: partial(measure, client, *arguments) for client in CLIENTS}


# How long an execution takes, how many seconds after its end it may be seen, and for how many requests.
_LENGTHS = {"0.3 s": (0.3, 0.3, 5), "5 s": (5, 0.5, 20), "60 s": (60, 6, 50), "1 h": (3600, 60, 130)}
_RUNNING = Population(1000, seconds=600)

WORKLOADS = {
    "reload": Workload(
        "execution.reload(), and reading the state",
        _each_client(_look),
        (Bar("cpu", 0.75, against=Mistralclient.name), Bar("cpu", 1.10, against=BareAdapter.name)),
    ),
    "list": Workload(
        "listing 10,000 executions, and reading id and state of each",
        _each_client(_list, _ENDED),
        (Bar("cpu", 1.3, against=BareAdapter.name),),
        slow=frozenset({Openstacksdk.name}),
    ),
    "stream": Workload(
        "iterating 100,000 executions beside 10,000",
        {
            f"fogflow, {population.count:,}": partial(_list, Fogflow, population)
            for population in (_ENDED, Population(100_000))
        },
        (Bar("memory", 1.2, of="fogflow, 100,000", against="fogflow, 10,000"),),
        rounds=3,
    ),
    "import": Workload(
        "import, in a fresh interpreter",
        _each_client(_import),
        (Bar("cpu", 0.35, against=Mistralclient.name),),
        turns=9,
    ),
    "start": Workload(
        "import, connect and a first get, in a fresh interpreter",
        _each_client(_start),
        (Bar("cpu", 0.9, against=Mistralclient.name),),
        turns=9,
    ),
    "wait-many": Workload(
        "waiting for 1,000 executions that end one after the other within 10 minutes",
        {
            "fogflow": partial(wait_for_many, population=_RUNNING),
            "get each": partial(get_each, population=_RUNNING),
        },
        (Bar("requests", 0.01, against="get each"), Bar("late", 1, unit="intervals")),
        rounds=1,
    ),
    "wait-one": Workload(
        "execution.wait(), for executions of about these lengths",
        {f"fogflow, {name}": partial(wait_for_one, seconds=length) for name, (length, _, _) in _LENGTHS.items()},
        tuple(
            bar
            for name, (_, late, requests) in _LENGTHS.items()
            for bar in (
                Bar("late", late, of=f"fogflow, {name}", unit="s"),
                Bar("requests", requests, of=f"fogflow, {name}"),
            )
        ),
        rounds=1,
    ),
}
