"""A Ruby program put into Python, whole: what it imports, its statements, what was left."""

from __future__ import annotations

import attrs

from fogflow.port import assignments, conditions, declarations, definitions, loops, rescues, statements
from fogflow.port.code import NEWLINE
from fogflow.port.expressions import EXPRESSIONS
from fogflow.port.grammar import parse
from fogflow.port.porter import Left, Porter

_KINDS_OF_STATEMENTS = (assignments, conditions, declarations, definitions, loops, rescues)
"""The modules that enter what they handle in `statements`."""

_NOT_PYTHONS_OWN = ("fogflow", "yaml")


@attrs.frozen
class Draft:
    """A first draft in Python.

    Attributes:
        python: the program's text. Python can read it, whatever was left.
        left: what is left to its reader, a list of `Left`, in the order of the Ruby.
    """

    python: str
    left: list[Left]


def draft(ruby: str, *, name: str = "the text") -> Draft:
    """Puts a Ruby program that uses fog into Python that uses fogflow.

    What there is no Python for stays as comments, with its Ruby and the numbers of its lines; where the Python is a
    guess, a comment says so.

    Args:
        ruby: the program's text.
        name: what to call it in messages, such as its file's name.

    Raises:
        errors.ArgumentError: it is not Ruby; the message names the line.
        errors.MissingExtraError: `fogflow[port]` is not installed.
    """
    porter = Porter(parse(ruby, name), EXPRESSIONS)
    lines = statements.body(porter, porter.root, depth=0).split("\n")
    beginning = _end_of_head(lines)
    unset = [f"{one} = None" for one in sorted(porter.unset - porter.set_by_file)]
    head, rest = lines[:beginning], "\n".join(lines[beginning:]).strip("\n")
    blocks = ["\n".join(head), *_imports(porter.imports), "\n".join(unset), rest]
    python = "\n\n".join(one for one in blocks if one).replace(NEWLINE, "\n")
    return Draft(f"{python}\n", sorted(porter.left, key=lambda one: one.line))


def _end_of_head(lines: list[str]) -> int:
    """How many lines the comment has that a file begins with; one right above a statement belongs to that."""
    heads = (one.startswith("#") and not one.startswith(statements.MARK) for one in lines)
    end = next((number for number, is_one in enumerate(heads) if not is_one), len(lines))
    if end < len(lines) and lines[end]:
        return int(lines[0].startswith("#!"))
    return end


def _imports(modules: set[str]) -> list[str]:
    own = [f"import {one}" for one in sorted(modules) if one not in _NOT_PYTHONS_OWN]
    others = [f"import {one}" for one in sorted(modules) if one in _NOT_PYTHONS_OWN]
    return ["\n".join(own), "\n".join(others)]
