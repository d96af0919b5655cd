"""A model is created, read, changed and deleted as one object, and says nothing twice to its server."""

from __future__ import annotations

import copy
import pickle
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest

from fogflow import errors
from fogflow.core.attributes import attribute, model
from fogflow.core.model import Model
from spec.support.shelf import Book, Shelf

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def stored(shelf: Shelf, *, complete: bool = True, **row: Any) -> Book:
    return Book.from_row(shelf, shelf.rows[shelf.put(**row)], complete=complete)


# -- creating


def it_is_not_persisted_before_it_is_saved(shelf: Shelf) -> None:
    book = Book(shelf, title="Fog")

    assert not book.persisted
    assert book.identity is None
    assert book.pages is None
    assert shelf.asked == []


def it_is_created_by_its_first_save(shelf: Shelf) -> None:
    book = Book(shelf, title="Fog")

    assert book.save() is book

    assert book.persisted
    assert book.id in shelf.rows
    assert not book.changed
    assert shelf.asked == ["create"]


def it_knows_no_attribute_that_the_api_does_not_have(shelf: Shelf) -> None:
    with pytest.raises(errors.ArgumentError, match="Book has no attribute 'titel'; did you mean 'title'"):
        Book(shelf, titel="Fog")


def it_sets_no_attribute_that_the_api_does_not_have(shelf: Shelf) -> None:
    with pytest.raises(AttributeError, match="Book has no attribute 'titel'; did you mean 'title'"):
        setattr(Book(shelf), "titel", "Fog")  # noqa: B010


def it_sets_no_property(shelf: Shelf) -> None:
    with pytest.raises(AttributeError, match="long"):
        setattr(Book(shelf), "long", True)  # noqa: B010


def it_is_not_declared_without_slots() -> None:
    with pytest.raises(TypeError, match=r"Loose takes __slots__ = \(\)"):

        @model
        class Loose(Model):
            id: str | None = attribute("What it is known by.")


def it_has_values_of_its_own_when_copied(shelf: Shelf) -> None:
    book = stored(shelf, notes='{"a": 1}')
    other = copy.copy(book)
    other.title = "Mist"

    assert (book.title, other.title) == (None, "Mist")


def it_is_not_created_with_what_the_api_does_not_take(shelf: Shelf) -> None:
    with pytest.raises(errors.ArgumentError, match="cannot create a Book with rating; it can with id, title"):
        Book(shelf, title="Fog", rating="good").save()

    assert shelf.asked == []


# -- reading


def it_decodes_what_the_server_sent(shelf: Shelf) -> None:
    book = stored(shelf, notes='{"stars": [1, 2]}', printed_at="2026-11-23T12:00:00.000000")

    assert book.notes == {"stars": [1, 2]}
    assert book.printed_at == NOON


@pytest.mark.parametrize("text", ["2026-11-23 12:00:00", "2026-11-23T12:00:00.000000", "2026-11-23T12:00:00Z"])
def it_reads_every_form_of_time_as_utc(text: str, shelf: Shelf) -> None:
    assert stored(shelf, printed_at=text).printed_at == NOON


@pytest.mark.parametrize("nothing", [None, ""])
def it_reads_no_time_as_none(nothing: str | None, shelf: Shelf) -> None:
    assert stored(shelf, printed_at=nothing).printed_at is None


@pytest.mark.parametrize(
    ("sent", "value"),
    [({"a": 1}, {"a": 1}), ('"text"', "text"), ("[1]", [1]), ("null", None), ("", None), (None, None)],
)
def it_reads_json_text_and_json_alike(sent: Any, value: Any, shelf: Shelf) -> None:
    assert stored(shelf, notes=sent).notes == value


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        # Which text it is, is not said: it may be private.
        ("notes", "{broken", "text that is not JSON for the notes of a Book$"),
        ("printed_at", "tomorrow", "no time but 'tomorrow' for the printed_at of a Book$"),
        ("printed_at", 5, "no time but 5 for the printed_at of a Book$"),
        ("pages", "many", "str for the pages of a Book, which is int$"),
    ],
)
def it_says_what_came_when_it_makes_no_sense(name: str, sent: Any, said: str, shelf: Shelf) -> None:
    book = stored(shelf, **{name: sent})

    with pytest.raises(errors.InvalidResponse, match=f"^the server gave {said}"):
        getattr(book, name)


