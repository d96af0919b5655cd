"""SVG, drawn by Graphviz."""

from __future__ import annotations

from fogflow import errors


def drawn(dot: str) -> str:
    """The SVG document of a text in DOT.

    Raises:
        errors.MissingExtraError: the package that calls Graphviz is not installed.
        errors.MissingProgramError: Graphviz is not.
    """
    try:
        import graphviz
    except ImportError:
        raise errors.MissingExtraError("graph", "an SVG takes the package graphviz") from None
    try:
        picture: str = graphviz.Source(dot).pipe(format="svg", encoding="utf-8", quiet=True)
    except graphviz.ExecutableNotFound:
        raise errors.MissingProgramError(
            "dot",
            "an SVG is drawn by Graphviz, whose program dot is not on the PATH; install Graphviz, such as with: "
            "apt-get install graphviz",
        ) from None
    return picture
