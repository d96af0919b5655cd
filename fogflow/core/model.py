"""An object of the cloud: its attributes, what has changed of them, and what can be done with it as a whole."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from fogflow import errors
from fogflow.core.attributes import Attribute, copied, declared, no_attribute, one_of
from fogflow.core.neighbours import NamesNeighbours
from fogflow.core.signatures import SignatureOfModel, spelled_out, updated_with

Self = TypeVar("Self", bound="Model")

_STATE = ("_service", "_row", "_values", "_complete", "_destroyed")


class Model(NamesNeighbours):
    """The base of the models.

    A subclass declares its attributes and says how it is fetched, inserted, modified and removed. What the server
    said is kept as it came, and decoded when it is read. An attribute's type is the one it has on the server;
    before the object is saved, what was not set is None.
    """

    __slots__ = ("__weakref__", "_complete", "_destroyed", "_row", "_service", "_values")

    identity_name: ClassVar[str] = "id"
    summary_names: ClassVar[tuple[str, ...]] = ("id",)
    """The attributes that `repr` shows."""

    __signature__ = SignatureOfModel()

    def __init__(self, service: Any = None, **attributes: Any) -> None:
        """
        Args:
            service: what the model asks; None for one that is not attached to a cloud.
            attributes: the first values.

        Raises:
            errors.ArgumentError: there is no such attribute; the nearest is named.
        """
        self._service = service
        self._row: dict[str, Any] | None = None
        self._values: dict[str, Any] | None = None
        self._complete = False
        self._destroyed = False
        self._assign(attributes)

    @classmethod
    def from_row(cls: type[Self], service: Any, row: Mapping[str, Any], *, complete: bool = False) -> Self:
        """The model of what a server sent.

        Args:
            row: the attributes in the server's form; it is kept as it is.
            complete: nothing more is to be had by asking again.
        """
        instance = cls.__new__(cls)
        # Past the hooks on assignment, which are for attributes; a list makes many.
        _set_service(instance, service)
        _set_row(instance, row)
        _set_values(instance, None)
        _set_complete(instance, complete)
        _set_destroyed(instance, False)
        return instance

    # -- what a subclass says of its server

    @abstractmethod
    def _fetch(self) -> Mapping[str, Any]:
        """All attributes, anew."""

    @abstractmethod
    def _insert(self) -> Mapping[str, Any]:
        """Creates the object; answers what the server said of it."""

    @abstractmethod
    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        """Changes the named attributes; answers what the server said."""

    @abstractmethod
    def _remove(self) -> None:
        """Deletes the object."""

    @property
    def service(self) -> Any:
        """What the model asks.

        Raises:
            errors.ArgumentError: it was made without one.
        """
        if self._service is None:
            raise errors.ArgumentError(
                f"this {type(self).__name__} has no service to ask; one made by a collection's new() has"
            )
        return self._service

    # -- attributes

    # Out of the type checker's sight, for which a class with it has every attribute.
    if not TYPE_CHECKING:

        def __setattr__(self, name: str, value: Any) -> None:
            try:
                object.__setattr__(self, name, value)
            except AttributeError:
                if hasattr(type(self), name):
                    raise
                raise self._unknown(name) from None

    def _missing(self, name: str) -> Any:
        """The value of an attribute that the row does not have: it is asked for, where that may help."""
        row = self._row or {}
        if not self._complete and self._has_identity():
            # What has been read must not change by reading on, so only what is missing is taken.
            self._row = row = {**self._fetch(), **row}
            self._complete = True
        return self._decoded(name, row[name]) if name in row else None

    def _decoded(self, name: str, value: Any) -> Any:
        """The value of an attribute, of what the server sent; it is kept, for it may be changed in place."""
        decoded = declared(type(self))[name].decode(value)
        self._keep(name, decoded)
        return decoded

    def _keep(self, name: str, value: Any) -> None:
        if self._values is None:
            self._values = {name: value}
        else:
            self._values[name] = value

    def _has_identity(self) -> bool:
        """Whether more is to be had by asking: what the server did not keep has no identity."""
        return bool(self._row and self._row.get(self.identity_name) is not None)

    @property
    def identity(self) -> Any:
        """What tells this object from the others of its kind, as the server has it, whatever was set since."""
        return self._settled(self.identity_name)

    @property
    def persisted(self) -> bool:
        """Whether the server has it, as far as is known."""
        return self._row is not None and not self._destroyed

    @property
    def changed(self) -> frozenset[str]:
        """The names of the attributes whose value differs from what the server last said, by setting or in place."""
        known = declared(type(self))
        return frozenset(
            name for name, value in (self._values or {}).items() if self._differs(known[name], name, value)
        )

    @property
    def attributes(self) -> dict[str, Any]:
        """Copies of the attributes that are present, by name. Nothing is fetched."""
        return {name: copied(getattr(self, name)) for name in declared(type(self)) if self._has(name)}

    def _has(self, name: str) -> bool:
        return name in (self._values or ()) or name in (self._row or ())

    def _differs(self, attribute: Attribute, name: str, value: Any) -> bool:
        if self._row is None:
            return value is not None
        if name not in self._row:
            # The server's value is unknown while the row is incomplete, so None may be a change too.
            return value is not None or not self._complete
        return not attribute.same(value, self._said(name))

    def _said(self, name: str) -> Any:
        """The value that the server last gave for an attribute; None where it gave none."""
        row = self._row or {}
        return declared(type(self))[name].decode(row[name]) if name in row else None

    def _settled(self, name: str) -> Any:
        """The value of an attribute that requests are addressed by: what was set has no say before it is saved.

        None, where the server did not tell it: it is not asked, for it cannot be.
        """
        return getattr(self, name) if self._row is None else self._said(name)

    def _assign(self, attributes: Mapping[str, Any]) -> None:
        known = declared(type(self))
        for name, value in attributes.items():
            if name not in known:
                raise no_attribute(type(self), name, known)
            setattr(self, name, value)

    def _absorb(self, row: Mapping[str, Any], *, complete: bool = False, keep: frozenset[str] = frozenset()) -> None:
        """Takes what the server said for the truth; what has been set since is forgotten, but for `keep`."""
        values = self._values or {}
        _set_values(self, {name: values[name] for name in keep if name in values} or None)
        _set_row(self, row)
        _set_complete(self, complete)

    def _absorb_change(
        self, answer: Mapping[str, Any], sent: frozenset[str], *, keep: frozenset[str] = frozenset()
    ) -> None:
        """Update the row from the answer to a change of the attributes `sent`.

        If the answer lacks one of them, the old value is dropped, and the attribute is fetched when it is next read.
        """
        untouched = {name: value for name, value in (self._row or {}).items() if name not in sent}
        self._absorb({**untouched, **answer}, complete=self._complete and sent <= answer.keys(), keep=keep)

    # -- what a user does with it

    def save(self: Self) -> Self:
        """Creates it, or updates it with what has changed. Nothing changed, nothing sent.

        Returns:
            itself.

        Raises:
            errors.ArgumentError: an attribute was set that cannot be, named in the message; or it was destroyed.
            errors.HTTPError: the server refused.
        """
        if self._destroyed:
            raise errors.ArgumentError(f"{self!r} was destroyed; what is made again is a new one")
        changed = self.changed
        if self._row is None:
            self._require(changed, "create")
            self._absorb(self._insert())
        elif changed:
            self._require(changed, "update")
            answer = self._modify(changed)
            # `_modify` may have sent several requests and updated the row after each.
            self._absorb_change(answer, changed)
        return self

    def _require(self, names: frozenset[str], permission: str) -> None:
        known = declared(type(self))
        emptied = sorted(name for name in names if permission == "update" and getattr(self, name) is None)
        for name in emptied:
            if known[name].update and not known[name].null:
                raise errors.ArgumentError(f"the API cannot empty the {name} of {one_of(type(self))}")
        refused = sorted(name for name in names if not getattr(known[name], permission))
        if refused:
            allowed = [name for name, attribute in known.items() if getattr(attribute, permission)]
            raise errors.ArgumentError(
                f"the API cannot {permission} {one_of(type(self))} with {', '.join(refused)}; "
                f"it can with {', '.join(allowed) or 'nothing'}"
            )

    @spelled_out(updated_with)
    def update(self: Self, **attributes: Any) -> Self:
        """Set the attributes and save. If that fails, the attributes keep the values that they had before.

        Raises:
            errors.Error: as `save` does.
        """
        before = self._values and dict(self._values)
        try:
            self._assign(attributes)
            return self.save()
        except BaseException:
            _set_values(self, before)
            raise

    def reload(self: Self) -> Self:
        """Fetches the attributes anew; what was set and not saved is lost.

        Returns:
            itself.

        Raises:
            errors.NotFound: it is gone.
            errors.ArgumentError: it was never saved.
        """
        self._require_persisted("reload")
        self._absorb(self._fetch(), complete=True)
        return self

    def destroy(self) -> bool:
        """Deletes it.

        Returns:
            True.

        Raises:
            errors.NotFound: it is gone already.
            errors.HTTPError: the server refused.
            errors.ArgumentError: it was never saved.
        """
        self._require_persisted("destroy")
        self._remove()
        self._destroyed = True
        return True

    def _require_persisted(self, action: str) -> None:
        if self._row is None:
            raise errors.ArgumentError(f"cannot {action} {one_of(type(self))} that was never saved")
        if self.identity is None:
            raise errors.ArgumentError(f"cannot {action} {one_of(type(self))} that the server did not keep")

    def wait_for(
        self: Self, predicate: Callable[[Self], object], timeout: float | None = 600, interval: float | None = None
    ) -> Self:
        """Reloads until `predicate(self)` is true.

        Args:
            predicate: called with the model after each reload; what is true ends the wait.
            timeout: seconds to wait at the most; None waits for ever.
            interval: seconds between two reloads; by default short at first, then longer, up to a minute.

        Returns:
            itself.

        Raises:
            errors.TimeoutError: the time is over.
        """
        from fogflow.core.waiting import wait_until

        wait_until(lambda: bool(predicate(self.reload())), timeout=timeout, interval=interval, describe=self._describe)
        return self

    def _describe(self) -> str:
        return repr(self)

    # -- as a value

    def to_dict(self) -> dict[str, Any]:
        """The attributes that are there, in forms that JSON knows: times are ISO 8601 texts."""
        return {name: _plain(value) for name, value in self.attributes.items()}

    def to_json(self) -> str:
        """`to_dict()` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        assert isinstance(other, Model)
        return self is other or (self._key is not None and self._key == other._key)

    def __hash__(self) -> int:
        if self._key is None:
            raise TypeError(f"{one_of(type(self))} has no hash before the server keeps it")
        return hash((type(self), self._key))

    @property
    def _key(self) -> Any:
        """What is equal in equal objects; the identity, where that is one object's alone."""
        return self.identity

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.summary_names if self._has(name))
        return f"<{' '.join([type(self).__name__, *shown])}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from fogflow.core import display

        return display.card(self)

    def __getstate__(self) -> dict[str, Any]:
        # A copy has values of its own.
        return {name: getattr(self, name) for name in _STATE} | {"_values": self._values and dict(self._values)}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        for name in _STATE:
            setattr(self, name, state[name])


_set_service, _set_row, _set_values, _set_complete, _set_destroyed = (vars(Model)[name].__set__ for name in _STATE)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
