"""The graph of an execution says what became of each task, and which ways were taken."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from fogflow.definitions import definition_text
from fogflow.drawing import Graph, Node, Shape
from fogflow.graphs import execution_graph
from fogflow.graphs.looks import DID_NOT_RUN
from fogflow.language import WorkflowSpec, read_workflow
from fogflow.models import Execution, Task
from spec.support.pictures import details, edges, recorded, workflow

REST = {"action": "std.noop"}
START = datetime(2026, 11, 23, 6, 0, 0)
STATES = ["IDLE", "WAITING", "DELAYED", "RUNNING", "PAUSED", "SUCCESS", "ERROR", "CANCELLED", "SKIPPED"]


def at(seconds: float) -> str:
    return str(START + timedelta(seconds=seconds))


def task(name: str, state: str = "SUCCESS", *, began: float = 0, took: float = 1, **more: Any) -> Task:
    """A task as the server lists it; `triggers` are the ids of others with clauses."""
    context = {**more.pop("context", {}), "triggered_by": more.pop("triggers", [])}
    row = {
        "id": more.pop("id", name),
        "name": name,
        "type": "ACTION",
        "state": state,
        "created_at": at(began),
        "updated_at": at(began + took),
        "started_at": at(began),
        "finished_at": at(began + took) if state in ("SUCCESS", "ERROR", "CANCELLED", "SKIPPED") else None,
        "runtime_context": json.dumps(context),
        **more,
    }
    return Task.from_row(None, row, complete=True)


def by(identity: str, clause: str = "on-success") -> dict[str, str]:
    return {"task_id": identity, "event": clause}


def execution(state: str = "SUCCESS", **more: Any) -> Execution:
    row = {"id": "e", "workflow_name": "flow", "state": state, "created_at": at(0), "updated_at": at(75), **more}
    return Execution.from_row(None, row, complete=True)


def direct(tasks: dict[str, Any], **parts: Any) -> WorkflowSpec:
    return read_workflow(definition_text({"flow": {**parts, "tasks": tasks}}))


CHAIN = direct({"a": {**REST, "on-success": "b", "on-error": ["c", "fail"]}, "b": REST, "c": REST})


def node(graph: Graph, title: str) -> Node:
    return next(one for one in graph.nodes if one.title == title)


def ways(graph: Graph) -> dict[tuple[str, str], str]:
    """How each edge is drawn."""
    strokes = [edge.stroke for edge in graph.edges]
    kinds = ["taken" if one.bold else "not taken" if one.line == "#afb8c1" else "unknown" for one in strokes]
    return {(source, target): kind for (source, target, _), kind in zip(edges(graph), kinds, strict=True)}


def it_tells_the_state_and_the_duration_of_the_execution_and_of_each_task() -> None:
    graph = execution_graph(execution("ERROR"), [task("a", "SUCCESS", took=3), task("b", "ERROR", took=0)], CHAIN)

    assert details(graph)["flow"] == ("ERROR, 1 min 15 s",)
    assert details(graph)["a"] == ("SUCCESS, 3 s", "std.noop")
    assert details(graph)["b"] == ("ERROR, under 1 s", "std.noop")


@pytest.mark.parametrize(
    ("took", "shown"), [(0.4, "under 1 s"), (59, "59 s"), (60, "1 min 0 s"), (3599, "59 min 59 s"), (7325, "2 h 2 min")]
)
def it_says_how_long_a_task_took_as_people_do(took: float, shown: str) -> None:
    assert details(execution_graph(execution(), [task("a", took=took)], CHAIN))["a"][0] == f"SUCCESS, {shown}"


def it_goes_by_the_last_change_where_no_end_is_told() -> None:
    graph = execution_graph(execution(), [task("a", "SUCCESS", took=7, started_at=None, finished_at=None)], CHAIN)

    assert details(graph)["a"][0] == "SUCCESS, 7 s"


def it_says_when_began_what_has_not_ended() -> None:
    waiting = task("b", "WAITING", started_at=None)
    graph = execution_graph(execution("RUNNING"), [task("a", "RUNNING", began=62), waiting], CHAIN)

    assert details(graph)["flow"] == ("RUNNING, begun 06:00:00 UTC",)
    assert details(graph)["a"][0] == "RUNNING, begun 06:01:02 UTC"
    assert details(graph)["b"][0] == "WAITING"


def it_has_a_look_for_each_state_and_names_it() -> None:
    spec = direct(dict.fromkeys(STATES, REST))
    graph = execution_graph(execution(), [task(state, state) for state in STATES], spec)

    assert len({node(graph, state).look for state in STATES}) == len(STATES)
    assert all(node(graph, state).details[0].startswith(state) for state in STATES)


def it_draws_a_state_that_it_does_not_know() -> None:
    assert details(execution_graph(execution(), [task("a", "STRANGE")], CHAIN))["a"][0].startswith("STRANGE")


def it_greys_what_did_not_run() -> None:
    graph = execution_graph(execution(), [task("a"), task("b", triggers=[by("a")])], CHAIN)

    assert [one.title for one in graph.nodes if one.look == DID_NOT_RUN] == ["c", "fail"]
    assert details(graph)["c"] == ("std.noop",)


def it_shows_which_ways_were_taken() -> None:
    graph = execution_graph(execution(), [task("a"), task("b", triggers=[by("a")])], CHAIN)

    assert ways(graph) == {
        ("flow", "a"): "taken",
        ("a", "b"): "taken",
        ("a", "c"): "not taken",
        ("a", "fail"): "not taken",
    }


def it_does_not_say_of_a_command_what_the_server_does_not_tell() -> None:
    graph = execution_graph(execution("ERROR"), [task("a", "ERROR"), task("c", triggers=[by("a", "on-error")])], CHAIN)

    assert ways(graph)["a", "fail"] == "unknown"
    assert node(graph, "fail").look != DID_NOT_RUN


def it_tells_each_way_into_a_join() -> None:
    spec = direct({"a": {**REST, "on-success": "j"}, "b": {**REST, "on-complete": "j"}, "j": {**REST, "join": "all"}})
    joined = task("j", triggers=[by("a"), by("b", "on-complete")])

    graph = execution_graph(execution(), [task("a"), task("b"), joined], spec)

    assert set(ways(graph).values()) == {"taken"}


def it_shows_the_part_of_a_reverse_workflow_that_its_target_required() -> None:
    graph = execution_graph(*recorded("assemble"), workflow("assemble"))

    assert [one.title for one in graph.nodes if one.look == DID_NOT_RUN] == ["test", "publish"]
    assert ways(graph)["compile", "package"] == "taken"
    assert ways(graph)["compile", "test"] == "not taken"


def it_counts_retries_items_and_rounds() -> None:
    retried = task("a", "ERROR", context={"retry_task_policy": {"retry_no": 1}})
    with_items = task("b", context={"with_items": {"count": 3}, "retry_task_policy": {"retry_no": 2}})
    rounds = [task("c", "ERROR", id="1"), task("c", id="2", began=5, took=2), task("c", id="3", began=9, took=4)]

    graph = execution_graph(execution(), [retried, with_items, *reversed(rounds)], CHAIN)

    assert details(graph)["a"] == ("ERROR, 1 s", "std.noop", "1 retry")
    assert details(graph)["b"] == ("SUCCESS, 1 s", "std.noop", "3 items", "2 retries")
    assert details(graph)["c"] == ("SUCCESS, 4 s", "std.noop", "3 runs: 1 ERROR, 2 SUCCESS")


def it_knows_the_last_round_of_a_loop_within_one_second() -> None:
    rounds = [
        task("c", "ERROR", id="3", triggers=[by("2")]),
        task("c", id="1"),
        task("c", id="2", triggers=[by("1")]),
    ]

    assert details(execution_graph(execution(), rounds, CHAIN))["c"][0] == "ERROR, 1 s"


def it_bears_tasks_that_led_to_each_other() -> None:
    graph = execution_graph(execution(), [task("a", triggers=[by("b")]), task("b", triggers=[by("a")])], CHAIN)

    assert ways(graph)["a", "b"] == "taken"


def it_marks_an_execution_that_another_one_started() -> None:
    assert details(execution_graph(execution(task_execution_id="t"), [], CHAIN))["flow"][1] == "sub-execution"


def it_keeps_the_id_for_who_points_at_a_node() -> None:
    graph = execution_graph(execution(), [task("a", id="77")], CHAIN)

    assert (node(graph, "flow").note, node(graph, "a").note) == ("e", "77")


# -- without the workflow


def it_draws_the_tasks_alone_where_the_workflow_is_gone() -> None:
    tasks = [
        task("b", "ERROR", began=1, triggers=[by("a")]),
        task("a", began=0),
        task("c", began=2, triggers=[by("b", "on-error")], type="WORKFLOW"),
    ]

    graph = execution_graph(execution(), tasks, None, "it is gone")

    assert edges(graph) == [("flow", "a", ()), ("a", "b", ()), ("b", "c", ("on-error",))]
    assert details(graph)["flow"] == ("SUCCESS, 1 min 15 s", "it is gone")
    assert [node.shape for node in graph.nodes[1:]] == [Shape.BOX, Shape.BOX, Shape.DOUBLE_BOX]


def it_draws_tasks_in_the_order_of_time_where_nothing_tells_what_led_to_what() -> None:
    tasks = [task("c", began=5), task("a", began=0, took=4), task("b", began=0, took=9)]

    assert edges(execution_graph(execution(), tasks, None)) == [("flow", "a", ()), ("a", "b", ()), ("b", "c", ())]


def it_draws_the_tasks_alone_where_the_workflow_has_them_no_longer() -> None:
    graph = execution_graph(execution(), [task("a"), task("other", triggers=[by("a")])], CHAIN)

    assert edges(graph) == [("flow", "a", ()), ("a", "other", ())]
    assert details(graph)["flow"][1] == "its workflow was changed since"


def it_draws_an_execution_without_tasks() -> None:
    assert edges(execution_graph(execution(), [], None)) == []


def it_draws_a_loop_that_ran_on_a_real_mistral() -> None:
    drawn = execution_graph(*recorded("count"), workflow("count"))
    alone = execution_graph(*recorded("count"), None)

    assert ways(drawn)["add", "add"] == "taken"
    assert details(alone)["add"][1] == "4 runs"
    assert [one[1] for one in edges(alone)] == ["begin", "add", "add", "finish"]
