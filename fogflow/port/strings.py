"""Ruby's strings, symbols and heredocs as Python's strings, and what is interpolated as f-strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fogflow.port.code import CONDITIONAL, NEWLINE, Code, Element, Kind, bracketed, escaped, escaped_lines, string
from fogflow.port.grammar import field, members, text
from fogflow.port.porter import Porter, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Node

_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "s": " ",
    "0": "\0",
    "e": "\x1b",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
}


def from_string(porter: Porter, node: Node) -> Code:
    """`"…"`, `'…'`, `%q(…)` and their like; `:"…"` too."""
    return _joined(porter, _parts(node))


def from_symbol(porter: Porter, node: Node) -> Code:
    """`:name`, and `name:` in a hash."""
    return Code(string(text(node).strip(":"), porter.quote), kind=Kind.STRING)


def from_words(porter: Porter, node: Node) -> Code:
    """`%w[…]` and `%i[…]`."""
    words = [_joined(porter, _parts(word)).text for word in members(node)]
    return Code(bracketed("[", "]", [Element(word) for word in words]), kind=Kind.ARRAY)


def from_strings(porter: Porter, node: Node) -> Code:
    """Strings that stand one after another and are one."""
    return _joined(porter, [part for one in members(node) for part in _parts(one)])


def from_heredoc(porter: Porter, node: Node) -> Code:
    """`<<~NAME` and what follows it, in triple quotes."""
    body = porter.heredocs[node.id]
    beginning = text(node)
    parts = _parts(body, raw="'" in beginning)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].removeprefix("\n")
    if "~" in beginning:
        parts = _without_indentation(parts)
    return _joined(porter, parts, in_lines=True)


def literal(node: Node) -> str | None:
    """What a string or symbol says, where nothing is interpolated; None for all else."""
    if node.type in ("simple_symbol", "hash_key_symbol"):
        return text(node).strip(":")
    if node.type in ("string", "delimited_symbol"):
        parts = _parts(node)
        return "".join(one for one in parts if isinstance(one, str)) if all(isinstance(p, str) for p in parts) else None
    return None


def pattern(porter: Porter, node: Node) -> str:
    """A regular expression's literal, and its flags."""
    if node.type != "regex" or any(one.type == "interpolation" for one in node.named_children):
        raise Unknown(node, "a regular expression that is put together")
    source = "".join(text(one) for one in node.named_children)
    source = (
        re.sub(r"\(\?<(?=\w)", "(?P<", source).replace(r"\z", r"\Z").replace(r"\h", "[0-9a-fA-F]").replace(r"\/", "/")
    )
    flags = text(node).rpartition("/")[2]
    if set(flags) - set("i"):
        raise Unknown(node, "a regular expression with these flags")
    quote = "'" if '"' in source or porter.quote == "'" else '"'
    if quote in source:
        raise Unknown(node, "a regular expression with both kinds of quotes")
    return f"r{quote}{source}{quote}" + (f", {porter.module('re')}.IGNORECASE" if "i" in flags else "")


def _parts(node: Node, *, raw: bool = False) -> list[str | Node]:
    """The stretches of text, and what is interpolated between them."""
    opening = "" if raw or not node.children else text(node.children[0])
    raw = raw or opening in ("'", ":'") or opening.startswith("%q")
    parts: list[str | Node] = []
    for child in node.children:
        if child.type in ("string_content", "heredoc_content", "escape_sequence"):
            said = text(child)
            unescaped = (re.sub(r"\\([\\'])", r"\1", said) if opening else said) if raw else _unescaped(said)
            parts.append(unescaped)
        elif child.type == "interpolation":
            parts.append(child)
    return parts


def _unescaped(content: str) -> str:
    def one(found: re.Match[str]) -> str:
        what = found[1]
        if what[0] in "ux" and len(what) > 1:
            return "".join(chr(int(code, 16)) for code in what[1:].strip("{}").split())
        return "" if what == "\n" else _ESCAPES.get(what, what)

    return re.sub(r"\\(u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{1,2}|.)", one, content, flags=re.DOTALL)


def _without_indentation(parts: Sequence[str | Node]) -> list[str | Node]:
    """The parts without what all lines are indented by; what is interpolated counts as text."""
    inserted = [one for one in parts if not isinstance(one, str)]
    whole = "".join(one if isinstance(one, str) else NEWLINE for one in parts)
    indents = [len(line) - len(line.lstrip(" \t")) for line in whole.split("\n") if line.strip(" \t")]
    whole = "\n".join(line[min(indents, default=0) :] for line in whole.split("\n"))
    between = whole.split(NEWLINE)
    merged: list[str | Node] = [between[0]]
    for node, after in zip(inserted, between[1:], strict=True):
        merged += [node, after]
    return merged


def _joined(porter: Porter, parts: Sequence[str | Node], *, in_lines: bool = False) -> Code:
    """One string of several parts."""
    if all(isinstance(one, str) for one in parts):
        content = "".join(one for one in parts if isinstance(one, str))
        literal = f'"""\\{NEWLINE}{escaped_lines(content)}"""' if in_lines else string(content, porter.quote)
        return Code(literal, kind=Kind.STRING)
    if porter.quote == '"':
        with porter.quoting("'"):
            inserted = [one if isinstance(one, str) else _inserted(porter, one) for one in parts]
        expressions = [one.text for one in inserted if isinstance(one, Code)]
        # Before Python 3.12 none of these may stand in the braces of an f-string.
        if not any(set('"\\#\n') & set(one) for one in expressions):
            content = _template(inserted, in_lines, _in_braces)
            return Code(f"f{content}", kind=Kind.STRING)
    inserted = [one if isinstance(one, str) else _inserted(porter, one) for one in parts]
    template = _template(inserted, in_lines, lambda code: "{}", porter.quote)
    values = [Element(one.text) for one in inserted if isinstance(one, Code)]
    return Code(f"{template}.format{bracketed('(', ')', values)}", kind=Kind.STRING)


def _in_braces(code: Code) -> str:
    """What stands for a value in an f-string, where a brace or a lambda must not come first."""
    inside = code.at_least(CONDITIONAL)
    return f"{{({inside})}}" if inside.startswith("{") else f"{{{inside}}}"


def _inserted(porter: Porter, interpolation: Node) -> Code:
    held = members(interpolation)
    if len(held) != 1:
        raise Unknown(interpolation, "several statements within a string")
    (node,) = held
    if node.type == "call" and node.child_by_field_name("receiver"):
        receiver, method = field(node, "receiver"), text(field(node, "method"))
        # Both languages write a value as its text there, and an error as its message.
        if method == "to_s" or (method == "message" and porter.scope.kind(text(receiver)) is Kind.ERROR):
            return porter.expression(receiver)
    written = porter.expression(node)
    return Code(f"{written.text}.__name__") if written.text.startswith("type(") else written


def _template(parts: Sequence[str | Code], in_lines: bool, place: Callable[[Code], str], quote: str = '"') -> str:
    """The string around what is inserted, whose place in it `place` says."""
    write = escaped_lines if in_lines else lambda content: escaped(content, quote)
    doubled = [
        write(one.replace("{", "{{").replace("}", "}}")) if isinstance(one, str) else place(one) for one in parts
    ]
    return f'"""\\{NEWLINE}{"".join(doubled)}"""' if in_lines else f"{quote}{''.join(doubled)}{quote}"
