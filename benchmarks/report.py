"""The measurements of a run as text: tables, with the bars first, and what they were measured with."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from operator import itemgetter
from typing import Any

from cpuinfo import get_cpu_info
from tabulate import tabulate

from benchmarks.bars import Bar, Rounds, middle
from benchmarks.clients import CLIENTS
from benchmarks.workloads import WORKLOADS

# Each value that can be measured: its name in the tables, the units that it is shown in, and their sizes.
_VALUES: dict[str, tuple[str, dict[str, float]]] = {
    "cpu": ("CPU", {"µs": 1e-6, "ms": 1e-3}),
    "memory": ("peak memory", {"MB": 1e6}),
    "requests": ("requests", {"": 1}),
    "received": ("received", {"kB": 1e3, "MB": 1e6}),
    "late": ("seen late", {"": 1}),
}
_NOT_THERE = "not there yet"
_PACKAGES = sorted({*(client.package for client in CLIENTS if client.package != "fogflow"), "urllib3", "attrs"})


def as_text(results: Mapping[str, Rounds]) -> str:
    """The tables, as reStructuredText: the bars, then each workload with all that was measured."""
    parts = [_bars(results)]
    parts += [_titled(f"{name}: {WORKLOADS[name].title}", _table(rounds)) for name, rounds in results.items()]
    return "\n\n".join(parts)


def as_document(results: Mapping[str, Rounds], command: str, rounds: int) -> str:
    """The tables, with what must be known to judge them."""
    turns = max(workload.turns for workload in WORKLOADS.values())
    return f"""\
.. Written by `make bench`; not by hand.

Benchmarks
==========

What fogflow costs beside what people would use instead. All clients ask one stub server, a process of its own that
answers as Mistral 23 does, so that the clients alone are measured. They take turns, round by round: one turn each in a
round; of an import and of a start, which are short, {turns}. Each measurement is a process of its own. Figures are the
medians of all turns; a ratio is the median of the ratios within a turn, fogflow's CPU divided by the client's. CPU is
that of the process, user and system, for one operation: a call, a row of a list, an import. Without a token fogflow
goes to its endpoint by requests alone; with one, as wherever there is a Keystone, through keystoneauth1. Peak memory is
that of the whole process. Waiting is measured in simulated time.

{_environment(command, rounds)}

{as_text(results)}
"""


def missed(results: Mapping[str, Rounds]) -> list[str]:
    """The bars that are not met, or were not measured, in words."""
    return [" ".join(row) for row in _bar_rows(results) if row[-1] != "met"]


def _environment(command: str, rounds: int) -> str:
    rows = [
        ("date", datetime.now(timezone.utc).strftime("%Y-%m-%d")),
        ("command", f"``{command}``"),
        ("rounds", str(rounds)),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("processor", f"{get_cpu_info().get('brand_raw', platform.machine())}, {os.cpu_count()} cores"),
        ("fogflow", version("fogflow")),
        *((package, version(package)) for package in _PACKAGES),
    ]
    return _tabulated(rows)


def _bars(results: Mapping[str, Rounds]) -> str:
    return _titled("Bars", _tabulated(_bar_rows(results), ["work", "what", "measured", "at most", "bar"]))


def _bar_rows(results: Mapping[str, Rounds]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, rounds in results.items():
        for bar in WORKLOADS[name].bars:
            found, met = bar.measured(rounds), bar.met(rounds)
            measured = _NOT_THERE if found is None else _number(found, bar)
            verdict = {True: "met", False: "not met", None: _NOT_THERE}[met]
            rows.append((name, _what(bar), measured, _number(bar.most, bar), verdict))
    return rows


def _what(bar: Bar) -> str:
    what = f"{_VALUES[bar.value][0]} of {bar.of}"
    return f"{what} / {bar.against}" if bar.against else what


def _number(value: float, bar: Bar) -> str:
    shown = f"{value:.4f}" if bar.most < 0.1 else _rounded(value)
    return f"{shown} {bar.unit}".strip()


def _table(rounds: Rounds) -> str:
    measured = [value for value in _VALUES if any(value in one for many in rounds.values() for one in many)]
    compared = "fogflow" in rounds and "cpu" in measured
    head = ["", *(_VALUES[value][0] for value in measured), *(["ratio"] if compared else [])]
    rows = []
    for contestant in rounds:
        shown = [_shown(value, middle(rounds, value, contestant)) for value in measured]
        row = [contestant, *(shown if any(shown) else [_NOT_THERE, *shown[1:]])]
        if compared:
            ratio = middle(rounds, "cpu", "fogflow", contestant)
            row.append("" if ratio is None else f"{ratio:.2f}")
        rows.append(row)
    if not measured:
        return f"{_NOT_THERE.capitalize()}."
    return _tabulated(rows, head, colalign=("left", *["right"] * (len(head) - 1)))


def _tabulated(rows: Sequence[Sequence[str]], head: Sequence[str] = (), **options: Any) -> str:
    return str(tabulate(rows, head, tablefmt="rst", disable_numparse=True, **options))


def _shown(value: str, found: float | None) -> str:
    if found is None:
        return ""
    units = _VALUES[value][1]
    # The largest unit of which there are ten.
    unit, size = max(
        (one for one in units.items() if found >= 10 * one[1]), key=itemgetter(1), default=next(iter(units.items()))
    )
    return f"{_rounded(found / size)} {unit}".strip()


def _rounded(number: float) -> str:
    if number == int(number) or number >= 1000:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def _titled(title: str, text: str) -> str:
    return f"{title}\n{'-' * len(title)}\n\n{text}"
