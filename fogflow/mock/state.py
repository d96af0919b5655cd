"""All that one mock is: its tables, its clock, its scripts, and what works on them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from fogflow.mock.engine import Engine
from fogflow.mock.exchange import Project
from fogflow.mock.faults import Fault
from fogflow.mock.releases import Release
from fogflow.mock.scripts import Scripts
from fogflow.mock.store import Row, Store
from fogflow.mock.timeline import Timeline


class State:
    """One mock's memory. Whoever looks at it holds the lock.

    Args:
        max_limit: the server's `[api] max_limit`.
        release: which Mistral it is.
    """

    def __init__(self, max_limit: int, release: Release) -> None:
        self.release = release
        self.max_limit = release.limit(max_limit)
        self.lock = threading.RLock()
        self.store = Store()
        self.timeline = Timeline()
        self.scripts = Scripts()
        self.engine = Engine(self.store, self.timeline, self.scripts)
        self.maintenance = "RUNNING"

    def insert(self, table: str, project: Project, values: Mapping[str, Any]) -> Row:
        """Adds a row of a project's, created now. Raises Duplicate."""
        row = {
            "project_id": project.id,
            "scope": "private",
            **values,
            "created_at": self.timeline.second,
            "updated_at": None,
        }
        return self.store[table].insert(row)

    def change(self, table: str, row: Row, changes: Mapping[str, Any]) -> Row:
        """Changes a row; its `updated_at` tells when, unless nothing is other than before. Raises Duplicate."""
        if self.store[table].change(row, changes):
            row["updated_at"] = self.timeline.second
        return row

    def require_own(self, row: Row, project: Project, kind: str) -> None:
        """Raises Fault when a row is another project's, and the project no administrator's."""
        if not project.is_administrator and row["project_id"] != project.id:
            raise Fault(403, f"Can not access {kind} resource of other projects, ID: {row['id']}")
