"""What Ruby's programs call without a receiver: `puts` and its companions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from fogflow.port import code, given, libraries
from fogflow.port.code import Code, Kind
from fogflow.port.grammar import arguments
from fogflow.port.porter import Porter

if TYPE_CHECKING:
    from tree_sitter import Node

WITHOUT_VALUE = frozenset({"puts", "print", "p", "pp", "warn", "sleep", "exit", "abort", "raise", "fail", "require"})
"""What is called for what it does, so that no method returns it."""


def function(name: str) -> Callable[[Porter, Node], Code] | None:
    """What makes Python of a call of Ruby's function of this name; None where there is no such."""
    return _FUNCTIONS.get(name)


def _puts(porter: Porter, node: Node) -> Code:
    values = given.at_least(0, porter, node)
    return code.call("print", *values, *(['sep="\\n"'] if len(values) > 1 else []))


def _print(porter: Porter, node: Node) -> Code:
    values = given.at_least(0, porter, node)
    return code.call("print", *values, *(['sep=""'] if len(values) > 1 else []), 'end=""')


def _p(porter: Porter, node: Node) -> Code:
    values = [f"repr({value})" for value in given.at_least(0, porter, node)]
    return code.call("print", *values, *(['sep="\\n"'] if len(values) > 1 else []))


def _pp(porter: Porter, node: Node) -> Code:
    return code.call(f"{porter.module('pprint')}.pprint", *given.at_least(0, porter, node))


def _warn(porter: Porter, node: Node) -> Code:
    return code.call("print", *given.at_least(0, porter, node), f"file={porter.module('sys')}.stderr")


def _sleep(porter: Porter, node: Node) -> Code:
    return code.call(f"{porter.module('time')}.sleep", *given.at_least(0, porter, node))


def _exit(porter: Porter, node: Node) -> Code:
    return code.call(f"{porter.module('sys')}.exit", *given.at_least(0, porter, node))


def _format(porter: Porter, node: Node) -> Code:
    template, *values = given.at_least(1, porter, node)
    held = f"({', '.join(values)}{',' if len(values) == 1 else ''})"
    return Code(f"{template} % {held}", code.PRODUCT, Kind.STRING)


def _converted(type_: str) -> Callable[[Porter, Node], Code]:
    def handler(porter: Porter, node: Node) -> Code:
        return code.call(type_, *given.at_least(0, porter, node))

    return handler


def _raise(porter: Porter, node: Node) -> Code:
    """`raise` as a statement: `Code` though it is no expression, for it stands where statements do alone."""
    told = arguments(node)
    if not told:
        return Code("raise", code.ANYTHING)
    error, *message = told
    if error.type in ("string", "chained_string", "heredoc_beginning", "binary"):
        return Code(f"raise RuntimeError({porter.expression(error).text})", code.ANYTHING)
    if error.type == "identifier":
        return Code(f"raise {porter.expression(error).text}", code.ANYTHING)
    known = libraries.raised(porter, error) or porter.expression(error)
    if not message:
        return Code(f"raise {known.text}", code.ANYTHING)
    return Code(f"raise {code.call(known.text, porter.expression(message[0]).text).text}", code.ANYTHING)


_FUNCTIONS: Mapping[str, Callable[[Porter, Node], Code]] = {
    "puts": _puts,
    "print": _print,
    "p": _p,
    "pp": _pp,
    "warn": _warn,
    "sleep": _sleep,
    "exit": _exit,
    "abort": _exit,
    "format": _format,
    "sprintf": _format,
    "Integer": _converted("int"),
    "Float": _converted("float"),
    "String": _converted("str"),
    "Array": _converted("list"),
    "raise": _raise,
    "fail": _raise,
}