def it_fetches_what_the_answer_did_not_hold_once(shelf: Shelf) -> None:
    shelf.put(id="b1", title="Fog", notes='{"a": 1}')
    book = Book.from_row(shelf, {"id": "b1"})

    assert (book.title, book.notes, book.rating) == ("Fog", {"a": 1}, None)
    assert shelf.asked == ["get"]


def it_does_not_change_what_was_read_by_reading_on(shelf: Shelf) -> None:
    shelf.put(id="b1", title="Fog")
    book = Book.from_row(shelf, {"id": "b1", "title": "Mist"})

    assert book.notes == {}
    assert book.title == "Mist"


def it_names_the_neighbour_of_an_attribute_that_is_not_there(shelf: Shelf) -> None:
    with pytest.raises(AttributeError, match="Book has no attribute 'titel'; did you mean 'title'"):
        stored(shelf).titel  # noqa: B018


def it_shows_the_fault_inside_a_property_as_it_is(shelf: Shelf) -> None:
    class Diary(Book):
        @property
        def author(self) -> str:
            return str(self.title.author)  # type: ignore[union-attr]

    diary = Diary.from_row(shelf, {"id": "b1", "title": "Fog"})

    with pytest.raises(AttributeError, match="'str' object has no attribute 'author'"):
        diary.author  # noqa: B018


def it_takes_no_value_for_an_attribute_that_is_not_there(shelf: Shelf) -> None:
    with pytest.raises(AttributeError):
        stored(shelf).titel = "Fog"


# -- changing


def it_sends_only_what_has_changed(shelf: Shelf) -> None:
    book = stored(shelf, title="Fog", notes='{"a": 1}')

    book.title = "Mist"

    assert book.changed == {"title"}
    book.save()
    assert shelf.asked == ["update title"]
    assert not book.changed


def it_sends_nothing_when_nothing_has_changed(shelf: Shelf) -> None:
    book = stored(shelf, title="Fog", notes='{"a": 1}')
    book.title = "Fog"
    book.notes = {"a": 1}

    book.save()

    assert shelf.asked == []


def it_sees_what_was_changed_in_place(shelf: Shelf) -> None:
    book = stored(shelf, notes='{"pages": [1]}')

    book.notes["pages"].append(2)

    assert book.changed == {"notes"}


def it_tells_true_from_one(shelf: Shelf) -> None:
    book = stored(shelf, notes='{"read": 1}')

    book.notes = {"read": True}

    assert book.changed == {"notes"}


def it_keeps_what_the_answer_to_a_change_does_not_repeat(shelf: Shelf) -> None:
    book = stored(shelf, title="Fog", pages=300)

    book.update(title="Mist")

    assert (book.title, book.pages) == ("Mist", 300)
    assert shelf.asked == ["update title"]


def it_refuses_to_save_what_the_api_cannot_update(shelf: Shelf) -> None:
    book = stored(shelf, title="Fog", pages=300)

    with pytest.raises(errors.ArgumentError, match="cannot update a Book with pages; it can with title, notes"):
        book.update(pages=301)

    assert shelf.asked == []


def it_refuses_a_time_of_no_zone(shelf: Shelf) -> None:
    with pytest.raises(errors.ArgumentError, match="a datetime with a time zone"):
        Book(shelf, printed_at=datetime(2026, 11, 23))


def it_takes_a_time_as_text_for_utc(shelf: Shelf) -> None:
    assert Book(shelf, printed_at="2026-11-23 12:00:00").printed_at == NOON


def it_compares_times_across_zones(shelf: Shelf) -> None:
    book = stored(shelf, printed_at="2026-11-23 12:00:00")

    book.printed_at = NOON.astimezone(timezone(timedelta(hours=5)))

    assert not book.changed


