"""The mock answers as a real Mistral does, on a random walk over all resources that is the same each time.

`make walk` takes others.
"""

from __future__ import annotations

import pytest

from spec.mock.walking.taking import take

SEED = 4


@pytest.mark.only_in("real", why="it walks on the mock and on a real Mistral side by side")
def it_answers_as_the_real_one(capsys: pytest.CaptureFixture[str]) -> None:
    taken = take(SEED)

    with capsys.disabled():
        print(f"\n{taken}")
