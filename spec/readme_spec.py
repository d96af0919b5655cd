"""What README shows runs as it stands."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

import fogflow
from spec.support import definitions

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


def it_starts_many_and_waits_for_them(
    mistral_mock: fogflow.WorkflowService, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = (one for one in blocks_of("Use it") if "start_all" in one)
    workflow = mistral_mock.workflows.create(definition=definitions.hello("hello"))

    exec(block, {"service": mistral_mock, "workflow": workflow})

    assert capsys.readouterr().out.count("state='SUCCESS'") == 3
    assert workflow.executions.count() == 3