def it_refuses_what_json_cannot_say(shelf: Shelf) -> None:
    book = stored(shelf)
    book.notes = {"set": {1}}

    with pytest.raises(errors.ArgumentError, match="JSON"):
        book.save()


def it_forgets_on_reload_what_was_not_saved(shelf: Shelf) -> None:
    book = stored(shelf, title="Fog")
    book.title = "Mist"

    assert book.reload() is book

    assert book.title == "Fog"


def it_takes_every_kind_of_mapping_for_json(shelf: Shelf) -> None:
    book = stored(shelf, notes='{"a": {"b": 1}}')

    book.notes = MappingProxyType({"a": MappingProxyType({"b": 1})})

    assert not book.changed


# -- deleting


def it_is_deleted(shelf: Shelf) -> None:
    book = stored(shelf)

    assert book.destroy() is True

    assert shelf.rows == {}
    assert not book.persisted
    with pytest.raises(errors.NotFound):
        book.reload()
    with pytest.raises(errors.NotFound):
        book.destroy()


def it_is_not_made_again_by_saving_what_was_deleted(shelf: Shelf) -> None:
    book = stored(shelf, title="Fog")
    book.destroy()

    with pytest.raises(errors.ArgumentError, match="title='Mist'> was destroyed"):
        book.update(title="Mist")

    assert shelf.asked == ["delete"]


def it_is_all_there_is_of_what_the_server_did_not_keep(shelf: Shelf) -> None:
    book = Book.from_row(shelf, {"id": None, "title": "Fog"})

    assert (book.title, book.notes) == ("Fog", None)
    with pytest.raises(errors.ArgumentError, match="cannot reload a Book that the server did not keep"):
        book.reload()
    assert shelf.asked == []


@pytest.mark.parametrize("action", ["reload", "destroy"])
def it_cannot_do_before_it_is_saved_what_needs_a_server(action: str, shelf: Shelf) -> None:
    with pytest.raises(errors.ArgumentError, match=f"cannot {action} a Book that was never saved"):
        getattr(Book(shelf), action)()


# -- waiting


def it_reloads_until_it_is_as_wanted(shelf: Shelf) -> None:
    book = stored(shelf, title="draft")
    looks = iter(["draft", "draft", "done"])

    def predicate(seen: Book) -> bool:
        shelf.rows[str(seen.id)]["title"] = next(looks)
        return seen.reload().title == "done"

    assert book.wait_for(predicate, interval=0.001) is book


def it_gives_up_waiting_in_the_end_and_says_for_what(shelf: Shelf) -> None:
    book = stored(shelf, title="draft")

    with pytest.raises(errors.TimeoutError, match=r"waited 0\.01 s for <Book id='.*' title='draft'>") as raised:
        book.wait_for(lambda seen: seen.title == "done", timeout=0.01, interval=0.002)

    assert isinstance(raised.value, TimeoutError)


@pytest.mark.parametrize("interval", [0, -1])
def it_refuses_to_wait_without_a_pause(interval: float, shelf: Shelf) -> None:
    with pytest.raises(errors.ArgumentError, match="interval"):
        stored(shelf).wait_for(lambda _: False, interval=interval)


# -- as a value


def it_is_what_its_server_calls_it_whatever_was_set(shelf: Shelf) -> None:
    book, other = stored(shelf), stored(shelf)
    own = book.identity

    book.id = other.id

    assert book.identity == own
    assert book != other
    with pytest.raises(errors.ArgumentError, match="cannot update a Book with id"):
        book.save()


def it_is_equal_by_class_and_identity(shelf: Shelf) -> None:
    class Leaflet(Book):
        pass

    one, other = Book.from_row(shelf, {"id": "b1"}), Book.from_row(shelf, {"id": "b1", "title": "Fog"})

    assert one == other
    assert len({one, other}) == 1
    assert one != Book.from_row(shelf, {"id": "b2"})
    assert one != Leaflet.from_row(shelf, {"id": "b1"})
    assert Book(shelf) != Book(shelf)


