"""Lists on a real Mistral are whole, in order, and narrowed to just what was asked for, by every offered comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.core.attributes import declared
from fogflow.core.query import Lookup
from fogflow.models import (
    Action,
    ActionExecution,
    Actions,
    CodeSource,
    CronTrigger,
    DynamicAction,
    Environment,
    EventTrigger,
    Execution,
    Task,
    Workbook,
    Workflow,
)
from spec.support import definitions
from spec.support.worlds import UP_TO_19, OpenCloud, connected, let_pass

COLLECTIONS: dict[type, str] = {
    Workflow: "workflows",
    Workbook: "workbooks",
    Action: "actions",
    Execution: "executions",
    Task: "tasks",
    ActionExecution: "action_executions",
    CronTrigger: "cron_triggers",
    EventTrigger: "event_triggers",
    Environment: "environments",
    CodeSource: "code_sources",
    DynamicAction: "dynamic_actions",
}
ATTRIBUTES = [(model, name) for model in COLLECTIONS for name in declared(model)]
SORTABLE = [(model, name) for model, name in ATTRIBUTES if declared(model)[name].sort]
STORED = [(model, name) for model, name in ATTRIBUTES if not declared(model)[name].computed]
FILTERED = [
    (model, name)
    for model, name in ATTRIBUTES
    if declared(model)[name].lookups and (model, name) != (Action, "namespace")  # a list of actions is of one
]
IDS = {"ids": lambda one: one if isinstance(one, str) else one.__name__}


@pytest.fixture(scope="module")
def service(open_cloud: OpenCloud) -> Iterator[fogflow.WorkflowService]:
    """A cloud of its own, with 25 workflows, pages of 3, and executions in every state."""
    with open_cloud(3) as cloud:
        service = connected(cloud)
        _populate(cloud, service)
        yield service


def _populate(cloud: Any, service: fogflow.WorkflowService) -> None:
    create = service.workflows.create
    hello = create(definition=definitions.hello("hello", tags=["test", "daily"]), scope="public")
    fails = create(definition=definitions.fails("fails"))
    waits = create(definition=definitions.waits("waits"), namespace="staging")
    inner = create(definition=definitions.noop("inner", tags=["testing"]))
    outer = create(definition=definitions.calls("outer", "inner"))
    for number in range(20):
        create(definition=definitions.noop(f"noop_{number}"))
    inner.update(definition=definitions.noop("inner", tags=["testing"], description="changed"))
    for start in (
        lambda: hello.execute({"who": "fog"}, description="first").wait(),
        lambda: fails.execute(description="second").wait(check=False),
        lambda: waits.execute(description="third"),
        lambda: waits.execute().pause(),
        lambda: waits.execute().cancel("enough"),
        lambda: outer.execute().wait(),
    ):
        start()
        # Times have whole seconds: comparisons are told apart only by rows of different ones.
        let_pass(cloud, 1.1)
    for number in range(1, 5):
        _populate_the_rest(service, number, hello, tag="daily" if number % 2 else "nightly")
        let_pass(cloud, 1.1)


def _populate_the_rest(service: fogflow.WorkflowService, number: int, workflow: Workflow, tag: str) -> None:
    """One of each resource; of those that can be changed, the first is changed by the second."""
    scope, namespace = ("private", "") if number % 2 else ("public", "staging")
    book = {"version": "2.0", "name": f"book_{number}", "tags": [tag], "actions": {"act": {"base": "std.noop"}}}
    shout = {
        "base": "std.echo",
        "base-input": {"output": "HI"},
        "input": ["who"],
        "tags": [tag],
        "description": f"{tag} one",
    }
    service.workbooks.create(definition=book, scope=scope, namespace=namespace)
    service.actions.create(definition={"version": "2.0", f"shout_{number}": shout}, scope=scope)
    service.environments.create(name=f"environment_{number}", description=f"{tag} one", variables={}, scope=scope)
    source = service.code_sources.create(
        name=f"source_{number}", content=definitions.GREET, scope=scope, namespace=namespace
    )
    service.dynamic_actions.create(
        name=f"dynamic_{number}", class_name="Greet", code_source_id=source.id, scope=scope, namespace=namespace
    )
    trigger = {
        "name": f"cron_{number}",
        "workflow": workflow,
        "workflow_input": {"who": "fog"},
        "pattern": f"0 {number} * * *",
        "first_execution_time": f"2099-01-0{number} 03:00",
        "remaining_executions": number,
    }
    try:
        service.cron_triggers.create(**trigger, scope=scope)
    except errors.InvalidResponse:
        # Where a release makes each of them private.
        service.cron_triggers.create(**trigger)
    service.event_triggers.create(
        name=f"event_{number}",
        workflow=workflow,
        workflow_input={"who": "fog"},
        exchange=f"exchange_{number}",
        topic=f"topic_{number}",
        event=f"event.{number}",
        scope=scope,
    )
    echo = service.actions.find_by_id("std.echo")
    echo.execute({"output": number}, save_result=True, description=f"{tag} one")
    if number == 2:
        service.workbooks.find_by_id("book_1").update(definition={**book, "name": "book_1", "description": "changed"})
        service.actions.find_by_id("shout_1").update(scope="public")
        service.environments.find_by_id("environment_1").update(description="daily and changed")
        service.code_sources.find_by_id("source_1").update(content=definitions.GREET + "# changed")
        service.dynamic_actions.find_by_id("dynamic_1").update(scope="public")
        service.event_triggers.first().update(name="event_changed")


@pytest.fixture
def narrowed(request: pytest.FixtureRequest, service: fogflow.WorkflowService) -> Any:
    """The collection of the model that the spec is run for."""
    return getattr(service, COLLECTIONS[request.getfixturevalue("model")])


@pytest.fixture(scope="module")
def everything(service: fogflow.WorkflowService) -> dict[type, list[Any]]:
    """All objects of each kind, as they are listed without any condition."""
    return {model: list(getattr(service, name)) for model, name in COLLECTIONS.items()}


@pytest.fixture
def requests(service: fogflow.WorkflowService, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The queries of the requests that were sent."""
    sent: list[dict[str, Any]] = []
    request = service.connection.request

    def counted(method: str, path: Any, **arguments: Any) -> Any:
        sent.append({name: value for name, value in arguments["query"].items() if value is not None})
        return request(method, path, **arguments)

    monkeypatch.setattr(service.connection, "request", counted)
    return sent


