"""`python -m spec.mock.walking [SEED …]`: walks from the seeds, or from fresh ones; ends at the first difference."""

from __future__ import annotations

import sys

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from spec.mock.walking.taking import take


@settings(
    max_examples=3,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# Without the first that it would draw each time.
@given(seed=st.integers(1, 2**32).filter(lambda seed: seed > 1))
def _walk_anew(seed: int) -> None:
    print(take(seed), flush=True)


def main() -> None:
    """Walks, and prints a line for each walk."""
    try:
        if sys.argv[1:]:
            for seed in sys.argv[1:]:
                print(take(int(seed)), flush=True)
        else:
            _walk_anew()
    except AssertionError as difference:
        sys.exit(str(difference))


if __name__ == "__main__":
    main()
