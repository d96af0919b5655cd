"""As much of JSON Schema as Mistral's language needs, with the messages of the library that the server uses."""

from __future__ import annotations

import heapq
import pprint
import re
from collections.abc import Iterator, Mapping, Sized
from typing import Any

import attrs

Schema = Mapping[str, Any]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "integer": (int,),
    "number": (int, float),
}


@attrs.frozen
class Violation:
    """What is wrong in a value.

    Attributes:
        message: in words.
        keyword: the part of the schema that it is against.
        schema, instance: that schema, and the value.
        schema_path, path: where they are.
        context: what is wrong by each alternative, where the schema has several.
    """

    message: str
    keyword: str
    schema: Schema
    instance: Any
    schema_path: tuple[Any, ...] = ()
    path: tuple[Any, ...] = ()
    context: tuple[Violation, ...] = ()

    def below(self, schema_step: tuple[Any, ...], step: tuple[Any, ...] = ()) -> Violation:
        return attrs.evolve(self, schema_path=schema_step + self.schema_path, path=step + self.path)

    def __str__(self) -> str:
        return (
            f"{self.message}\n\nFailed validating {self.keyword!r} in schema{_steps(self.schema_path)}:\n"
            f"{_block(self.schema)}\n\nOn instance{_steps(self.path)}:\n{_block(self.instance)}"
        )

    @property
    def relevance(self) -> tuple[Any, ...]:
        """Greater for what is nearer to the root, and says more."""
        expected = self.schema.get("type")
        fits = expected is not None and _is(self.instance, expected)
        return -len(self.path), list(map(str, self.path)), self.keyword not in ("anyOf", "oneOf"), not fits


def most_relevant(instance: Any, schema: Schema) -> Violation | None:
    """The violation that tells most, or None when the value is right."""
    found = max(_violations(instance, schema), key=lambda one: one.relevance, default=None)
    while found is not None and found.context:
        # Into the alternative that fits best, unless two fit equally well.
        least = heapq.nsmallest(2, found.context, key=lambda one: one.relevance)
        if len(least) == 2 and least[0].relevance == least[1].relevance:
            break
        found = least[0]
    return found


def _violations(instance: Any, schema: Schema) -> Iterator[Violation]:
    for keyword, wanted in schema.items():
        check = _CHECKS.get(keyword)
        if check:
            for found in check(instance, wanted, schema):
                yield found if found.keyword else attrs.evolve(found, keyword=keyword, schema=schema, instance=instance)


def _wrong(message: str, context: tuple[Violation, ...] = ()) -> Violation:
    """A violation of the keyword that is being looked at."""
    return Violation(message, "", {}, None, context=context)


def _type(instance: Any, wanted: str, schema: Schema) -> Iterator[Violation]:
    if not _is(instance, wanted):
        yield _wrong(f"{instance!r} is not of type {wanted!r}")


def _required(instance: Any, wanted: list[str], schema: Schema) -> Iterator[Violation]:
    if isinstance(instance, dict):
        yield from (_wrong(f"{name!r} is a required property") for name in wanted if name not in instance)


def _properties(instance: Any, wanted: Mapping[str, Schema], schema: Schema) -> Iterator[Violation]:
    if isinstance(instance, dict):
        for name, one in wanted.items():
            if name in instance:
                for found in _violations(instance[name], one):
                    yield found.below(("properties", name), (name,))


def _pattern_properties(instance: Any, wanted: Mapping[str, Schema], schema: Schema) -> Iterator[Violation]:
    if isinstance(instance, dict):
        for pattern, one in wanted.items():
            for name, value in instance.items():
                if re.search(pattern, str(name)):
                    for found in _violations(value, one):
                        yield found.below(("patternProperties", pattern), (name,))


def _additional_properties(instance: Any, wanted: Any, schema: Schema) -> Iterator[Violation]:
    if not isinstance(instance, dict):
        return
    patterns = schema.get("patternProperties", {})
    extra = [
        name
        for name in instance
        if name not in schema.get("properties", {}) and not any(re.search(one, str(name)) for one in patterns)
    ]
    if isinstance(wanted, Mapping):
        for name in extra:
            for found in _violations(instance[name], wanted):
                yield found.below(("additionalProperties",), (name,))
    elif extra and patterns:
        names, verb = ", ".join(map(repr, sorted(map(str, extra)))), "does" if len(extra) == 1 else "do"
        yield _wrong(f"{names} {verb} not match any of the regexes: {', '.join(map(repr, sorted(patterns)))}")
    elif extra:
        names, verb = ", ".join(map(repr, extra)), "was" if len(extra) == 1 else "were"
        yield _wrong(f"Additional properties are not allowed ({names} {verb} unexpected)")


