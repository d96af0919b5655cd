"""What a definition says, once it is known to be right: workflows, their tasks, and actions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fogflow.mock.definitions.text import split_command

ENGINE_COMMANDS = ("noop", "fail", "succeed", "pause")
"""What may follow a task without being one."""

REQUIRED = object()
"""In a declared input, what stands for a parameter without a default."""

WITH_ITEMS = re.compile(r"\s*([\w\d_\-]+)\s*in\s*(\[.+\]|<%.*?%>|{{.*?}})")

_CLAUSES = {"SUCCESS": "on-success", "ERROR": "on-error", "SKIPPED": "on-skip"}


def is_expression(value: Any) -> bool:
    """Whether a value is, or holds, an expression of YAQL or Jinja."""
    return isinstance(value, str) and re.search(r"<%.*?%>|{{.*?}}|{%.*?%}", value) is not None


def declared_input(entries: Any) -> dict[str, Any]:
    """The parameters of an `input` with their defaults, or REQUIRED."""
    declared: dict[str, Any] = {}
    for entry in entries or []:
        declared.update(entry if isinstance(entry, dict) else {entry: REQUIRED})
    return declared


class Spec:
    """What a mapping of a definition says; equal to another that says the same.

    Args:
        data: the mapping, which has its `name`.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.name: str = data["name"]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.name)


class ActionSpec(Spec):
    """An action of a definition.

    Args:
        data: the mapping, which has its `name`.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.base, inline = split_command(data["base"])
        self.base_input: dict[str, Any] = {**(data.get("base-input") or {}), **inline}
        self.input = declared_input(data.get("input"))
        self.description: str | None = data.get("description")
        self.tags: list[str] = data.get("tags") or []


class TaskSpec(Spec):
    """A task of a workflow; what it does not say, the workflow's `task-defaults` do.

    Args:
        data: the mapping, which has its `name`.
        defaults: the workflow's.
    """

    def __init__(self, data: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
        super().__init__(data)
        self._defaults = defaults
        self.is_workflow = bool(data.get("workflow"))
        command, inline = split_command(data.get("workflow") or data.get("action") or "std.noop")
        self.runs = command
        given = data.get("input") or {}
        self.input: dict[str, Any] = {**(given if isinstance(given, dict) else {}), **inline}
        self.tags: list[str] = data.get("tags") or []

    def policy(self, name: str) -> Any:
        """What a policy such as "wait-before" is set to; None where it is an expression."""
        value = self.data.get(name, self._defaults.get(name))
        return None if is_expression(value) else value

    @property
    def retry(self) -> tuple[int, float]:
        """How often to try again, and after how many seconds."""
        said = self.policy("retry")
        values = split_command(said)[1] if isinstance(said, str) else said or {}
        count, delay = (values.get(name, 0) for name in ("count", "delay"))
        return (count if isinstance(count, int) else 0, delay if isinstance(delay, (int, float)) else 0)

    @property
    def join(self) -> Any:
        return self.data.get("join")

    @property
    def requires(self) -> set[str]:
        """The tasks that come before it, in a reverse workflow."""
        named = [*_as_list(self.data.get("requires")), *_as_list(self._defaults.get("requires"))]
        return set(named) - {self.name}

    @property
    def items(self) -> list[dict[str, Any]] | None:
        """Of a task with items, the variables of each run; None for other tasks, one where the items are computed."""
        clauses = _as_list(self.data.get("with-items"))
        if not clauses:
            return None
        matches = [match for clause in clauses if (match := WITH_ITEMS.match(clause))]
        named = {match[1]: json.loads(match[2]) for match in matches if match[2].startswith("[")}
        if len(named) < len(clauses):
            return [{}]
        return [dict(zip(named, values, strict=False)) for values in zip(*named.values(), strict=False)]

    @property
    def has_computed_items(self) -> bool:
        return any(is_expression(clause) for clause in _as_list(self.data.get("with-items")))

    def following(self, clause: str) -> list[str]:
        """What follows by a clause such as "on-success": tasks and commands of the engine, without conditions."""
        own = _next(self.data.get(clause))
        return own or [name for name in _next(self._defaults.get(clause)) if name != self.name]

    def after(self, state: str) -> list[tuple[str, str]]:
        """What follows it in a state, each with the clause that says so."""
        clauses = [_CLAUSES[state]] if state in _CLAUSES else []
        if state == "SKIPPED" and not self.following("on-skip"):
            clauses = ["on-success"]
        if state in ("SUCCESS", "ERROR"):
            clauses.append("on-complete")
        return [(name, clause) for clause in clauses for name in self.following(clause)]

    @property
    def outbound(self) -> set[str]:
        """All that may follow it."""
        return {name for clause in (*_CLAUSES.values(), "on-complete") for name in self.following(clause)}

    def publishes(self, state: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What it publishes in a state: in its branch, and for all."""
        plain = {"SUCCESS": "publish", "ERROR": "publish-on-error", "SKIPPED": "publish-on-skip"}.get(state)
        branch = dict(self.data.get(plain) or {}) if plain else {}
        everywhere: dict[str, Any] = {}
        for clause in ("on-complete", _CLAUSES.get(state)):
            said = self.data.get(clause) if clause else None
            published = said.get("publish") if isinstance(said, dict) else None
            if isinstance(published, dict):
                branch.update(published.get("branch") or {})
                everywhere.update(published.get("global") or {})
        return branch, everywhere


class WorkflowSpec(Spec):
    """A workflow of a definition.

    Args:
        data: the mapping, which has its `name`.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.type: str = data.get("type", "direct")
        self.input = declared_input(data.get("input"))
        self.tags: list[str] = data.get("tags") or []
        defaults = data.get("task-defaults") or {}
        self.tasks = {name: TaskSpec(task, defaults) for name, task in data["tasks"].items()}

    @property
    def class_name(self) -> str:
        """What the server's messages call it."""
        return f"{self.type.capitalize()}WorkflowSpec"

    def inbound(self, name: str) -> list[TaskSpec]:
        """The tasks that may be followed by this one."""
        return [task for task in self.tasks.values() if name in task.outbound]

    @property
    def start_tasks(self) -> Iterator[TaskSpec]:
        """The tasks that follow none."""
        followed = {name for task in self.tasks.values() for name in task.outbound}
        return (task for name, task in self.tasks.items() if name not in followed)

    def leading_to(self, target: str) -> set[str]:
        """In a reverse workflow: a task, and all that come before it."""
        found: set[str] = set()
        waiting = [target]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.tasks[name].requires)
        return found

    @property
    def input_text(self) -> str:
        """The declared input in a line, as the API tells it."""
        entries = self.data.get("input") or []
        return ", ".join(
            text
            for entry in entries
            for text in ([f'{k}="{v}"' for k, v in entry.items()] if isinstance(entry, dict) else [entry])
        )

    @property
    def interface(self) -> dict[str, Any]:
        """The declared input and the names of the output, as the API tells them."""
        return {"input": self.data.get("input") or [], "output": list(self.data.get("output") or {})}


def _as_list(value: Any) -> list[Any]:
    if not value:
        return []
    return value if isinstance(value, list) else [value]


def _next(clause: Any) -> list[str]:
    # A mapping is either the longer form, with `publish` and `next`, or a single task on a condition.
    if isinstance(clause, dict):
        clause = clause.get("next") if {"next", "publish"} & clause.keys() else clause
    entries = [next(iter(one)) if isinstance(one, dict) else one for one in _as_list(clause)]
    return [split_command(entry.replace("(", " ", 1))[0] for entry in entries]
