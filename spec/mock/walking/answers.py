"""Answers in a form in which those of two servers can be compared."""

from __future__ import annotations

import json
import re
from typing import Any

import attrs

from spec.mock.walking.calls import Call
from spec.mock.walking.sides import Outcome

_OF_EACH_SERVER = re.compile(r"(^id|_id|_at|_time)$")


def comparable(call: Call, outcome: Outcome) -> Outcome:
    """An outcome without what two servers tell differently, and both rightly.

    Rows of the same second are in the order of their ids, which are random: what the list is sorted by besides is
    compared in its order, and the rows whole, in an order of their own. Of one page of several, the rows are any.
    """
    rows = _rows(outcome.body)
    if rows is None:
        return attrs.evolve(outcome, body=in_order(outcome.body))
    keys = _comparable_keys(call)
    body = {
        "order": [[row.get(key) for key in keys] for row in rows],
        "rows": sorted(({**row, **_untold(row)} for row in rows), key=_text),
    }
    if "next" in outcome.body:
        body["rows"] = [sorted(row) for row in rows]
        body["next"] = re.sub(r"(?<=marker=)[^&]*", "…", outcome.body["next"])
    return attrs.evolve(outcome, body=body)


def in_order(tree: Any) -> Any:
    """An answer, the parts of a report that are side by side in the order of names."""
    if isinstance(tree, dict):
        return {**{name: in_order(value) for name, value in tree.items()}, **_untold(tree)}
    if isinstance(tree, list) and all(isinstance(part, dict) and {"name", "state"} <= part.keys() for part in tree):
        return sorted(map(in_order, tree), key=place)
    return tree


def place(part: dict[str, Any]) -> tuple[str, str]:
    """By what the parts of a report are put in order, on both sides alike."""
    return part["name"], part["state"]


def _rows(body: Any) -> list[dict[str, Any]] | None:
    if not isinstance(body, dict) or len(set(body) - {"next"}) != 1:
        return None
    (rows,) = (value for name, value in body.items() if name != "next")
    return rows if isinstance(rows, list) else None


def _comparable_keys(call: Call) -> list[str]:
    """What a list is sorted by, up to the first that each server has its own values of."""
    query = next((one for one in call.arguments if isinstance(one, dict)), {})
    keys: list[str] = []
    for key in str(query.get("sort_keys", "created_at")).split(","):
        if _OF_EACH_SERVER.search(key):
            break
        keys.append(key)
    return keys


def _untold(row: dict[str, Any]) -> dict[str, Any]:
    """What stands in the place of what two servers tell differently in a row."""
    if "is_system" in row and (str(row.get("name")).startswith("std.") or not row["definition"]):
        # Of the server's own actions, and of those in Python, the mock has descriptions of its own.
        return {"description": "…", "definition": "…"}
    if "accepted" in row:
        # The real server writes a run of an action at once or in two steps, of which the second is a change.
        return {"updated_at": "…"}
    return {}


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
