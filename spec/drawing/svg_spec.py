"""An SVG is drawn by Graphviz, where it is; a program of the same name stands for it here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fogflow import errors
from fogflow.drawing import Graph
from spec.support.graphviz import put_dot_into


@pytest.fixture
def graphviz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_dot_into(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def no_graphviz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graphviz", None)


@pytest.mark.usefixtures("graphviz")
def it_hands_the_dot_to_graphviz(odd: Graph) -> None:
    assert odd.svg() == f"<svg>{odd.dot()}</svg>"


@pytest.mark.usefixtures("no_graphviz")
def it_says_what_to_install_where_graphviz_is_not(small: Graph) -> None:
    with pytest.raises(errors.MissingProgramError, match="apt-get install graphviz") as caught:
        small.svg()

    assert caught.value.program == "dot"


@pytest.mark.usefixtures("no_package")
def it_says_what_to_install_where_the_package_is_not(small: Graph) -> None:
    with pytest.raises(errors.MissingExtraError, match=r"pip install 'fogflow\[graph\]'"):
        small.svg()


@pytest.mark.usefixtures("graphviz")
def it_shows_itself_in_a_notebook_as_svg(small: Graph) -> None:
    assert small._repr_mimebundle_() == {"image/svg+xml": small.svg(), "text/plain": small.mermaid()}


@pytest.mark.parametrize("lacking", ["no_graphviz", "no_package"])
def it_shows_itself_in_a_notebook_as_mermaid_where_there_is_no_svg(
    lacking: str, small: Graph, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(lacking)

    assert small._repr_mimebundle_() == {"text/vnd.mermaid": small.mermaid(), "text/plain": small.mermaid()}
