"""Ruby's `begin`, `rescue`, `ensure` and `retry`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import libraries, names
from fogflow.port.code import Kind, indented
from fogflow.port.expressions import EXPRESSIONS
from fogflow.port.grammar import field, members, text, within
from fogflow.port.porter import Porter, Unknown
from fogflow.port.statements import handles, sequence, statement

if TYPE_CHECKING:
    from tree_sitter import Node

_CLAUSES = ("rescue", "else", "ensure")


def has_clauses(node: Node) -> bool:
    """Whether something is rescued or ensured right in this body."""
    return any(one.type in _CLAUSES for one in node.named_children)


@handles("begin", "body_statement")
def with_clauses(porter: Porter, node: Node, lead: str | None) -> str:
    """`begin … rescue … else … ensure … end`, and the body of a method that has such clauses."""
    done = [one for one in node.named_children if one.type not in (*_CLAUSES, "heredoc_body")]
    rescued, otherwise, ensured = ([one for one in node.named_children if one.type == kind] for kind in _CLAUSES)
    if not (rescued or ensured):
        return sequence(porter, done, lead)
    # With an `else`, the value is what that says.
    lines = f"try:\n{indented(sequence(porter, done, None if otherwise else lead))}"
    for clause in rescued:
        lines += f"\n{_rescue(porter, clause, lead)}"
    for clause in otherwise:
        lines += f"\nelse:\n{indented(sequence(porter, list(clause.named_children), lead))}"
    if any(_retries(clause) for clause in rescued):
        lines = _tried_again(node, lines)
        # What is ensured, Ruby does once, when no further round follows.
        lines = f"try:\n{indented(lines)}" if ensured else lines
    for clause in ensured:
        lines += f"\nfinally:\n{indented(sequence(porter, list(clause.named_children)))}"
    return lines


def _rescue(porter: Porter, node: Node, lead: str | None) -> str:
    listed = node.child_by_field_name("exceptions")
    classes = [_class(porter, one) for one in members(listed)] if listed is not None else ["Exception"]
    caught = classes[0] if len(classes) == 1 else f"({', '.join(dict.fromkeys(classes))})"
    caught = caught if len(dict.fromkeys(classes)) > 1 else classes[0]
    variable = node.child_by_field_name("variable")
    name = ""
    if variable is not None:
        held = members(variable)[0]
        if held.type != "identifier":
            raise Unknown(node, "a rescue into something else than a variable")
        porter.scope.kinds[text(held)] = Kind.ERROR
        name = f" as {names.variable(text(held))}"
    done = node.child_by_field_name("body")
    inside = sequence(porter, list(done.named_children) if done is not None else [], lead)
    return f"except {caught}{name}:\n{indented(inside)}"


def _class(porter: Porter, node: Node) -> str:
    known = libraries.raised(porter, node)
    if known is not None:
        return known.text
    if node.type not in ("constant", "scope_resolution"):
        raise Unknown(node, "a rescue of what is no class's name")
    return EXPRESSIONS[node.type](porter, node).text


def _retries(node: Node) -> bool:
    return any(one.type == "retry" for one in within(node))


def _tried_again(node: Node, lines: str) -> str:
    """`retry`: a loop that ends once nothing asks for another round."""
    if any(one.type in ("next", "break") for one in within(node)):
        raise Unknown(node, "retry within a loop that is left or gone on with here")
    return f"while True:\n{indented(lines)}\n{indented('break')}"


@handles("retry")
def _retry(porter: Porter, node: Node, lead: str | None) -> str:
    return "continue"


@handles("rescue_modifier")
def _rescue_modifier(porter: Porter, node: Node, lead: str | None) -> str:
    """`… rescue …`."""
    done, instead = statement(porter, field(node, "body"), lead), statement(porter, field(node, "handler"), lead)
    instead = "pass" if lead is None and field(node, "handler").type == "nil" else instead
    return f"try:\n{indented(done)}\nexcept Exception:\n{indented(instead)}"
