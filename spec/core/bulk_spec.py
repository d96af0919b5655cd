"""Many at once: a few at a time, and what fails takes nothing else along."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from fogflow import errors
from fogflow.core import bulk
from spec.support.shelf import Book, Books, Shelf


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def it_answers_in_the_order_in_which_it_was_given() -> None:
    first = threading.Event()

    def call(number: int) -> int:
        if number == 0:
            first.wait(5)
        if number == 1:
            first.set()
        return number * 10

    assert bulk.each(range(5), call, workers=2) == [0, 10, 20, 30, 40]


def it_has_no_more_under_way_than_it_may_and_takes_no_more_than_it_can() -> None:
    taken = []
    running: list[int] = []
    most = []

    def many() -> Iterator[int]:
        for number in range(30):
            taken.append(number)
            yield number

    def call(number: int) -> None:
        running.append(number)
        most.append((len(running), len(taken)))
        threading.Event().wait(0.001)
        running.remove(number)

    bulk.each(many(), call, workers=3)

    assert max(count for count, _ in most) <= 3
    assert most[0][1] <= 3
    assert len(taken) == 30


def it_reports_what_failed_and_keeps_the_rest() -> None:
    def call(number: int) -> int:
        if number % 3 == 0:
            raise errors.ConnectionError(f"gone on {'a' if number else 'the first'} try")
        return number

    with pytest.raises(errors.BulkError) as raised:
        bulk.each(range(7), call)

    assert raised.value.done == [1, 2, 4, 5]
    assert [(given, str(error)) for given, error in raised.value.failed] == [
        (0, "gone on the first try"),
        (3, "gone on a try"),
        (6, "gone on a try"),
    ]
    assert str(raised.value) == "3 of 7 failed\n  2 times: gone on a try\n  1 times: gone on the first try"


def it_hides_no_mistake_of_the_callers() -> None:
    with pytest.raises(ZeroDivisionError):
        bulk.each([1, 0, 2], lambda number: 1 / number)


def it_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []

    def call(number: int) -> None:
        if number == 1:
            raise errors.ArgumentError("not this")

    with pytest.raises(errors.BulkError):
        bulk.each(range(3), call, workers=1, on_progress=lambda *counts: told.append(counts))

    assert told == [(1, 0), (2, 1), (3, 1)]


def it_does_nothing_with_nothing() -> None:
    assert bulk.each([], str) == []


@pytest.mark.parametrize("workers", [0, -1, 1.5, True, "8"])
def it_takes_a_number_of_workers(workers: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=r"^workers takes a whole number from 1 on"):
        bulk.each([1], str, workers=workers)


def it_makes_many(shelf: Shelf) -> None:
    made = Books(shelf).create_all({"title": str(number)} for number in range(12))

    assert [one.title for one in made] == [str(number) for number in range(12)]
    assert all(one.persisted for one in made)
    assert Books(shelf).count() == 12


def it_names_what_it_could_not_make(shelf: Shelf) -> None:
    with pytest.raises(errors.BulkError) as raised:
        Books(shelf).create_all([{"title": "good"}, {"tilte": "bad"}])

    ((given, error),) = raised.value.failed
    assert given == {"tilte": "bad"}
    assert "did you mean 'title'?" in str(error)
    assert [one.title for one in raised.value.done] == ["good"]


def it_deletes_what_it_is_narrowed_to(shelf: Shelf) -> None:
    Books(shelf).create_all({"title": str(number % 2)} for number in range(10))

    destroyed = Books(shelf).filter(title="1").destroy_all()

    assert len(destroyed) == 5
    assert not any(one.persisted for one in destroyed)
    assert {one.title for one in Books(shelf)} == {"0"}


def it_deletes_not_all_that_there_is(shelf: Shelf) -> None:
    shelf.put()

    with pytest.raises(errors.ArgumentError, match=r"are all that there are; narrow it by filter\(\) or limit\(\)"):
        Books(shelf).destroy_all()

    assert len(shelf.rows) == 1


def it_does_not_mind_that_others_delete_too(shelf: Shelf) -> None:
    for _ in range(3):
        shelf.put(title="old")
    books = Books(shelf).filter(title="old")
    assert len(books) == 3
    shelf.rows.popitem()

    assert len(books.destroy_all()) == 3
    assert not books


def it_counts_without_reading_more_than_ids(shelf: Shelf) -> None:
    for _ in range(7):
        shelf.put()
    books = Books(shelf)

    assert books.count() == 7
    assert books.query.names is None
    assert len(books) == 7
    shelf.asked.clear()
    assert books.count() == 7
    assert shelf.asked == []
    assert isinstance(books[0], Book)
