"""The objects of one kind, as far as a query narrows them: lazy, chainable, always whole."""

from __future__ import annotations

import contextlib
import json
import operator
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any, ClassVar, Generic, TypeVar, overload

import attr

from fogflow import errors
from fogflow.core import bulk
from fogflow.core.attributes import declared, nearest, no_attribute
from fogflow.core.model import Model
from fogflow.core.neighbours import NamesNeighbours
from fogflow.core.query import Lookup, Query, fulfils
from fogflow.core.signatures import filtered_by, made_with, spelled_out

M = TypeVar("M", bound=Model)
Self = TypeVar("Self", bound="Collection[Any]")


class Collection(NamesNeighbours, Generic[M]):
    """The base of the collections.

    A subclass names its model and says how a page is fetched, an object is found and one is removed. Nothing is
    sent before the collection is looked into. Iterating streams page by page and keeps nothing; `len`, an index
    and a slice from the end load all, which is then kept until `reload()`.
    """

    model: type[M]
    flags: ClassVar[Mapping[str, type]] = {}
    """The server's own switches for this list, which `filter` takes beside the attributes, with their types."""

    page_size: ClassVar[int] = 500
    """How many rows to ask for at a time; a server may give fewer."""

    light_page_size: ClassVar[int] = 1000
    """How many, of rows without what can be large."""

    def __init__(self, service: Any, query: Query | None = None) -> None:
        self.service = service
        self.query = query or Query()
        self._loaded: list[M] | None = None

    # -- what a subclass says of its server

    @abstractmethod
    def _fetch_page(self, query: Query, size: int, position: Any) -> tuple[list[Mapping[str, Any]], Any]:
        """Some rows, `size` of them at best, from a position on, which is None at first; and where the next page is.

        The position is the subclass's own affair. There is none after the last page.
        """

    @abstractmethod
    def _fetch(self, identity: str) -> Mapping[str, Any]:
        """The row of one object. Raises NotFound."""

    @abstractmethod
    def _remove(self, identity: str) -> None:
        """Deletes one object. Raises NotFound."""

    # -- narrowing

    @spelled_out(filtered_by)
    def all(self: Self, **filters: Any) -> Self:
        """A collection of its own, narrowed as by `filter`."""
        return self.filter(**filters)

    @spelled_out(filtered_by)
    def filter(self: Self, **lookups: Any) -> Self:
        """A narrower collection.

        Args:
            lookups: values by attribute, or by attribute and operator: `state="ERROR"`, `name__has="test"`,
                `created_at__gt=…`, `state__in=["ERROR", "CANCELLED"]`. All must hold. As in SQL, an object without
                a value fulfils no comparison. By what the server cannot compare, its list is narrowed here.

        Raises:
            errors.ArgumentError: the server has no such attribute, or cannot filter so.
        """
        flags = {name: value for name, value in lookups.items() if name in self.flags}
        for name, value in flags.items():
            if type(value) is not self.flags[name]:
                raise errors.ArgumentError(f"{name} takes {self.flags[name].__name__}, not {value!r}")
        conditions = {name: value for name, value in lookups.items() if name not in self.flags}
        query = self.query.filter(self.model, conditions, beside=self.flags)
        return self._narrowed(attr.evolve(query, flags={**query.flags, **flags}))

    def order_by(self: Self, *names: str) -> Self:
        """The collection in this order: attributes by name, with "-" in front to descend."""
        return self._narrowed(self.query.order_by(self.model, names))

    def limit(self: Self, count: int) -> Self:
        """The first `count` of the collection."""
        return self._narrowed(self.query.at_most(count))

    def only(self: Self, *names: str) -> Self:
        """The same objects with these attributes alone; each other one is fetched when it is first read."""
        return self._narrowed(self.query.only(self.model, names))

    def summary(self: Self) -> Self:
        """The same objects without what can be large: definitions, inputs, outputs."""
        stored = {name: one for name, one in declared(self.model).items() if not one.computed}
        return self.only(*(name for name, one in stored.items() if not one.heavy))

    def _narrowed(self: Self, query: Query) -> Self:
        return type(self)(self.service, query)

    # -- looking into it

    def __iter__(self) -> Iterator[M]:
        return self._stream()

    def _stream(self) -> Iterator[M]:
        # Decided when the first is taken: `list()` asks for the iterator, then for the length, which loads all.
        if self._loaded is not None:
            yield from self._loaded
            return
        conditions = self._left_to_us(self.query)
        left = self.query.limit
        position = None
        page_size = self.light_page_size if self._is_light() else self.page_size
        size = page_size if left is None else min(page_size, left)
        while left != 0:
            last = position
            rows, position = self._fetch_page(self.query, size, last)
            if position is not None and position == last:
                raise errors.InvalidResponse(f"the server's list does not go on after {position}, though it says so")
            found = map(partial(self.model.from_row, self.service), rows)
            fitting = (one for one in found if fulfils(one, conditions)) if conditions else found
            if left is None:
                yield from fitting
            else:
                for one in islice(fitting, left):
                    yield one
                    left -= 1
            if position is None:
                return
            # How many more rows it takes is not known where they are still to be compared.
            size = page_size if left is None or conditions else min(page_size, left)

    def _is_light(self) -> bool:
        names = self.query.names
        return names is not None and not any(declared(self.model)[name].heavy for name in names)

    def _left_to_us(self, query: Query) -> tuple[Lookup, ...]:
        """The conditions that `_fetch_page` does not see to."""
        return query.left_to_us(self.model)

    def _load(self) -> list[M]:
        if self._loaded is None:
            self._loaded = list(self._stream())
        return self._loaded

    def __len__(self) -> int:
        return len(self._load())

    def count(self) -> int:
        """How many there are. The server does not count: all are listed, their ids alone, and none is kept."""
        if self._loaded is not None:
            return len(self._loaded)
        return sum(1 for _ in self.only(self.model.identity_name))

    def __bool__(self) -> bool:
        return self.exists()

    @overload
    def __getitem__(self, index: int) -> M: ...

    @overload
    def __getitem__(self, index: slice) -> list[M]: ...

    def __getitem__(self, index: int | slice) -> M | list[M]:
        if self._loaded is None:
            counted = (index.start, index.stop, index.step) if isinstance(index, slice) else (operator.index(index),)
            end = index.stop if isinstance(index, slice) else operator.index(index) + 1
            # What is counted from the start needs no more than the rows up to there.
            if end is not None and all(one is None or one >= 0 for one in counted):
                return list(islice(self.limit(end), end))[index]
        return self._load()[index]

    def __contains__(self, one: object) -> bool:
        identity = one.identity if isinstance(one, self.model) else one
        if self.query.limit is not None or self._loaded is not None:
            return any(one in (other, other.identity, getattr(other, "name", None)) for other in self)
        try:
            found = self.get(identity) if isinstance(identity, str) else None
        except errors.ArgumentError:
            return False  # what cannot be asked for is not there
        return found is not None and (one is identity or one == found)

    def first(self) -> M | None:
        """The first object, or None when there is none.

        Asks for one row; for more only where the server cannot compare and the first does not fulfil the conditions.
        """
        return next(iter(self if self._loaded is not None else self.limit(1)), None)

    def exists(self) -> bool:
        """Whether there is one. Asks for as little as `first`."""
        return self.first() is not None

    def reload(self: Self) -> Self:
        """Forgets what was loaded, so that the next look asks again. Returns itself."""
        self._loaded = None
        return self

    # -- one object

    def get(self, identity: str) -> M | None:
        """The object, or None when there is none such in this collection.

        Args:
            identity: its id, or its name where the server takes names.
        """
        try:
            return self.find_by_id(identity)
        except errors.NotFound:
            return None

    def find_by_id(self, identity: str) -> M:
        """The object.

        Raises:
            errors.NotFound: there is none such.
        """
        found = self.model.from_row(self.service, self._fetch(identity), complete=True)
        if not self.query.matches(found):
            raise self._outside(found)
        return found

    @abstractmethod
    def _outside(self, found: M) -> errors.NotFound:
        """The error for an object that exists and does not fulfil this collection's conditions."""

    @spelled_out(made_with)
    def new(self, **attributes: Any) -> M:
        """An object with these attributes, not saved.

        What the collection is narrowed to by a single value, a new object of it has too, as in Active Record.
        """
        known = declared(self.model)
        for name in attributes:
            if name not in known:
                # What a subclass takes beside them may have been meant, too.
                possible = (one.name for one in made_with(type(self)))
                raise no_attribute(self.model, name, dict.fromkeys([*possible, *known]))
        return self.model(self.service, **{**self._alike(), **attributes})

    def _alike(self) -> dict[str, Any]:
        """The attributes that all objects of this collection have alike, of those that can be given."""
        known = declared(self.model)
        alike = (one for one in self.query.lookups if one.operator == "eq" and known[one.name].create)
        return {one.name: one.value for one in alike}

    @spelled_out(made_with)
    def create(self, **attributes: Any) -> M:
        """An object with these attributes, saved. Raises as `Model.save` does."""
        return self.new(**attributes).save()

    def create_all(
        self,
        many: Iterable[Mapping[str, Any]],
        *,
        workers: int = bulk.WORKERS,
        on_progress: bulk.Progress | None = None,
    ) -> list[M]:
        """Makes many, several at a time.

        Args:
            many: the attributes of each, as `create` takes them.
            workers: how many requests are under way at once.
            on_progress: called after each, with how many are done and how many of these failed.

        Returns:
            the objects, in the order of `many`.

        Raises:
            errors.BulkError: some were not made; it has those that were, and the others with their errors.
        """
        return bulk.each(many, lambda one: self.create(**one), workers=workers, on_progress=on_progress)

    def destroy_all(self, *, workers: int = bulk.WORKERS, on_progress: bulk.Progress | None = None) -> list[M]:
        """Deletes all of a narrowed collection, several at a time.

        Args:
            workers, on_progress: as of `create_all`.

        Returns:
            what was deleted; what was gone before its turn came is among it.

        Raises:
            errors.ArgumentError: the collection is not narrowed: it holds all that there is.
            errors.BulkError: some were not deleted; it has those that were, and the others with their errors.
        """
        return self._destroy_all(lambda one: one.destroy(), workers, on_progress)

    def _destroy_all(self, destroy: Callable[[M], bool], workers: int, on_progress: bulk.Progress | None) -> list[M]:
        if not self.query.lookups and self.query.limit is None:
            raise errors.ArgumentError(f"{self!r} are all that there are; narrow it by filter() or limit() first")

        def gone(one: M) -> M:
            with contextlib.suppress(errors.NotFound):
                destroy(one)
            one._destroyed = True
            return one

        # Only what it takes to address them, unless they are here already.
        source = self.only(*self.model.summary_names) if self._loaded is None else self._loaded
        destroyed = bulk.each(source, gone, workers=workers, on_progress=on_progress)
        self.reload()
        return destroyed

    def destroy(self, identity: str) -> bool:
        """Deletes an object. It is loaded first only where the collection is narrowed, to see that it is of it.

        Returns:
            True.

        Raises:
            errors.NotFound: there is none such in this collection.
        """
        if self.query.lookups:
            return self.find_by_id(identity).destroy()
        self._remove(identity)
        return True

    # -- as text

    def table(self, *names: str) -> str:
        """The collection as an aligned table.

        Args:
            names: the columns, attributes and properties; by default the attributes that `repr` shows of an
                object. Where the server lists them by themselves, only they are asked for.
        """
        columns = names or self.model.summary_names
        known = declared(self.model)
        for name in columns:
            if not (isinstance(name, str) and hasattr(self.model, name)):
                public = [*known, *(one for one in dir(self.model) if not one.startswith("_") and one not in known)]
                raise errors.ArgumentError(f"{self.model.__name__} has no {name!r}; {nearest(str(name), public)}")
        listed = all(name in known and not known[name].computed for name in columns)
        source: Iterable[M] = self.only(*columns) if listed and self._loaded is None else self
        rows = [list(columns), *([_cell(getattr(one, name)) for name in columns] for one in source)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        rule = "  ".join("-" * width for width in widths)
        return "\n".join([lines[0], rule, *lines[1:]])

    def to_json(self) -> str:
        """The objects as a JSON list; see `Model.to_dict`."""
        return json.dumps([one.to_dict() for one in self], ensure_ascii=False)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from fogflow.core import display

        return display.table(self)

    def __repr__(self) -> str:
        narrowed = [f"{one.name}__{one.operator}={one.value!r}" for one in self.query.lookups]
        loaded = [f"{len(self._loaded)} loaded"] if self._loaded is not None else []
        return f"<{' '.join([type(self).__name__, *narrowed, *loaded])}>"


def _cell(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())
