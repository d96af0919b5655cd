"""Makes jsonschema check each schema once, and not at each validation.

Mistral validates every part of a definition with `jsonschema.validate`, which first checks the schema itself. The
schemas are constants of Mistral's, and checking them takes twenty times as long as the validation.
"""

from __future__ import annotations

import json
from typing import Any

from jsonschema import validators


def check_once() -> None:
    """Patches the class that validates schemas without a `$schema`, which Mistral's are."""
    validator = validators.validator_for({})
    check = validator.check_schema
    checked = set()

    def check_schema(schema: Any, *arguments: Any, **options: Any) -> None:
        # By content: Mistral copies a schema each time it uses it.
        text = json.dumps(schema, sort_keys=True)
        if text not in checked:
            check(schema, *arguments, **options)
            checked.add(text)

    validator.check_schema = check_schema
