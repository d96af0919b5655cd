"""Calls: of fog's requests, collections and models, of the program's own methods, and of Ruby's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import blocks, code, core_methods, given, kernel, libraries, names, operators, own, strings
from fogflow.port.code import Code, Element, Kind
from fogflow.port.grammar import arguments, field, text
from fogflow.port.porter import Porter, Unknown

if TYPE_CHECKING:
    from tree_sitter import Node

_SENDING = ("send", "public_send", "__send__")

_BEGINNINGS = {"start_with?": "startswith", "end_with?": "endswith"}

_OF_COLLECTIONS = {
    "all": Kind.COLLECTION,
    "filter": Kind.COLLECTION,
    "reload": Kind.COLLECTION,
    "get": Kind.MODEL,
    "find_by_id": Kind.MODEL,
    "new": Kind.MODEL,
    "create": Kind.MODEL,
    "first": Kind.MODEL,
    "destroy": None,
    "summary": None,
}
"""What the methods of collections answer."""

_BY_KEYWORD = frozenset({"all", "filter", "new", "create"})
"""The methods of collections that take attributes."""


def from_call(porter: Porter, node: Node) -> Code:
    """A call, with a receiver or without one."""
    holder = node.child_by_field_name("receiver")
    named = node.child_by_field_name("method")
    name = text(named) if named is not None else "call"
    if holder is None:
        return _without_receiver(porter, node, name)
    if any(child.type == "&." for child in node.children):
        return _unless_nil(porter, node, holder, name)
    if holder.type in ("constant", "scope_resolution", "global_variable"):
        known = libraries.call(porter, node, text(holder), name)
        if known is not None:
            return known
        if name == "new" and (error := libraries.raised(porter, node)):
            return error
        return _of_a_constant(porter, node, holder, name)
    if text(holder) == "Time.now" and name == "strftime":
        return code.call(f"{porter.module('time')}.strftime", given.at_least(1, porter, node)[0])
    return of(porter, node, porter.expression(holder), name)


def _without_receiver(porter: Porter, node: Node, name: str) -> Code:
    """The Python of `name(…)`, or of `name` where that is no variable."""
    block = node.child_by_field_name("block")
    if name in ("lambda", "proc") and block is not None:
        return blocks.from_lambda(porter, node)
    mine = own.method(porter, name)
    # In the block of `wait_for` the model is asked first.
    if mine is not None and not (porter.scope.subject and names.attribute(name) in names.ATTRIBUTES):
        return own.call(porter, node, *mine)
    if porter.scope.subject is not None:
        return of(porter, node, Code(porter.scope.subject, kind=Kind.MODEL), name)
    if block is not None:
        raise Unknown(node, f"a block of {name}")
    handler = kernel.function(name)
    if handler is not None:
        return handler(porter, node)
    if name in ("send", "public_send", "__send__"):
        return of(porter, node, Code(porter.scope.me), name)
    if porter.scope.owner is not None and porter.scope.method is None:
        raise Unknown(node, "what the class declares is not known")
    porter.undefined(node, names.variable(name))
    elements = given.to_a_function(porter, node)
    return Code(f"{names.variable(name)}{code.bracketed('(', ')', elements)}")


def from_identifier(porter: Porter, node: Node) -> Code:
    """A variable, or a call without arguments."""
    name = text(node)
    if name == "__method__" and porter.scope.method is not None:
        return Code(code.string(porter.scope.method, porter.quote), kind=Kind.STRING)
    if porter.scope.sees(name):
        return Code(names.variable(name), kind=porter.scope.kind(name))
    if own.method(porter, name) is not None or porter.scope.subject is not None or kernel.function(name):
        return _without_receiver(porter, node, name)
    porter.undefined(node, names.variable(name))
    return Code(names.variable(name), kind=_usual_kind(name))


def _usual_kind(name: str) -> Kind | None:
    """What fog's users call by a name that the file does not define."""
    if name in names.USUAL_SERVICES:
        return Kind.SERVICE
    return Kind.MODEL if f"{name}s" in names.COLLECTIONS else None


def of(porter: Porter, node: Node, receiver: Code, name: str) -> Code:
    """The call `node` of the method `name` of a receiver."""
    if name == "wait_for":
        return _wait_for(porter, node, receiver)
    if node.child_by_field_name("block") is not None or _symbol_as_block(node) is not None:
        return _with_block(porter, node, receiver, name)
    if name in _SENDING:
        return _send(porter, node, receiver)
    if name in names.REQUESTS:
        return _request(porter, node, receiver, name)
    if receiver.kind is Kind.COLLECTION and (found := _of_a_collection(porter, node, receiver, name)):
        return found
    return _plain(porter, node, receiver, name)


