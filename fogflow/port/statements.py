"""Ruby's statements, as lines of Python: sequences with their comments, and what is left where there is no Python."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import attrs

from fogflow.port import code, names, strings
from fogflow.port.code import NEWLINE, Code, Kind, indented
from fogflow.port.expressions import of_the_file
from fogflow.port.grammar import arguments, field, line, members, text, within
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

_WITH_BRANCHES = ("if", "unless", "case", "begin", "rescue_modifier")

_LEAVING = ("return", "next", "break", "retry")

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
    return written if any(not piece.comment for piece in pieces) and _says_something(written) else _passing(written)


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


def _says_something(lines: str) -> bool:
    return any(one and not one.lstrip().startswith("#") for one in lines.split("\n"))


def _passing(comments: str) -> str:
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
    valueless = lead is None or _called(node) in WITHOUT_VALUE
    return checked(node, written.text if valueless else f"{lead}{written.text}")


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


# -- assignments


@handles("assignment")
def _assignment(porter: Porter, node: Node, lead: str | None) -> str:
    left, right = field(node, "left"), field(node, "right")
    if text(left) in ("$stdout.sync", "STDOUT.sync"):
        raise Unknown(node, "Python's own output is written as it sees fit")
    if right.type in _WITH_BRANCHES:
        lines = _assigned_in_branches(porter, left, right)
    elif left.type == "left_assignment_list" and right.type == "nil":
        lines = checked(node, f"{' = '.join(target(porter, one, None) for one in members(left))} = None")
    else:
        value = _value(porter, right)
        lines = checked(node, f"{target(porter, left, value.kind)} = {value.text}")
    if lead == "return ":
        return f"{lines}\nreturn {_read_again(porter, left)}"
    return lines


def _value(porter: Porter, node: Node) -> Code:
    """What is assigned."""
    if node.type == "right_assignment_list":
        return Code(", ".join(_value(porter, one).text for one in members(node)))
    if node.type == "splat_argument":
        return Code(f"list({porter.expression(node.named_children[0]).text})", kind=Kind.ARRAY)
    if node.type == "assignment":
        left, inner = field(node, "left"), _value(porter, field(node, "right"))
        return Code(f"{target(porter, left, inner.kind)} = {inner.text}", kind=inner.kind)
    return porter.expression(node)


def _assigned_in_branches(porter: Porter, left: Node, right: Node) -> str:
    """`x = if …`: where both branches are an expression each, one line; else an assignment in each of them."""
    if right.type in ("if", "unless"):
        try:
            value = porter.expression(right)
        except Unknown:
            pass
        else:
            if (
                "\n" not in value.text
                and len(value.text) <= code.WIDTH
                and " if " not in value.text.partition(" else ")[2]
            ):
                return checked(right, f"{target(porter, left, value.kind)} = {value.text}")
    return HANDLERS[right.type](porter, right, f"{target(porter, left, None)} = ")


def target(porter: Porter, node: Node, kind: Kind | None) -> str:
    """What is assigned to; from now on it is known to be of this kind."""
    if node.type == "identifier":
        porter.scope.kinds[text(node)] = kind
        return names.variable(text(node))
    if node.type == "constant":
        porter.scope.kinds[text(node)] = kind
        return names.variable(text(node))
    if node.type in ("instance_variable", "global_variable"):
        porter.scope.kinds[text(node)] = kind
        if node.type == "global_variable" or porter.scope.owner is None:
            name = of_the_file(porter, node)
            (porter.scope.globals if porter.scope.method is not None else porter.set_by_file).add(name)
            return name
        return porter.expression(node).text
    if node.type == "left_assignment_list":
        return ", ".join(target(porter, one, None) for one in members(node))
    if node.type in ("rest_assignment", "splat_argument"):
        return f"*{target(porter, members(node)[0], Kind.ARRAY)}"
    if node.type == "destructured_left_assignment":
        return f"({', '.join(target(porter, one, None) for one in members(node))})"
    if node.type == "element_reference":
        return porter.expression(node).text
    if node.type == "call" and node.child_by_field_name("receiver") and not arguments(node):
        holder = porter.expression(field(node, "receiver"))
        return f"{holder.as_receiver}.{names.attribute(text(field(node, 'method')))}"
    raise Unknown(node, "nothing that Python assigns to")


def _read_again(porter: Porter, left: Node) -> str:
    return porter.expression(left).text if left.type != "left_assignment_list" else target(porter, left, None)


@handles("operator_assignment")
def _operator_assignment(porter: Porter, node: Node, lead: str | None) -> str:
    left, right = field(node, "left"), field(node, "right")
    operator = text(field(node, "operator")).removesuffix("=")
    variable = left.type == "identifier" or (left.type.endswith("_variable") and porter.scope.method is None)
    fresh = variable and not porter.scope.sees(text(left))
    if operator == "||" and right.type == "begin":
        lines = _made_if_nil(porter, left, right, fresh=fresh)
        return f"{lines}\nreturn {porter.expression(left).text}" if lead == "return " else lines
    value = porter.expression(right)
    if operator in ("||", "&&"):
        lines = _assigned_if_nil(porter, left, operator, value, fresh=fresh)
    else:
        kind = porter.expression(left).kind
        lines = f"{target(porter, left, kind)} {operator}= {value.text}"
    lines = checked(node, lines)
    return f"{lines}\nreturn {porter.expression(left).text}" if lead == "return " else lines


def _made_if_nil(porter: Porter, left: Node, right: Node, *, fresh: bool) -> str:
    """`x ||= begin … end`."""
    now = "" if fresh else porter.expression(left).maybe_absent().text
    lines = HANDLERS["begin"](porter, right, f"{target(porter, left, None)} = ")
    return lines if fresh else f"if {now} is None:\n{indented(lines)}"


def _assigned_if_nil(porter: Porter, left: Node, operator: str, value: Code, *, fresh: bool) -> str:
    if fresh:
        return f"{target(porter, left, value.kind)} = {value.text}"
    now = porter.expression(left)
    if left.type in ("instance_variable", "global_variable") and operator == "||":
        return f"if {now.text} is None:\n{indented(f'{target(porter, left, value.kind)} = {value.text}')}"
    word, binds = ("or", code.OR) if operator == "||" else ("and", code.AND)
    now = now.maybe_absent()
    return f"{target(porter, left, value.kind or now.kind)} = {now.text} {word} {value.at_least(binds + 1)}"


# -- conditions


@handles("if", "unless", "elsif")
def _if(porter: Porter, node: Node, lead: str | None) -> str:
    word = "elif" if node.type == "elsif" else "if"
    lines = f"{word} {condition(porter, node, negated=node.type == 'unless')}:\n"
    lines += indented(body(porter, node.child_by_field_name("consequence"), lead))
    alternative = node.child_by_field_name("alternative")
    if alternative is None:
        return lines if lead in (None, "return ") else f"{lines}\nelse:\n{indented(f'{lead}None')}"
    if alternative.type == "elsif":
        return f"{lines}\n{_if(porter, alternative, lead)}"
    return f"{lines}\nelse:\n{indented(body(porter, alternative, lead))}"


def condition(porter: Porter, node: Node, *, negated: bool = False) -> str:
    """The condition of an `if`, a `while` and their like, checked."""
    written = porter.expression(field(node, "condition")).maybe_absent()
    written = written.negated() if negated else written
    checked(node, written.text)
    # A walrus needs its own parentheses only within something else.
    return written.text


@handles("if_modifier", "unless_modifier")
def _modifier(porter: Porter, node: Node, lead: str | None) -> str:
    asked = condition(porter, node, negated=node.type == "unless_modifier")
    done = statement(porter, field(node, "body"), lead)
    return f"if {asked}:\n{indented(done if _says_something(done) else _passing(done))}"


@handles("case")
def _case(porter: Porter, node: Node, lead: str | None) -> str:
    subject = node.child_by_field_name("value")
    branches = [one for one in node.named_children if one.type == "when"]
    otherwise = next((one for one in node.named_children if one.type == "else"), None)
    if subject is None:
        return _chain(porter, branches, otherwise, lead)
    lines = [f"match {porter.expression(subject).text}:"]
    for branch in branches:
        wanted = [_pattern(porter, one) for one in branch.children_by_field_name("pattern")]
        done = body(porter, branch.child_by_field_name("body"), lead)
        lines.append(indented(f"case {' | '.join(wanted)}:\n{indented(done)}"))
    if otherwise is not None:
        lines.append(indented(f"case _:\n{indented(body(porter, otherwise, lead))}"))
    return "\n".join(lines)


def _pattern(porter: Porter, node: Node) -> str:
    (held,) = members(node)
    if strings.literal(held) is not None or held.type in ("integer", "float", "nil", "true", "false"):
        return porter.expression(held).text
    name = names.error_class(text(held)) or names.TYPES.get(text(held))
    if name is None or " " in name:
        raise Unknown(node, "a case that no pattern of Python matches")
    if name.startswith("fogflow."):
        porter.module("fogflow")
    return f"{name}()"


def _chain(porter: Porter, branches: list[Node], otherwise: Node | None, lead: str | None) -> str:
    """`case` without a subject."""
    lines = []
    for index, branch in enumerate(branches):
        asked = [porter.expression(members(one)[0]) for one in branch.children_by_field_name("pattern")]
        wanted = asked[0].text if len(asked) == 1 else " or ".join(one.at_least(code.AND) for one in asked)
        done = body(porter, branch.child_by_field_name("body"), lead)
        lines.append(f"{'elif' if index else 'if'} {wanted}:\n{indented(done)}")
    if otherwise is not None:
        lines.append(f"else:\n{indented(body(porter, otherwise, lead))}")
    return "\n".join(lines)


def _called(node: Node) -> str:
    """The name of what is called without a receiver; empty for all else."""
    if node.type == "identifier":
        return text(node)
    named = node.child_by_field_name("method") if node.type == "call" else None
    return text(named) if named is not None and node.child_by_field_name("receiver") is None else ""


@handles("binary")
def _binary(porter: Porter, node: Node, lead: str | None) -> str:
    """`done or raise "…"`: what the right side does, if the left side is so."""
    operator, right = text(field(node, "operator")), field(node, "right")
    does = right.type in _LEAVING or _called(right) in WITHOUT_VALUE
    if operator in ("or", "||", "and", "&&") and does and lead is None:
        asked = porter.expression(field(node, "left")).maybe_absent()
        asked = asked.negated() if operator in ("or", "||") else asked
        return f"if {checked(node, asked.text)}:\n{indented(statement(porter, right))}"
    if operator == "<<":
        pushed = porter.expression(field(node, "left"))
        if pushed.kind is Kind.STRING:
            return checked(node, f"{pushed.text} += {porter.expression(right).text}")
    written = porter.expression(node)
    return checked(node, f"{lead or ''}{written.text}")


# -- what leaves


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
