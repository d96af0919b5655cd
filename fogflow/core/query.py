"""Which objects, in which order, how many, and what of them: Django's grammar, checked against a model's attributes.

How a server is asked for it is not known here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attr

from fogflow import errors
from fogflow.core.attributes import Attribute, Lookups, declared, no_attribute

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "neq": operator.ne,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda actual, values: actual in values,
    "nin": lambda actual, values: actual not in values,
    "has": lambda actual, values: all(value in actual for value in _several(values)),
    "startswith": lambda actual, value: actual.startswith(value),
}


class Lookup:
    """One condition: `name`, compared by `operator`, with `value`. A `value` of None asks for objects without one."""

    def __init__(self, name: str, operator: str, value: Any) -> None:
        self.name, self.operator, self.value = name, operator, value

    def matches(self, actual: Any) -> bool:
        """Whether an attribute's value fulfils it. As in SQL, no value at all fulfils no comparison."""
        if actual is None or self.value is None:
            return actual is self.value and self.operator == "eq"
        return OPERATORS[self.operator](actual, self.value)


@attr.frozen(eq=False, repr=False)
class Query:
    """What a collection asks for.

    Attributes:
        lookups: the conditions; all must hold.
        order: names of attributes, with "-" in front to descend.
        limit: how many at the most; None for all.
        names: the attributes to fetch; None for what the server sends by itself.
        flags: the server's own switches for lists, such as "all_projects".
    """

    lookups: tuple[Lookup, ...] = ()
    order: tuple[str, ...] = ()
    limit: int | None = None
    names: tuple[str, ...] | None = None
    flags: Mapping[str, Any] = attr.field(factory=dict)

    def filter(self, model: type, lookups: Mapping[str, Any], beside: Iterable[str] = ()) -> Query:
        """A narrower query.

        Args:
            model: the class whose attributes may be named.
            lookups: values by `name` or `name__operator`.
            beside: what else could have been given where these were, and may have been meant.

        Raises:
            errors.ArgumentError: there is no such attribute or operator, or the server cannot compare so.
        """
        given = [_lookup(model, *one, beside) for one in lookups.items()]
        # No server is asked for what is in nothing, or needs to be told what is outside of nothing.
        told = tuple(one for one in given if not (one.operator == "nin" and one.value == ()))
        nothing = any(one.operator == "in" and one.value == () for one in given)
        return attr.evolve(self, lookups=self.lookups + told, limit=0 if nothing else self.limit)

    def order_by(self, model: type, names: Iterable[str]) -> Query:
        """A query in this order, whatever it was before. Raises ArgumentError as `filter` does."""
        order = tuple(names)
        for name in order:
            _require_sortable(model, name)
        return attr.evolve(self, order=order)

    def only(self, model: type, names: Iterable[str]) -> Query:
        """A query for these attributes alone. Raises ArgumentError as `filter` does."""
        chosen = tuple(names)
        for name in chosen:
            _require_listed(model, name)
        return attr.evolve(self, names=chosen)

    def at_most(self, count: int) -> Query:
        """A query for `count` objects, or fewer where it was for fewer before."""
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise errors.ArgumentError(f"limit takes a whole number from 0 on, not {count!r}")
        return attr.evolve(self, limit=count if self.limit is None else min(count, self.limit))

    def matches(self, instance: Any) -> bool:
        """Whether an object fulfils the conditions."""
        return fulfils(instance, self.lookups)

    def left_to_us(self, model: type) -> tuple[Lookup, ...]:
        """The conditions by which the service does not narrow its lists, or not far enough."""
        return tuple(one for one in self.lookups if lookups_of(model, one.name).leave_to_us(one.operator))


def fulfils(instance: Any, lookups: Iterable[Lookup]) -> bool:
    """Whether an object fulfils all of these conditions."""
    return all(lookup.matches(getattr(instance, lookup.name)) for lookup in lookups)


def lookups_of(model: type, name: str) -> Lookups:
    """By which comparisons the attribute of a lookup can be narrowed: by some, or there was no lookup."""
    lookups = declared(model)[name].lookups
    assert lookups is not None
    return lookups


def _lookup(model: type, key: str, value: Any, beside: Iterable[str]) -> Lookup:
    name, _, named = key.partition("__")
    attribute = _known(model, name, beside)
    lookups = attribute.lookups
    if lookups is None:
        possible = [one for one, other in declared(model).items() if other.lookups]
        raise errors.ArgumentError(
            f"the server cannot filter {model.__name__}s by {name!r}; it can by {', '.join(possible)}"
        )
    chosen = named or lookups.default
    convert = _converter(key, attribute, lookups)
    if chosen not in lookups.operators:
        raise errors.ArgumentError(
            f"the server cannot compare {name!r} by {chosen!r}; it can by {', '.join(sorted(lookups.operators))}"
        )
    if chosen in ("in", "nin"):
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise errors.ArgumentError(f"{key} takes several values, such as a list, not {value!r}")
        return Lookup(name, chosen, tuple(convert(one) for one in value))
    if chosen != "has" and isinstance(value, (list, tuple, set, frozenset, dict)):
        raise errors.ArgumentError(f"{key} takes one value, not {value!r}; for several there is {name}__in")
    if value is None and chosen != "eq":
        raise errors.ArgumentError(f"{key} takes a value, not None")
    several = isinstance(value, (list, tuple, set, frozenset))
    return Lookup(name, chosen, [convert(one) for one in value] if several else convert(value))


def _converter(key: str, attribute: Attribute, lookups: Lookups) -> Callable[[Any], Any]:
    """What makes the value to compare with of a given one, or raises."""

    def convert(value: Any) -> Any:
        if lookups.takes and value is not None and not isinstance(value, lookups.takes):
            raise errors.ArgumentError(f"{key} is compared with text, not with {value!r}")
        # What makes a text of what may be assigned does nothing to a text.
        return value if lookups.takes else attribute.convert(value)

    return convert


def _known(model: type, name: str, beside: Iterable[str] = ()) -> Attribute:
    known = declared(model)
    if not isinstance(name, str):
        raise errors.ArgumentError(f"attributes are named one by one, as texts, not {name!r}")
    if name not in known:
        raise no_attribute(model, name, [*known, *beside])
    return known[name]


def _require_sortable(model: type, order: str) -> None:
    name = order.removeprefix("-") if isinstance(order, str) else order
    if not _known(model, name).sort:
        possible = [one for one, other in declared(model).items() if other.sort]
        raise errors.ArgumentError(
            f"the server cannot sort {model.__name__}s by {name!r} and list them whole; it can by {', '.join(possible)}"
        )


def _require_listed(model: type, name: str) -> None:
    if _known(model, name).computed:
        raise errors.ArgumentError(f"the server computes {name!r} for each {model.__name__} and cannot list it alone")


def _several(values: Any) -> Iterable[Any]:
    return values if isinstance(values, (list, tuple, set, frozenset)) else (values,)
