"""What makes Python of each kind of Ruby expression, by the grammar's names of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import blocks, calls, given, libraries, names, operators, strings
from fogflow.port.code import NUMBER, Code, Kind, call
from fogflow.port.grammar import arguments, field, text
from fogflow.port.porter import Porter, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node


def _constant(said: str) -> Callable[[Porter, Node], Code]:
    return lambda porter, node: Code(said)


def _number(porter: Porter, node: Node) -> Code:
    said = text(node)
    if said[-1] in "ri":
        raise Unknown(node, "a rational or complex number")
    if said[0] == "0" and said[1:].isdigit():
        said = f"0o{said[1:]}"
    return Code(said, NUMBER)


def _regular_expression(porter: Porter, node: Node) -> Code:
    return Code(f"{porter.module('re')}.compile({strings.pattern(porter, node)})")


def _self(porter: Porter, node: Node) -> Code:
    if porter.scope.subject is not None:
        return Code(porter.scope.subject, kind=Kind.MODEL)
    if porter.scope.owner is None:
        raise Unknown(node, "self outside of a class")
    return Code(porter.scope.me)


def _constant_name(porter: Porter, node: Node) -> Code:
    name = text(node)
    owner = porter.scope.owner
    if owner and name in owner.constants and porter.scope.method is not None:
        return Code(f"{porter.scope.me}.{name}")
    if known := libraries.raised(porter, node):
        return known
    if name == "ARGV":
        return Code(f"{porter.module('sys')}.argv[1:]", kind=Kind.ARRAY)
    if name == "ENV":
        return Code(f"{porter.module('os')}.environ", kind=Kind.HASH)
    if name not in porter.defined.constants | set(porter.defined.classes):
        porter.undefined(node, name)
    return Code(names.variable(name), kind=porter.scope.kind(name))


def _scoped(porter: Porter, node: Node) -> Code:
    if known := libraries.raised(porter, node):
        return known
    holder = node.child_by_field_name("scope")
    name = text(field(node, "name"))
    if holder is not None and holder.type not in ("constant", "scope_resolution"):
        return Code(f"{porter.expression(holder).as_receiver}.{names.attribute(name)}")
    if holder is None or text(holder) not in porter.defined.classes:
        if name in porter.defined.classes:
            return Code(name)
        porter.undefined(node, text(node))
    return Code(text(node).lstrip(":").replace("::", "."))


def _instance_variable(porter: Porter, node: Node) -> Code:
    name = text(node).lstrip("@")
    owner = porter.scope.owner
    if owner is not None:
        return Code(f"{porter.scope.me}.{owner.variable(name)}", kind=porter.scope.kind(text(node)))
    return Code(of_the_file(porter, node), kind=porter.scope.kind(text(node)))


def of_the_file(porter: Porter, node: Node) -> str:
    """What a variable of the whole file is called: not as a local variable is."""
    name = names.variable(text(node))
    taken = text(node).lstrip("@$") in porter.defined.locals | set(porter.defined.functions)
    return f"{name}_" if taken else name


def _super(porter: Porter, node: Node) -> Code:
    method = porter.scope.method
    if method is None:
        raise Unknown(node, "super outside of a method")
    return call(f"super().{'__init__' if method == 'initialize' else names.attribute(method)}")


def _call(porter: Porter, node: Node) -> Code:
    if text(node).startswith("super") and node.named_children and node.named_children[0].type == "super":
        given_to_it = [porter.expression(one).text for one in arguments(node)]
        return call(_super(porter, node).text.removesuffix("()"), *given_to_it)
    return calls.from_call(porter, node)


def _variable_of_ruby(porter: Porter, node: Node) -> Code:
    if text(node) == "$PROGRAM_NAME" or text(node) == "$0":
        return Code(f"{porter.module('sys')}.argv[0]", kind=Kind.STRING)
    if not text(node)[1:].isidentifier():
        raise Unknown(node, "a variable of Ruby's own")
    return Code(of_the_file(porter, node), kind=porter.scope.kind(text(node)))


EXPRESSIONS: dict[str, Callable[[Porter, Node], Code]] = {
    "array": given.from_array,
    "assignment": operators.from_assignment,
    "binary": operators.from_binary,
    "call": _call,
    "chained_string": strings.from_strings,
    "conditional": operators.from_conditional,
    "constant": _constant_name,
    "delimited_symbol": strings.from_string,
    "element_reference": operators.from_lookup,
    "false": _constant("False"),
    "float": _number,
    "global_variable": _variable_of_ruby,
    "hash": given.from_hash,
    "hash_key_symbol": strings.from_symbol,
    "heredoc_beginning": strings.from_heredoc,
    "identifier": calls.from_identifier,
    "if": operators.from_conditional,
    "instance_variable": _instance_variable,
    "integer": _number,
    "lambda": blocks.from_lambda,
    "nil": _constant("None"),
    "parenthesized_statements": operators.from_parentheses,
    "regex": _regular_expression,
    "range": operators.from_range,
    "scope_resolution": _scoped,
    "self": _self,
    "simple_symbol": strings.from_symbol,
    "string": strings.from_string,
    "string_array": strings.from_words,
    "super": _super,
    "symbol_array": strings.from_words,
    "true": _constant("True"),
    "unary": operators.from_unary,
    "unless": operators.from_conditional,
    "yield": operators.from_yield,
}
