"""The methods of Ruby's own classes, and Python's for them. What fog's objects do is said in `calls`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from fogflow.port import code, names, strings
from fogflow.port.code import Code, Kind
from fogflow.port.grammar import text
from fogflow.port.porter import Porter, Unknown

if TYPE_CHECKING:
    from tree_sitter import Node


@attrs.frozen
class Form:
    """What a method becomes: `template` has the receiver as `{0}`, or bare as `{bare}`, and the arguments as `{1}`…"""

    template: str
    binds: int = code.ATOM
    kind: Kind | None = None
    opposite: str | None = None
    module: str | None = None
    closely: int = code.ANYTHING
    """How tightly the arguments must bind where they stand."""


_TEXT = Kind.STRING
_LIST = Kind.ARRAY

_FORMS: dict[tuple[str, int], Form] = {
    ("to_s", 0): Form("str({bare})", kind=_TEXT),
    ("to_i", 0): Form("int({bare})"),
    ("to_f", 0): Form("float({bare})"),
    ("to_sym", 0): Form("{0}", kind=_TEXT),
    ("to_a", 0): Form("list({bare})", kind=_LIST),
    ("to_h", 0): Form("dict({bare})", kind=Kind.HASH),
    ("to_json", 0): Form("json.dumps({bare})", kind=_TEXT, module="json"),
    ("to_yaml", 0): Form("yaml.safe_dump({bare})", kind=_TEXT, module="yaml"),
    ("inspect", 0): Form("repr({bare})", kind=_TEXT),
    ("size", 0): Form("len({bare})"),
    ("length", 0): Form("len({bare})"),
    ("count", 0): Form("len({bare})"),
    ("nil?", 0): Form("{compared} is None", code.COMPARE, opposite="{compared} is not None"),
    ("zero?", 0): Form("{compared} == 0", code.COMPARE, opposite="{compared} != 0"),
    ("positive?", 0): Form("{compared} > 0", code.COMPARE),
    ("negative?", 0): Form("{compared} < 0", code.COMPARE),
    ("any?", 0): Form("any({bare})"),
    ("all?", 0): Form("all({bare})"),
    ("include?", 1): Form("{1} in {compared}", code.COMPARE, None, "{1} not in {compared}", closely=code.BIT),
    ("member?", 1): Form("{1} in {compared}", code.COMPARE, None, "{1} not in {compared}", closely=code.BIT),
    ("key?", 1): Form("{1} in {compared}", code.COMPARE, None, "{1} not in {compared}", closely=code.BIT),
    ("has_key?", 1): Form("{1} in {compared}", code.COMPARE, None, "{1} not in {compared}", closely=code.BIT),
    ("keys", 0): Form("list({bare})", kind=_LIST),
    ("values", 0): Form("list({0}.values())", kind=_LIST),
    ("first", 0): Form("{0}[0]"),
    ("last", 0): Form("{0}[-1]"),
    ("first", 1): Form("{0}[:{1}]", kind=_LIST),
    ("last", 1): Form("{0}[-{1}:]", kind=_LIST, closely=code.SIGN),
    ("fetch", 1): Form("{0}[{1}]"),
    ("fetch", 2): Form("{0}.get({1}, {2})"),
    ("delete", 1): Form("{0}.pop({1}, None)"),
    ("merge", 1): Form("{{**{0}, **{1}}}", kind=Kind.HASH, closely=code.OR),
    ("merge!", 1): Form("{0}.update({1})"),
    ("push", 1): Form("{0}.append({1})", kind=_LIST),
    ("append", 1): Form("{0}.append({1})", kind=_LIST),
    ("concat", 1): Form("{0}.extend({1})", kind=_LIST),
    ("sum", 0): Form("sum({bare})"),
    ("min", 0): Form("min({bare})"),
    ("max", 0): Form("max({bare})"),
    ("sort", 0): Form("sorted({bare})", kind=_LIST),
    ("reverse", 0): Form("{0}[::-1]"),
    ("uniq", 0): Form("list(dict.fromkeys({bare}))", kind=_LIST),
    ("compact", 0): Form("[one for one in {iterated} if one is not None]", kind=_LIST),
    ("flatten", 0): Form("[one for each in {iterated} for one in each]", kind=_LIST),
    ("join", 0): Form('"".join(map(str, {bare}))', kind=_TEXT),
    ("join", 1): Form("{1}.join(map(str, {bare}))", kind=_TEXT, closely=code.ATOM),
    ("upcase", 0): Form("{0}.upper()", kind=_TEXT),
    ("downcase", 0): Form("{0}.lower()", kind=_TEXT),
    ("capitalize", 0): Form("{0}.capitalize()", kind=_TEXT),
    ("strip", 0): Form("{0}.strip()", kind=_TEXT),
    ("lstrip", 0): Form("{0}.lstrip()", kind=_TEXT),
    ("rstrip", 0): Form("{0}.rstrip()", kind=_TEXT),
    ("chomp", 0): Form('{0}.rstrip("\\n")', kind=_TEXT),
    ("lines", 0): Form("{0}.splitlines(keepends=True)", kind=_LIST),
    ("split", 0): Form("{0}.split()", kind=_LIST),
    ("split", 1): Form("{0}.split({1})", kind=_LIST),
    ("start_with?", 1): Form("{0}.startswith({1})"),
    ("end_with?", 1): Form("{0}.endswith({1})"),
    ("ljust", 1): Form("{0}.ljust({1})", kind=_TEXT),
    ("rjust", 1): Form("{0}.rjust({1})", kind=_TEXT),
    ("center", 1): Form("{0}.center({1})", kind=_TEXT),
    ("round", 0): Form("round({bare})"),
    ("round", 1): Form("round({bare}, {1})"),
    ("abs", 0): Form("abs({bare})"),
    ("dup", 0): Form("copy.copy({bare})", module="copy"),
    ("clone", 0): Form("copy.copy({bare})", module="copy"),
    ("freeze", 0): Form("{0}"),
    ("respond_to?", 1): Form("hasattr({bare}, {1})"),
    ("class", 0): Form("type({bare})"),
}

# With a block of one expression: {each} is its parameters, {of} what it goes over, {block} the expression.
_WITH_BLOCK: dict[str, tuple[str, Kind | None]] = {
    "map": ("[{block} for {each} in {of}]", _LIST),
    "collect": ("[{block} for {each} in {of}]", _LIST),
    "flat_map": ("[one for {each} in {of} for one in {block}]", _LIST),
    "select": ("[{each} for {each} in {of} if {block}]", _LIST),
    "filter": ("[{each} for {each} in {of} if {block}]", _LIST),
    "find_all": ("[{each} for {each} in {of} if {block}]", _LIST),
    "reject": ("[{each} for {each} in {of} if {not_block}]", _LIST),
    "find": ("next(({each} for {each} in {of} if {block}), None)", None),
    "detect": ("next(({each} for {each} in {of} if {block}), None)", None),
    "any?": ("any({block} for {each} in {of})", None),
    "all?": ("all({block} for {each} in {of})", None),
    "none?": ("not any({block} for {each} in {of})", None),
    "count": ("sum(bool({block}) for {each} in {of})", None),
    "sum": ("sum({block} for {each} in {of})", None),
    "sort_by": ("sorted({of}, key=lambda {each}: {block})", _LIST),
    "min_by": ("min({of}, key=lambda {each}: {block})", None),
    "max_by": ("max({of}, key=lambda {each}: {block})", None),
    "to_h": ("dict({block} for {each} in {of})", Kind.HASH),
}

_OF_THE_SAME_KIND = frozenset({"select", "filter", "find_all", "reject", "sort_by"})


def has(name: str, count: int) -> bool:
    """Whether Ruby's classes have such a method, with so many arguments, that Python has too."""
    return (name, count) in _FORMS or (name == "empty?" and count == 0)


