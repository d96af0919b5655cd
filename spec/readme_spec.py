"""What README shows runs as it stands."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

README = Path(__file__).parent.parent / "README.rst"


def blocks_of(title: str) -> list[str]:
    """The Python blocks of a section."""
    section = README.read_text().split(f"{title}\n---", 1)[1]
    section = re.split(r"\n\S[^\n]*\n-{3,}\n", section)[0]
    return [textwrap.dedent(block) for block in re.findall(r"\.\. code-block:: python\n\n((?:    .*\n|\n)+)", section)]


def it_shows_a_test_that_passes(pytester: pytest.Pytester) -> None:
    (test,) = blocks_of("Test your code")
    pytester.makepyfile(test_backup=test)

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(passed=1)