@pytest.mark.differs(*UP_TO_19, "20", "21", "22", why="before 23, a list for which no limit is asked is whole")
def it_is_cut_by_the_server_where_it_is_one_request(service: fogflow.WorkflowService) -> None:
    assert len(service.list_workflows().body["workflows"]) == 3


def it_is_whole_however_small_the_servers_pages_are(service: fogflow.WorkflowService) -> None:
    assert len(service.workflows.all()) == 25
    assert len({workflow.id for workflow in service.workflows}) == 25


def it_stays_whole_in_any_order_and_narrowed(service: fogflow.WorkflowService) -> None:
    names = [workflow.name for workflow in service.workflows.order_by("-name")]
    assert names == sorted(names, key=str, reverse=True)
    assert len(names) == 25
    assert len(service.workflows.filter(name__has="noop_")) == 20
    assert len(service.workflows.filter(name__in=[f"noop_{number}" for number in range(15)])) == 15


def it_orders_by_several_attributes(service: fogflow.WorkflowService) -> None:
    rows = [(w.scope, w.name) for w in service.workflows.order_by("-scope", "name")]

    assert rows == sorted(sorted(rows, key=lambda row: row[1]), key=lambda row: row[0], reverse=True)


def it_asks_for_one_row_when_one_is_enough(service: fogflow.WorkflowService, requests: list[dict[str, Any]]) -> None:
    first = service.workflows.order_by("name").first()

    assert first is not None
    assert first.name == "fails"
    assert service.workflows.exists()
    assert not service.workflows.filter(name="none").exists()
    assert [query["limit"] for query in requests] == [1, 1, 1]


