"""The pictures in the documentation are those that fogflow draws today; `make pictures` draws them anew."""

from __future__ import annotations

import re

import pytest

from spec.support.pictures import PICTURES, ROOT, graphs, seal

GRAPHS = dict(graphs())


@pytest.mark.parametrize("name", GRAPHS)
def it_shows_what_is_drawn_today(name: str) -> None:
    graph = GRAPHS[name]

    assert (PICTURES / f"{name}.mmd").read_text() == graph.mermaid()
    assert (PICTURES / f"{name}.dot").read_text() == graph.dot()
    assert (PICTURES / f"{name}.svg").read_text().endswith(seal(graph.dot()))


def it_keeps_no_picture_of_what_is_gone() -> None:
    kept = {path.stem for path in PICTURES.iterdir() if path.suffix in (".mmd", ".dot", ".svg")}

    assert kept == set(GRAPHS)


def it_shows_only_pictures_that_there_are() -> None:
    page = ROOT / "docs" / "pictures.rst"
    shown = re.findall(r"^\.\. (?:image|literalinclude):: (\S+)", page.read_text(), re.MULTILINE)

    assert shown
    assert [path for path in shown if not (page.parent / path).exists()] == []
