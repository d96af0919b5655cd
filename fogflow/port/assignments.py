"""Ruby's assignments, plain and with an operator, to whatever Python can assign to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import code, names
from fogflow.port.code import Code, Kind, indented
from fogflow.port.expressions import of_the_file
from fogflow.port.grammar import arguments, field, members, text
from fogflow.port.porter import Porter, Unknown
from fogflow.port.statements import HANDLERS, checked, handles

if TYPE_CHECKING:
    from tree_sitter import Node

_WITH_BRANCHES = ("if", "unless", "case", "begin", "rescue_modifier")


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
    return f"{lines}\n{lead}{_read_again(porter, left)}" if lead else lines


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
    if node.type in ("identifier", "constant"):
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
        return f"{lines}\n{lead}{porter.expression(left).text}" if lead else lines
    value = porter.expression(right)
    if operator in ("||", "&&"):
        lines = _assigned_if_nil(porter, left, operator, value, fresh=fresh)
    else:
        kind = porter.expression(left).kind
        lines = f"{target(porter, left, kind)} {operator}= {value.text}"
    lines = checked(node, lines)
    return f"{lines}\n{lead}{porter.expression(left).text}" if lead else lines


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
