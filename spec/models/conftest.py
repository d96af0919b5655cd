"""What several specs of the models run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fogflow.core import waiting
from spec.support import definitions
from spec.support.watched import Watched


@pytest.fixture
def mocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """A mock with the workflow `job`, whose time passes by waiting alone."""
    with Watched() as cloud:
        monkeypatch.setattr(waiting, "time", cloud)
        cloud.connect().workflows.create(definition=definitions.noop("job"))
        yield cloud
