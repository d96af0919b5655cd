"""Books on a shelf: models of core's own, on a dictionary in place of a cloud."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fogflow import errors
from fogflow.core.attributes import Lookups, attribute, json_attribute, model, time_attribute
from fogflow.core.collection import Collection
from fogflow.core.model import Model
from fogflow.core.query import Query, fulfils
from fogflow.response import Response

ANY = Lookups(
    frozenset({"eq", "neq", "gt", "gte", "lt", "lte", "in", "nin", "has"}), lambda operator, value: str(value)
)
OURS = Lookups(frozenset({"eq", "in", "startswith"}), None)


class Shelf:
    """Keeps rows in the wire's form, and counts what it is asked."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []

    def put(self, **row: Any) -> str:
        identity = row.setdefault("id", str(uuid.uuid4()))
        self.rows[identity] = {"title": None, "notes": "{}", "printed_at": "2026-01-02 03:04:05", **row}
        return str(identity)

    def take(self, identity: str) -> dict[str, Any]:
        self.asked.append("get")
        if identity not in self.rows:
            raise not_found(identity)
        return self.rows[identity]


def not_found(identity: str) -> errors.NotFound:
    return errors.NotFound("no such book", method="GET", url=identity, response=Response(404, {}, ""))


@model
class Book(Model):
    """A book."""

    __slots__ = ()

    summary_names = ("id", "title")

    id: str | None = attribute("What it is known by.", create=True, sort=True)
    title: str | None = attribute("Its title.", create=True, update=True, lookups=ANY)
    pages: int | None = attribute("How many pages it has.", create=True, lookups=ANY, sort=True)
    notes: Any = json_attribute("What was written into it.", create=True, update=True, heavy=True)
    printed_at: datetime | None = time_attribute("When it was printed.", create=True, lookups=ANY)
    language: str | None = attribute("The language that it is written in.", create=True, lookups=OURS)
    rating: str | None = attribute("What readers think of it.", computed=True)

    @property
    def long(self) -> bool:
        return bool(self.pages and self.pages > 100)

    def _fetch(self) -> Mapping[str, Any]:
        return self.service.take(self.id)

    def _insert(self) -> Mapping[str, Any]:
        self.service.asked.append("create")
        sent = {"title": self.title, "pages": self.pages, "notes": self.notes}
        return self.service.rows[self.service.put(**sent)]

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        self.service.asked.append(f"update {' '.join(sorted(changed))}")
        row = self.service.rows[self.id]
        row.update({name: getattr(self, name) for name in changed})
        # Like many servers, it tells only a part.
        return {"id": row["id"], "title": row["title"]}

    def _remove(self) -> None:
        self.service.asked.append("delete")
        if self.service.rows.pop(self.id, None) is None:
            raise not_found(self.id)


class Books(Collection[Book]):
    """All books of a shelf, five at a time; a row of the list has no notes."""

    model = Book
    page_size = 100

    def _fetch_page(self, query: Query, size: int, position: str | None) -> tuple[list[Mapping[str, Any]], str | None]:
        self.service.asked.append(f"list {size}" + (f" after {position}" if position else ""))
        conditions = set(query.lookups) - set(query.left_to_us(Book))
        rows = [
            row for row in self.service.rows.values() if fulfils(Book.from_row(None, row, complete=True), conditions)
        ]
        start = 1 + [row["id"] for row in rows].index(position) if position else 0
        page = rows[start : start + min(size, 5)]
        shown = [{name: value for name, value in row.items() if name != "notes"} for row in page]
        return shown, page[-1]["id"] if start + len(page) < len(rows) else None

    def _fetch(self, identity: str) -> Mapping[str, Any]:
        return self.service.take(identity)

    def _remove(self, identity: str) -> None:
        Book.from_row(self.service, {"id": identity})._remove()

    def _outside(self, found: Book) -> errors.NotFound:
        return not_found(str(found.id))
