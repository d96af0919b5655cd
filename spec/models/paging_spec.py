"""A list that is read while others change it holds what was there throughout, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fogflow
import fogflow.mock
from fogflow import errors
from fogflow.models import Workflow
from spec.support import definitions
from spec.support.server import Server

MANY = 14
"""On a cloud whose pages have ten rows; a real one takes a second for each."""


@pytest.fixture
def workflows(service: fogflow.WorkflowService, name: str) -> Any:
    """Many workflows, most of the same second."""
    text = "version: '2.0'\n" + "".join(_definition(f"{name}_{number:02}") for number in range(MANY))
    service.workflows.create_all(definition=text)
    return service.workflows.filter(name__startswith=name)


def _definition(name: str) -> str:
    return f"{name}: {{tasks: {{rest: {{action: std.noop}}}}}}\n"


def read_while(change: Callable[[list[Any]], None], collection: Any, after: int = 10) -> list[str]:
    """The ids that a list gives, when something happens after so many of them."""
    rows: Iterator[Any] = iter(collection)
    first = list(islice(rows, after))
    change(first)
    return [one.id for one in [*first, *rows]]


ORDERS: list[tuple[str, ...]] = [
    (),
    ("-created_at",),
    ("name",),
    ("-name",),
    ("id",),
    ("scope",),
    ("namespace", "-name"),
]


@pytest.mark.parametrize(("order", "gone"), [((), 1), ((), 10), (("-created_at",), 2), (("scope",), 10)])
def it_goes_on_where_the_rows_are_gone_after_which_it_would(order: Any, gone: int, workflows: Any) -> None:
    there = {one.id for one in workflows}

    def destroy(first: list[Workflow]) -> None:
        for one in first[-gone:]:
            one.destroy()

    read = read_while(destroy, workflows.order_by(*order))

    assert len(read) == len(set(read))
    assert set(read) == there


@pytest.mark.parametrize("order", [(), ("namespace", "-name")])
def it_goes_on_where_nothing_is_left_of_what_it_gave(order: Any, workflows: Any) -> None:
    for one in workflows.order_by(*order):
        one.destroy()

    assert list(workflows) == []


@pytest.mark.parametrize("order", [("name",), ("namespace", "name")])
def it_loses_nothing_when_the_rows_move_after_which_it_would_go_on(
    order: tuple[str, ...], workflows: Any, name: str
) -> None:
    there = {one.id for one in workflows}

    def rename(first: list[Workflow]) -> None:
        for number, one in enumerate(first[-3:]):
            one.update(definition=definitions.noop(f"{name}_z{number}"))

    read = read_while(rename, workflows.order_by(*order))

    assert len(read) == len(set(read))
    assert set(read) == there


def it_gives_what_was_added_behind_and_nothing_twice(
    service: fogflow.WorkflowService, workflows: Any, name: str
) -> None:
    there = {one.id for one in workflows}

    def add(first: list[Workflow]) -> None:
        service.workflows.create_all(
            definition="version: '2.0'\n" + _definition(f"{name}_05b") + _definition(f"{name}_zz")
        )

    read = read_while(add, workflows.order_by("name"))

    added = [one.id for one in workflows if one.id not in there]
    assert len(read) == len(set(read)) == MANY + 1
    assert there < set(read) < there | set(added)


def it_goes_on_in_a_list_that_is_narrowed_to_what_leaves_it(workflows: Any) -> None:
    there = {one.id for one in workflows}

    def publish(first: list[Workflow]) -> None:
        for one in first:
            one.update(scope="public")

    read = read_while(publish, workflows.filter(scope="private"))

    assert len(read) == len(set(read))
    assert set(read) == there


def it_goes_on_by_names_where_the_server_finds_no_marker(service: fogflow.WorkflowService, name: str) -> None:
    for number in range(12):
        service.environments.create(name=f"{name}{number:02}")

    for one in service.environments.filter(name__startswith=name):
        one.destroy()

    assert not service.environments.filter(name__startswith=name)


def it_shows_of_an_object_no_more_than_was_asked_for_to_go_on_by(workflows: Any) -> None:
    assert {frozenset(one.attributes) for one in workflows.only("name")} == {frozenset({"id", "name"})}


def it_keeps_to_conditions_on_what_it_is_sorted_by(workflows: Any, name: str) -> None:
    def destroy(first: list[Workflow]) -> None:
        for one in first:
            one.destroy()

    below = workflows.filter(name__lt=f"{name}_12").order_by("name")

    assert len(read_while(destroy, below)) == 12


# -- whatever happens


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["destroy", "add", "rename", "publish"]), st.integers(0, 10**6)), max_size=8
)


# In a page of one row nothing tells whether it has moved.
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.sampled_from(ORDERS),
    page=st.integers(2, 6),
    count=st.integers(0, 30),
    between=st.lists(ACTIONS, max_size=30),
)
def it_is_whole_whatever_happens_between_its_rows(
    order: Any, page: int, count: int, between: list[list[tuple[str, int]]]
) -> None:
    with fogflow.mock(max_limit=page) as cloud:
        service = cloud.connect()
        world = World(service, count)
        read = []
        steps = iter(between)
        for one in service.workflows.order_by(*order):
            read.append(one.id)
            for action, chosen in next(steps, []):
                getattr(world, action)(chosen)

    assert len(read) == len(set(read))
    assert world.untouched <= set(read)


class World:
    """Workflows, and those of them that nobody touched."""

    def __init__(self, service: fogflow.WorkflowService, count: int) -> None:
        self._service = service
        self._there = [self._new(number) for number in range(count)]
        self._number = count
        self.untouched = {one.id for one in self._there}

    def _new(self, number: int) -> Workflow:
        # In no order of names.
        return self._service.workflows.create(definition=definitions.noop(f"w{number * 7919 % 1000:03}_{number}"))

    def add(self, chosen: int) -> None:
        self._number += 1
        self._there.append(self._new(self._number))

    def destroy(self, chosen: int) -> None:
        if one := self._one(chosen):
            self._there.remove(one)
            one.destroy()

    def rename(self, chosen: int) -> None:
        if one := self._one(chosen):
            self._number += 1
            one.update(definition=definitions.noop(f"w{chosen % 1000:03}_r{self._number}"))

    def publish(self, chosen: int) -> None:
        if one := self._one(chosen):
            one.update(scope="public")

    def _one(self, chosen: int) -> Workflow | None:
        if not self._there:
            return None
        one = self._there[chosen % len(self._there)]
        self.untouched.discard(one.id)
        return one


# -- servers that make no sense


@pytest.mark.parametrize("name", ["workflows", "executions", "environments", "event_triggers"])
def it_raises_when_the_same_page_comes_again_and_again(
    name: str, server: Server, recorded: fogflow.WorkflowService
) -> None:
    row = {"id": "1", "name": "a", "created_at": "2026-01-01 00:00:00"}
    for _ in range(9):
        server.answer(f"/v2/{name}", {name: [row], "next": f"{server.url}/v2/{name}?marker=1"})

    with pytest.raises(errors.InvalidResponse, match="does not go on"):
        list(getattr(recorded, name))


def it_takes_no_address_of_a_next_page_for_one_to_go_to(server: Server, recorded: fogflow.WorkflowService) -> None:
    rows = [{"id": str(number), "created_at": "2026-01-01 00:00:00"} for number in range(3)]
    server.answer("/v2/workflows", {"workflows": rows[:2], "next": "http://elsewhere.invalid/v2/workflows"})
    server.answer("/v2/workflows", {"workflows": rows[1:]})

    assert [one.id for one in recorded.workflows] == ["0", "1", "2"]
    assert server.heard[1].query["marker"] == "0"