def _plain(porter: Porter, node: Node, receiver: Code, name: str) -> Code:
    """A method of a model, of Ruby, of the program, or of somebody unknown."""
    told = arguments(node)
    pairs = sum(one.type in ("pair", "hash_splat_argument") for one in told)
    attribute = names.attribute(name)
    dotted = f"{receiver.as_receiver}.{attribute}"
    if receiver.kind is Kind.ERROR and name == "message":
        return Code(f"str({receiver.text})", kind=Kind.STRING)
    if receiver.kind is Kind.ERROR and name in ("response", "status"):
        return Code(dotted)
    if name == "name" and receiver.text.startswith("type("):
        return Code(f"{receiver.text}.__name__", kind=Kind.STRING)
    if name == "call":
        return _call(receiver.as_receiver, given.to_a_function(porter, node))
    if name in ("sub", "gsub") and len(told) == 2:
        return core_methods.replace(porter, name, receiver, told[0], porter.expression(told[1]))
    if name in ("match", "match?") and len(told) == 1 and told[0].type == "regex":
        return operators.search(porter, told[0], receiver)
    if name in _BEGINNINGS and len(told) > 1:
        said = ", ".join(given.at_least(2, porter, node))
        return Code(f"{receiver.as_receiver}.{_BEGINNINGS[name]}(({said}))")
    if name in ("is_a?", "kind_of?", "instance_of?") and len(told) == 1:
        return core_methods.is_a(porter, receiver, told[0])
    if name == "dig":
        return core_methods.dig(porter, receiver, told)
    if name == "to_json" and receiver.kind in (Kind.COLLECTION, Kind.MODEL):
        return Code(f"{dotted}()", kind=Kind.STRING)
    if (name == "update" and receiver.kind is not Kind.HASH) or (
        name in names.VERBS - {"update"} and name != "to_json"
    ):
        elements = (given.by_keyword if name == "update" else given.to_a_function)(porter, node)
        return _call(dotted, elements, receiver.kind)
    if attribute in names.ATTRIBUTES and not told:
        return Code(dotted, kind=_kind_of(attribute, receiver))
    if core_methods.has(name, len(told) if not pairs else len(told) - pairs + 1) and name not in porter.defined.methods:
        return core_methods.call(porter, name, receiver, given.values(porter, node))
    return _unknown(porter, node, dotted, name)


def _unknown(porter: Porter, node: Node, dotted: str, name: str) -> Code:
    """A method of an object that nothing is known of."""
    if name in porter.defined.attributes:
        return Code(dotted)
    if name in porter.defined.methods:
        method = next(one.methods[name] for one in porter.defined.classes.values() if name in one.methods)
        return _call(dotted, given.to_a_function(porter, node, keywords=method.keywords))
    if node.child_by_field_name("arguments") is not None:
        return _call(dotted, given.to_a_function(porter, node))
    porter.remark(node, f"{names.attribute(name)} is taken for an attribute")
    return Code(dotted)


def _kind_of(attribute: str, receiver: Code) -> Kind | None:
    if attribute in names.COLLECTIONS:
        return Kind.COLLECTION
    return Kind.LIST_BODY if attribute == "body" and receiver.kind is Kind.LIST_RESPONSE else None


def _call(function: str, elements: list[Element], kind: Kind | None = None, *, broken: bool = False) -> Code:
    return Code(f"{function}{code.bracketed('(', ')', elements, broken=broken)}", kind=kind)


# -- fog's objects


def _request(porter: Porter, node: Node, receiver: Code, name: str) -> Code:
    if name == "list_services":
        porter.remark(node, "today's Mistral has no services to list, and answers NotFound")
    kind = Kind.LIST_RESPONSE if name.startswith("list_") else Kind.RESPONSE
    return _call(f"{receiver.as_receiver}.{name}", given.to_a_request(porter, node), kind)


def _of_a_collection(porter: Porter, node: Node, receiver: Code, name: str) -> Code | None:
    dotted = f"{receiver.as_receiver}.{name}"
    if name == "table":
        if len(arguments(node)) != 1:
            return Code(f"{dotted}()", kind=Kind.STRING)
        (columns,) = arguments(node)
        if columns.type not in ("array", "symbol_array", "string_array"):
            return Code(f"{dotted}(*{porter.expression(columns).at_least(code.OR)})", kind=Kind.STRING)
        words = porter.expression(columns).text
        return Code(f"{dotted}({words[1:-1]})", kind=Kind.STRING)
    if name == "first" and arguments(node):
        return None
    if name not in _OF_COLLECTIONS:
        return None
    elements = (given.by_keyword if name in _BY_KEYWORD else given.to_a_function)(porter, node)
    return _call(dotted, elements, _OF_COLLECTIONS[name], broken=given.broken(node))


