"""Each promise of docs/reliability.rst names a spec that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMED = re.findall(r"``(spec/[\w/]+\.py|it_\w+)``", (ROOT / "docs" / "reliability.rst").read_text())


def promises() -> list[tuple[str, str]]:
    """The specs that the page names, each with its file, which stands before it."""
    found, file = [], ""
    for name in NAMED:
        if name.startswith("spec/"):
            file = name
        else:
            found.append((file, name))
    return found


@pytest.mark.parametrize(("file", "name"), promises())
def it_names_specs_that_there_are(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / file).read_text()
