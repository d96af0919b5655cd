"""What a Ruby program defines, looked over beforehand: a call without arguments looks like a variable there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from fogflow.port.grammar import arguments, field, members, text, within

if TYPE_CHECKING:
    from tree_sitter import Node

_OWNERS = ("class", "module", "singleton_class")


@attrs.frozen
class Method:
    """A method's definition.

    Attributes:
        keywords: whether it takes arguments by keyword.
        of_class: whether it is the class's own (`def self.name`).
        yields: whether it calls a block that it is not handed by name.
    """

    keywords: bool
    of_class: bool
    yields: bool


@attrs.define
class Class:
    """A class or module: its methods, constants, and the attributes of `attr_reader` and its companions, by name.

    `unset` are the instance variables that `initialize` does not set.
    """

    name: str
    methods: dict[str, Method] = attrs.field(factory=dict)
    constants: set[str] = attrs.field(factory=set)
    attributes: set[str] = attrs.field(factory=set)
    unset: set[str] = attrs.field(factory=set)

    def variable(self, name: str) -> str:
        """The Python attribute for an instance variable: Ruby's may be named as a method is."""
        return f"_{name}" if name in self.methods else name


@attrs.define
class Survey:
    """Everything that a program defines: `functions` are methods outside of any class, `locals` local variables."""

    functions: dict[str, Method] = attrs.field(factory=dict)
    classes: dict[str, Class] = attrs.field(factory=dict)
    constants: set[str] = attrs.field(factory=set)
    locals: set[str] = attrs.field(factory=set)

    @property
    def methods(self) -> set[str]:
        """The names of all methods of classes."""
        return {name for one in self.classes.values() for name in one.methods}

    @property
    def attributes(self) -> set[str]:
        """The names of all attributes of classes."""
        return {name for one in self.classes.values() for name in one.attributes}


def survey(root: Node) -> Survey:
    """Looks a program over."""
    found = Survey()
    _look(root, found, None)
    return found


def is_a_namespace(module: Node) -> bool:
    """Whether a module holds classes and modules alone, and so has nothing to be in Python."""
    return all(one.type in ("class", "module") for one in members(module.child_by_field_name("body")))


def _look(node: Node, found: Survey, owner: Class | None) -> None:
    if node.type in _OWNERS and not (node.type == "module" and is_a_namespace(node)):
        name = node.child_by_field_name("name")
        owner = found.classes.setdefault(text(name) if name else "", Class(text(name) if name else ""))
        owner.unset |= _instance_variables(node) - _set_at_first(node)
    elif node.type in ("method", "singleton_method"):
        methods = found.functions if owner is None else owner.methods
        methods[text(field(node, "name"))] = _method(node)
    elif node.type == "assignment":
        left = field(node, "left")
        if left.type == "constant":
            (found.constants if owner is None else owner.constants).add(text(left))
        found.locals |= {text(one) for one in within(left) if one.type == "identifier"}
    elif node.type.endswith("parameters"):
        found.locals |= {text(one) for one in within(node) if one.type == "identifier"}
    elif node.type == "call" and owner and text(field(node, "method") if _named(node) else node).startswith("attr_"):
        owner.attributes |= {text(one).lstrip(":") for one in arguments(node)}
    for child in node.children:
        _look(child, found, owner)


def _named(call: Node) -> bool:
    return call.child_by_field_name("method") is not None


def _method(node: Node) -> Method:
    parameters = members(node.child_by_field_name("parameters"))
    return Method(
        keywords=any(one.type in ("keyword_parameter", "hash_splat_parameter") for one in parameters),
        of_class=node.type == "singleton_method",
        yields=any(one.type == "yield" for one in within(node))
        and not any(one.type == "block_parameter" for one in parameters),
    )


def _instance_variables(node: Node) -> set[str]:
    return {text(one).lstrip("@") for one in within(node) if one.type == "instance_variable"}


def _set_at_first(node: Node) -> set[str]:
    """The instance variables that `initialize` sets."""
    made = [one for one in within(node) if one.type == "method" and text(field(one, "name")) == "initialize"]
    set_there = (field(one, "left") for method in made for one in within(method) if one.type == "assignment")
    return {text(one).lstrip("@") for left in set_there for one in within(left) if one.type == "instance_variable"}
