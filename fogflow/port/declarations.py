"""Calls that are statements: what a file requires and a class declares, loops over a block, and all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import loops, names, strings
from fogflow.port.grammar import arguments, text
from fogflow.port.porter import Porter, Unknown
from fogflow.port.statements import handles, simple

if TYPE_CHECKING:
    from tree_sitter import Node

_ATTRIBUTES = ("attr_reader", "attr_accessor", "attr_writer")
_VISIBILITY = ("private", "protected", "public", "module_function")


@handles("call", "identifier")
def _call(porter: Porter, node: Node, lead: str | None) -> str:
    if node.child_by_field_name("receiver") is None:
        named = node.child_by_field_name("method")
        lines = _declaration(porter, node, text(node if named is None else named))
        if lines is not None:
            return lines
    lines = loops.lines_of(porter, node, lead)
    return simple(porter, node, lead) if lines is None else lines


def _declaration(porter: Porter, node: Node, name: str) -> str | None:
    """The lines of `require`, `attr_reader`, `private` and their like; None for any other call."""
    told = arguments(node)
    if name in ("require", "require_relative", "load") and told:
        wanted = strings.literal(told[0])
        if name == "require" and wanted is not None and names.LIBRARIES.fullmatch(wanted):
            return ""
        raise Unknown(node, "what is required is not known")
    if porter.scope.owner is None or porter.scope.method is not None:
        return None
    if name in _ATTRIBUTES:
        return ""
    return f"# {name}" if name in _VISIBILITY and not told else None
