"""What is to become of executions and actions, as a test wants it; see `Cloud.script` and `Cloud.script_action`."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from fogflow import errors
from fogflow.core.attributes import nearest

UNSAID: Any = object()
"""Stands for what a script says nothing of; None is a value."""

FINAL_STATES = ("SUCCESS", "ERROR", "CANCELLED")


@attrs.frozen
class Run:
    """What a function in a script is told of the execution that it is asked about.

    Attributes:
        workflow_name: a text.
        input: the execution's, with the workflow's defaults.
        env: its environment.
        context: its input, and what its tasks have published so far.
        output: the workflow's declared output, expressions as they are written.
        action_input: the input of the action that is run, expressions as they are written; empty for an execution.
    """

    workflow_name: str
    input: Mapping[str, Any]
    env: Mapping[str, Any]
    context: Mapping[str, Any]
    output: Mapping[str, Any]
    action_input: Mapping[str, Any]


Scripted = Any | Callable[[Run], Any]
"""A value, or a function that makes it of a `Run`."""


def value_of(scripted: Scripted, run: Run) -> Any:
    """The value that is meant."""
    return scripted(run) if callable(scripted) else scripted


def _seconds(instance: Any, attribute: Any, value: Any) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
    if not (number or value is None or value is UNSAID):
        raise errors.ArgumentError(f"{attribute.name} takes seconds, or None for never, not {value!r}")


def _final_state(instance: Any, attribute: Any, value: Any) -> None:
    if value is not None and value not in FINAL_STATES:
        raise errors.ArgumentError(f"{attribute.name} is one of {', '.join(FINAL_STATES)}, not {value!r}")


@attrs.frozen(kw_only=True)
class ActionScript:
    """What becomes of an action, or of a task.

    Attributes:
        result: what comes out; where it fails, the reason.
        state: "SUCCESS", "ERROR" or "CANCELLED"; None for what the action does by itself.
        after: how many seconds it takes; None for an asynchronous one, which somebody ends from outside.
        fails: how many of its first tries fail, whatever `state` says.
        published: what a task publishes, in place of what its definition says.
    """

    result: Scripted = UNSAID
    state: str | None = attrs.field(default=None, validator=_final_state)
    after: float | None = attrs.field(default=UNSAID, validator=_seconds)
    fails: int = 0
    published: Scripted = UNSAID


@attrs.frozen(kw_only=True)
class ExecutionScript:
    """What becomes of an execution.

    Attributes:
        output: what it puts out; by default what the definition says, expressions as they are written.
        state: in which state it ends; None for what its tasks bring about.
        state_info: the reason, where it does not end in SUCCESS.
        after: how many seconds it takes at the least; None if it does not end by itself.
        tasks: scripts by the names of tasks.
    """

    output: Scripted = UNSAID
    state: str | None = attrs.field(default=None, validator=_final_state)
    state_info: str | None = None
    after: float | None = attrs.field(default=0, validator=_seconds)
    tasks: Mapping[str, ActionScript] = attrs.field(factory=dict)


S = TypeVar("S", ActionScript, ExecutionScript)


def made(cls: type[S], said: Mapping[str, Any], where: str) -> S:
    """A script of what a caller says. Raises ArgumentError, which names what is not known."""
    known = [field.name for field in attrs.fields(cls)]
    for name in said:
        if name not in known:
            raise errors.ArgumentError(f"{where} takes no {name!r}; {nearest(name, known)}")
    return cls(**said)


class Scripts:
    """All scripts of a mock. Of several that fit, the one that was given last holds."""

    def __init__(self) -> None:
        self._executions: list[tuple[str, ExecutionScript]] = []
        self._actions: list[tuple[str, ActionScript]] = []

    def add_execution(self, pattern: str, script: ExecutionScript) -> None:
        self._executions.insert(0, (pattern, script))

    def add_action(self, pattern: str, script: ActionScript) -> None:
        self._actions.insert(0, (pattern, script))

    def execution(self, workflow_name: str) -> ExecutionScript:
        """What is said of the executions of a workflow; an empty script where nothing is."""
        return _fitting(self._executions, workflow_name) or ExecutionScript()

    def action(self, name: str) -> ActionScript:
        """What is said of an action; an empty script where nothing is."""
        return _fitting(self._actions, name) or ActionScript()


def _fitting(scripts: list[tuple[str, S]], name: str) -> S | None:
    return next((script for pattern, script in scripts if fnmatch.fnmatchcase(name, pattern)), None)
