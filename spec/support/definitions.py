"""The workflows, actions and workbooks that the specs use, each under a name of the spec's own."""

from __future__ import annotations

from typing import Any

Definition = dict[str, Any]

GREET = """
from mistral_lib import actions


class Greet(actions.Action):
    def run(self, context):
        return "hello"
"""
"""Python source with an action."""


def hello(name: str, **more: Any) -> Definition:
    """Two tasks, one after the other; takes `who`, puts out `greeting`."""
    return _workflow(
        name,
        input=["who"],
        output={"greeting": "<% $.greeting %>"},
        tasks={
            "greet": {
                "action": "std.echo output='hello <% $.who %>'",
                "publish": {"greeting": "<% task().result %>"},
                "on-success": "rest",
            },
            "rest": {"action": "std.noop"},
        },
        **more,
    )


def noop(name: str, **more: Any) -> Definition:
    """A single task that does nothing."""
    return _workflow(name, tasks={"rest": {"action": "std.noop"}}, **more)


def fails(name: str) -> Definition:
    """A task goes well, the next one does not."""
    return _workflow(
        name,
        tasks={
            "prepare": {"action": "std.noop", "tags": ["safe"], "on-success": "explode"},
            "explode": {"action": "std.fail"},
        },
    )


def waits(name: str) -> Definition:
    """Does not end before somebody completes its first task from outside."""
    return _workflow(
        name, tasks={"linger": {"action": "std.async_noop", "on-success": "rest"}, "rest": {"action": "std.noop"}}
    )


def reads_environment(name: str) -> Definition:
    """Puts out what `who` is in its environment."""
    return _workflow(
        name,
        output={"who": "<% $.who %>"},
        tasks={"read": {"action": "std.echo output=<% env().who %>", "publish": {"who": "<% task().result %>"}}},
    )


def needs_environment(name: str) -> Definition:
    """Fails unless `who` is in its environment; puts out the environment's `who` and `color`."""
    return _workflow(
        name,
        output={"who": "<% env().get(who) %>", "color": "<% env().color %>"},
        tasks={"read": {"action": "std.echo output=<% env().who %>"}},
    )


def calls(name: str, other: str) -> Definition:
    """Runs another workflow as its only task."""
    return _workflow(name, tasks={"call": {"workflow": other}})


def puts_out(name: str, action: str) -> Definition:
    """Runs an action that takes nothing, and puts out its result."""
    task = {"action": action, "publish": {"result": "<% task().result %>"}}
    return _workflow(name, output={"result": "<% $.result %>"}, tasks={"run": task})


def shout(name: str, **more: Any) -> Definition:
    """An action; takes `who`, puts out `who` and an exclamation mark."""
    return {"version": "2.0", name: {**_SHOUT, **more}}


def book(name: str, **more: Any) -> Definition:
    """A workbook of the workflow `flow`, which takes `who` and puts out `said`, and of the action `act` in it."""
    flow = {
        "input": ["who"],
        "output": {"said": "<% $.said %>"},
        "tasks": {"say": {"action": "act who=<% $.who %>", "publish": {"said": "<% task().result %>"}}},
    }
    return {"version": "2.0", "name": name, "workflows": {"flow": flow}, "actions": {"act": _SHOUT}, **more}


_SHOUT = {"base": "std.echo", "base-input": {"output": "<% $.who %>!"}, "input": ["who"]}


def _workflow(name: str, **parts: Any) -> Definition:
    return {"version": "2.0", name: parts}
