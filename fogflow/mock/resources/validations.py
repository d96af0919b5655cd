"""Validations (`/v2/workflows/validate` and so on): what is wrong with a definition, and nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fogflow.mock.exchange import Answer, Request
from fogflow.mock.faults import Fault, json_answer


def validation(read: Callable[[str], Any]) -> Callable[[Request], Answer]:
    """The handler that tells whether a definition can be read."""

    def validate(request: Request) -> Answer:
        try:
            read(request.text)
        except Fault as fault:
            return json_answer(200, {"valid": False, "error": fault.message})
        return json_answer(200, {"valid": True})

    return validate
