"""A collection is lazy, chainable and whole, and asks no more than it must."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fogflow import errors
from spec.support.shelf import Book, Books, Shelf


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    for number in range(12):
        language = "english" if number == 9 else "esperanto"
        shelf.put(id=f"b{number:02}", title="even" if number % 2 == 0 else "odd", pages=number * 20, language=language)
    return shelf


@pytest.fixture
def books(shelf: Shelf) -> Books:
    return Books(shelf)


def ids(books: Any) -> list[str]:
    return [book.id[1:].lstrip("0") or "0" for book in books]


def it_asks_nothing_before_it_is_looked_into(books: Books, shelf: Shelf) -> None:
    books.filter(title="odd").order_by("-pages").limit(3).only("id")

    assert shelf.asked == []


def it_is_always_whole(books: Books, shelf: Shelf) -> None:
    assert len(list(iter(books))) == 12
    assert shelf.asked == ["list 100", "list 100 after b04", "list 100 after b09"]


@pytest.mark.parametrize("make", [list, tuple, lambda books: sorted(books, key=lambda book: book.id)])
def it_asks_for_each_page_once_whatever_is_made_of_it(make: Any, books: Books, shelf: Shelf) -> None:
    assert len(make(books)) == 12
    assert len(shelf.asked) == 3


def it_fetches_no_page_that_nobody_reads(books: Books, shelf: Shelf) -> None:
    for _, _book in zip(range(5), books, strict=False):
        pass

    assert shelf.asked == ["list 100"]


def it_keeps_what_was_loaded_until_reload(books: Books, shelf: Shelf) -> None:
    assert len(books) == 12
    shelf.put(id="b12")

    assert len(books) == 12
    assert books.reload() is books
    assert len(books) == 13


def it_is_narrowed_into_another_collection(books: Books) -> None:
    odd = books.filter(title="odd")

    assert ids(odd) == ["1", "3", "5", "7", "9", "11"]
    assert ids(odd.filter(pages__gt=100)) == ["7", "9", "11"]
    assert ids(books.all(title="odd", pages__lte=60)) == ["1", "3"]
    assert len(books) == 12


def it_asks_nothing_for_what_is_in_nothing(books: Books, shelf: Shelf) -> None:
    assert list(books.filter(title__in=[])) == []
    assert shelf.asked == []
    assert len(books.filter(title__nin=[])) == 12


def it_does_not_go_round_in_a_list_that_does_not_go_on(shelf: Shelf) -> None:
    class Endless(Books):
        def _fetch_page(self, *_: Any) -> Any:
            return [{"id": "b00"}], "b00"

    with pytest.raises(errors.InvalidResponse, match="does not go on after b00"):
        list(iter(Endless(shelf)))


def it_stops_at_its_limit(books: Books, shelf: Shelf) -> None:
    assert ids(books.limit(7)) == ["0", "1", "2", "3", "4", "5", "6"]
    assert shelf.asked == ["list 7", "list 2 after b04"]


def it_keeps_the_smaller_of_two_limits(books: Books) -> None:
    assert len(books.limit(3).limit(5)) == 3
    assert len(books.limit(5).limit(3)) == 3
    assert len(books.limit(0)) == 0


def it_asks_for_one_row_when_one_is_enough(books: Books, shelf: Shelf) -> None:
    assert books.first() == Book.from_row(shelf, {"id": "b00"})
    assert bool(books)
    assert books.exists()
    assert not books.filter(title="none").exists()
    assert books.filter(title="none").first() is None

    assert set(shelf.asked) == {"list 1"}


def it_asks_for_no_more_rows_than_an_index_needs(books: Books, shelf: Shelf) -> None:
    assert books[2].id == "b02"
    assert ids(books[1:3]) == ["1", "2"]
    assert books[5:5] == []

    assert shelf.asked == ["list 3", "list 3", "list 5"]


def it_has_an_end_to_count_from(books: Books) -> None:
    assert books[-1].id == "b11"
    assert ids(books[-2:]) == ["10", "11"]
    assert ids(books[8:]) == ["8", "9", "10", "11"]
    assert ids(books[::5]) == ["0", "5", "10"]
    assert ids(books.reload()[3:0:-1]) == ["3", "2", "1"]


def it_is_not_counted_by_anything_but_numbers(books: Books) -> None:
    with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
        books["title"]  # type: ignore[call-overload]


def it_has_no_row_past_its_end(books: Books) -> None:
    with pytest.raises(IndexError):
        books[12]


# -- one object


def it_gets_an_object_or_none(books: Books) -> None:
    found = books.get("b03")

    assert found is not None
    assert found.title == "odd"
    assert books.get("b99") is None


def it_finds_an_object_or_raises(books: Books) -> None:
    assert books.find_by_id("b03").id == "b03"
    with pytest.raises(errors.NotFound):
        books.find_by_id("b99")


def it_gets_nothing_that_is_outside_its_conditions(books: Books) -> None:
    assert books.filter(title="even").get("b03") is None
    with pytest.raises(errors.NotFound):
        books.filter(title="even").find_by_id("b03")


def it_contains_its_objects(books: Books) -> None:
    assert books.get("b03") in books
    assert "b03" in books
    assert "b99" not in books
    assert "b03" not in books.filter(title="even")
    assert "b03" not in books.limit(2)
    assert 5 not in books
    assert "" not in books


def it_makes_new_objects_saved_and_unsaved(books: Books, shelf: Shelf) -> None:
    assert not books.new(title="Fog").persisted
    assert books.create(title="Fog").id in shelf.rows


def it_destroys_without_loading(books: Books, shelf: Shelf) -> None:
    assert books.destroy("b03") is True

    assert shelf.asked == ["delete"]
    with pytest.raises(errors.NotFound):
        books.destroy("b03")


def it_gives_a_new_object_what_it_is_narrowed_to(books: Books) -> None:
    book = books.filter(title="Fog", language__in=["english"], pages__gt=5).new(pages=7)

    assert (book.title, book.pages, book.language) == ("Fog", 7, None)
    assert books.filter(title="Fog").new(title="Mist").title == "Mist"


# -- what the server cannot compare


def it_narrows_here_what_the_server_lists(books: Books) -> None:
    assert ids(books.filter(language="english")) == ["9"]
    assert ids(books.filter(language__startswith="esp", title="odd")) == ["1", "3", "5", "7", "11"]
    assert ids(books.filter(language__in=["english", "french"])) == ["9"]


def it_asks_on_until_it_has_found_enough(books: Books, shelf: Shelf) -> None:
    found = books.filter(language="english").first()

    assert found is not None
    assert found.id == "b09"
    assert shelf.asked == ["list 1", "list 100 after b00", "list 100 after b05"]


def it_stops_asking_when_it_has_found_enough(books: Books, shelf: Shelf) -> None:
    assert ids(books.filter(language="esperanto").limit(2)) == ["0", "1"]
    assert shelf.asked == ["list 2"]


# -- what cannot be asked


@pytest.mark.parametrize(
    ("lookups", "message"),
    [
        ({"titel": "odd"}, "no attribute 'titel'; did you mean 'title'"),
        ({"notes": "x"}, "cannot filter Books by 'notes'; it can by title, pages, printed_at, language"),
        ({"title__like": "x"}, "cannot compare 'title' by 'like'; it can by eq"),
        ({"title__in": "odd"}, "takes several values"),
        ({"pages__in": 5}, "takes several values"),
        ({"pages": [1, 2]}, "pages takes one value.*there is pages__in"),
        ({"pages__gt": None}, "takes a value, not None"),
        ({"printed_at__gt": "tomorrow"}, "is not a time"),
    ],
)
def it_refuses_a_filter_that_the_server_would_ignore(
    lookups: dict[str, Any], message: str, books: Books, shelf: Shelf
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        books.filter(**lookups)

    assert shelf.asked == []


@pytest.mark.parametrize(
    "call",
    [
        lambda books: books.order_by("rating"),
        lambda books: books.order_by("-titel"),
        lambda books: books.order_by("title"),
        lambda books: books.only("rating"),
        lambda books: books.only("titel"),
        lambda books: books.only(["id", "title"]),
        lambda books: books.order_by(5),
        lambda books: books.limit(-1),
        lambda books: books.limit("5"),
        lambda books: books.limit(True),
    ],
)
def it_refuses_an_order_a_selection_and_a_limit_that_there_are_not(call: Any, books: Books) -> None:
    with pytest.raises(errors.ArgumentError):
        call(books)


# -- as text


def it_is_shown_as_a_table(books: Books) -> None:
    assert books.limit(2).table("id", "title", "long") == (
        "id   title  long\n"
        "---  -----  -----\n"
        "b00  even   False\n"
        "b01  odd    False"
    )  # fmt: skip


def it_is_shown_as_a_table_when_it_is_empty(books: Books) -> None:
    assert books.limit(0).table() == "id  title\n--  -----"


def it_refuses_a_column_that_there_is_not_even_without_rows(books: Books) -> None:
    with pytest.raises(errors.ArgumentError, match="Book has no 'titel'; did you mean 'title'"):
        books.limit(0).table("titel")


def it_leaves_out_of_a_summary_what_is_heavy_or_computed(books: Books) -> None:
    assert books.summary().query.names == ("id", "title", "pages", "printed_at", "language")


def it_becomes_json(books: Books) -> None:
    assert [row["id"] for row in json.loads(books.limit(2).to_json())] == ["b00", "b01"]


def it_shows_its_conditions(books: Books) -> None:
    odd = books.filter(title="odd")

    assert repr(odd) == "<Books title__eq='odd'>"
    assert len(odd) == 6
    assert repr(odd) == "<Books title__eq='odd' 6 loaded>"
