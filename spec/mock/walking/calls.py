"""What a step of the walk calls: a request as data, so that it is the same on both sides and can be shown."""

from __future__ import annotations

from typing import Any

import attrs


@attrs.frozen
class Made:
    """Something that was made on both sides, and has an id, or a name, on each.

    Attributes:
        label: what stands for its ids in answers and in what is shown.
        ids: the ids, by the number of the side.
    """

    label: str
    ids: tuple[str, ...]

    def __repr__(self) -> str:
        return self.label


@attrs.frozen
class Project:
    """The id of a project, which is another on each side."""

    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"


@attrs.frozen
class Condition:
    """A filter's operator in front of an id."""

    operator: str
    value: Any

    def __repr__(self) -> str:
        return f"{self.operator}:{self.value}"


@attrs.frozen
class Call:
    """A request.

    Attributes:
        method: the name of a method of the service; "request" is the connection's.
        arguments, options: what it is called with; a Made or a Project in it becomes the side's own id.
        makes: the kind of what it makes, whose ids are noted.
        steers: whether executions go on by it, and are waited for.
        pages: whether the list is followed to its end.
    """

    method: str
    arguments: tuple[Any, ...] = ()
    options: dict[str, Any] = attrs.field(factory=dict)
    makes: str | None = None
    steers: bool = False
    pages: bool = False

    def __str__(self) -> str:
        said = [*map(repr, self.arguments), *(f"{name}={value!r}" for name, value in self.options.items())]
        return f"{self.method}({', '.join(said)})"


def call(method: str, /, *arguments: Any, **options: Any) -> Call:
    """A call of a method of the service."""
    return Call(method, arguments, options)


def raw(verb: str, *path: Any, query: dict[str, Any] | None = None, body: Any = None, **more: Any) -> Call:
    """A request past the request layer, which would not let a wrong one through."""
    return Call("request", (verb, path), {"query": query, "json": body, **more})
