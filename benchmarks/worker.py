"""`python -m benchmarks.worker WORKLOAD CONTESTANT URL`: one measurement, in a process of its own, told as JSON."""

from __future__ import annotations

import json
import sys

from benchmarks.stub import Stub
from benchmarks.workloads import WORKLOADS


def main() -> None:
    workload, contestant, url = sys.argv[1:]
    print(json.dumps(WORKLOADS[workload].contestants[contestant](Stub(url))))


if __name__ == "__main__":
    main()
