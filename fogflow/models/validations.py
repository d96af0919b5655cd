"""Validations: what the server thinks of a definition, without keeping it (`/v2/workflows/validate` and so on)."""

from __future__ import annotations

from typing import Any

import attr

from fogflow import errors
from fogflow.definitions import Definition
from fogflow.models.answers import row
from fogflow.models.base import request
from fogflow.response import Response


@attr.frozen
class Validation:
    """The server's opinion of a definition; false when it is not valid.

    Attributes:
        valid: whether the server would take it.
        error: what is wrong with it, in the server's words; None when nothing is.
    """

    valid: bool
    error: str | None = None

    def __bool__(self) -> bool:
        return self.valid

    def __str__(self) -> str:
        return "valid" if self.valid else errors.summarize_definition_error(str(self.error or "not valid"))


class Validations:
    """`service.validations`: checks definitions, and keeps nothing."""

    def __init__(self, service: Any) -> None:
        self.service = service

    def workflow(self, definition: Definition) -> Validation:
        """Checks a definition of workflows: text, a mapping, or a Path to a file."""
        return _validation(request(self.service, "validate_workflow", definition))

    def workbook(self, definition: Definition) -> Validation:
        """Checks a definition of a workbook."""
        return _validation(request(self.service, "validate_workbook", definition))

    def action(self, definition: Definition) -> Validation:
        """Checks a definition of actions."""
        return _validation(request(self.service, "validate_action", definition))


def _validation(answer: Response) -> Validation:
    said = row(answer)
    return Validation(said.get("valid") is True, said.get("error"))
