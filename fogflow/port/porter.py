"""The state of one port: what is in scope, what the draft imports, what was left. What Ruby means is said elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs

from fogflow.port.code import Code, Kind
from fogflow.port.grammar import line, text, within
from fogflow.port.survey import Class, Survey, survey

if TYPE_CHECKING:
    from tree_sitter import Node


class Unknown(Exception):  # noqa: N818 - it never leaves this package
    """There is no Python for a piece of Ruby; the statement that it is in stays a comment."""

    def __init__(self, node: Node, reason: str) -> None:
        super().__init__(reason)
        self.node = node
        self.reason = reason


@attrs.frozen
class Left:
    """What a port leaves to whoever reads the draft.

    Attributes:
        line: the line in the Ruby file, counted from 1.
        ruby: the Ruby, or its first line.
        reason: why, in words.
        ported: whether there is Python for it all the same, to be looked at.
    """

    line: int
    ruby: str
    reason: str
    ported: bool

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}: {self.ruby}"


@attrs.define
class Scope:
    """The variables that a place sees.

    Attributes:
        kinds: the variables, with what they are known to be.
        around: the scope around a block, whose variables it sees; None for a method or the file.
        owner: the class that the place is in.
        method: the name of the method, None outside of any; `of_class` if it is the class's own.
        subject: the Python of what a block is evaluated in, as that of `wait_for` is.
        globals: the variables of the file that are set here.
    """

    kinds: dict[str, Kind | None] = attrs.field(factory=dict)
    around: Scope | None = None
    owner: Class | None = None
    method: str | None = None
    of_class: bool = False
    subject: str | None = None
    globals: set[str] = attrs.field(factory=set)

    def sees(self, name: str) -> bool:
        return name in self.kinds or (self.around is not None and self.around.sees(name))

    def kind(self, name: str) -> Kind | None:
        if name in self.kinds or self.around is None:
            return self.kinds.get(name)
        return self.around.kind(name)

    @property
    def me(self) -> str:
        """What Ruby's `self` is called here."""
        return "cls" if self.of_class else "self"


Expressions = Mapping[str, Callable[["Porter", "Node"], Code]]
"""What makes Python of an expression, by the grammar's names of them."""


class Porter:
    """One port.

    Attributes:
        defined: what the program defines.
        scope: what the place that is being ported sees.
        imports: the modules that the draft needs.
        left: what was left, in the order of the text.
        shown: the comments that stand in the draft already, by their places.
        unset: the variables of the whole file that methods set, and `set_by_file` those that the file sets itself.
        quote: what strings are written in here; within an f-string the other one.
    """

    def __init__(self, root: Node, expressions: Expressions) -> None:
        self._expressions = expressions
        self.root = root
        self.ruby = text(root)
        self._offset = root.start_byte
        self.defined: Survey = survey(root)
        self.scope = Scope()
        self.imports: set[str] = set()
        self.left: list[Left] = []
        self.shown: set[int] = set()
        self.unset: set[str] = set()
        self.set_by_file: set[str] = set()
        self.quote = '"'
        self.heredocs = dict(
            zip(
                (one.id for one in within(root) if one.type == "heredoc_beginning"),
                (one for one in within(root) if one.type == "heredoc_body"),
                strict=False,
            )
        )

    def expression(self, node: Node) -> Code:
        """The Python of an expression.

        Raises:
            Unknown: there is none.
        """
        handler = self._expressions.get(node.type)
        if handler is None:
            raise Unknown(node, f"no Python for this kind of Ruby ({node.type.replace('_', ' ')})")
        return handler(self, node)

    def ruby_of(self, node: Node) -> str:
        """The Ruby of a node, with the texts of the heredocs that begin in it."""
        ends = [self.heredocs[one.id].end_byte for one in within(node) if one.type == "heredoc_beginning"]
        return self.ruby.encode()[node.start_byte - self._offset : max([node.end_byte, *ends]) - self._offset].decode()

    def module(self, name: str) -> str:
        """A module's name, which the draft imports from now on."""
        self.imports.add(name)
        return name

    def remark(self, node: Node, reason: str) -> None:
        """Remembers that the Python of a node is a guess."""
        remark = Left(line(node), text(node).splitlines()[0], reason, ported=True)
        if remark not in self.left:
            self.left.append(remark)

    def undefined(self, node: Node, name: str) -> None:
        """Remembers that the file does not define a name; once is enough."""
        reason = f"{name} is not defined in this file"
        if not any(one.reason == reason for one in self.left):
            self.remark(node, reason)

    @contextmanager
    def inside(self, scope: Scope) -> Iterator[Scope]:
        """What is ported meanwhile is in this scope."""
        outer, self.scope = self.scope, scope
        try:
            yield scope
        finally:
            self.scope = outer

    @contextmanager
    def in_block(self, *names: str, subject: str | None = None) -> Iterator[Scope]:
        """What is ported meanwhile is in a block with these parameters."""
        outer = self.scope
        scope = Scope(dict.fromkeys(names), outer, outer.owner, outer.method, outer.of_class, globals=outer.globals)
        scope.subject = subject or outer.subject
        with self.inside(scope):
            yield scope

    @contextmanager
    def quoting(self, quote: str) -> Iterator[None]:
        """Strings are written in these quotes meanwhile."""
        outer, self.quote = self.quote, quote
        try:
            yield
        finally:
            self.quote = outer
