"""Graphs of nothing that Mistral knows."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fogflow.drawing import Edge, Graph, Look, Node, Shape, Stroke

PLAIN = Look("plain", "#ffffff", "#000000", "#111111")
GREY = Look("grey", "#eeeeee", "#cccccc", "#999999", dashed=True)

ODD_NAMES = [
    "end",
    "graph",
    'say "hello"',
    "it's",
    "a]b[c",
    "a}}b{{c",
    "a|b",
    "a-->b",
    "a;b",
    "<b>bold</b>",
    "<% $.x %>",
    "%%{init: {}}%%",
    "&amp; #35; #quot;",
    "back\\slash\\n \\N \\G",
    "`code`",
    "$$x^2$$",
    "fa:fa-car",
    "style a:b#c;",
    "ünïcödé 日本 🚀",
    "-->",
    "n1",
    "two\nlines\tand\x00more",
    "",
]


def node(title: str, *details: str, look: Look = PLAIN, shape: Shape = Shape.BOX, note: str = "") -> Node:
    return Node(("a key", title), title, details, shape, look, note)


def edge(source: str, target: str, *labels: str, stroke: Stroke | None = None, note: str = "") -> Edge:
    return Edge(("a key", source), ("a key", target), "kind", labels, stroke or Stroke("#222222"), note)


@pytest.fixture
def odd() -> Graph:
    """A graph of all odd names, each the title of a node and the label of an edge to the next one."""
    nodes = tuple(node(name, name) for name in ODD_NAMES)
    following = pairwise(ODD_NAMES)
    return Graph('odd "graph"', nodes, tuple(edge(one, other, one) for one, other in following))


@pytest.fixture
def small() -> Graph:
    """A graph of two nodes that differ in all that can differ."""
    return Graph(
        "small",
        (
            node("one", "first", "second", shape=Shape.CAPSULE),
            node("two", look=GREY, shape=Shape.DOUBLE_BOX, note="more of two"),
            node("three", shape=Shape.OCTAGON),
        ),
        (
            edge("one", "two", "a", "b", stroke=Stroke("#ff0000", bold=True), note="the whole of it"),
            edge("two", "three", stroke=Stroke("#0000ff", dashed=True)),
            edge("one", "three"),
        ),
    )
