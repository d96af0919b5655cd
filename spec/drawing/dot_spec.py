"""A graph is a digraph in DOT, whatever its names are."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

import pydot

from fogflow.drawing import Graph


def parsed(graph: Graph) -> Any:
    return parsed_text(graph.dot())


@cache
def parsed_text(text: str) -> Any:
    (found,) = pydot.graph_from_dot_data(text)
    return found


def read(label: str | None) -> list[str]:
    """The lines of a label, as Graphviz shows them."""
    lines = (label or "<>")[1:-1].split("<BR/>")
    plain = (html.unescape(re.sub(r"<[^>]*>", "", line)).replace(r"\\", "\\") for line in lines)
    return list(filter(None, (line.replace("\xa0", " ").strip() for line in plain)))


def nodes(graph: Graph) -> dict[str, dict[str, str]]:
    defaults = ("graph", "node", "edge")
    return {one.get_name(): one.get_attributes() for one in parsed(graph).get_nodes() if one.get_name() not in defaults}


def edges(graph: Graph) -> dict[tuple[str, str], dict[str, str]]:
    return {(one.get_source(), one.get_destination()): one.get_attributes() for one in parsed(graph).get_edges()}


def it_has_each_node_with_its_look(small: Graph) -> None:
    one, two, three = nodes(small).values()

    assert read(one["label"]) == ["one", "first", "second"]
    assert (one["shape"], two["shape"], three["shape"]) == ("oval", "box", "octagon")
    assert (one["peripheries"], two["peripheries"]) == ("1", "2")
    assert (one["style"], two["style"]) == ('"filled"', '"filled,dashed"')
    assert (two["fillcolor"], two["color"], two["fontcolor"]) == ('"#eeeeee"', '"#cccccc"', '"#999999"')
    assert (one["tooltip"], two["tooltip"]) == ('"one"', '"more of two"')


def it_has_each_edge_with_its_stroke(small: Graph) -> None:
    found = edges(small)

    assert read(found["n0", "n1"]["label"]) == ["a", "b"]
    assert "label" not in found["n1", "n2"]
    assert [found[way]["style"] for way in (("n0", "n1"), ("n1", "n2"), ("n0", "n2"))] == ["bold", "dashed", "solid"]
    assert found["n0", "n1"]["color"] == found["n0", "n1"]["fontcolor"] == '"#ff0000"'
    assert found["n0", "n1"]["tooltip"] == '"the whole of it"'
    assert "tooltip" not in found["n1", "n2"]


def it_holds_every_name_and_breaks_on_none(odd: Graph) -> None:
    assert [read(one["label"]) for one in nodes(odd).values()] == [[one.title, *one.details] for one in odd.nodes]
    assert list(edges(odd)) == [(f"n{number}", f"n{number + 1}") for number in range(len(odd.nodes) - 1)]
    assert [read(one.get("label")) for one in edges(odd).values()] == [list(one.labels) for one in odd.edges]
    assert parsed(odd).get_name() == '"odd \\"graph\\""'


def it_leaves_no_backslash_by_itself_in_a_label(odd: Graph) -> None:
    labels = [html.unescape(one.get("label", "")) for one in (*nodes(odd).values(), *edges(odd).values())]

    assert any(r"\\N \\G" in label for label in labels)
    assert not re.search(r"(?<!\\)\\(?!\\)", "".join(labels))
