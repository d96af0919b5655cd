"""The colours: of the states, and of what has none."""

from __future__ import annotations

from fogflow.drawing import Look, Stroke

PLAIN = Look("plain", fill="#f6f8fa", line="#57606a", text="#1f2328")
ENDS = Look("ends", fill="#ffffff", line="#1f2328", text="#1f2328")
DID_NOT_RUN = Look("did_not_run", fill="#ffffff", line="#afb8c1", text="#6e7781", dashed=True)
UNKNOWN = Look("unknown", fill="#fff8c5", line="#9a6700", text="#1f2328", dashed=True)

_STATES = {
    "IDLE": Look("IDLE", fill="#eaeef2", line="#57606a", text="#1f2328"),
    "WAITING": Look("WAITING", fill="#fff8c5", line="#9a6700", text="#1f2328"),
    "DELAYED": Look("DELAYED", fill="#fff1cc", line="#9a6700", text="#1f2328"),
    "RUNNING": Look("RUNNING", fill="#cfe5ff", line="#0969da", text="#1f2328"),
    "PAUSED": Look("PAUSED", fill="#fbefff", line="#8250df", text="#1f2328"),
    "SUCCESS": Look("SUCCESS", fill="#d2f4d9", line="#1a7f37", text="#1f2328"),
    "ERROR": Look("ERROR", fill="#ffd8d3", line="#cf222e", text="#1f2328"),
    "CANCELLED": Look("CANCELLED", fill="#d0d7de", line="#424a53", text="#1f2328"),
    "SKIPPED": Look("SKIPPED", fill="#ffffff", line="#1a7f37", text="#1f2328"),
}

_FOLLOWS = Stroke("#57606a")
_CLAUSES = {
    "on-error": Stroke("#cf222e", dashed=True),
    "on-complete": Stroke("#0969da"),
    "on-skip": Stroke("#8250df", dashed=True),
}
_NOT_TAKEN = Stroke("#afb8c1", dashed=True)


def of_state(state: str | None) -> Look:
    """The look of what is in a state; one of its own where the state is not known."""
    return _STATES.get(str(state), UNKNOWN)


def of_clause(clause: str) -> Stroke:
    """The look of an edge by its clause."""
    return _CLAUSES.get(clause, _FOLLOWS)


def of_way(clause: str, *, taken: bool | None) -> Stroke:
    """The look of an edge in an execution: a way that was taken, that was not, or of which it is not known."""
    if taken is None:
        return of_clause(clause)
    return Stroke(of_clause(clause).line, bold=True) if taken else _NOT_TAKEN
