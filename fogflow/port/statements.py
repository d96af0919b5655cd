"""Ruby's statements, as lines of Python: sequences with their comments, and what is left where there is no Python."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import attrs

from fogflow.port.code import NEWLINE
from fogflow.port.grammar import arguments, line, text, within
from fogflow.port.kernel import WITHOUT_VALUE
from fogflow.port.porter import Left, Porter, Unknown

if TYPE_CHECKING:
    from tree_sitter import Node

MARK = "# fogflow.port: line"
"""What each line begins with that a port leaves for its reader."""

Handler = Callable[[Porter, "Node", "str | None"], str]
"""Makes lines of a statement; with "return " or "name = " in front of its value, where that is wanted."""

HANDLERS: dict[str, Handler] = {}
"""The statements that are no expressions, by the grammar's names; their modules enter them here."""

_SPACED = ("method", "singleton_method", "class", "module")


def handles(*types: str) -> Callable[[Handler], Handler]:
    """Enters a handler for these kinds of statements."""

    def enter(handler: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(types, handler))
        return handler

    return enter


@attrs.define
class _Piece:
    """A statement's lines, the rows of the Ruby that they are of, and whether blank lines stand around them."""

    lines: str
    first: int
    last: int
    spaced: bool = False
    comment: bool = False

    @property
    def takes_a_comment(self) -> bool:
        """Whether a comment may stand at the end: it is no header with lines below it, and no comment itself."""
        lines = [one for one in self.lines.split("\n") if not one.startswith("#")]
        return bool(lines) and not lines[0].endswith(":") and not self.lines.rpartition("\n")[2].startswith("#")


# -- sequences


def body(porter: Porter, node: Node | None, lead: str | None = None, *, depth: int = 1) -> str:
    """The lines of what is between a header and its end, not yet indented; `pass` where there is nothing.

    Args:
        lead: what goes before the value of the last statement, "return " or "name = "; None where it is not wanted.
        depth: 0 for the file itself.
    """
    nodes = [] if node is None else [one for one in node.named_children if one.type != "heredoc_body"]
    return sequence(porter, nodes, lead, depth=depth)


def sequence(porter: Porter, nodes: list[Node], lead: str | None = None, *, depth: int = 1) -> str:
    """The lines of statements that follow one another."""
    statements = [one for one in nodes if one.type != "comment"]
    pieces: list[_Piece] = []
    for node in nodes:
        if node.type == "comment":
            _add_comment(porter, node, pieces)
            continue
        wanted = lead if node == statements[-1] else None
        lines = statement(porter, node, wanted)
        if not depth and not _compiles(lines):
            lines = leave(porter, node, "what came out is not Python")
        first = node.start_point[0]
        last = first + porter.ruby_of(node).count("\n")
        if lines:
            pieces.append(_Piece(lines, first, last, spaced=node.type in _SPACED and "\n" in lines))
    written = _laid_out(pieces, depth)
    return written if any(not piece.comment for piece in pieces) and says_something(written) else passing(written)


def _add_comment(porter: Porter, node: Node, pieces: list[_Piece]) -> None:
    if node.id in porter.shown:
        return
    porter.shown.add(node.id)
    row = node.start_point[0]
    lines = _comment(text(node))
    if pieces and pieces[-1].last == row and pieces[-1].takes_a_comment:
        pieces[-1].lines += f"  {lines}"
    elif lines:
        pieces.append(_Piece(lines, row, node.end_point[0], comment=True))
    elif pieces:
        pieces[-1].last = row


def _comment(ruby: str) -> str:
    """A comment in Python; nothing for one that tells Ruby how to read the file."""
    if ruby.startswith("=begin"):
        held = ruby.split("\n")[1:]
        held = held[: next((index for index, one in enumerate(held) if one.startswith("=end")), None)]
        return "\n".join(f"# {one}".rstrip() for one in held)
    if ruby.startswith("#!"):
        return "#!/usr/bin/env python3"
    magic = ruby.lstrip("# ").startswith(("frozen_string_literal:", "encoding:", "-*- coding"))
    return "" if magic else ruby


def _laid_out(pieces: list[_Piece], depth: int) -> str:
    """The pieces with blank lines where Ruby had some, and where Python's custom has."""
    written = ""
    for index, piece in enumerate(pieces):
        if index:
            before = pieces[index - 1]
            attached = before.comment and piece.first - before.last <= 1
            # What is said right above a definition belongs to it.
            ahead = next((one for one in pieces[index:] if not one.comment), piece)
            spaced = not attached and ((ahead.spaced and _leads_to(pieces, index)) or before.spaced)
            blank = (1 if depth else 2) if spaced else min(max(piece.first - before.last - 1, 0), 1)
            written += "\n" * (blank + 1)
        written += piece.lines
    return written


