"""What stands between brackets: hashes, arrays, and what a call is given, with their comments and line breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fogflow.port import names, strings
from fogflow.port.code import ANYTHING, CONDITIONAL, OR, Code, Element, Kind, bracketed
from fogflow.port.grammar import arguments, field, line, spans_lines, text
from fogflow.port.porter import Porter, Unknown

if TYPE_CHECKING:
    from tree_sitter import Node


def from_hash(porter: Porter, node: Node) -> Code:
    """`{…}`."""
    return _dict(porter, node.named_children, broken=spans_lines(node))


def from_array(porter: Porter, node: Node) -> Code:
    """`[…]`."""
    held = _with_hash(porter, node.named_children, None)
    return Code(bracketed("[", "]", held, broken=spans_lines(node)), kind=Kind.ARRAY)


def to_a_request(porter: Porter, call: Node) -> list[Element]:
    """What a request is given: pairs at the end are a hash, as in Ruby."""
    return _given(porter, call, None)


def by_keyword(porter: Porter, call: Node) -> list[Element]:
    """What a collection or a model is given that takes attributes: fog's hash becomes keywords."""
    given = arguments(call)
    if len(given) == 1 and given[0].type == "hash" and _are_keywords(given[0].named_children):
        return _keywords(porter, given[0].named_children, names.attribute)
    if len(given) == 1 and given[0].type not in ("pair", "hash_splat_argument", "splat_argument"):
        return [Element(f"**{porter.expression(given[0]).at_least(OR)}")]
    return _given(porter, call, names.attribute)


def to_a_function(porter: Porter, call: Node, *, keywords: bool = True) -> list[Element]:
    """What a method of the program, or of somebody else's, is given."""
    return _given(porter, call, names.variable if keywords else None)


def values(porter: Porter, call: Node) -> list[Code]:
    """What a method of Ruby's is given: pairs at the end are a hash."""
    held = [one for one in arguments(call) if one.type not in ("pair", "hash_splat_argument")]
    pairs = [one for one in arguments(call) if one not in held]
    return [porter.expression(one) for one in held] + ([_dict(porter, pairs, broken=False)] if pairs else [])


def at_least(count: int, porter: Porter, call: Node) -> list[str]:
    """The same as text, where it must be so many.

    Raises:
        Unknown: it is fewer.
    """
    held = [one.text for one in values(porter, call)]
    if len(held) < count:
        raise Unknown(call, "arguments that are missing")
    return held


def broken(call: Node) -> bool:
    """Whether a call's keywords stand on lines of their own."""
    return len({line(one) for one in arguments(call) if one.type == "pair"}) > 1


def _given(porter: Porter, call: Node, keyword: Callable[[str], str] | None) -> list[Element]:
    listed = call.child_by_field_name("arguments") or next(
        (child for child in call.named_children if child.type == "argument_list"), None
    )
    return _with_hash(porter, listed.named_children if listed else [], keyword)


def _with_hash(porter: Porter, held: Sequence[Node], keyword: Callable[[str], str] | None) -> list[Element]:
    """Things, of which the pairs at the end are keywords, or one hash."""
    pairs = [one for one in held if one.type in ("pair", "hash_splat_argument")]
    if not pairs:
        return _elements(porter, held, lambda one: _value(porter, one))
    before = _elements(porter, held[: held.index(pairs[0])], lambda one: _value(porter, one))
    of_pairs = held[held.index(pairs[0]) :]
    if keyword and _are_keywords(of_pairs):
        return before + _keywords(porter, of_pairs, keyword)
    in_lines = len({line(one) for one in pairs}) > 1
    return [*before, Element(_dict(porter, of_pairs, broken=in_lines).text)]


def _are_keywords(pairs: Sequence[Node]) -> bool:
    keys = [strings.literal(field(one, "key")) for one in pairs if one.type == "pair"]
    return all(key is not None and key.isidentifier() for key in keys)


def _keywords(porter: Porter, pairs: Sequence[Node], keyword: Callable[[str], str]) -> list[Element]:
    def one(node: Node) -> str:
        if node.type != "pair":
            return _splat(porter, node)
        return f"{keyword(strings.literal(field(node, 'key')) or '')}={_pair_value(porter, node)}"

    return _elements(porter, pairs, one)


def _dict(porter: Porter, pairs: Sequence[Node], *, broken: bool) -> Code:
    def one(node: Node) -> str:
        if node.type != "pair":
            return _splat(porter, node)
        key = field(node, "key")
        return f"{porter.expression(key).at_least(CONDITIONAL)}: {_pair_value(porter, node)}"

    return Code(bracketed("{", "}", _elements(porter, pairs, one), broken=broken), kind=Kind.HASH)


def _pair_value(porter: Porter, pair: Node) -> str:
    value = pair.child_by_field_name("value")
    if value is None:
        # `name:` alone stands for `name: name`.
        name = text(field(pair, "key"))
        if not porter.scope.sees(name):
            raise Unknown(pair, "a key without a value")
        return names.variable(name)
    return porter.expression(value).at_least(ANYTHING + 1)


def _splat(porter: Porter, node: Node) -> str:
    if node.type != "hash_splat_argument" or not node.named_children:
        raise Unknown(node, "a block that is handed on")
    (held,) = node.named_children
    return f"**{porter.expression(held).at_least(OR)}"


def _value(porter: Porter, node: Node) -> str:
    if node.type == "splat_argument":
        return f"*{porter.expression(node.named_children[0]).at_least(OR)}"
    if node.type == "block_argument":
        raise Unknown(node, "a block that is handed on")
    return porter.expression(node).at_least(ANYTHING + 1)


def _elements(porter: Porter, nodes: Sequence[Node], write: Callable[[Node], str]) -> list[Element]:
    """The things between two brackets, each with the comments above it and the one beside it."""
    elements: list[Element] = []
    above: list[str] = []
    ended_in = 0
    for node in nodes:
        if node.type == "heredoc_body":
            continue
        if node.type != "comment":
            elements.append(Element(write(node), tuple(above)))
            above = []
            ended_in = node.end_point[0]
            continue
        porter.shown.add(node.id)
        if elements and not above and node.start_point[0] == ended_in and "\n" not in elements[-1].text:
            elements[-1] = Element(elements[-1].text, elements[-1].above, text(node))
        else:
            above.append(text(node))
    return [*elements, Element("", tuple(above))] if above else elements
