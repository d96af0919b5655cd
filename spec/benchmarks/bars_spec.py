"""What is made of the measurements of a run."""

from __future__ import annotations

import pytest

from benchmarks.bars import Bar, middle
from benchmarks.workloads import Workload


def it_divides_within_a_turn_so_that_a_slow_one_counts_no_more_than_others() -> None:
    rounds = {
        "fogflow": [{"cpu": 1.0}, {"cpu": 30.0}, {"cpu": 1.0}],
        "other": [{"cpu": 2.0}, {"cpu": 40.0}, {"cpu": 1.0}],
    }

    assert middle(rounds, "cpu", "fogflow", against="other") == 0.75


@pytest.mark.parametrize(("most", "met"), [(2.0, True), (1.9, False)])
def it_meets_a_bar_up_to_the_bar_itself(most: float, met: bool) -> None:
    rounds = {"fogflow": [{"requests": 2.0}]}

    assert Bar("requests", most).met(rounds) is met


def it_neither_meets_nor_misses_a_bar_that_was_not_measured() -> None:
    rounds = {"fogflow": [{}], "get each": [{"requests": 3000.0}]}

    assert Bar("requests", 0.01, against="get each").met(rounds) is None


def it_compares_what_was_measured_once_with_the_first_round() -> None:
    rounds = {"fogflow": [{"cpu": 1.0}, {"cpu": 100.0}], "slow": [{"cpu": 4.0}]}

    assert middle(rounds, "cpu", "fogflow", against="slow") == 0.25


def it_lets_another_contestant_begin_each_round() -> None:
    workload = Workload("", {name: lambda stub: {} for name in ("a", "b", "c")}, (), slow=frozenset({"c"}))

    assert [workload.measured_in(number) for number in range(3)] == [["a", "b", "c"], ["b", "a"], ["a", "b"]]


def it_measures_in_no_more_rounds_than_it_takes() -> None:
    assert Workload("", {"a": lambda stub: {}}, (), rounds=1).measured_in(1) == []