def _send(porter: Porter, node: Node, receiver: Code) -> Code:
    """`service.send("create_execution", …)`."""
    elements = given.to_a_request(porter, node)
    if not elements:
        raise Unknown(node, "nothing is said of what to send")
    return _call(f"getattr({receiver.text}, {elements[0].text})", elements[1:], Kind.RESPONSE)


def _wait_for(porter: Porter, node: Node, receiver: Code) -> Code:
    """`model.wait_for(timeout, interval) { ready? }`: the block is evaluated in the model."""
    block = node.child_by_field_name("block")
    if block is None:
        raise Unknown(node, "wait_for without a block")
    model = receiver.text if receiver.text.isidentifier() and receiver.text != "self" else "model"
    parameters = blocks.parameters(block)
    with porter.in_block(*parameters, subject=None if parameters else model):
        condition = porter.expression(blocks.only_expression(block)).maybe_absent()
    name = names.variable(parameters[0]) if parameters else model
    predicate = Element(f"lambda {name}: {condition.at_least(code.CONDITIONAL)}")
    return _call(f"{receiver.as_receiver}.wait_for", [predicate, *given.to_a_request(porter, node)], Kind.MODEL)


def _unless_nil(porter: Porter, node: Node, holder: Node, name: str) -> Code:
    """`x&.name`."""
    receiver = porter.expression(holder)
    if not receiver.text.replace(".", "").isidentifier():
        raise Unknown(node, "&. after something else than a name")
    found = of(porter, node, receiver, name)
    return Code(f"{found.at_least(code.OR)} if {receiver.text} is not None else None", code.CONDITIONAL)


# -- constants


def _of_a_constant(porter: Porter, node: Node, holder: Node, name: str) -> Code:
    """A class of the program, or one that nothing is known of."""
    receiver = porter.expression(holder)
    own = porter.defined.classes.get(text(holder).split("::")[-1])
    if own is None:
        return of(porter, node, receiver, name) if name != "new" else _new(porter, node, receiver)
    if name == "new":
        return _new(porter, node, receiver)
    if node.child_by_field_name("block") is not None:
        raise Unknown(node, f"a block of {name}")
    method = own.methods.get(name)
    elements = given.to_a_function(porter, node, keywords=method is None or method.keywords)
    return _call(f"{receiver.text}.{names.attribute(name)}", elements)


def _new(porter: Porter, node: Node, receiver: Code) -> Code:
    own = porter.defined.classes.get(receiver.text)
    initialize = own.methods.get("initialize") if own else None
    keywords = initialize is None or initialize.keywords
    return _call(receiver.as_receiver, given.to_a_function(porter, node, keywords=keywords))


# -- blocks


def _symbol_as_block(node: Node) -> str | None:
    """The method's name in `&:name`."""
    told = arguments(node)
    if len(told) == 1 and told[0].type == "block_argument" and told[0].named_children:
        return strings.literal(told[0].named_children[0])
    return None


def of_each(porter: Porter, node: Node) -> Code | None:
    """The method in `&:name`, of `one` after another; None where a call has no such block."""
    name = _symbol_as_block(node)
    if name is None:
        return None
    attribute = names.attribute(name)
    if attribute in names.ATTRIBUTES | porter.defined.attributes:
        return Code(f"one.{attribute}")
    if core_methods.has(name, 0) and name not in porter.defined.methods:
        return core_methods.call(porter, name, Code("one"), [])
    if name not in names.VERBS | porter.defined.methods:
        porter.remark(node, f"{attribute} is taken for a method")
    return Code(f"one.{attribute}()")


def _with_block(porter: Porter, node: Node, receiver: Code, name: str) -> Code:
    if not core_methods.takes_block(name):
        raise Unknown(node, f"a block of {name}")
    if (done := of_each(porter, node)) is not None:
        return core_methods.call_with_block(name, receiver, ["one"], done)
    block = field(node, "block")
    parameters = blocks.parameters(block)
    if not 1 <= len(parameters) <= 2:
        raise Unknown(node, "a block with so many parameters")
    with porter.in_block(*parameters) as scope:
        if receiver.kind is Kind.COLLECTION:
            scope.kinds[parameters[0]] = Kind.MODEL
        body = porter.expression(blocks.only_expression(block))
    return core_methods.call_with_block(name, receiver, [names.variable(one) for one in parameters], body)
