"""Python in the making: pieces of text that know how tightly they bind, and how they are laid out. Knows no Ruby."""

from __future__ import annotations

import enum
from collections.abc import Sequence

import attrs

NEWLINE = "\x00"
"""Stands for a line's end within a string of several lines, which no indentation must move."""

WIDTH = 100
"""How long a line may become before what is in brackets gets lines of its own."""

ANYTHING, LAMBDA, CONDITIONAL, OR, AND, NOT, COMPARE, BIT, SHIFT, SUM, PRODUCT, SIGN, POWER, NUMBER, ATOM = range(15)
"""How tightly the forms of Python bind, from a bare tuple to a name."""


class Kind(enum.Enum):
    """What a value is known to be."""

    SERVICE = enum.auto()
    COLLECTION = enum.auto()
    MODEL = enum.auto()
    RESPONSE = enum.auto()
    LIST_RESPONSE = enum.auto()
    LIST_BODY = enum.auto()
    HASH = enum.auto()
    ARRAY = enum.auto()
    STRING = enum.auto()
    ERROR = enum.auto()


@attrs.frozen
class Code:
    """A Python expression.

    Attributes:
        text: the expression; within a string of several lines, `NEWLINE` stands for the line's end.
        binds: how tightly its outermost operator binds, one of this module's numbers.
        kind: what its value is known to be, if anything.
        opposite: the expression that is true when this is false, where there is a better one than `not`.
        if_absent: the same where a key may be missing: it is None then.
    """

    text: str
    binds: int = ATOM
    kind: Kind | None = None
    opposite: str | None = None
    if_absent: str | None = None

    def at_least(self, binds: int) -> str:
        """The text, in parentheses unless it binds at least so tightly."""
        return self.text if self.binds >= binds else f"({self.text})"

    @property
    def as_receiver(self) -> str:
        """The text with which `.name`, `(…)` or `[…]` may follow."""
        return self.at_least(ATOM)

    def negated(self) -> Code:
        """The expression that is true when this one is false."""
        if self.opposite is not None:
            return Code(self.opposite, COMPARE, opposite=self.text)
        if self.text.startswith("not ") and self.binds == NOT:
            return Code(self.text.removeprefix("not "), COMPARE)
        return Code(f"not {self.maybe_absent().at_least(NOT)}", NOT)

    def maybe_absent(self) -> Code:
        """The expression for places where Ruby counts on nil for a missing key."""
        return self if self.if_absent is None else Code(self.if_absent, ATOM, self.kind)


@attrs.frozen
class Element:
    """One of the things between brackets, with the comments above and beside it."""

    text: str
    above: tuple[str, ...] = ()
    beside: str = ""


def bracketed(opening: str, closing: str, elements: Sequence[Element], *, broken: bool = False) -> str:
    """Things between brackets, on one line, or each on its own where they do not fit or `broken` says so."""
    commented = any(one.above or one.beside for one in elements)
    in_lines = ["\n" in one.text for one in elements]
    flat = f"{opening}{', '.join(one.text for one in elements if one.text)}{closing}"
    hugging = bool(in_lines) and in_lines[-1] and not any(in_lines[:-1]) and elements[-1].text[0] in "{["
    if not elements or (not (broken or commented) and (hugging or (not any(in_lines) and len(flat) <= WIDTH))):
        return flat
    lines: list[str] = []
    for one in elements:
        lines += one.above
        if one.text:
            lines.append(f"{one.text},{'  ' + one.beside if one.beside else ''}")
    return f"{opening}\n{indented(chr(10).join(lines))}\n{closing}"


def call(function: str, *given: str) -> Code:
    """A call of a function or method."""
    return Code(f"{function}{bracketed('(', ')', [Element(one) for one in given])}")


def indented(block: str) -> str:
    return "\n".join(f"    {line}" if line else line for line in block.split("\n"))


def string(content: str, quote: str = '"') -> str:
    """A string's literal on one line, in these quotes, or in the others where that spares backslashes."""
    other = "'" if quote == '"' else '"'
    if quote == '"' and quote in content and other not in content:
        quote = other
    return f"{quote}{escaped(content, quote)}{quote}"


def escaped(content: str, quote: str) -> str:
    """The content as it stands between these quotes, on one line."""
    known = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", quote: f"\\{quote}"}
    return "".join(known.get(one) or (one if one.isprintable() else ascii(one)[1:-1]) for one in content)


def escaped_lines(content: str) -> str:
    """The content as it stands between triple quotes, its lines kept."""
    return NEWLINE.join(escaped(line, "") for line in content.split("\n")).replace('"""', '""\\"')
