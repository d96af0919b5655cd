"""Ruby's loops, and its iterators that are loops in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import blocks, calls, code, core_methods, given, names, operators, own
from fogflow.port.assignments import target
from fogflow.port.code import Code, Kind, bracketed, indented
from fogflow.port.conditions import condition
from fogflow.port.grammar import arguments, field, members, text, within
from fogflow.port.porter import Porter, Unknown
from fogflow.port.statements import body, checked, handles, statement

if TYPE_CHECKING:
    from tree_sitter import Node

_ITERATORS = ("each", "each_with_index", "each_pair", "each_key", "each_value", "times", "upto", "downto", "each_entry")


@handles("while", "until")
def _while(porter: Porter, node: Node, lead: str | None) -> str:
    asked = condition(porter, node, negated=node.type == "until")
    return f"while {asked}:\n{indented(body(porter, field(node, 'body')))}"


@handles("while_modifier", "until_modifier")
def _while_modifier(porter: Porter, node: Node, lead: str | None) -> str:
    """`… while x`; after a `begin … end`, the condition is asked at the end of each round."""
    done = field(node, "body")
    if done.type != "begin":
        asked = condition(porter, node, negated=node.type == "until_modifier")
        return f"while {asked}:\n{indented(statement(porter, done))}"
    if any(one.type == "next" for one in within(done)):
        raise Unknown(node, "next in a loop that asks at its end")
    lines = body(porter, done)
    ended = condition(porter, node, negated=node.type == "while_modifier")
    return f"while True:\n{indented(lines)}\n{indented(f'if {ended}:')}\n{indented(indented('break'))}"


@handles("for")
def _for(porter: Porter, node: Node, lead: str | None) -> str:
    over = porter.expression(members(field(node, "value"))[0])
    each = target(porter, field(node, "pattern"), Kind.MODEL if over.kind is Kind.COLLECTION else None)
    return f"for {each} in {over.text}:\n{indented(body(porter, field(node, 'body')))}"


def lines_of(porter: Porter, node: Node, lead: str | None) -> str | None:
    """The lines of a call whose block is a loop's body; None for any other call."""
    block = node.child_by_field_name("block")
    name = text(field(node, "method")) if node.child_by_field_name("method") else ""
    holder = node.child_by_field_name("receiver")
    if block is None:
        return _of_each(porter, node, holder) if name == "each" and holder is not None else None
    if name == "loop" and holder is None:
        return f"while True:\n{indented(_body(porter, block))}"
    if holder is not None and text(holder) == "Fog" and name == "wait_for":
        return _fog_wait_for(porter, node, block)
    if holder is None or name not in _ITERATORS:
        return _guessed(porter, node, block, name, lead)
    parameters = blocks.parameters(block)
    told = given.at_least(0, porter, node)
    each, over, kind = _iteration(porter, name, holder, parameters, told)
    with porter.in_block(*parameters) as scope:
        if kind is not None and parameters:
            scope.kinds[parameters[0]] = kind
        lines = _body(porter, block)
    return f"for {each} in {over}:\n{indented(lines)}"


def _of_each(porter: Porter, node: Node, holder: Node) -> str | None:
    """`x.each(&:name)`."""
    done = calls.of_each(porter, node)
    return None if done is None else f"for one in {porter.expression(holder).text}:\n{indented(done.text)}"


def _guessed(porter: Porter, node: Node, block: Node, name: str, lead: str | None) -> str | None:
    """A block for somebody else's method that, by its name, goes over something or lends it."""
    over, lent = "each" in name.split("_"), name.startswith("with_")
    if not (over or lent) or own.method(porter, name) is not None or core_methods.takes_block(name):
        return None
    porter.remark(node, f"the block of {name} is taken for {'a loop' if over else 'what a with statement holds'}")
    parameters = blocks.parameters(block)
    holder = node.child_by_field_name("receiver")
    function = (
        names.attribute(name) if holder is None else f"{porter.expression(holder).as_receiver}.{names.attribute(name)}"
    )
    called = f"{function}{bracketed('(', ')', given.to_a_function(porter, node))}"
    each = ", ".join(names.variable(one) for one in parameters)
    with porter.in_block(*parameters):
        lines = _body(porter, block, None if over else lead)
    header = f"for {each or '_'} in {called}:" if over else f"with {called}{' as ' + each if each else ''}:"
    checked(node, f"{header} pass")
    return f"{header}\n{indented(lines)}"


def _iteration(
    porter: Porter, name: str, holder: Node, parameters: list[str], told: list[str]
) -> tuple[str, str, Kind | None]:
    """What a `for` has for an iterator: its variables, what it goes over, what the first of the variables is."""
    over = porter.expression(holder)
    each = ", ".join(names.variable(one) for one in parameters) or "_"
    kind = Kind.MODEL if over.kind is Kind.COLLECTION else None
    if name == "times":
        return each, f"range({over.text})", None
    if name == "upto":
        return each, f"range({over.text}, {operators.after(Code(told[0]))})", None
    if name == "downto":
        return each, f"range({over.text}, {told[0]} - 1, -1)", None
    if name == "each_with_index":
        value, index = (names.variable(one) for one in parameters)
        return f"{index}, {value}", f"enumerate({over.text})", None
    if name == "each_pair" or (name == "each" and len(parameters) == 2):
        return each, f"{over.as_receiver}.items()", None
    if name == "each_value":
        return each, f"{over.as_receiver}.values()", None
    return each, over.at_least(code.CONDITIONAL), kind


def _body(porter: Porter, block: Node, lead: str | None = None) -> str:
    held = block.child_by_field_name("body")
    if held is not None and any(one.type in ("rescue", "ensure") for one in held.named_children):
        return statement(porter, held, lead)
    return body(porter, held, lead)


def _fog_wait_for(porter: Porter, node: Node, block: Node) -> str:
    """`Fog.wait_for(timeout, interval) { … }`: fog's waiting for what is no model."""
    timeout, interval = (
        [porter.expression(one).text for one in arguments(node)] + ["600", "5"][len(arguments(node)) :]
    )[:2]
    clock = f"{porter.module('time')}.monotonic()"
    asked = porter.expression(blocks.only_expression(block)).maybe_absent().negated()
    error = f'{porter.module("fogflow")}.errors.TimeoutError("waited {timeout} s")'
    inside = f"if {clock} > deadline:\n{indented(f'raise {error}')}\ntime.sleep({interval})"
    return checked(node, f"deadline = {clock} + {timeout}\nwhile {asked.text}:\n{indented(inside)}")
