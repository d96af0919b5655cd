"""What is measured of a piece of work, in the process that does it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from benchmarks.stub import Stub

Measured = dict[str, float]
"""Values by their names: `cpu` in seconds for each operation, `memory` (the peak) and `received` in bytes, `requests`;
of waiting also `late`. Empty where fogflow cannot do the work yet."""

_FRESH = """
import time
endpoint, identity = {endpoint!r}, {identity!r}
started = time.process_time()
{source}
cpu = time.process_time() - started
import json, resource
print(json.dumps({{"cpu": cpu, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}}))
"""


@contextmanager
def measuring(stub: Stub, operations: int = 1) -> Iterator[Measured]:
    """Measures the `with` block; the values are there after it.

    Args:
        operations: among how many the CPU is divided.
    """
    measured: Measured = {}
    stub.forget()
    started = time.process_time()
    yield measured
    cpu = time.process_time() - started
    counted = stub.counted()
    # The kernel's unit is KiB. It counts what a process had before it became another program, so that all depends on
    # the parent being small.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    measured.update(cpu=cpu / operations, memory=memory, requests=counted.requests, received=counted.received)


def repeatedly(stub: Stub, call: Callable[[], object], batches: int = 25, size: int = 16) -> Measured:
    """What a call costs, once it is warm: its CPU is the median of the batches', its requests those of one call."""
    for _ in range(2 * size):
        call()
    cpu = []
    with measuring(stub) as measured:
        for _ in range(batches):
            started = time.process_time()
            for _ in range(size):
                call()
            cpu.append((time.process_time() - started) / size)
    calls = batches * size
    return {
        **measured,
        "cpu": median(cpu),
        "requests": measured["requests"] / calls,
        "received": measured["received"] / calls,
    }


def afresh(stub: Stub, source: str, endpoint: str, identity: str) -> Measured:
    """What Python source costs in an interpreter that has loaded nothing else."""
    stub.forget()
    script = _FRESH.format(source=source, endpoint=endpoint, identity=identity)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    counted = stub.counted()
    return {**json.loads(done.stdout), "requests": counted.requests, "received": counted.received}
