"""Whatever a call is given, an error of fogflow's comes out or a request of the resource's own goes."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Sized
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fogflow
from fogflow import errors
from fogflow.core.attributes import declared
from fogflow.core.query import OPERATORS
from fogflow.mock import Cloud
from fogflow.mock.exchange import Answer, Request
from fogflow.requests import Requests
from spec.faults.conftest import Note
from spec.support.generated import NAMES, VALUES
from spec.support.server import Server, listening

EXAMPLES = 4000

# By the noun in a request's name: the addresses below /v2 that are its own.
OWN = {
    "task_action_execution": {"tasks"},
    "task_workflow_execution": {"tasks"},
    "action_execution": {"action_executions"},
    "sub_execution": {"executions", "tasks"},
    "dynamic_action": {"dynamic_actions"},
    "event_trigger": {"event_triggers"},
    "cron_trigger": {"cron_triggers"},
    "code_source": {"code_sources"},
    "environment": {"environments"},
    "workbook": {"workbooks"},
    "workflow": {"workflows"},
    "execution": {"executions"},
    "action": {"actions"},
    "member": {"workflows"},
    "task": {"tasks", "executions"},
    "service": {"services"},
}
ABOVE = {
    "get_version": "/v2/",
    "get_info": "/info",
    "list_versions": "/",
    "get_maintenance": "/maintenance",
    "update_maintenance": "/maintenance",
}

CALLS = {name: call for name, call in inspect.getmembers(Requests, inspect.isfunction) if not name.startswith("_")}
COLLECTIONS = [f"{name}s" for name in OWN if not name.startswith(("task_", "sub_", "service"))]

# A seed of its own each time would make a build fail for what nobody changed.
chosen = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


def outcome(call: Callable[[], Any], heard: Sized) -> str:
    """What came of a call: the name of its error, one of fogflow's, or of Python's before anything was sent."""
    before = len(heard)
    try:
        call()
    except errors.Error as error:
        return type(error).__name__
    except (TypeError, ValueError) as error:
        kind = type(error)
    else:
        return "well"
    # Not one of a library's that is derived of them.
    assert kind.__module__ == "builtins", kind
    assert len(heard) == before
    return kind.__name__


@pytest.fixture(scope="module")
def listener() -> Iterator[Server]:
    with listening() as running:
        yield running


def it_sends_no_request_but_to_its_own_addresses(listener: Server, note: Note) -> None:
    service = fogflow.connect(endpoint=listener.url, retries=0)
    outcomes: Counter[str] = Counter()

    @chosen
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(CALLS)), "the request")
        arguments, keywords = _arguments(data, CALLS[name])
        listener.heard.clear()
        outcomes[outcome(lambda: getattr(service, name)(*arguments, **keywords), listener.heard)] += 1
        for heard in listener.heard:
            assert _is_own(name, heard.path), heard.path

    tried()
    note(f"{sum(outcomes.values())} calls of {len(CALLS)} requests with generated arguments: {told(outcomes)}")
    assert sum(outcomes.values()) >= EXAMPLES
    assert outcomes["well"] > EXAMPLES / 10
    # The server is there, and answers.
    assert outcomes["ConnectionError"] == 0


def _arguments(data: st.DataObject, call: Callable[..., Any]) -> tuple[list[Any], dict[str, Any]]:
    arguments, keywords = [], {}
    for parameter in list(inspect.signature(call).parameters.values())[1:]:
        values = NAMES if parameter.annotation == "str" and data.draw(st.integers(0, 3)) else VALUES
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            arguments.append(data.draw(values, parameter.name))
        elif parameter.kind is parameter.VAR_KEYWORD:
            keywords.update(data.draw(st.dictionaries(NAMES, values, max_size=2), parameter.name))
        elif data.draw(st.integers(0, 3)) == 0:
            keywords[parameter.name] = data.draw(values, parameter.name)
    return arguments, keywords


def _is_own(name: str, path: str) -> bool:
    if name in ABOVE:
        return path == ABOVE[name]
    own = next(addresses for noun, addresses in OWN.items() if noun in name)
    segments = unquote(path, errors="strict").split("/")
    # As a server or a proxy would take it, that decodes before it cuts.
    return (
        len(segments) == len(path.split("/"))
        and segments[1] == "v2"
        and segments[2] in own
        and not {".", ".."} & {*segments}
    )


class Overheard(Cloud):
    """A mock that keeps what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Request] = []

    def answer(self, request: Request) -> Answer:
        self.heard.append(request)
        return super().answer(request)