def _leads_to(pieces: list[_Piece], index: int) -> bool:
    """Whether a piece is a definition, or a comment right above one."""
    while pieces[index].comment and index + 1 < len(pieces) and pieces[index + 1].first - pieces[index].last <= 1:
        index += 1
    return pieces[index].spaced


def says_something(lines: str) -> bool:
    return any(one and not one.lstrip().startswith("#") for one in lines.split("\n"))


def passing(comments: str) -> str:
    return f"{comments}\npass" if comments else "pass"


# -- one statement


def statement(porter: Porter, node: Node, lead: str | None = None) -> str:
    """The lines of a statement; of one without Python, comments with its Ruby."""
    shown, left = set(porter.shown), len(porter.left)
    try:
        lines = HANDLERS.get(node.type, simple)(porter, node, lead)
    except Unknown as unknown:
        porter.shown = shown
        del porter.left[left:]
        return leave(porter, node, unknown.reason)
    remarks = [one for one in porter.left[left:] if one.ported and f"{MARK} {one.line}: {one.reason}" not in lines]
    above = [f"{MARK} {one.line}: {one.reason}" for one in remarks]
    above += [_comment(text(one)) for one in _hidden_comments(porter, node)]
    return "\n".join([*above, *([lines] if lines else [])])


def simple(porter: Porter, node: Node, lead: str | None) -> str:
    """The line of a statement that is an expression."""
    written = porter.expression(node)
    valueless = lead is None or called(node) in WITHOUT_VALUE
    return checked(node, written.text if valueless else f"{lead}{written.text}")


def called(node: Node) -> str:
    """The name of what is called without a receiver; empty for all else."""
    if node.type == "identifier":
        return text(node)
    named = node.child_by_field_name("method") if node.type == "call" else None
    return text(named) if named is not None and node.child_by_field_name("receiver") is None else ""


def checked(node: Node, lines: str) -> str:
    """The lines, if Python can read them.

    Raises:
        Unknown: it cannot.
    """
    try:
        ast.parse(textwrap.dedent(lines).replace(NEWLINE, "\n"))
    except SyntaxError:
        raise Unknown(node, "what came out is not Python") from None
    return lines


def _compiles(lines: str) -> bool:
    """Whether Python takes whole statements: what it can read may still stand where it must not."""
    try:
        compile(lines.replace(NEWLINE, "\n"), "draft", "exec")
    except SyntaxError:
        return False
    return True


def leave(porter: Porter, node: Node, reason: str) -> str:
    """Comments in the place of a statement, with its Ruby and its lines' numbers."""
    ruby = porter.ruby_of(node)
    first = line(node)
    porter.left.append(Left(first, ruby.splitlines()[0], reason, ported=False))
    porter.shown |= {one.id for one in within(node) if one.type == "comment"}
    column = node.start_point[1]
    lines = [one if number == 0 else _without(one, column) for number, one in enumerate(ruby.split("\n"))]
    return "\n".join(f"{MARK} {first + number}: {one}".rstrip() for number, one in enumerate(lines))


def _without(ruby: str, column: int) -> str:
    return ruby[column:] if not ruby[:column].strip() else ruby


def _hidden_comments(porter: Porter, node: Node) -> Iterator[Node]:
    """The comments within a statement that stand nowhere yet."""
    for one in within(node):
        if one.type == "comment" and one.id not in porter.shown:
            porter.shown.add(one.id)
            yield one


# -- what leaves, and what stands in parentheses


@handles("return")
def _return(porter: Porter, node: Node, lead: str | None) -> str:
    values = [porter.expression(one).text for one in arguments(node)]
    if porter.scope.method is None:
        return f"{porter.module('sys')}.exit()"
    return checked(node, f"return {', '.join(values)}".rstrip())


@handles("next")
def _next(porter: Porter, node: Node, lead: str | None) -> str:
    if arguments(node):
        raise Unknown(node, "next with a value")
    return "continue"


@handles("break")
def _break(porter: Porter, node: Node, lead: str | None) -> str:
    if arguments(node):
        raise Unknown(node, "break with a value")
    return "break"


@handles("parenthesized_statements")
def _parenthesized(porter: Porter, node: Node, lead: str | None) -> str:
    return sequence(porter, list(node.named_children), lead)
