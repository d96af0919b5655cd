"""An extension of Sphinx: says in the reference what is declared of attributes, and what a type variable stands for."""

from __future__ import annotations

import inspect
import re
from typing import Any

import fogflow.local
from fogflow import models
from fogflow.core.attributes import declared
from fogflow.core.model import Model

_MODELS = [one for one in (getattr(models, name) for name in models.__all__) if issubclass(one, Model)]

# Beforehand, for some of Sphinx's versions write into the annotations of classes, from which it is read.
_DECLARED = {f"{models.__name__}.{one.__name__}": declared(one) for one in _MODELS}


def setup(app: Any) -> dict[str, bool]:
    _leave_as_written()
    app.connect("autodoc-process-docstring", _describe)
    app.connect("autodoc-process-signature", _spell_out)
    return {"parallel_read_safe": True}


def _leave_as_written() -> None:
    """Signatures as they stand in the code, from which Sphinx reads defaults.

    What `help()` spells out in them has entries of its own in the reference.
    """
    classes = [getattr(models, name) for name in models.__all__]
    methods = [one for cls in classes for _, one in inspect.getmembers(cls, inspect.isfunction)]
    for function in (fogflow.connect, fogflow.local.Cloud.connect, *methods):
        vars(function).pop("__signature__", None)


def _describe(app: Any, what: str, name: str, described: Any, options: Any, lines: list[str]) -> None:
    owner, _, attribute = name.rpartition(".")
    if what in ("attribute", "property") and attribute in _DECLARED.get(owner, ()):
        # The type stands beside it.
        lines[:] = [_DECLARED[owner][attribute].described()]


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