def it_lets_no_other_error_out_of_collections_and_models(note: Note) -> None:
    cloud = Overheard()
    service = cloud.connect()
    outcomes: Counter[str] = Counter()

    @chosen
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(COLLECTIONS), "the collection")
        action = data.draw(st.sampled_from(sorted(ACTIONS)), "what is done")
        cloud.heard.clear()
        for step in ACTIONS[action](getattr(service, name), data):
            outcomes[outcome(step, cloud.heard)] += 1
        # A member is a workflow's, and a trigger or an execution may look for its workflow.
        own = {name, "workflows"}
        for request in cloud.heard:
            assert request.path[0] == "v2"
            assert request.path[1] in own, request.path
            assert len(request.path) <= (4 if name == "members" else 3), request.path

    tried()
    note(f"{sum(outcomes.values())} uses of {len(COLLECTIONS)} collections with generated values: {told(outcomes)}")
    assert sum(outcomes.values()) >= EXAMPLES
    assert outcomes["well"] > EXAMPLES / 10


Steps = Iterator[Callable[[], Any]]


def _filtered(collection: Any, data: st.DataObject) -> Steps:
    names = st.sampled_from(sorted(declared(collection.model))) | NAMES
    lookups = st.builds(
        lambda name, operator: f"{name}__{operator}" if operator else name,
        names,
        st.sampled_from(["", *OPERATORS]) | NAMES,
    )
    conditions = data.draw(st.dictionaries(lookups, VALUES, max_size=2), "lookups")
    yield lambda: repr(collection.filter(**conditions))
    yield lambda: list(collection.filter(**conditions).limit(2))


def _created(collection: Any, data: st.DataObject) -> Steps:
    known = st.sampled_from(sorted(declared(collection.model)))
    made = []
    attributes = data.draw(st.dictionaries(known | NAMES, VALUES, max_size=5), "attributes")
    yield lambda: made.append(collection.new(**attributes))
    changes = data.draw(st.dictionaries(known, VALUES, max_size=2), "changes")
    if made:
        yield from (getattr(made[0], step) for step in ("save", "__repr__", "reload"))
        yield lambda: made[0].update(**changes)
        yield made[0].destroy


def _indexed(collection: Any, data: st.DataObject) -> Steps:
    index = data.draw(VALUES | st.builds(slice, VALUES, VALUES), "index")

    def look() -> None:
        # Python's own, for an index beyond the end.
        with suppress(IndexError):
            _ = collection[index]

    yield look


def _calling(name: str, values: st.SearchStrategy[Any]) -> Callable[[Any, st.DataObject], Steps]:
    def steps(collection: Any, data: st.DataObject) -> Steps:
        value = data.draw(values, name)
        yield lambda: getattr(collection, name)(value)

    return steps


def _narrowing(name: str) -> Callable[[Any, st.DataObject], Steps]:
    def steps(collection: Any, data: st.DataObject) -> Steps:
        value = data.draw(VALUES, name)
        yield lambda: list(getattr(collection, name)(value).all())

    return steps


ACTIONS: dict[str, Callable[[Any, st.DataObject], Steps]] = {
    "filter": _filtered,
    "create": _created,
    "index": _indexed,
    **{name: _calling(name, NAMES) for name in ("find_by_id", "destroy")},
    **{name: _calling(name, VALUES) for name in ("get", "table", "__contains__")},
    **{name: _narrowing(name) for name in ("order_by", "only", "limit")},
}


def told(outcomes: Counter[str]) -> str:
    """How often each came, the most frequent first."""
    return ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