def _least(kind: type[Sized], too_few: str) -> Any:
    def check(instance: Any, wanted: int, schema: Schema) -> Iterator[Violation]:
        if isinstance(instance, kind) and len(instance) < wanted:
            yield _wrong(f"{instance!r} {'should be non-empty' if wanted == 1 else too_few}")

    return check


def _max_properties(instance: Any, wanted: int, schema: Schema) -> Iterator[Violation]:
    if isinstance(instance, dict) and len(instance) > wanted:
        yield _wrong(f"{instance!r} has too many properties")


def _unique_items(instance: Any, wanted: bool, schema: Schema) -> Iterator[Violation]:
    if isinstance(instance, list) and any(one in instance[:number] for number, one in enumerate(instance)):
        yield _wrong(f"{instance!r} has non-unique elements")


def _items(instance: Any, wanted: Schema, schema: Schema) -> Iterator[Violation]:
    if isinstance(instance, list):
        for number, value in enumerate(instance):
            for found in _violations(value, wanted):
                yield found.below(("items",), (number,))


def _pattern(instance: Any, wanted: str, schema: Schema) -> Iterator[Violation]:
    if isinstance(instance, str) and not re.search(wanted, instance):
        yield _wrong(f"{instance!r} does not match {wanted!r}")


def _minimum(instance: Any, wanted: float, schema: Schema) -> Iterator[Violation]:
    if _is(instance, "number") and instance < wanted:
        yield _wrong(f"{instance!r} is less than the minimum of {wanted!r}")


def _enum(instance: Any, wanted: list[Any], schema: Schema) -> Iterator[Violation]:
    if instance not in wanted:
        yield _wrong(f"{instance!r} is not one of {wanted!r}")


def _alternatives(instance: Any, wanted: list[Schema]) -> list[list[Violation]]:
    return [[one.below((number,)) for one in _violations(instance, schema)] for number, schema in enumerate(wanted)]


def _any_of(instance: Any, wanted: list[Schema], schema: Schema) -> Iterator[Violation]:
    by_each = _alternatives(instance, wanted)
    if all(by_each):
        context = tuple(one for found in by_each for one in found)
        yield _wrong(f"{instance!r} is not valid under any of the given schemas", context)


def _one_of(instance: Any, wanted: list[Schema], schema: Schema) -> Iterator[Violation]:
    yield from _any_of(instance, wanted, schema)
    fitting = [one for one, found in zip(wanted, _alternatives(instance, wanted), strict=True) if not found]
    if len(fitting) > 1:
        # The first that fits is named last.
        named = ", ".join(map(repr, [*fitting[1:], fitting[0]]))
        yield _wrong(f"{instance!r} is valid under each of {named}")


def _not(instance: Any, wanted: Schema, schema: Schema) -> Iterator[Violation]:
    if not any(_violations(instance, wanted)):
        yield _wrong(f"{instance!r} should not be valid under {wanted!r}")


_CHECKS: dict[str, Any] = {
    "type": _type,
    "required": _required,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "minProperties": _least(dict, "does not have enough properties"),
    "maxProperties": _max_properties,
    "minLength": _least(str, "is too short"),
    "minItems": _least(list, "is too short"),
    "uniqueItems": _unique_items,
    "items": _items,
    "pattern": _pattern,
    "minimum": _minimum,
    "enum": _enum,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
}


def _is(instance: Any, wanted: str) -> bool:
    # True is an int to Python and not to JSON.
    if isinstance(instance, bool) and wanted in ("integer", "number"):
        return False
    return isinstance(instance, _TYPES[wanted])


def _steps(path: tuple[Any, ...]) -> str:
    return "".join(f"[{step!r}]" for step in path)


def _block(value: Any) -> str:
    text = pprint.pformat(value, width=72, sort_dicts=False)
    return "\n".join(f"    {line}" for line in text.splitlines())
