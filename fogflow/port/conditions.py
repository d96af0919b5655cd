"""Ruby's conditions: `if` and its companions, `case`, and what `and` and `or` do for their effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import code, names, strings
from fogflow.port.code import Kind, indented
from fogflow.port.grammar import field, members, text
from fogflow.port.kernel import WITHOUT_VALUE
from fogflow.port.porter import Porter, Unknown
from fogflow.port.statements import body, called, checked, handles, passing, says_something, statement

if TYPE_CHECKING:
    from tree_sitter import Node

_LEAVING = ("return", "next", "break", "retry")


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
    return f"if {asked}:\n{indented(done if says_something(done) else passing(done))}"


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


@handles("binary")
def _binary(porter: Porter, node: Node, lead: str | None) -> str:
    """`done or raise "…"`: what the right side does, if the left side is so."""
    operator, right = text(field(node, "operator")), field(node, "right")
    does = right.type in _LEAVING or called(right) in WITHOUT_VALUE
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
