"""What the measurements of a run say: medians, ratios by pairs of one turn, and whether a bar is met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.measuring import Measured

Rounds = Mapping[str, list[Measured]]
"""What was measured of each contestant of a workload, round by round and turn by turn."""


@dataclass(frozen=True)
class Bar:
    """What the value of a contestant may be at most.

    Attributes:
        value: "cpu", "memory", "requests" or "late".
        most: the bar.
        of: the contestant.
        against: the contestant whose value of the same turn it is divided by; None for the value as it is.
        unit: of `most`, where it is no ratio.
    """

    value: str
    most: float
    of: str = "fogflow"
    against: str | None = None
    unit: str = ""

    def measured(self, rounds: Rounds) -> float | None:
        """The median; None where it was not measured."""
        return middle(rounds, self.value, self.of, self.against)

    def met(self, rounds: Rounds) -> bool | None:
        """Whether it is met; None where it was not measured."""
        found = self.measured(rounds)
        return None if found is None else found <= self.most


def middle(rounds: Rounds, value: str, of: str, against: str | None = None) -> float | None:
    """The median of a value, or of its ratio to another contestant's in the same turn.

    Other programs slow a machine down for seconds: both of a pair, for they run one soon after the other.

    Returns:
        None where one of the two was not measured.
    """
    # What was measured in fewer rounds was in the first.
    own = [one.get(value) for one in rounds[of]]
    others = [one.get(value) for one in rounds[against]] if against else [1.0] * len(own)
    pairs = [(one, other) for one, other in zip(own, others, strict=False) if one is not None and other]
    return median(one / other for one, other in pairs) if pairs else None
