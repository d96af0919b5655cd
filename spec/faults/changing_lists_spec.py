"""A list that is read while another thread deletes and adds holds what was there throughout, once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import attrs
import pytest

import fogflow
import fogflow.local
from fogflow.mock import Cloud
from fogflow.mock.serving import serving
from spec.faults.conftest import Note
from spec.support import definitions

MOST = 400
"""How many rows are deleted and added while a list is read once."""

ORDERS = [(), ("-created_at",), ("name",), ("-name",), ("id",)]


@attrs.define
class World:
    """Rows of a list, and a thread that deletes some and adds others.

    Attributes:
        add: adds rows under these names.
        delete: deletes the row with this id and name.
        random: what is done next.
        there: the names of the rows, by their ids.
        read: the ids that the list gave until now.
        touched: the ids of the rows that were added or deleted since it was begun.
        changes: how many those are.
    """

    add: Callable[[list[str]], list[Any]]
    delete: Callable[[str, str], Any]
    random: random.Random
    there: dict[str, str] = attrs.field(factory=dict)
    read: list[str] = attrs.field(factory=list)
    touched: set[str] = attrs.field(factory=set)
    changes: int = 0

    def fill(self, count: int) -> None:
        # A real server takes a minute for a definition of a hundred.
        for _ in range(0, count, 20):
            self.add_some(20)

    def add_some(self, count: int) -> list[str]:
        # In no order of names.
        added = self.add([f"row_{self.random.getrandbits(64):016x}" for _ in range(count)])
        self.there.update({one.id: one.name for one in added})
        return [one.id for one in added]

    def delete_one(self) -> str:
        # Often one that was read just now: the list would go on after it.
        near = [one for one in self.read[-3:] if one in self.there]
        identity = self.random.choice(near if near and self.random.random() < 0.7 else list(self.there))
        self.delete(identity, self.there.pop(identity))
        return identity

    def change_until(self, over: Event) -> None:
        # Not without end: a list that grows as fast as it is read has none either.
        while not over.is_set() and self.changes < MOST:
            # As many of the one as of the other, so that there are always about as many rows.
            self.touched |= {self.delete_one(), *self.add_some(1)}
            self.changes += 2


def lost_and_twice(world: World, rows: Iterable[Any]) -> tuple[int, int]:
    """How many survivors a list lacks that is read while the world changes, and how many rows it gives twice."""
    before = set(world.there)
    world.touched, world.read, world.changes = set(), [], 0
    over = Event()
    with ThreadPoolExecutor(1) as thread:
        changing = thread.submit(world.change_until, over)
        try:
            for one in rows:
                world.read.append(one.id)
        finally:
            over.set()
        changing.result()
    survivors = before - world.touched
    return len(survivors - set(world.read)), len(world.read) - len(set(world.read))


def workflows(service: fogflow.WorkflowService) -> World:
    return World(
        lambda names: service.workflows.create_all(
            definition={"version": "2.0", **{name: definitions.noop(name)[name] for name in names}}
        ),
        lambda identity, name: service.workflows.destroy(identity),
        random.Random(20),
    )


def environments(service: fogflow.WorkflowService) -> World:
    return World(
        lambda names: [service.environments.create(name=name) for name in names],
        lambda identity, name: service.environments.destroy(name),
        random.Random(21),
    )


def it_keeps_a_thousand_rows_apart(note: Note) -> None:
    runs = 20
    cloud = Cloud(max_limit=50)
    with serving(cloud) as endpoint:
        reader = fogflow.connect(endpoint=endpoint)
        world = workflows(cloud.connect())
        world.fill(1000)
        found, changes = [], 0
        for run in range(runs):
            order = ORDERS[run % len(ORDERS)]
            found.append(lost_and_twice(world, reader.workflows.order_by(*order)))
            changes += world.changes

    whole = sum(lost == twice == 0 for lost, twice in found)
    note(
        f"1000 rows on the mock, served, listed {runs} times while a thread deleted and added, {changes} times in all: "
        f"{sum(lost for lost, _ in found)} survivors missing, {sum(twice for _, twice in found)} rows twice, "
        f"{whole} runs of {runs} whole"
    )
    assert whole == runs
    assert changes > 20 * runs


KINDS = {"environments": environments, "workflows": workflows}


@pytest.mark.parametrize("kind", KINDS)
def it_keeps_the_rows_of_a_real_server_apart(kind: str, cloud: fogflow.local.Cloud, note: Note) -> None:
    runs = 3
    reader, writer = cloud.connect(), cloud.connect()
    world = KINDS[kind](writer)
    world.fill(120)

    found, changes = [], 0
    for _ in range(runs):
        found.append(lost_and_twice(world, getattr(reader, kind).filter(name__startswith="row_")))
        changes += world.changes

    whole = sum(lost == twice == 0 for lost, twice in found)
    note(
        f"120 {kind} on a real Mistral, pages of 10, listed {runs} times while a thread deleted and added, "
        f"{changes} times in all: {whole} runs of {runs} whole"
    )
    assert whole == runs
    assert changes > 2 * runs
