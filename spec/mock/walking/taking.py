"""A walk from its beginning to its end."""

from __future__ import annotations

from spec.mock.walking.clouds import clouds
from spec.mock.walking.steps import STEPS
from spec.mock.walking.walk import Walk

LENGTH = 300
"""How many steps a walk has."""


def take(seed: int) -> str:
    """Takes a walk, and tells in a line how many steps it had of each resource.

    Raises:
        AssertionError: the mock answered otherwise than the real Mistral.
    """
    with clouds() as both:
        walk = Walk(seed, both, STEPS)
        for _ in range(LENGTH):
            walk.step()
    counted = ", ".join(f"{resource} {count}" for resource, count in walk.counts.items())
    return f"seed {seed}: {LENGTH} steps alike: {counted}"
