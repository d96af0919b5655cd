"""`python -m benchmarks`: runs the workloads round by round, prints the tables, and writes them down."""

from __future__ import annotations

import argparse
import compileall
import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import report, stub
from benchmarks.measuring import Measured
from benchmarks.workloads import WORKLOADS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often each measurement is made (default: 9)")
    parser.add_argument("--only", choices=WORKLOADS, help="one workload; all by default")
    parser.add_argument("--write", type=Path, help="a file to write the tables to")
    parser.add_argument("--command", default="make bench", help="what was typed, for the file")
    arguments = parser.parse_args()
    # As an installed package is, which this one need not be.
    compileall.compile_dir(Path(__file__).parents[1] / "fogflow", quiet=1)
    results = run([arguments.only] if arguments.only else list(WORKLOADS), arguments.rounds)
    print(report.as_text(results))
    if arguments.write:
        arguments.write.write_text(report.as_document(results, arguments.command, arguments.rounds))
        print(f"\nwritten to {arguments.write}")
    print()
    for bar in report.missed(results):
        print(f"NOT MET: {bar}")


def run(names: list[str], rounds: int) -> dict[str, dict[str, list[Measured]]]:
    """What was measured of the contestants of these workloads, each in so many rounds, or in fewer that it needs."""
    results: dict[str, dict[str, list[Measured]]] = {
        name: {contestant: [] for contestant in WORKLOADS[name].contestants} for name in names
    }
    started = time.monotonic()
    with stub.running() as server:
        for number in range(rounds):
            for name in names:
                contestants = WORKLOADS[name].measured_in(number)
                for contestant in contestants * WORKLOADS[name].turns:
                    results[name][contestant].append(_measured(name, contestant, server.url))
            print(f"round {number + 1} of {rounds}, {time.monotonic() - started:.0f} s", file=sys.stderr)
    return results


def _measured(workload: str, contestant: str, url: str) -> Measured:
    command = [sys.executable, "-m", "benchmarks.worker", workload, contestant, url]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    measured: Measured = json.loads(done.stdout)
    return measured


if __name__ == "__main__":
    main()
