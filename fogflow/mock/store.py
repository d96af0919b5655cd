"""The mock's database: tables of rows, what must not be there twice, and who may see what."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fogflow.mock.exchange import Project

Row = dict[str, Any]
"""A row, by columns. Times are datetimes in UTC without a zone; what a resource does not show is here too."""


class Duplicate(Exception):  # noqa: N818 - as the database's own error is called
    """There is a row already with what must be unique."""


class Table:
    """Rows by their ids, in the order in which they came.

    Args:
        unique: sets of columns, no two rows being alike in all columns of one.
        parent: the column that says what a row belongs to, and never changes; by it, rows are found at once.
    """

    def __init__(self, *unique: tuple[str, ...], parent: str | None = None) -> None:
        self.rows: dict[str, Row] = {}
        self._taken: dict[tuple[str, ...], dict[tuple[Any, ...], str]] = {columns: {} for columns in unique}
        self._parent = parent
        self._children: dict[Any, dict[str, Row]] = {}

    def __iter__(self) -> Iterator[Row]:
        # A copy: what is found may be deleted meanwhile.
        return iter(list(self.rows.values()))

    def insert(self, row: Row) -> Row:
        """Adds a row, with an id where it has none. Raises Duplicate."""
        row.setdefault("id", str(uuid.uuid4()))
        self._take(row)
        self.rows[row["id"]] = row
        if self._parent:
            self._children.setdefault(row[self._parent], {})[row["id"]] = row
        return row

    def change(self, row: Row, changes: Mapping[str, Any]) -> bool:
        """Changes a row; tells whether anything is other than before. Raises Duplicate."""
        if all(name in row and _same(row[name], value) for name, value in changes.items()):
            return False
        before = dict(row)
        self._take({**row, **changes})
        self._release(before, {**row, **changes})
        row.update(changes)
        return True

    def delete(self, row: Row) -> None:
        if self.rows.pop(row["id"], None) is not None:
            self._release(row, {})
            if self._parent:
                self._children[row[self._parent]].pop(row["id"])

    def where(self, **values: Any) -> list[Row]:
        """The rows with these values."""
        parent = self._parent
        rows = self._children.get(values[parent], {}) if parent and parent in values else self.rows
        return [row for row in rows.values() if all(row.get(name) == value for name, value in values.items())]

    def _keys(self, row: Row) -> Iterator[tuple[dict[tuple[Any, ...], str], tuple[Any, ...]]]:
        for columns, taken in self._taken.items():
            key = tuple(row.get(column) for column in columns)
            # As in SQL, no value is like no other.
            if None not in key:
                yield taken, key

    def _take(self, row: Row) -> None:
        for taken, key in self._keys(row):
            if taken.get(key, row["id"]) != row["id"]:
                raise Duplicate(key)
        for taken, key in self._keys(row):
            taken[key] = row["id"]

    def _release(self, row: Row, kept: Row) -> None:
        still = [key for _, key in self._keys(kept)]
        for taken, key in self._keys(row):
            if key not in still:
                taken.pop(key, None)


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


class Store:
    """All tables of one mock, by the names of their resources."""

    def __init__(self) -> None:
        named = ("name", "namespace", "project_id")
        self.tables: dict[str, Table] = {
            "workflows": Table(named),
            "workbooks": Table(named),
            "actions": Table(named),
            "code_sources": Table(named),
            "dynamic_actions": Table(named),
            "environments": Table(("name", "project_id")),
            "cron_triggers": Table(
                ("name", "project_id"),
                (
                    "workflow_input_text",
                    "workflow_name",
                    "pattern",
                    "project_id",
                    "workflow_params_text",
                    "remaining_executions",
                    "first_execution_time",
                ),
            ),
            "event_triggers": Table(("exchange", "topic", "event", "workflow_id", "project_id")),
            "members": Table(("resource_id", "resource_type", "member_id")),
            "executions": Table(parent="task_execution_id"),
            "tasks": Table(parent="workflow_execution_id"),
            "action_executions": Table(parent="task_execution_id"),
        }

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def visible(self, name: str, project: Project, *, everything: bool) -> list[Row]:
        """The rows of a table that a project may see: its own, public ones, and those it has accepted.

        Args:
            name: the table's.
            everything: whether an administrator sees those of all projects.
        """
        sees = self.sight(name, project, everything=everything)
        return [row for row in self.tables[name] if sees(row)]

    def sight(self, name: str, project: Project, *, everything: bool) -> Callable[[Row], bool]:
        """Tells of a row of a table whether a project may see it; see `visible`."""
        if everything and project.is_administrator:
            return lambda row: True
        identity = project.id
        accepted = {
            member["resource_id"]
            for member in self["members"].where(member_id=identity, status="accepted")
            if f"{member['resource_type']}s" == name
        }
        return lambda row: row.get("project_id") == identity or row.get("scope") == "public" or row["id"] in accepted
