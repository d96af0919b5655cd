"""A graph is a flowchart of Mermaid, whatever its names are."""

from __future__ import annotations

import html
import re

from fogflow.drawing import Graph

NODE = re.compile(r"^    (n\d+)([(\[{]+)\"([^\"]*)\"[)\]}]+:::(\w+)$")
EDGE = re.compile(r"^    (n\d+) (-->|==>|-\.->)(?:\|\"([^\"]*)\"\|)? (n\d+)$")
STYLE = re.compile(r"^    (?:classDef|linkStyle) \S+ [\w:#, -]+$")


def read(label: str) -> list[str]:
    """The lines of a label, as Mermaid shows them."""
    plain = (re.sub(r"</?b>", "", line) for line in label.split("<br/>"))
    return [html.unescape(re.sub(r"#(\d+);", r"&#\1;", line)).replace("\u2060", "") for line in plain]


def it_has_a_line_for_each_node_and_each_edge(small: Graph) -> None:
    assert small.mermaid().splitlines() == [
        "flowchart TD",
        '    n0(["<b>one</b><br/>first<br/>second"]):::plain',
        '    n1[["<b>two</b>"]]:::grey',
        '    n2{{"<b>three</b>"}}:::plain',
        '    n0 ==>|"a<br/>b"| n1',
        "    n1 -.-> n2",
        "    n0 --> n2",
        "    classDef plain fill:#ffffff,stroke:#000000,color:#111111",
        "    classDef grey fill:#eeeeee,stroke:#cccccc,color:#999999,stroke-dasharray:4 3",
        "    linkStyle 0 stroke:#ff0000",
        "    linkStyle 1 stroke:#0000ff",
        "    linkStyle 2 stroke:#222222",
    ]


def it_holds_every_name_and_breaks_on_none(odd: Graph) -> None:
    first, *lines = odd.mermaid().splitlines()
    nodes = [found for line in lines if (found := NODE.match(line))]
    edges = [found for line in lines if (found := EDGE.match(line))]
    others = [line for line in lines if not NODE.match(line) and not EDGE.match(line)]

    assert first == "flowchart TD"
    assert [read(found[3]) for found in nodes] == [[node.title, *node.details] for node in odd.nodes]
    assert [read(found[3]) if found[3] else [] for found in edges] == [list(edge.labels) for edge in odd.edges]
    assert [(found[1], found[4]) for found in edges] == [(f"n{n}", f"n{n + 1}") for n in range(len(odd.nodes) - 1)]
    assert all(map(STYLE.match, others))


def it_leaves_no_character_in_a_label_that_mermaid_takes_for_its_own(odd: Graph) -> None:
    lines = odd.mermaid().splitlines()
    labels = [found[3] or "" for line in lines if (found := NODE.match(line) or EDGE.match(line))]
    plain = re.sub(r"<br/>|</?b>|#\d+;", "", "".join(labels))

    assert not re.search(r"[^\w .,/()=+-]", plain)


def it_keeps_apart_what_mermaid_would_find_behind_the_numbers_of_characters(odd: Graph) -> None:
    numbers = re.sub(r"#(\d+);", r"&#\1;", odd.mermaid())

    assert not re.search(r"\\n|\$\$|fa:fa-", html.unescape(numbers))


def it_is_the_text_of_a_graph(small: Graph) -> None:
    assert str(small) == small.mermaid()
    assert repr(small) == "<Graph 'small', 3 nodes, 3 edges>"
