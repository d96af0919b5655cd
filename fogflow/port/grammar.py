"""Reading Ruby: its text as a tree, by tree-sitter's grammar. What the tree means is said elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fogflow import errors

if TYPE_CHECKING:
    from tree_sitter import Node

_CLOSING = ("end", ")", "]", "}", ",", ";", "\n")


def parse(ruby: str, name: str = "the text") -> Node:
    """The tree of a Ruby program.

    Args:
        ruby: the program.
        name: what to call it in messages.

    Raises:
        errors.ArgumentError: it is not Ruby; the message says where.
        errors.MissingExtraError: tree-sitter or its Ruby grammar is not installed.
    """
    try:
        import tree_sitter
        import tree_sitter_ruby
    except ImportError:
        raise errors.MissingExtraError("port", "Ruby is read by tree-sitter and its Ruby grammar") from None
    language = tree_sitter.Language(tree_sitter_ruby.language())
    root = tree_sitter.Parser(language).parse(ruby.encode()).root_node
    if root.has_error:
        fault = _fault(root)
        raise errors.ArgumentError(
            f"{name}, line {line(fault)}: this is not Ruby: {ruby.splitlines()[line(fault) - 1].strip()}"
        )
    return root


def _fault(root: Node) -> Node:
    """What is wrong in a program, as near as the grammar tells: the innermost part that it could not read.

    Where that goes on to the end of the file, it is what was opened last there and never closed.
    """
    fault = [node for node in within(root) if node.is_error or node.is_missing][-1]
    opened = [child for child in fault.children if not child.is_named and child.type not in _CLOSING]
    return opened[-1] if opened else fault


def line(node: Node) -> int:
    """The line that a node begins in, counted from 1."""
    return int(node.start_point[0]) + 1


def last_line(node: Node) -> int:
    """The line that a node ends in, counted from 1."""
    row, column = node.end_point
    return int(row) + (1 if column else 0)


def spans_lines(node: Node) -> bool:
    return line(node) != last_line(node)


def text(node: Node) -> str:
    return (node.text or b"").decode()


def within(node: Node) -> Iterator[Node]:
    """A node and all below it, in the order of the text."""
    yield node
    for child in node.children:
        yield from within(child)


def field(node: Node, name: str) -> Node:
    """A child that the grammar promises."""
    child = node.child_by_field_name(name)
    assert child is not None, f"{node.type} without {name}"
    return child


def members(node: Node | None) -> list[Node]:
    """The named children, without what stands between them: comments and the texts of heredocs."""
    if node is None:
        return []
    return [child for child in node.named_children if child.type not in ("comment", "heredoc_body")]


def arguments(call: Node) -> list[Node]:
    """What a call, a `return`, a `yield` and their like are given."""
    given = call.child_by_field_name("arguments")
    if given is None:
        given = next((child for child in call.named_children if child.type == "argument_list"), None)
    return members(given)