@pytest.mark.parametrize(("model", "name"), FILTERED, **IDS)
def it_finds_by_each_comparison_just_what_fulfils_it(
    model: type, name: str, narrowed: Any, everything: dict[type, list[Any]]
) -> None:
    values = [value for one in everything[model] if (value := getattr(one, name)) not in (None, "", [])]
    assert values, f"no {model.__name__} has a value for {name}, so nothing would be shown"
    middle = values[len(values) // 2]
    wrong = {}

    for operator in sorted(declared(model)[name].lookups.operators):
        value = _value(operator, middle)
        found = {one.id for one in narrowed.filter(**{f"{name}__{operator}": value})}
        expected = {one.id for one in everything[model] if Lookup(name, operator, value).matches(getattr(one, name))}
        if found != expected:
            wrong[operator, value] = (found, expected)

    assert wrong == {}


def _value(operator: str, value: Any) -> Any:
    if operator in ("in", "nin"):
        return [value, "another"]
    if operator == "has":
        # A tag of several; of a text, a part.
        return value[0] if isinstance(value, list) else value[1:4]
    return value[:4] if operator == "startswith" else value


@pytest.mark.parametrize(("model", "name"), SORTABLE, **IDS)
def it_is_whole_in_the_order_of_each_sortable_attribute(
    model: type, name: str, narrowed: Any, everything: dict[type, list[Any]]
) -> None:
    ascending = list(narrowed.order_by(name))
    descending = list(narrowed.order_by(f"-{name}"))

    for ordered in (ascending, descending):
        assert len(ordered) == len(everything[model])
        assert set(ordered) == set(everything[model])
    values = [getattr(one, name) for one in ascending]
    assert values == sorted(values)
    assert [getattr(one, name) for one in descending] == sorted(values, reverse=True)


@pytest.mark.parametrize(("model", "name"), STORED, **IDS)
def it_lists_each_stored_attribute_by_itself(model: type, name: str, narrowed: Any) -> None:
    listed = narrowed.only(name)[0]

    # Beside it, what tells an object from others, and what the list is sorted by.
    assert {name} <= set(listed.attributes) <= {name, *model.address_names, "created_at"}


@pytest.mark.parametrize("model", COLLECTIONS)
def it_summarizes_without_a_request_for_each(
    model: type, narrowed: Any, requests: list[dict[str, Any]], release: str
) -> None:
    light = {name for name, attribute in declared(model).items() if not (attribute.heavy or attribute.computed)}

    listed = narrowed.summary()[0]

    assert set(listed.attributes) == light
    assert [getattr(listed, name) for name in light] == [listed.attributes[name] for name in light]
    # The first is refused where the server does not know the checksum of a workflow.
    assert len(requests) == (2 if model is Workflow and int(release) < 18 else 1)


def it_finds_a_tag_and_not_a_longer_one(service: fogflow.WorkflowService) -> None:
    assert [workflow.name for workflow in service.workflows.filter(tags="test")] == ["hello"]
    assert [workflow.name for workflow in service.workflows.filter(tags__has="testing")] == ["inner"]
    assert [workflow.name for workflow in service.workflows.filter(tags=["daily", "test"])] == ["hello"]


@pytest.mark.parametrize("name", ["workbooks", "environments"])
def it_narrows_by_what_it_is_sorted_by_though_the_server_finds_no_marker(
    name: str, service: fogflow.WorkflowService
) -> None:
    everything = list(getattr(service, name))
    last = everything[-1].created_at

    assert len(everything) == 4
    assert list(getattr(service, name).filter(created_at__lte=last)) == everything
    assert list(getattr(service, name).filter(created_at__lt=last)) == everything[:-1]
    assert [one.name for one in getattr(service, name).order_by("-name").filter(name__has="n")] == sorted(
        (one.name for one in everything if "n" in one.name), reverse=True
    )


def it_lists_the_actions_of_one_namespace(service: fogflow.WorkflowService) -> None:
    here = service.actions
    there = service.actions.filter(namespace="there")
    there.create(definition={"version": "2.0", "shout_there": {"base": "std.noop"}})

    assert [action.name for action in there] == ["shout_there"]
    assert "shout_there" not in [action.name for action in here]
    assert "std.echo" in [action.name for action in here]
    assert here.get("shout_there") is None
    assert there.get("shout_there") == there.first()


def it_lists_actions_whole_though_the_server_begins_anew_after_its_marker(
    service: fogflow.WorkflowService, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = {row["name"] for row in service.list_actions().body["actions"]}
    monkeypatch.setattr(Actions, "page_size", 2)

    names = [action.name for action in service.actions]

    assert set(names) == everything
    assert len(names) == len(everything) > 4
    assert [action.name for action in service.actions.limit(3)] == names[:3]
    assert len(service.actions.filter(name__has="std.").limit(4)) == 4


def it_takes_the_characters_that_stand_for_others_as_they_are(service: fogflow.WorkflowService) -> None:
    assert len(service.workflows.filter(name__has="noop_1")) == 11
    assert not service.workflows.filter(name__has="noop%1")
    assert not service.workflows.filter(name__has="NOOP_1")
    assert not service.workflows.filter(name__startswith="oop")


def it_finds_what_lies_between_two_times(service: fogflow.WorkflowService) -> None:
    first, second, third, *_ = service.executions.order_by("created_at")

    window = service.executions.filter(created_at__gte=first.created_at, created_at__lt=third.created_at)

    assert list(window) == [first, second]
    assert list(service.executions.filter(state="SUCCESS").filter(state="ERROR")) == []


@pytest.mark.parametrize("wrong", ["false", 0, 1, "yes"])
def it_takes_nothing_but_true_and_false_for_a_boolean(wrong: Any, service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.ArgumentError, match="True or False"):
        service.action_executions.filter(accepted=wrong)
    with pytest.raises(errors.ArgumentError, match="True or False"):
        service.tasks.filter(processed=wrong)


def it_finds_what_is_false(service: fogflow.WorkflowService) -> None:
    runs = list(service.action_executions)

    assert {one.accepted for one in runs} == {True, False}
    assert list(service.action_executions.filter(accepted=False)) == [one for one in runs if not one.accepted]


def it_takes_mistrals_own_form_of_a_filter(service: fogflow.WorkflowService) -> None:
    executions = service.executions
    assert list(executions.filter(state="in:RUNNING,PAUSED")) == list(
        executions.filter(state__in=["RUNNING", "PAUSED"])
    )
    assert list(executions.filter(created_at="gt:2020-01-01 00:00:00")) == list(executions)
    assert [workflow.name for workflow in service.workflows.filter(tags="has:daily")] == ["hello"]


def it_finds_executions_without_a_value(service: fogflow.WorkflowService) -> None:
    own = service.executions.filter(task_execution_id=None)

    assert {execution.workflow_name for execution in own} == {"hello", "fails", "waits", "outer"}
    assert [
        execution.workflow_name for execution in service.executions.filter(task_execution_id=None, state="ERROR")
    ] == ["fails"]


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"tags": "in:a,b"}, "cannot compare 'tags' by 'in'"),
        ({"tags__has": "a,b"}, "has a comma"),
        ({"tags": []}, "no tag for every tag"),
        ({"tags__has": ""}, "no tag for every tag"),
        ({"workflow_id__neq": "x"}, "cannot compare 'workflow_id' by 'neq'"),
        ({"input": {"who": "fog"}}, "cannot filter Executions by 'input'"),
        ({"id": "x"}, "cannot filter Executions by 'id'"),
        ({"state__in": ["A", "B,C"]}, "has a comma"),
        ({"workflow_name__has": "a\\b"}, "how they look for a backslash"),
        ({"workflow_name__has": 5}, "is compared with text, not with 5"),
        ({"all_projects": "no"}, "all_projects takes bool, not 'no'"),
    ],
)
def it_refuses_what_the_server_would_ignore_or_misread(
    filters: dict[str, Any], message: str, service: fogflow.WorkflowService
) -> None:
    with pytest.raises(errors.ArgumentError, match=message):
        service.executions.filter(**filters)


@pytest.mark.parametrize("name", ["updated_at", "definition", "interface", "nope"])
def it_refuses_an_order_in_which_the_server_would_lose_rows(name: str, service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.ArgumentError, match=f"{name!r}"):
        service.workflows.order_by(f"-{name}")


def it_cannot_look_for_workflows_without_a_value(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.ArgumentError, match="cannot look for Workflows without name"):
        service.workflows.filter(name=None)


def it_finds_a_value_that_looks_like_an_operator(service: fogflow.WorkflowService) -> None:
    waiting = service.executions.filter(workflow_name="waits", state="RUNNING").first()
    assert waiting is not None
    waiting.update(description="in:box")

    assert list(service.executions.filter(description__eq="in:box")) == [waiting]


def it_lists_what_every_project_has(service: fogflow.WorkflowService) -> None:
    assert len(service.workflows.all(all_projects=True)) == 25


def it_shows_a_table(service: fogflow.WorkflowService) -> None:
    table = service.workflows.filter(name__in=["hello", "fails"]).order_by("name").table("name", "scope")

    assert table == "name   scope\n-----  -------\nfails  private\nhello  public"
