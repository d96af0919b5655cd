"""The text of Mermaid's flowcharts: https://mermaid.js.org/syntax/flowchart.html."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fogflow.drawing.graph import Edge, Graph, Look, Node, Stroke

# What stands around the label of a node.
_OUTLINES = {
    "box": ("(", ")"),
    "double box": ("[[", "]]"),
    "capsule": ("([", "])"),
    "octagon": ("{{", "}}"),
}

# All but letters, digits, and what means nothing in a label.
_PLAIN = re.compile(r"[^\w .,/()=+-]")

# Within what Mermaid looks for even behind the numbers of characters: a new line, a formula, an icon.
_WITHIN = re.compile(r"(?<=\\)(?=n)|(?<=\$)(?=\$)|(?<=:)(?=fa-)")
_WORD_JOINER = "\u2060"


def text(graph: Graph) -> str:
    """The graph as a flowchart.

    Nodes are numbered, for a name may be any text, and a word of Mermaid's own too.
    """
    numbers = {node.key: f"n{number}" for number, node in enumerate(graph.nodes)}
    lines = ["flowchart TD"]
    lines += [f"    {numbers[node.key]}{_outlined(node)}:::{node.look.name}" for node in graph.nodes]
    lines += [f"    {numbers[edge.source]} {_arrow(edge)} {numbers[edge.target]}" for edge in graph.edges]
    lines += [f"    classDef {name} {style}" for name, style in _classes(node.look for node in graph.nodes)]
    lines += [f"    linkStyle {numbers} {style}" for numbers, style in _strokes(graph.edges)]
    return "\n".join(lines) + "\n"


def _outlined(node: Node) -> str:
    opening, closing = _OUTLINES[node.shape.value]
    return f"{opening}{_label((f'<b>{_escaped(node.title)}</b>', *map(_escaped, node.details)))}{closing}"


def _arrow(edge: Edge) -> str:
    arrow = "-.->" if edge.stroke.dashed else "==>" if edge.stroke.bold else "-->"
    return f"{arrow}|{_label(map(_escaped, edge.labels))}|" if edge.labels else arrow


def _label(lines: Iterable[str]) -> str:
    return f'"{"<br/>".join(lines)}"'


def _escaped(line: str) -> str:
    # By number: the names that HTML has for characters are not all known there.
    return _PLAIN.sub(lambda found: f"#{ord(found[0])};", _WITHIN.sub(_WORD_JOINER, line))


def _classes(looks: Iterable[Look]) -> Iterator[tuple[str, str]]:
    for look in dict.fromkeys(looks):
        dashes = ",stroke-dasharray:4 3" if look.dashed else ""
        yield look.name, f"fill:{look.fill},stroke:{look.line},color:{look.text}{dashes}"


def _strokes(edges: Iterable[Edge]) -> Iterator[tuple[str, str]]:
    """The numbers of the edges of each colour, with it."""
    by_stroke: dict[Stroke, list[str]] = {}
    for number, edge in enumerate(edges):
        by_stroke.setdefault(edge.stroke, []).append(str(number))
    for stroke, numbers in by_stroke.items():
        yield ",".join(numbers), f"stroke:{stroke.line}"
