"""In a notebook a collection is a table and a model a card; what the cloud holds is text in it, and nothing else."""

from __future__ import annotations

import re

import pytest

from spec.support.shelf import Book, Books, Shelf


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def books(shelf: Shelf) -> Books:
    return Books(shelf)


def rows(html: str) -> list[list[str]]:
    return [re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)]


def fill(shelf: Shelf, count: int) -> None:
    for number in range(count):
        shelf.put(id=f"b{number:02}", title="t")


# -- collections


def it_shows_a_collection_as_a_table_of_what_is_short_and_of_times(books: Books, shelf: Shelf) -> None:
    shelf.put(id="b1", title="One", notes='{"secret": "no"}')

    shown = books._repr_html_()

    assert rows(shown) == [["id", "title", "printed_at"], ["b1", "One", "2026-01-02 03:04:05 UTC"]]
    assert "<caption>Books</caption>" in shown


def it_shows_twenty_rows_and_asks_for_one_more_alone(books: Books, shelf: Shelf) -> None:
    fill(shelf, 30)

    shown = books._repr_html_()

    assert len(rows(shown)) == 1 + 20
    assert shown.endswith("<p>The first 20; there are more.</p>")
    # The shelf gives five at a time.
    assert shelf.asked == ["list 21", *(f"list {21 - n} after b{n - 1:02}" for n in (5, 10, 15, 20))]


def it_says_nothing_of_more_where_there_is_none(books: Books, shelf: Shelf) -> None:
    fill(shelf, 20)

    assert "<p>" not in books._repr_html_()


def it_counts_what_is_left_out_of_a_loaded_collection(books: Books, shelf: Shelf) -> None:
    fill(shelf, 30)
    len(books)
    shelf.asked.clear()

    assert books._repr_html_().endswith("<p>The first 20; there are 10 more.</p>")
    assert shelf.asked == []


def it_shows_no_more_than_the_limit_of_the_collection(books: Books, shelf: Shelf) -> None:
    fill(shelf, 4)

    assert len(rows(books.limit(3)._repr_html_())) == 1 + 3


def it_shows_the_columns_that_the_collection_is_narrowed_to(books: Books, shelf: Shelf) -> None:
    shelf.put(id="b1", title="One", pages=7)

    assert rows(books.only("pages", "id")._repr_html_()) == [["pages", "id"], ["7", "b1"]]


def it_never_shows_what_can_be_large_and_private(books: Books, shelf: Shelf) -> None:
    shelf.put(id="b1", title="One", notes='{"secret": "no"}')

    assert "secret" not in books.only("title", "notes")._repr_html_()
    assert rows(books.only("notes")._repr_html_())[0] == ["id", "title", "printed_at"]


def it_shows_an_empty_collection(books: Books) -> None:
    assert rows(books._repr_html_()) == [["id", "title", "printed_at"]]


# -- models


def it_shows_a_model_as_a_card_without_asking(books: Books, shelf: Shelf) -> None:
    shelf.put(id="b1", title="One", notes='{"secret": "no"}')
    book = books[0]
    shelf.asked.clear()

    shown = book._repr_html_()

    assert rows(shown) == [["id", "b1"], ["title", "One"], ["printed_at", "2026-01-02 03:04:05 UTC"]]
    assert "<caption>Book</caption>" in shown
    assert shelf.asked == []


def it_shows_of_a_model_only_what_is_there() -> None:
    assert rows(Book(title="One", notes={"secret": "no"})._repr_html_()) == [["title", "One"]]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a & \"b\" 'c'", "a &amp; &quot;b&quot; &#x27;c&#x27;"),
        ("two\nlines", "two lines"),
        ("x" * 121, "x" * 119 + "…"),
        (None, ""),
    ],
)
def it_shows_whatever_the_cloud_holds_as_text(title: str | None, shown: str, books: Books, shelf: Shelf) -> None:
    shelf.put(id="b1", title=title)

    assert rows(books._repr_html_())[1][1] == shown
    assert rows(books[0]._repr_html_())[1][1] == shown
