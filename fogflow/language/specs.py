"""What the parts of a definition say: workflows, their tasks, what follows a task, and actions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from fogflow.language.text import split_command

ENGINE_COMMANDS = ("noop", "fail", "succeed", "pause")
"""What may follow a task without being one."""

REQUIRED = object()
"""In a declared input, what stands for a parameter without a default."""

WITH_ITEMS = re.compile(r"\s*([\w\d_\-]+)\s*in\s*(\[.+\]|<%.*?%>|{{.*?}})")

_CLAUSES = {"SUCCESS": "on-success", "ERROR": "on-error", "SKIPPED": "on-skip"}

CLAUSES = (*_CLAUSES.values(), "on-complete")
"""By which tasks of a direct workflow follow one another."""


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


@attrs.frozen
class Transition:
    """That one thing follows another.

    Attributes:
        clause: by which it does, such as "on-success".
        target: the name of a task, or one of ENGINE_COMMANDS.
        condition: an expression that must be true; None where there is none.
        input: of a command, such as the `msg` of `fail msg='no space left'`.
    """

    clause: str
    target: str
    condition: str | None = None
    input: Mapping[str, Any] = attrs.field(factory=dict)


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

    def require_readable(self) -> None:
        """Raises ArgumentError where what follows it, or its retries, cannot be read."""
        _ = self.outbound, self.retry_said

    def said(self, name: str) -> Any:
        """What a policy such as "wait-before" is set to, as it is written; None where nothing is said of it."""
        return self.data.get(name, self._defaults.get(name))

    def policy(self, name: str) -> Any:
        """What a policy is set to; None where it is an expression."""
        value = self.said(name)
        return None if is_expression(value) else value

    @property
    def retry_said(self) -> Mapping[str, Any]:
        """The `count`, the `delay` and the conditions of its retries, as they are written; empty for none."""
        said = self.said("retry")
        values = split_command(said)[1] if isinstance(said, str) else said
        return values if isinstance(values, Mapping) else {}

    @property
    def retry(self) -> tuple[int, float]:
        """How often to try again, and after how many seconds; 0 where that is an expression."""
        values = self.retry_said
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

    def transitions(self, clause: str) -> list[Transition]:
        """What follows by a clause such as "on-success": tasks and commands of the engine."""
        own = _transitions(clause, self.data.get(clause))
        return own or [one for one in _transitions(clause, self._defaults.get(clause)) if one.target != self.name]

    def following(self, clause: str) -> list[str]:
        """The names of what follows by a clause, conditions or not."""
        return [one.target for one in self.transitions(clause)]

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
        return {name for clause in CLAUSES for name in self.following(clause)}

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
        self.tasks = {name: TaskSpec({**task, "name": name}, defaults) for name, task in data["tasks"].items()}

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


def _transitions(clause: str, said: Any) -> list[Transition]:
    if isinstance(said, dict):
        # The longer form, with `publish`. The server passes over a mapping of a task to its condition, here and there:
        # nothing follows by the one, and by the other the task does in any case.
        said = said.get("next")
        said = list(said) if isinstance(said, dict) else said
    return [_transition(clause, one) for one in _as_list(said)]


def _transition(clause: str, said: Any) -> Transition:
    command, condition = next(iter(said.items())) if isinstance(said, dict) and said else (said, None)
    # A command may be written as a call: `fail(msg='no space left')`.
    target, given = split_command(command.replace("(", " ", 1) if isinstance(command, str) else command)
    return Transition(clause, target, condition, given)
