"""The text of DOT, the language of Graphviz: https://graphviz.org/doc/info/lang.html."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fogflow.drawing.graph import Edge, Graph, Node

_HEAD = """\
    graph [bgcolor=white, nodesep=0.35, ranksep=0.45, fontname="Helvetica,Arial,sans-serif"]
    node [fontname="Helvetica,Arial,sans-serif", fontsize=12, margin="0.16,0.09", height=0.4]
    edge [fontname="Helvetica,Arial,sans-serif", fontsize=10, arrowsize=0.7]
"""

# The shape of a node, its styles, and how often it is outlined.
_OUTLINES = {
    "box": ("box", "rounded", 1),
    "double box": ("box", "", 2),
    "capsule": ("oval", "", 1),
    "octagon": ("octagon", "", 1),
}


def text(graph: Graph) -> str:
    """The graph in DOT. Nodes are numbered, for a name may be any text."""
    numbers = {node.key: f"n{number}" for number, node in enumerate(graph.nodes)}
    nodes = [f"    {numbers[node.key]} [{_node(node)}]\n" for node in graph.nodes]
    edges = [f"    {numbers[edge.source]} -> {numbers[edge.target]} [{_edge(edge)}]\n" for edge in graph.edges]
    return "".join([f"digraph {_quoted(graph.name)} {{\n", _HEAD, *nodes, *edges, "}\n"])


def _node(node: Node) -> str:
    shape, outline, peripheries = _OUTLINES[node.shape.value]
    look = node.look
    styles = ["filled", *([outline] if outline else []), *(["dashed"] if look.dashed else [])]
    details = "".join(f'<BR/><FONT POINT-SIZE="10">{_escaped(line)}</FONT>' for line in node.details)
    return _attributes(
        label=f"<<B>{_escaped(node.title)}</B>{details}>",
        shape=shape,
        peripheries=str(peripheries),
        style=_quoted(",".join(styles)),
        fillcolor=_quoted(look.fill),
        color=_quoted(look.line),
        fontcolor=_quoted(look.text),
        tooltip=_quoted(node.note or node.title),
    )


def _edge(edge: Edge) -> str:
    stroke = edge.stroke
    # With some space, so that it does not touch the line.
    label = "<BR/>".join(f"&#160;{_escaped(line)}&#160;" for line in edge.labels)
    return _attributes(
        **({"label": f"<{label}>"} if label else {}),
        style="dashed" if stroke.dashed else "bold" if stroke.bold else "solid",
        color=_quoted(stroke.line),
        fontcolor=_quoted(stroke.line),
        **({"tooltip": _quoted(edge.note), "labeltooltip": _quoted(edge.note)} if edge.note else {}),
    )


def _attributes(**values: str) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items())


def _escaped(line: str) -> str:
    # With a backslash begin Graphviz's own escapes, in HTML too, and two of them are one.
    return html.escape(line).replace("\\", "&#92;&#92;")


def _quoted(value: str) -> str:
    backslashed = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{backslashed}"'