def call(porter: Porter, name: str, receiver: Code, given: list[Code]) -> Code:
    """The Python of a method that `has` knows of."""
    if name == "empty?":
        return Code(f"not {receiver.at_least(code.NOT)}", code.NOT)
    form = _FORMS[name, len(given)]
    if form.module:
        porter.module(form.module)
    if name == "merge" and given[0].kind is Kind.HASH and given[0].text.startswith("{"):
        return Code(f"{{**{receiver.as_receiver}, {given[0].text[1:-1]}}}", kind=Kind.HASH)
    held = receiver.maybe_absent() if name == "nil?" else receiver
    values = {"bare": held.text, "compared": held.at_least(code.BIT), "iterated": held.at_least(code.OR)}
    arguments = [held.as_receiver, *(one.at_least(form.closely) for one in given)]
    if porter.quote == "'":
        form = attrs.evolve(form, template=form.template.replace('"', "'"))
    return Code(
        form.template.format(*arguments, **values),
        form.binds,
        form.kind or (receiver.kind if form.template == "{0}" else None),
        opposite=form.opposite.format(*arguments, **values) if form.opposite else None,
    )


def takes_block(name: str) -> bool:
    """Whether Ruby's classes have such a method with a block that Python has too."""
    return name in _WITH_BLOCK


