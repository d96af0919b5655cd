"""Definitions are read in all forms that Mistral's language has for them, as Mistral understands them."""

from __future__ import annotations

from typing import Any

import pytest

from fogflow import errors
from fogflow.definitions import definition_text
from fogflow.language import Transition, WorkflowSpec, read_workflow


def read(tasks: dict[str, Any], **parts: Any) -> WorkflowSpec:
    return read_workflow(definition_text({"version": "2.0", "flow": {**parts, "tasks": tasks}}))


def following(said: Any) -> list[Transition]:
    """What follows a task by this `on-error`."""
    return read({"a": {"action": "std.noop", "on-error": said}}).tasks["a"].transitions("on-error")


B = Transition("on-error", "b")
B_MAYBE = Transition("on-error", "b", "<% $.x %>")


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("b", [B]),
        (["b"], [B]),
        (["b", "c"], [B, Transition("on-error", "c")]),
        ([{"b": "<% $.x %>"}, "b"], [B_MAYBE, B]),
        ({"next": "b"}, [B]),
        ({"publish": {"branch": {"x": 1}}, "next": ["b"]}, [B]),
        ({"next": [{"b": "<% $.x %>"}]}, [B_MAYBE]),
        ({"publish": {"branch": {"x": 1}}}, []),
        ("fail", [Transition("on-error", "fail")]),
        ("fail msg='no space'", [Transition("on-error", "fail", None, {"msg": "no space"})]),
        ('fail(msg="no space")', [Transition("on-error", "fail", None, {"msg": "no space"})]),
        (
            [{"succeed(msg=<% $.y %>)": "<% $.x %>"}],
            [Transition("on-error", "succeed", "<% $.x %>", {"msg": "<% $.y %>"})],
        ),
        # Mistral takes these two, and passes over their conditions.
        ({"b": "<% $.x %>"}, []),
        ({"next": {"b": "<% $.x %>"}}, [B]),
    ],
)
def it_reads_every_form_of_what_follows(said: Any, read_as: list[Transition]) -> None:
    assert following(said) == read_as


def it_takes_what_a_task_does_not_say_from_the_defaults() -> None:
    workflow = read(
        {"a": {"action": "std.noop"}, "b": {"action": "std.noop", "on-error": "a"}},
        **{"task-defaults": {"on-error": ["b"], "retry": "count=3 delay=2"}},
    )

    assert workflow.tasks["a"].following("on-error") == ["b"]
    assert workflow.tasks["b"].following("on-error") == ["a"]
    assert workflow.tasks["a"].retry == (3, 2)


def it_lets_no_task_follow_itself_by_the_defaults() -> None:
    workflow = read({"a": {"action": "std.noop"}}, **{"task-defaults": {"on-error": ["a"]}})

    assert workflow.tasks["a"].following("on-error") == []


def it_reads_one_of_several_workflows() -> None:
    text = "version: '2.0'\none:\n  tasks: {a: {action: std.noop}}\nother:\n  tasks: {b: {action: std.noop}}\n"

    assert list(read_workflow(text, "other").tasks) == ["b"]


def it_reads_a_workflow_of_a_workbook_whose_name_is_longer_than_that_in_the_text() -> None:
    assert read_workflow("flow:\n  tasks:\n    a: {action: std.noop}\n", "book.flow").name == "flow"


def it_reads_anchors_and_aliases_as_letters() -> None:
    workflow = read_workflow("flow:\n  tasks:\n    a:\n      action: std.noop\n      on-success: &b\n")

    assert workflow.tasks["a"].following("on-success") == ["&b"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("flow: [", "could not be parsed"),
        ("", "not of nothing"),
        ("- a", r"a definition is a mapping, not \['a'\]"),
        ("one: {tasks: {}}\nother: {tasks: {}}", "not of one, other"),
        ("flow: x", "workflow 'flow' is a mapping, not 'x'"),
        ("flow: {}", "tasks of workflow 'flow' is a mapping, not None"),
        ("flow: {tasks: {a: x}}", "task 'a' is a mapping, not 'x'"),
        ("flow: {tasks: {a: {action: std.noop}}, task-defaults: [x]}", "task-defaults is a mapping"),
        ("flow: {tasks: {a: {action: 3}}}", "Invalid action/workflow task property: 3"),
        ("flow: {tasks: {a: {action: std.noop, on-success: [3]}}}", "Invalid action/workflow task property: 3"),
        ("flow: {tasks: {a: {action: std.noop, retry: '= 3'}}}", "Invalid action/workflow task property: = 3"),
    ],
)
def it_says_what_cannot_be_read(text: str, reason: str) -> None:
    with pytest.raises(errors.ArgumentError, match=reason):
        read_workflow(text, "third")
