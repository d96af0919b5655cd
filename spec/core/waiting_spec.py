"""Waiting is quick to see what is short and cheap for what is long."""

from __future__ import annotations

from typing import Any

import pytest

from fogflow import errors
from fogflow.core import waiting


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which passes only by sleeping; and every moment at which it was looked at."""
    looks = [0.0]

    def sleep(seconds: float) -> None:
        looks.append(looks[-1] + seconds)

    monkeypatch.setattr(waiting.time, "monotonic", lambda: looks[-1])
    monkeypatch.setattr(waiting.time, "sleep", sleep)
    return looks


def wait(clock: list[float], until: float, timeout: float | None = None, interval: float | None = None) -> None:
    waiting.wait_until(
        lambda: clock[-1] >= until, timeout=timeout, interval=interval, describe=lambda: "rain, which is not falling"
    )


@pytest.mark.parametrize(("ends_at", "late_by", "looks"), [(0.3, 0.3, 5), (5, 0.5, 20), (60, 6, 50), (3600, 60, 130)])
def it_looks_seldom_and_still_sees_the_end_soon(ends_at: float, late_by: float, looks: int, clock: list[float]) -> None:
    wait(clock, ends_at)

    assert clock[-1] - ends_at <= late_by
    assert len(clock) <= looks


def it_looks_at_the_interval_it_is_told(clock: list[float]) -> None:
    wait(clock, 10, interval=2)

    assert clock == [0, 2, 4, 6, 8, 10]


def it_looks_a_last_time_when_the_time_is_over(clock: list[float]) -> None:
    with pytest.raises(errors.TimeoutError, match="waited 5 s for rain, which is not falling"):
        wait(clock, 100, timeout=5, interval=3)

    assert clock == [0, 3, 5]


def it_looks_once_without_any_time(clock: list[float]) -> None:
    wait(clock, 0, timeout=0)

    with pytest.raises(errors.TimeoutError):
        wait(clock, 1, timeout=0)
    assert clock == [0]


@pytest.mark.parametrize("seconds", ["5", float("nan"), -1, True, object()])
@pytest.mark.parametrize("name", ["timeout", "interval"])
def it_refuses_a_time_that_is_none(name: str, seconds: Any, clock: list[float]) -> None:
    with pytest.raises(errors.ArgumentError, match=f"{name} takes seconds"):
        wait(clock, 1, **{name: seconds})


def it_waits_for_ever_when_told_so(clock: list[float]) -> None:
    wait(clock, 1e6, timeout=None)

    assert clock[-1] >= 1e6
