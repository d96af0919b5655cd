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
        body = outcome.body
        return attrs.evolve(outcome, body={**body, **_untold(body)}) if isinstance(body, dict) else outcome
    keys = _comparable_keys(call)
    body = {
        "order": [[row.get(key) for key in keys] for row in rows],
        "rows": sorted(({**row, **_untold(row)} for row in rows), key=_text),
    }
    if "next" in outcome.body:
        body["rows"] = [sorted(row) for row in rows]
        body["next"] = re.sub(r"(?<=marker=)[^&]*", "…", outcome.body["next"])
    return attrs.evolve(outcome, body=body)


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
    """Of the server's own actions, and of those in Python, what the mock has in words of its own."""
    own = "is_system" in row and (str(row.get("name")).startswith("std.") or not row["definition"])
    return {"description": "…", "definition": "…"} if own else {}


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