def it_has_no_hash_before_it_is_saved(shelf: Shelf) -> None:
    with pytest.raises(TypeError, match="before the server keeps it"):
        hash(Book(shelf))


def it_shows_itself_in_one_line_without_what_is_private(shelf: Shelf) -> None:
    assert repr(stored(shelf, id="b1", title="Fog", notes='{"pin": 1}')) == "<Book id='b1' title='Fog'>"


def it_shows_itself_without_asking(shelf: Shelf) -> None:
    assert repr(Book.from_row(shelf, {"id": "b1"})) == "<Book id='b1'>"
    assert shelf.asked == []


def it_becomes_a_dictionary_and_json_without_asking(shelf: Shelf) -> None:
    book = Book.from_row(shelf, {"id": "b1", "notes": '{"a": "ä"}', "printed_at": "2026-11-23 12:00:00"})

    assert book.to_dict() == {"id": "b1", "notes": {"a": "ä"}, "printed_at": "2026-11-23T12:00:00+00:00"}
    assert book.to_json() == '{"id": "b1", "notes": {"a": "ä"}, "printed_at": "2026-11-23T12:00:00+00:00"}'
    assert shelf.asked == []


def it_survives_pickling_with_what_was_set(shelf: Shelf) -> None:
    book = stored(shelf, id="b1", title="Fog")
    book.title = "Mist"

    copied: Model = pickle.loads(pickle.dumps(book))

    assert copied == book
    assert copied.changed == {"title"}


# -- after a call, the model says what the server holds


def it_drops_a_sent_value_that_the_answer_to_the_update_lacks(shelf: Shelf) -> None:
    book = Book.from_row(shelf, {"id": shelf.put(notes='{"a": 1}'), "notes": '{"a": 1}'}, complete=True)

    book.update(notes={"b": 2})

    assert book.notes == {"b": 2}


def it_sends_none_for_an_attribute_that_was_not_listed(shelf: Shelf) -> None:
    book = Book.from_row(shelf, {"id": shelf.put(pages=7)})
    book.pages = None

    assert book.changed == {"pages"}


def it_is_as_before_after_a_refused_update(shelf: Shelf) -> None:
    book = stored(shelf, title="Fog", pages=7)

    with pytest.raises(errors.ArgumentError):
        book.update(title="Mist", pages=8)

    assert (book.title, book.pages, book.changed) == ("Fog", 7, frozenset())
    assert book.update(title="Haze").title == "Haze"


def it_sets_nothing_when_one_name_of_an_update_is_unknown(shelf: Shelf) -> None:
    book = stored(shelf, title="Fog")

    with pytest.raises(errors.ArgumentError):
        book.update(title="Mist", titel="Mist")

    assert not book.changed


def it_keeps_earlier_unsaved_changes_after_a_refused_update(shelf: Shelf) -> None:
    book = stored(shelf, title="Fog", pages=7)
    book.title = "Mist"

    with pytest.raises(errors.ArgumentError):
        book.update(pages=8)

    assert book.changed == {"title"}


def it_notices_an_edit_in_place_of_json_that_came_as_an_object(shelf: Shelf) -> None:
    book = stored(shelf, notes={"stars": [1]})
    book.notes["stars"].append(2)

    assert book.changed == {"notes"}


def it_hands_out_copies_of_its_values(shelf: Shelf) -> None:
    book = stored(shelf, notes='{"stars": [1]}')
    book.notes  # noqa: B018

    book.to_dict()["notes"]["stars"].append(2)
    book.attributes["notes"]["stars"].append(2)

    assert not book.changed
    assert book.notes == {"stars": [1]}


def it_compares_json_with_keys_of_several_types_as_the_server_reads_them(shelf: Shelf) -> None:
    book = stored(shelf, notes='{"1": 1, "a": 2}')

    book.notes = {1: 1, "a": 2}
    assert not book.changed
    book.notes = {1: True, "a": 2}
    assert book.changed == {"notes"}
