"""An extension of Sphinx: says in the reference what is declared of attributes, and what a type variable stands for."""

from __future__ import annotations

import re
from typing import Any

from fogflow import models
from fogflow.core.attributes import Attribute, declared
from fogflow.core.model import Model
from fogflow.core.query import OPERATORS

_MODELS = [one for one in (getattr(models, name) for name in models.__all__) if issubclass(one, Model)]

# Beforehand, for some of Sphinx's versions write into the annotations of classes, from which it is read.
_DECLARED = {f"{models.__name__}.{one.__name__}": declared(one) for one in _MODELS}


def setup(app: Any) -> dict[str, bool]:
    app.connect("autodoc-process-docstring", _describe)
    app.connect("autodoc-process-signature", _spell_out)
    return {"parallel_read_safe": True}


def _describe(app: Any, what: str, name: str, described: Any, options: Any, lines: list[str]) -> None:
    owner, _, attribute = name.rpartition(".")
    if what == "attribute" and attribute in _DECLARED.get(owner, ()):
        lines[:] = [" ".join(_said_of(_DECLARED[owner][attribute]))]


def _spell_out(
    app: Any, what: str, name: str, described: Any, options: Any, signature: str | None, returned: str | None
) -> tuple[str | None, str | None]:
    """A signature without variables of types, for which those who read it would have to know the code."""

    def spelt_out(text: str | None) -> str | None:
        text = text and re.sub(r"(?<![\w.~])(~?fogflow\.[\w.]+\.)?(C|Self)(?![\w.])", "Self", text)
        return text and re.sub(
            r"(?<![\w.~])(~?fogflow\.[\w.]+\.)?(D|M|R|S)(?![\w.])", "~fogflow.core.model.Model", text
        )

    return spelt_out(signature), spelt_out(returned)


def _said_of(attribute: Attribute) -> list[str]:
    """What can be done with an attribute, in sentences."""
    said = []
    if attribute.create or attribute.update:
        times = [("when it is made", attribute.create), ("afterwards", attribute.update)]
        emptied = ", and emptied by None" if attribute.null else ""
        said.append(f"Can be set {' and '.join(when for when, can_be in times if can_be)}{emptied}.")
    if attribute.lookups:
        operators = " ".join(one for one in OPERATORS if one in attribute.lookups.operators)
        said.append(f"Filtered by ``{operators}``.")
    if attribute.sort:
        said.append("Lists can be sorted by it.")
    if attribute.heavy:
        said.append("Left out of ``summary()``.")
    return said