def call_with_block(name: str, receiver: Code, each: list[str], block: Code) -> Code:
    """The Python of a method that `takes_block` knows of.

    Args:
        each: the block's parameters; of two, the object is taken for a hash.
        block: its expression.
    """
    template, kind = _WITH_BLOCK[name]
    of = f"{receiver.as_receiver}.items()" if len(each) == 2 else receiver.at_least(code.OR)
    values = {
        "each": f"({', '.join(each)})" if len(each) == 2 and template.startswith("[{each}") else ", ".join(each),
        "of": of,
        "block": block.at_least(code.CONDITIONAL if template.startswith("[{block}") else code.OR),
        "not_block": block.negated().at_least(code.OR),
    }
    template = template.replace("for {each}", "for " + ", ".join(each).replace("{", "{{"))
    binds = code.NOT if template.startswith("not ") else code.ATOM
    kind = receiver.kind if name in _OF_THE_SAME_KIND and receiver.kind is Kind.STRING else kind
    return Code(template.format(**values), binds, kind)


def is_a(porter: Porter, receiver: Code, wanted: Node) -> Code:
    """`x.is_a?(Class)`."""
    name = text(wanted)
    if name == "NilClass":
        return call(porter, "nil?", receiver, [])
    type_ = names.TYPES.get(name) or names.error_class(name)
    if type_ is None and name not in porter.defined.classes:
        raise Unknown(wanted, "no Python for this class")
    if type_ and type_.startswith("fogflow."):
        porter.module("fogflow")
    return code.call("isinstance", receiver.text, type_ or name)


def dig(porter: Porter, receiver: Code, keys: list[Node]) -> Code:
    """`x.dig(…)`: each key may be missing."""
    found = receiver
    for position, key in enumerate(keys):
        if strings.literal(key) is None:
            raise Unknown(key, "dig with something else than names")
        holder = found.as_receiver if position == 0 else f"({found.text} or {{}})"
        found = Code(f"{holder}.get({porter.expression(key).text})")
    return found


def replace(porter: Porter, name: str, receiver: Code, wanted: Node, by: Code) -> Code:
    """`x.sub(a, b)` and `x.gsub(a, b)`."""
    once = ["1"] if name == "sub" else []
    if wanted.type != "regex":
        found = porter.expression(wanted)
        return attrs.evolve(code.call(f"{receiver.as_receiver}.replace", found.text, by.text, *once), kind=Kind.STRING)
    if "\\" in by.text:
        raise Unknown(wanted, "a replacement that refers to what was found")
    pattern, _, flags = strings.pattern(porter, wanted).partition(", ")
    more = [f"count={one}" for one in once] + ([f"flags={flags}"] if flags else [])
    return attrs.evolve(
        code.call(f"{porter.module('re')}.sub", pattern, by.text, receiver.text, *more), kind=Kind.STRING
    )
