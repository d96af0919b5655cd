"""Ruby's methods, classes and modules, as Python's functions and classes; and what a file requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from fogflow.port import names, strings
from fogflow.port.code import CONDITIONAL, indented
from fogflow.port.grammar import field, members, text, within
from fogflow.port.porter import Porter, Scope, Unknown
from fogflow.port.rescues import has_clauses, with_clauses
from fogflow.port.statements import body, handles, sequence, statement
from fogflow.port.survey import is_a_namespace

if TYPE_CHECKING:
    from tree_sitter import Node


@attrs.define
class _Parameters:
    """A function's parameters, and the lines that set those whose default is made anew at each call."""

    listed: list[str] = attrs.field(factory=list)
    made: list[str] = attrs.field(factory=list)


@handles("method", "singleton_method")
def _method(porter: Porter, node: Node, lead: str | None) -> str:
    name = text(field(node, "name"))
    owner = porter.scope.owner
    if name.endswith("=") or not name.rstrip("?!").isidentifier():
        raise Unknown(node, "a method that sets an attribute, or an operator")
    if node.type == "singleton_method" and text(field(node, "object")) != "self":
        raise Unknown(node, "a method of one object")
    of_class = node.type == "singleton_method" and owner is not None
    scope = Scope(owner=owner, method=name, of_class=of_class)
    with porter.inside(scope):
        parameters = _parameters(porter, node)
        lines = _body(porter, node, None if name == "initialize" else "return ")
    if owner is not None:
        parameters.listed.insert(0, scope.me)
    porter.unset |= scope.globals
    above = [f"global {', '.join(sorted(scope.globals))}"] if scope.globals else []
    lines = "\n".join([*above, *parameters.made, lines])
    python = "__init__" if name == "initialize" else names.attribute(name) if owner else names.variable(name)
    decorator = "@classmethod\n" if of_class else ""
    return f"{decorator}def {python}({', '.join(parameters.listed)}):\n{indented(lines)}"


def _body(porter: Porter, node: Node, lead: str | None) -> str:
    held = node.child_by_field_name("body")
    if held is None or held.type != "body_statement":
        return "pass" if held is None else statement(porter, held, lead)
    return with_clauses(porter, held, lead) if has_clauses(held) else body(porter, held, lead)


def _parameters(porter: Porter, node: Node) -> _Parameters:
    found = _Parameters()
    starred = False
    for one in members(node.child_by_field_name("parameters")):
        name = one if one.type == "identifier" else one.child_by_field_name("name")
        if name is None:
            raise Unknown(one, "a parameter without a name")
        porter.scope.kinds[text(name)] = None
        python = names.variable(text(name))
        value = one.child_by_field_name("value")
        if one.type == "keyword_parameter" and not starred:
            found.listed.append("*")
            starred = True
        if one.type in ("identifier", "keyword_parameter", "optional_parameter"):
            found.listed.append(python if value is None else f"{python}={_default(porter, found, python, value)}")
        elif one.type == "splat_parameter":
            found.listed.append(f"*{python}")
            starred = True
        elif one.type == "hash_splat_parameter":
            found.listed.append(f"**{python}")
        elif one.type == "block_parameter":
            found.listed.append(f"{python}=None")
        else:
            raise Unknown(one, "a parameter of this kind")
    if not any(one.type == "block_parameter" for one in members(node.child_by_field_name("parameters"))) and any(
        one.type == "yield" for one in within(node)
    ):
        found.listed += ["block"] if starred else ["*", "block"]
    return found


def _default(porter: Porter, found: _Parameters, name: str, value: Node) -> str:
    """A parameter's default; made in the function unless it is a constant, for Python makes it once for all calls."""
    written = porter.expression(value)
    if value.type in ("integer", "float", "nil", "true", "false") or strings.literal(value) is not None:
        return written.text
    found.made.append(f"{name} = {written.at_least(CONDITIONAL + 1)} if {name} is None else {name}")
    return "None"


# -- classes


@handles("class")
def _class(porter: Porter, node: Node, lead: str | None) -> str:
    name = names.attribute(text(field(node, "name")).split("::")[-1])
    own = porter.defined.classes[text(field(node, "name"))]
    parent = node.child_by_field_name("superclass")
    base = f"({porter.expression(parent.named_children[0]).text})" if parent is not None else ""
    with porter.inside(Scope(owner=own)):
        lines = body(porter, node.child_by_field_name("body"))
    unset = [f"{own.variable(variable)} = None" for variable in sorted(own.unset)]
    if unset:
        lines = "\n".join(unset) if lines == "pass" else "\n".join([*unset, "", lines])
    return f"class {name}{base}:\n{indented(lines)}"


@handles("module")
def _module(porter: Porter, node: Node, lead: str | None) -> str:
    """A module: a class where it has something of its own, nothing where it only holds others."""
    if is_a_namespace(node):
        held = node.child_by_field_name("body")
        return sequence(porter, list(held.named_children) if held else [], depth=0)
    own = porter.defined.classes[text(field(node, "name"))]
    with porter.inside(Scope(owner=own)):
        lines = body(porter, node.child_by_field_name("body"))
    return f"class {own.name.split('::')[-1]}:\n{indented(lines)}"
