"""The steps of the walk, a module for what belongs together: each makes a call of a walk's choices."""

from __future__ import annotations

from collections.abc import Callable

from spec.mock.walking.calls import Call
from spec.mock.walking.steps import definitions, lists, runs, server, sharing, triggers
from spec.mock.walking.walk import Walk

STEPS: dict[str, list[Callable[[Walk], Call]]] = {}
"""By the resources that they are about."""

for module in (definitions, runs, triggers, sharing, server, lists):
    for resource, steps in module.STEPS.items():
        STEPS.setdefault(resource, []).extend(steps)
