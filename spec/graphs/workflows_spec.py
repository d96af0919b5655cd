"""The graph of a workflow has all that its definition says of tasks and of their order."""

from __future__ import annotations

from typing import Any

import pytest

from fogflow.definitions import definition_text
from fogflow.drawing import Graph, Shape
from fogflow.graphs import workflow_graph
from fogflow.language import read_workflow
from spec.support.pictures import details, edges

REST = {"action": "std.noop"}


def graph(tasks: dict[str, Any], **parts: Any) -> Graph:
    return workflow_graph(read_workflow(definition_text({"version": "2.0", "flow": {**parts, "tasks": tasks}})))


def of_task(**said: Any) -> tuple[str, ...]:
    """What stands in the node of a task."""
    task = {"action": "std.noop", **{name.replace("_", "-"): value for name, value in said.items()}}
    return details(graph({"a": task}))["a"][1:]


def it_begins_with_the_tasks_that_follow_none() -> None:
    assert edges(graph({"a": {**REST, "on-success": "c"}, "b": REST, "c": REST})) == [
        ("flow", "a", ()),
        ("flow", "b", ()),
        ("a", "c", ()),
    ]


@pytest.mark.parametrize("clause", ["on-error", "on-complete", "on-skip"])
def it_names_the_clause_unless_it_is_success(clause: str) -> None:
    assert edges(graph({"a": {**REST, clause: "b"}, "b": REST}))[1:] == [("a", "b", (clause,))]


def it_tells_clauses_apart_by_more_than_their_words() -> None:
    drawn = graph({"a": {**REST, "on-success": "b", "on-error": "b", "on-complete": "b"}, "b": REST})

    assert len({edge.stroke for edge in drawn.edges[1:]}) == 3


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("<% $.count > 3 %>", "$.count > 3"),
        ("{{ _.count > 3 }}", "_.count > 3"),
        ("<% $.found.where($.size > 100 and $.age < 3).any() %>", "$.found.where($.size > 100 and $.ag…"),
    ],
)
def it_shows_a_condition_shortened(condition: str, shown: str) -> None:
    drawn = graph({"a": {**REST, "on-success": [{"b": condition}], "on-error": [{"b": condition}]}, "b": REST})

    assert edges(drawn)[1:] == [("a", "b", (shown,)), ("a", "b", ("on-error", shown))]


def it_keeps_the_whole_of_a_condition_for_who_points_at_it() -> None:
    condition = "<% $.found.where($.size > 100 and $.age < 3).any() %>"
    drawn = graph({"a": {**REST, "on-error": [{"b": condition}]}, "b": REST})

    assert drawn.edges[-1].note == "on-error $.found.where($.size > 100 and $.age < 3).any()"


def it_shows_the_commands_of_the_engine_each_for_its_task() -> None:
    drawn = graph(
        {
            "a": {**REST, "on-error": ["fail(msg='no space')", "pause"], "on-success": "succeed"},
            "b": {**REST, "on-error": "fail msg='no space'", "on-complete": "noop"},
        }
    )

    assert edges(drawn)[2:] == [
        ("a", "succeed", ()),
        ("a", "fail", ("on-error",)),
        ("a", "pause", ("on-error",)),
        ("b", "fail", ("on-error",)),
        ("b", "noop", ("on-complete",)),
    ]
    commands = [(node.title, node.details) for node in drawn.nodes if node.shape is Shape.OCTAGON]
    assert commands == [("succeed", ()), ("fail", ("no space",)), ("pause", ()), ("fail", ("no space",)), ("noop", ())]


def it_draws_what_the_defaults_say() -> None:
    drawn = graph({"a": REST, "b": REST}, **{"task-defaults": {"on-error": "b", "timeout": 5}})

    assert edges(drawn) == [("flow", "a", ()), ("a", "b", ("on-error",))]
    assert details(drawn)["b"] == ("std.noop", "timeout: 5 s")


def it_draws_a_reverse_workflow_from_what_is_required() -> None:
    drawn = graph(
        {"clean": REST, "build": {**REST, "requires": "clean"}, "test": {**REST, "requires": ["build", "clean"]}},
        type="reverse",
    )

    assert edges(drawn) == [
        ("flow", "clean", ()),
        ("clean", "build", ()),
        ("build", "test", ()),
        ("clean", "test", ()),
    ]


@pytest.mark.parametrize("name", ["deploy", "<% $.name %>", "{{ _.name }}"])
def it_marks_a_sub_workflow_even_where_its_name_is_computed(name: str) -> None:
    node = graph({"a": {"workflow": name}}).nodes[1]

    assert (node.shape, node.details) == (Shape.DOUBLE_BOX, (f"workflow: {name}",))
    assert graph({"a": REST}).nodes[1].shape is Shape.BOX


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ({"join": "all"}, ("join: all",)),
        ({"join": "one"}, ("join: one",)),
        ({"join": 2}, ("join: 2",)),
        ({"with_items": "vm in <% $.vms %>"}, ("with-items: vm in $.vms",)),
        ({"with_items": ["i in [1,2]", "j in {{ _.js }}"]}, ("with-items: i in [1,2], j in _.js",)),
        ({"with_items": "i in [1,2]", "concurrency": 3}, ("with-items: i in [1,2]", "concurrency: 3")),
        ({"retry": {"count": 3, "delay": 10}}, ("retry: 3 times, every 10 s",)),
        ({"retry": "count=3 delay=10"}, ("retry: 3 times, every 10 s",)),
        ({"retry": {"count": "<% $.n %>", "delay": "<% $.d %>"}}, ("retry: $.n times, every $.d",)),
        ({"pause_before": True}, ("pause-before",)),
        ({"pause_before": "<% $.ask %>"}, ("pause-before: $.ask",)),
        ({"pause_before": False}, ()),
        ({"wait_before": 2, "wait_after": "<% $.w %>"}, ("wait-before: 2 s", "wait-after: $.w")),
        ({"timeout": 30}, ("timeout: 30 s",)),
        ({"fail_on": "<% $.x < 3 %>"}, ("fail-on: $.x < 3",)),
    ],
)
def it_marks_what_is_special_about_a_task(said: dict[str, Any], marks: tuple[str, ...]) -> None:
    assert of_task(**said) == marks


def it_marks_what_is_not_there() -> None:
    direct = graph({"a": {**REST, "on-success": "gone"}})
    backward = graph({"a": {**REST, "requires": "gone"}}, type="reverse")

    assert details(direct)["gone"] == details(backward)["gone"] == ("no such task",)


def it_draws_a_task_that_leads_to_itself() -> None:
    drawn = graph({"a": {**REST, "on-success": "b"}, "b": {**REST, "on-success": [{"b": "<% $.more %>"}]}})

    assert edges(drawn)[1:] == [("a", "b", ()), ("b", "b", ("$.more",))]
