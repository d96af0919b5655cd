"""Blocks and lambdas: what they take, and those of one expression as Python's lambdas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import code, names
from fogflow.port.code import Code
from fogflow.port.grammar import field, members, text
from fogflow.port.porter import Porter, Unknown

if TYPE_CHECKING:
    from tree_sitter import Node


def parameters(block: Node) -> list[str]:
    """The names of a block's parameters.

    Raises:
        Unknown: it has others than plain ones.
    """
    listed = members(block.child_by_field_name("parameters"))
    for one in listed:
        if one.type != "identifier":
            raise Unknown(one, "a block's parameter that is no plain name")
    return [text(one) for one in listed]


def only_expression(block: Node) -> Node:
    """The one expression that a block is.

    Raises:
        Unknown: it is more, or less.
    """
    body = block.child_by_field_name("body")
    held = members(body) if body is not None and body.type in ("block_body", "body_statement") else members(block)
    if len(held) != 1:
        raise Unknown(block, "a block of several statements")
    return held[0]


def from_lambda(porter: Porter, node: Node) -> Code:
    """`->(x) { … }`, and `lambda { |x| … }`."""
    block = field(node, "body") if node.type == "lambda" else field(node, "block")
    given = parameters(node if node.type == "lambda" else block)
    with porter.in_block(*given):
        body = porter.expression(only_expression(block))
    names_of = ", ".join(map(names.variable, given))
    return Code(f"lambda{' ' + names_of if names_of else ''}: {body.at_least(code.CONDITIONAL)}", code.LAMBDA)
