"""Calls of the methods that the program itself defines, without a receiver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import blocks, code, given, names
from fogflow.port.code import Code, Element
from fogflow.port.porter import Porter, Unknown
from fogflow.port.survey import Method

if TYPE_CHECKING:
    from tree_sitter import Node


_PLAIN = Method(keywords=True, of_class=True, yields=False)


def method(porter: Porter, name: str) -> tuple[str, Method | None] | None:
    """How a method of the program is called here, None for one that it does not define."""
    scope = porter.scope
    if scope.owner is not None:
        if name == "new" and scope.of_class:
            return "cls", scope.owner.methods.get("initialize", _PLAIN)
        if name in scope.owner.methods:
            found = scope.owner.methods[name]
            holder = scope.me if found.of_class == scope.of_class or found.of_class else scope.owner.name
            return f"{holder}.{names.attribute(name)}", found
        if name in scope.owner.attributes:
            return f"{scope.me}.{names.attribute(name)}", None
    if name in porter.defined.functions:
        return names.variable(name), porter.defined.functions[name]
    return None


def call(porter: Porter, node: Node, function: str, method: Method | None) -> Code:
    if method is None:
        return Code(function)
    elements = given.to_a_function(porter, node, keywords=method.keywords)
    block = node.child_by_field_name("block")
    if block is not None:
        if not method.yields:
            raise Unknown(node, "a block for a method that takes it by a name of its own")
        elements.append(Element(f"block={blocks.from_lambda(porter, node).text}"))
    return Code(f"{function}{code.bracketed('(', ')', elements)}")
