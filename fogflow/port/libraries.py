"""What Ruby's programs call by the name of a class or module: fog itself, JSON, YAML, files, the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from fogflow.port import code, given, names
from fogflow.port.code import Code, Kind
from fogflow.port.grammar import field, text
from fogflow.port.porter import Porter, Unknown

if TYPE_CHECKING:
    from tree_sitter import Node

MOCK = "mock"
"""What the draft calls a mock that it stops again."""


def call(porter: Porter, node: Node, receiver: str, method: str) -> Code | None:
    """The Python of `receiver.method(…)`; None where the receiver is nobody that is known here."""
    if names.SERVICES.fullmatch(receiver) and method == "new":
        return _connect(porter, node)
    handler = _CALLS.get((receiver, method))
    if handler is not None:
        return handler(porter, node)
    if receiver in _RECEIVERS:
        raise Unknown(node, f"no Python for {receiver}.{method}")
    return None


def raised(porter: Porter, node: Node) -> Code | None:
    """The Python of an error's class, or of `Class.new(…)`; None for one that is nobody's here."""
    if node.type == "call" and (holder := node.child_by_field_name("receiver")):
        found = raised(porter, holder) if text(field(node, "method")) == "new" else None
        return None if found is None else code.call(found.text, *given.at_least(0, porter, node))
    name = names.error_class(text(node))
    if name is None:
        return None
    if "." in name:
        porter.module(name.partition(".")[0])
    return Code(name)


def _connect(porter: Porter, node: Node) -> Code:
    elements = given.to_a_function(porter, node)
    text_of = code.bracketed("(", ")", elements, broken=given.broken(node))
    return Code(f"{porter.module('fogflow')}.connect{text_of}", kind=Kind.SERVICE)


def _mock(porter: Porter, node: Node) -> Code:
    started = f"{porter.module('fogflow')}.mock()"
    return Code(f"{MOCK} = {started}" if "Fog.unmock!" in porter.ruby else started)


def _unmock(porter: Porter, node: Node) -> Code:
    return Code(f"{MOCK}.stop()")


def _function(module: str | None, name: str, kind: Kind | None = None) -> Callable[[Porter, Node], Code]:
    """A function that takes what Ruby's takes; what Ruby is told beside the first argument has no place in it."""

    def handler(porter: Porter, node: Node) -> Code:
        held = given.at_least(0, porter, node)
        whole = f"{porter.module(module)}.{name}" if module else name
        return Code(code.call(whole, *held).text, kind=kind)

    return handler


def _decoded(porter: Porter, node: Node) -> Code:
    held = given.at_least(1, porter, node)[0]
    if held.endswith(".response.body"):
        # An error's answer is decoded already.
        return Code(held)
    return code.call(f"{porter.module('json')}.loads", held)


def _indented(porter: Porter, node: Node) -> Code:
    return code.call(f"{porter.module('json')}.dumps", *given.at_least(0, porter, node), "indent=2")


def _read_yaml(porter: Porter, node: Node) -> Code:
    path = given.at_least(1, porter, node)[0]
    return Code(f"{porter.module('yaml')}.safe_load({porter.module('pathlib')}.Path({path}).read_text())")


def _of_path(method: str, kind: Kind | None = None) -> Callable[[Porter, Node], Code]:
    def handler(porter: Porter, node: Node) -> Code:
        path, *more = given.at_least(1, porter, node)
        holder = code.call(f"{porter.module('pathlib')}.Path", path).text
        return Code(code.call(f"{holder}.{method}", *more).text, kind=kind)

    return handler


def _now(porter: Porter, node: Node) -> Code:
    return Code(f"{porter.module('time')}.time()")


def _monotonic(porter: Porter, node: Node) -> Code:
    return Code(f"{porter.module('time')}.monotonic()")


def _uuid(porter: Porter, node: Node) -> Code:
    return Code(f"str({porter.module('uuid')}.uuid4())", kind=Kind.STRING)


def _from_environment(porter: Porter, node: Node) -> Code:
    name, *default = given.at_least(1, porter, node)
    environment = f"{porter.module('os')}.environ"
    return code.call(f"{environment}.get", name, *default) if default else Code(f"{environment}[{name}]")


def _in_environment(porter: Porter, node: Node) -> Code:
    name = given.at_least(1, porter, node)[0]
    environment = f"{porter.module('os')}.environ"
    return Code(f"{name} in {environment}", code.COMPARE, opposite=f"{name} not in {environment}")


def _printed_as_error(porter: Porter, node: Node) -> Code:
    return code.call("print", *given.at_least(0, porter, node), f"file={porter.module('sys')}.stderr")


_CALLS: Mapping[tuple[str, str], Callable[[Porter, Node], Code]] = {
    ("Fog", "mock!"): _mock,
    ("Fog", "unmock!"): _unmock,
    ("JSON", "parse"): _decoded,
    ("JSON", "generate"): _function("json", "dumps", Kind.STRING),
    ("JSON", "dump"): _function("json", "dumps", Kind.STRING),
    ("JSON", "pretty_generate"): _indented,
    ("Fog::JSON", "decode"): _decoded,
    ("Fog::JSON", "encode"): _function("json", "dumps", Kind.STRING),
    ("YAML", "load"): _function("yaml", "safe_load"),
    ("YAML", "safe_load"): _function("yaml", "safe_load"),
    ("YAML", "dump"): _function("yaml", "safe_dump", Kind.STRING),
    ("YAML", "load_file"): _read_yaml,
    ("File", "read"): _of_path("read_text", Kind.STRING),
    ("File", "write"): _of_path("write_text"),
    ("File", "exist?"): _of_path("exists"),
    ("File", "join"): _function("os", "path.join", Kind.STRING),
    ("Time", "now"): _now,
    ("Process", "clock_gettime"): _monotonic,
    ("SecureRandom", "uuid"): _uuid,
    ("ENV", "fetch"): _from_environment,
    ("ENV", "key?"): _in_environment,
    ("Kernel", "sleep"): _function("time", "sleep"),
    ("$stderr", "puts"): _printed_as_error,
    ("STDERR", "puts"): _printed_as_error,
    ("$stdout", "puts"): _function(None, "print"),
    ("STDOUT", "puts"): _function(None, "print"),
}

_RECEIVERS = {receiver for receiver, _ in _CALLS}
