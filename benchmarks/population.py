"""The executions that the stub server has: how they look, and how they stand at a moment of its simulated time.

Nothing is kept: an execution is computed from its number, so that a hundred thousand cost the server no memory.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

BEGINNING = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""The simulated time 0."""

# Prime to every count in use, so that executions end in another order than the one they were created in.
_STRIDE = 7919

_PARAMS = json.dumps({"env": {"region": "RegionOne", "retention_days": 30}, "namespace": ""})
_INPUT = json.dumps(
    {
        "volume_id": "5f1c2a50-6b0f-4c8e-9d53-0c6c1f9a7f10",
        "servers": [{"name": f"compute-{number:03}", "rack": number % 4, "drain": True} for number in range(4)],
        "notify": ["operations@example.org"],
        "dry_run": False,
    }
)
_OUTPUT = json.dumps({"copied": 4, "failed": [], "report": "http://reports.example.org/nightly", "seconds": 71.25})


@dataclass(frozen=True)
class Population:
    """Executions that were created one after the other, a twentieth of a second apart, and end one after the other.

    Attributes:
        count: how many there are.
        seconds: when the last of them ends, in simulated time; 0 for executions that had ended at the beginning.
    """

    count: int
    seconds: float = 0

    @property
    def name(self) -> str:
        """By which the stub server has them: "1000-in-600-s"."""
        return f"{self.count}-in-{self.seconds:g}-s"

    @classmethod
    def named(cls, name: str) -> Population:
        """The population of a name."""
        count, _, seconds, _ = name.split("-")
        return cls(int(count), float(seconds))

    def identity(self, number: int) -> str:
        """The id of an execution: a UUID that ends in its number, from 0 on."""
        return f"00000000-0000-4000-8000-{number:012}"

    @property
    def identities(self) -> list[str]:
        """The ids of all."""
        return [self.identity(number) for number in range(self.count)]

    def number(self, identity: str) -> int | None:
        """The number of the execution with this id; None where there is none."""
        last = identity.rpartition("-")[2]
        number = int(last) if last.isdigit() else -1
        return number if 0 <= number < self.count and identity == self.identity(number) else None

    def end(self, identity: str) -> float:
        """When the execution with this id ends, in seconds of simulated time."""
        return self._end(int(identity.rpartition("-")[2]))

    def _end(self, number: int) -> float:
        return self.seconds * (number * _STRIDE % self.count + 1) / self.count

    def row(self, number: int, now: float) -> dict[str, Any]:
        """The execution with all that Mistral 23 says of one, its times as datetimes."""
        end = self._end(number)
        ended = end <= now
        # Twenty a second, before the time begins: a server says when in whole seconds, and starts no more.
        created = BEGINNING - timedelta(milliseconds=50) * (self.count - number)
        return {
            "id": self.identity(number),
            "workflow_id": "9a6f3bd2-8a44-4a37-b5a6-5d4c1c9f3f77",
            "workflow_name": "nightly_backup",
            "workflow_namespace": "",
            "description": f"the nightly backup, run {number}",
            "tags": ["backup", "nightly"],
            "params": _PARAMS,
            "task_execution_id": None,
            "root_execution_id": None,
            "state": "SUCCESS" if ended else "RUNNING",
            "state_info": None,
            "input": _INPUT,
            "output": _OUTPUT if ended else "{}",
            "created_at": created,
            "updated_at": BEGINNING + timedelta(seconds=end) if ended else created,
            "project_id": "c0ffee00c0ffee00c0ffee00c0ffee00",
            "published_global": "{}",
        }
