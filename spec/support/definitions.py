"""The workflows that the specs run, each under a name of the spec's own."""

from __future__ import annotations

from typing import Any

Definition = dict[str, Any]


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


def _workflow(name: str, **parts: Any) -> Definition:
    return {"version": "2.0", name: parts}
