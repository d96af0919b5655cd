"""A graph: nodes, edges, how each looks, and the forms in which all of it can be had."""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Hashable, Iterable
from typing import Any

import attrs

from fogflow import errors
from fogflow.drawing import dot, mermaid, svg


def _one_line(text: str) -> str:
    """Any text in a line, without the characters that a document cannot hold."""
    printable = (one if unicodedata.category(one) not in ("Cc", "Cs", "Co", "Cn") else " " for one in text)
    return " ".join("".join(printable).split())


def _title(text: str) -> str:
    return _one_line(text) or "(no name)"


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(_one_line, texts)))


class Shape(enum.Enum):
    """The outline of a node."""

    BOX = "box"
    DOUBLE_BOX = "double box"
    CAPSULE = "capsule"
    OCTAGON = "octagon"
    """In Mermaid, which has none, a hexagon."""


@attrs.frozen
class Look:
    """How a node looks.

    Attributes:
        name: a word of letters, digits and `_`; looks of one name are alike.
        fill: the colour within, such as "#1b5e20".
        line: the colour of the outline.
        text: the colour of what is written.
        dashed: whether the outline is.
    """

    name: str
    fill: str
    line: str
    text: str
    dashed: bool = False


@attrs.frozen
class Stroke:
    """How an edge looks.

    Attributes:
        line: a colour, such as "#1b5e20".
        dashed: whether the line is.
        bold: whether it is thicker than others.
    """

    line: str
    dashed: bool = False
    bold: bool = False


@attrs.frozen
class Node:
    """A thing in a graph.

    Attributes:
        key: what tells it from the others; it is not shown.
        title: what it is called, any text.
        details: what more there is to say, a line each.
        shape: its outline.
        look: its colours.
        note: what is shown to whoever points at it, where that can be; "" for nothing.
    """

    key: Hashable
    title: str = attrs.field(converter=_title)
    details: tuple[str, ...] = attrs.field(converter=_lines)
    shape: Shape
    look: Look
    note: str = attrs.field(default="", converter=_one_line)


@attrs.frozen
class Edge:
    """An arrow between two nodes.

    Attributes:
        source: the key of the node that it leaves.
        target: the key of the node that it leads to.
        kind: what sort of edge it is; it is not shown.
        labels: what stands at it, a line each.
        stroke: as it is drawn.
        note: as of a node.
    """

    source: Hashable
    target: Hashable
    kind: str
    labels: tuple[str, ...] = attrs.field(converter=_lines)
    stroke: Stroke
    note: str = attrs.field(default="", converter=_one_line)


@attrs.frozen(repr=False)
class Graph:
    """What `workflow.graph()` and `execution.graph()` return: a picture that has not been drawn yet.

    In a notebook it shows itself: as SVG where Graphviz is there, and as Mermaid otherwise, which JupyterLab draws.
    As text it is its Mermaid.

    Attributes:
        name: what it is a picture of.
        nodes: in the order in which they are drawn.
        edges: in the order in which they are drawn.
    """

    name: str = attrs.field(converter=_one_line)
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def mermaid(self) -> str:
        """The graph as a flowchart of Mermaid, which GitHub, GitLab and many wikis draw. Takes no other package."""
        return mermaid.text(self)

    def dot(self) -> str:
        """The graph in DOT, the language of Graphviz. Takes no other package."""
        return dot.text(self)

    def svg(self) -> str:
        """The graph as an SVG document, drawn by Graphviz.

        Raises:
            errors.MissingExtraError: the package of the extra `fogflow[graph]` is not installed.
            errors.MissingProgramError: the program `dot` of Graphviz is not installed.
        """
        return svg.drawn(self.dot())

    def __str__(self) -> str:
        return self.mermaid()

    def __repr__(self) -> str:
        return f"<Graph {self.name!r}, {len(self.nodes)} nodes, {len(self.edges)} edges>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows."""
        text = self.mermaid()
        try:
            return {"image/svg+xml": self.svg(), "text/plain": text}
        except (errors.MissingExtraError, errors.MissingProgramError):
            return {"text/vnd.mermaid": text, "text/plain": text}
