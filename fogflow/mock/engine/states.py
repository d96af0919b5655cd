"""The states of executions, tasks and actions, and the ways between them."""

from __future__ import annotations

FINAL = frozenset({"SUCCESS", "ERROR", "CANCELLED", "SKIPPED"})

_TRANSITIONS = {
    "IDLE": ("RUNNING", "ERROR", "CANCELLED"),
    "WAITING": ("RUNNING",),
    "RUNNING": ("PAUSED", "DELAYED", "SUCCESS", "ERROR", "CANCELLED"),
    "DELAYED": ("RUNNING", "ERROR", "CANCELLED"),
    "PAUSED": ("RUNNING", "ERROR", "CANCELLED"),
    "SUCCESS": (),
    "CANCELLED": ("RUNNING",),
    "ERROR": ("RUNNING", "SKIPPED"),
}


def may_become(state: str, other: str) -> bool:
    """Whether a state may follow a state; each may follow itself."""
    return state == other or other in _TRANSITIONS.get(state, ())
