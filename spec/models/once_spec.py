"""Nothing is made or started twice, and nothing is lost, where an answer gets lost on its way."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import fogflow
from fogflow import errors
from fogflow.core import waiting
from fogflow.models import Execution, Workflow
from spec.support import definitions
from spec.support.fault_proxy import Plan, faulty
from spec.support.server import Server
from spec.support.time import Pauses
from spec.support.worlds import address, connected

pytestmark = pytest.mark.only_in("mock", "real", why="a proxy stands between, which no recording has")

Create = Callable[[fogflow.WorkflowService, Workflow, str], Any]


class Writes(Plan):
    """Befalls the next so many requests that write with a fault."""

    def __init__(self) -> None:
        super().__init__(0, {})
        self.coming: list[str] = []

    def next(self, method: str, path: str) -> str | None:
        return self.coming.pop(0) if self.coming and method != "GET" else None


@pytest.fixture(autouse=True)
def looks_again(pauses: Pauses, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether something was carried out is looked at without delay, but for a server that is really at it."""
    monkeypatch.setattr(waiting, "time", pauses)


@pytest.fixture(scope="module")
def plan() -> Writes:
    return Writes()


@pytest.fixture(scope="module")
def shaky(cloud: Any, plan: Writes) -> Iterator[fogflow.WorkflowService]:
    """A service whose requests go through the plan."""
    with faulty(address(cloud), plan) as url:
        yield connected(cloud, endpoint=url)


@pytest.fixture
def workflow(service: fogflow.WorkflowService, name: str) -> Workflow:
    return service.workflows.create(definition=definitions.hello(f"{name}_there"))


@pytest.fixture
def lost(plan: Writes) -> Iterator[Callable[..., Any]]:
    """Within its block, the answer to the next request that writes is lost, or whatever else befalls it."""

    @contextmanager
    def losing(*faults: str) -> Iterator[None]:
        plan.coming = list(faults or ["drop_answer"])
        yield
        assert plan.coming == [], "no request was befallen"

    yield losing
    plan.coming = []


CREATES: dict[str, Create] = {
    "workflows": lambda service, _, name: service.workflows.create(definition=definitions.hello(name)),
    "workflows of text": lambda service, _, name: service.workflows.create(
        definition=f"version: '2.0'\n# with a remark\n{name}:\n  tasks: {{rest: {{action: std.noop}}}}\n"
    ),
    "workflows of a namespace": lambda service, _, name: service.workflows.create(
        definition=definitions.hello(name), namespace="staging", scope="public"
    ),
    "workbooks": lambda service, _, name: service.workbooks.create(definition=definitions.book(name)),
    "actions": lambda service, _, name: service.actions.create(definition=definitions.shout(name)),
    "environments": lambda service, _, name: service.environments.create(name=name, variables={"a": [1, None]}),
    "cron_triggers": lambda service, workflow, name: workflow.cron_triggers.create(
        name=name, pattern="0 3 * * *", workflow_input={"who": "fog"}
    ),
    "event_triggers": lambda service, workflow, name: workflow.event_triggers.create(
        name=name, exchange="nova", topic="notifications", event=name, workflow_input={"who": "fog"}
    ),
    "code_sources": lambda service, _, name: service.code_sources.create(name=name, content=definitions.GREET),
    "dynamic_actions": lambda service, _, name: service.dynamic_actions.create(
        name=name,
        class_name="Greet",
        code_source_id=service.code_sources.get(name) and service.code_sources.get(name).id,
    ),
}


@pytest.fixture(params=CREATES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(
    kind: str, service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, workflow: Workflow, name: str
) -> Callable[[], Any]:
    """Makes an object of the kind, on the way that is shaky; whatever it takes is there already."""
    if kind == "dynamic_actions":
        service.code_sources.create(name=name, content=definitions.GREET)
    there = shaky.workflows.find_by_id(workflow.id)
    return lambda: CREATES[kind](shaky, there, name)


def it_returns_what_was_made_though_the_answer_was_lost(
    kind: str, service: fogflow.WorkflowService, name: str, make: Callable[[], Any], lost: Any
) -> None:
    with lost():
        made = make()

    alike = getattr(service, kind.partition(" ")[0]).filter(name=name, **_where(made))
    assert [one.id for one in alike] == [made.id]
    assert made.persisted


@pytest.mark.only_in("mock", why="on a real one each is looked for as long as it may still be carried out")
def it_says_that_it_may_have_been_made_where_it_is_not_there(
    kind: str, service: fogflow.WorkflowService, name: str, make: Callable[[], Any], lost: Any
) -> None:
    with lost("drop_request"), pytest.raises(errors.ConnectionError, match="may have been carried out"):
        make()

    assert list(getattr(service, kind.partition(" ")[0]).filter(name=name)) == []


def _where(made: Any) -> dict[str, str]:
    return {"namespace": made.namespace} if getattr(made, "namespace", None) else {}


def it_takes_nothing_for_what_was_made_that_is_otherwise(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    service.workflows.create(definition=definitions.hello(name))

    with lost(), pytest.raises(errors.ConnectionError, match="may have been carried out"):
        shaky.workflows.create(definition=definitions.noop(name))


def it_shares_a_workflow_once(shaky: fogflow.WorkflowService, workflow: Workflow, lost: Any) -> None:
    there = shaky.workflows.find_by_id(workflow.id)

    with lost():
        member = there.members.create(member_id="guests")

    assert list(workflow.members) == [member]


@pytest.mark.parametrize("fault", ["drop_answer", "drop_request"])
def it_makes_all_of_a_definition_or_says_that_it_may_have(
    fault: str, service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    both = {**definitions.hello(f"{name}_a"), **definitions.noop(f"{name}_b")}
    names = [f"{name}_a", f"{name}_b"]
    if fault == "drop_answer":
        with lost(fault):
            assert sorted(one.name for one in shaky.workflows.create_all(definition=both)) == names
    else:
        names = []
        with lost(fault), pytest.raises(errors.ConnectionError, match="may have been carried out"):
            shaky.workflows.create_all(definition=both)

    assert sorted(one.name for one in service.workflows.filter(name__startswith=name)) == names


# -- executions, tasks and action executions


def lingering(service: fogflow.WorkflowService, name: str) -> Execution:
    """An execution whose first task waits to be ended from outside."""
    execution = service.workflows.create(definition=definitions.waits(name)).execute()
    return execution.wait_for(lambda one: one.tasks.filter(state="RUNNING").exists(), timeout=30)


def failed(service: fogflow.WorkflowService, name: str) -> Execution:
    execution = lingering(service, name)
    action = execution.tasks.filter(name="linger").first().action_executions.first()
    action.fail({"why": "outside"})
    return execution.wait(timeout=30, check=False)


@pytest.mark.parametrize("fault", ["drop_answer", "drop_request", "cut", "reset", "bad_gateway"])
def it_starts_once(
    fault: str, service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, workflow: Workflow, lost: Any
) -> None:
    with lost(fault, fault):
        execution = shaky.executions.create(workflow_id=workflow.id, input={"who": "fog"})

    assert [one.id for one in service.workflows.find_by_id(workflow.id).executions] == [execution.id]


def it_starts_once_for_code_that_came_from_fog(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, workflow: Workflow, lost: Any
) -> None:
    with lost():
        response = shaky.create_execution(workflow.name, {"who": "fog"})

    assert [one.id for one in workflow.executions] == [response.body["id"]]


@pytest.mark.parametrize(
    "other",
    [
        lambda service, name: {"workflow": service.workflows.create(definition=definitions.noop(f"{name}_other"))},
        lambda service, name: {"workflow_name": f"{name}_there", "input": {"who": "others"}},
    ],
    ids=["workflow", "input"],
)
def it_says_when_the_id_is_of_an_execution_that_is_otherwise(
    other: Any, service: fogflow.WorkflowService, workflow: Workflow, name: str
) -> None:
    execution = workflow.execute({"who": "fog"})
    given = other(service, name)

    with pytest.raises(errors.Conflict, match=f"execution {execution.id} exists, of workflow '{name}_th"):
        service.executions.create(id=execution.id, **given)


def unusual_inputs() -> dict[str, Any]:
    return {"tuple": (1, 2), "number as key": {1: "a"}, "mixed keys": {1: "a", "b": ()}, "bool": True}


@pytest.mark.parametrize("kind", unusual_inputs())
def it_starts_with_input_that_json_spells_differently(
    kind: str, service: fogflow.WorkflowService, workflow: Workflow
) -> None:
    who = unusual_inputs()[kind]

    execution = workflow.execute({"who": who})
    again = service.executions.create(id=execution.id, workflow=workflow, input={"who": who})

    assert [one.id for one in workflow.executions] == [execution.id]
    assert again == execution


def it_starts_a_workflow_whose_name_the_database_matches_loosely(
    server: Server, recorded: fogflow.WorkflowService
) -> None:
    server.answer("/v2/executions", {"id": str(uuid.uuid4()), "workflow_name": "hello", "state": "RUNNING"}, 201)

    assert recorded.executions.create(workflow_name="HELLO").workflow_name == "hello"


def it_does_not_say_that_nothing_started_when_the_given_id_belongs_to_a_similar_name(
    server: Server, recorded: fogflow.WorkflowService
) -> None:
    given = str(uuid.uuid4())
    server.answer("/v2/executions", {"id": given, "workflow_name": "hello", "state": "RUNNING"}, 201)

    with pytest.raises(errors.Conflict, match="exists, of workflow 'hello'") as raised:
        recorded.executions.create(id=given, workflow_name="HELLO")

    assert raised.value.may_have_happened


def it_says_that_nothing_started_when_the_input_of_the_given_id_differs(
    service: fogflow.WorkflowService, workflow: Workflow
) -> None:
    execution = workflow.execute({"who": 1})

    with pytest.raises(errors.Conflict, match="and its input is not the one given") as raised:
        service.executions.create(id=execution.id, workflow=workflow, input={"who": True})

    assert not raised.value.may_have_happened
    assert len(workflow.executions) == 1


def it_starts_a_workflow_by_an_id_given_as_its_name(service: fogflow.WorkflowService, workflow: Workflow) -> None:
    execution = service.executions.create(workflow_name=workflow.id, input={"who": "fog"})
    again = service.executions.create(id=execution.id, workflow_name=workflow.id, input={"who": "fog"})

    assert again == execution
    assert execution.workflow_name == workflow.name


@pytest.mark.only_in("mock", why="on a real one, the pauses between six attempts take 12 s")
def it_finds_the_execution_when_every_answer_to_its_start_was_lost(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, workflow: Workflow, lost: Any
) -> None:
    with lost(*["drop_answer"] * 6):
        execution = shaky.executions.create(workflow_id=workflow.id, input={"who": "fog"})

    assert [one.id for one in workflow.executions] == [execution.id]


def it_starts_under_a_new_id_after_a_refusal(workflow: Workflow) -> None:
    execution = workflow.executions.new(input={"whom": "fog"})
    before = execution.changed
    with pytest.raises(errors.BadRequest):
        execution.save()
    assert (execution.id, execution.changed) == (None, before)

    execution.update(input={"who": "fog"})

    assert [one.id for one in workflow.executions] == [execution.id]


def it_finds_an_execution_again_that_has_its_id(service: fogflow.WorkflowService, workflow: Workflow) -> None:
    execution = workflow.execute({"who": "fog"})

    assert service.executions.create(id=execution.id, workflow=workflow, input={"who": "fog"}) == execution
    assert len(workflow.executions) == 1


def it_runs_a_task_again_once(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    task = shaky.tasks.find_by_id(failed(service, name).tasks.filter(name="linger").first().id)

    with lost():
        assert task.rerun().state == "RUNNING"


@pytest.mark.differs("15", why="skipping a task came with 16")
def it_skips_a_task_once(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    task = shaky.tasks.find_by_id(failed(service, name).tasks.filter(name="linger").first().id)

    with lost():
        assert task.skip().state == "SKIPPED"


@pytest.mark.parametrize("call", ["rerun", "skip"])
def it_says_that_a_task_in_error_may_have_been_run(
    call: str, service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    task = shaky.tasks.find_by_id(failed(service, name).tasks.filter(name="linger").first().id)

    with lost("drop_request"), pytest.raises(errors.ConnectionError, match="may have been carried out"):
        getattr(task, call)()

    assert service.tasks.find_by_id(task.id).error


def it_ends_an_action_once(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    task = lingering(service, name).tasks.filter(name="linger").first()
    action = shaky.action_executions.find_by_id(task.action_executions.first().id)

    with lost():
        assert action.complete({"volume": "v1"}).success
    assert action.reload().result == {"volume": "v1"}


def it_says_that_an_action_may_have_ended(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    task = lingering(service, name).tasks.filter(name="linger").first()
    action = shaky.action_executions.find_by_id(task.action_executions.first().id)

    with lost("drop_request"), pytest.raises(errors.ConnectionError, match="may have been carried out"):
        action.fail()

    assert action.reload().running


def it_pauses_and_goes_on_once(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    execution = shaky.executions.find_by_id(lingering(service, name).id)

    with lost():
        assert execution.pause().paused
    with lost():
        assert execution.resume().running
    with lost("drop_answer", "drop_answer"):
        assert execution.cancel("enough").cancelled
    assert execution.reload().state_info == "enough"


def it_says_that_an_execution_may_go_on(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    execution = shaky.executions.find_by_id(lingering(service, name).id).pause()

    with lost("drop_request"), pytest.raises(errors.ConnectionError, match="may have been carried out"):
        execution.resume()

    assert execution.reload().paused


def it_counts_a_new_version_once(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, name: str, lost: Any
) -> None:
    source = service.code_sources.create(name=name, content=definitions.GREET)
    there = shaky.code_sources.find_by_id(source.id)
    there.content = definitions.GREET + "# changed\n"

    with lost():
        there.save()

    assert there.version == source.reload().version == 2


def it_deletes_and_changes_once(
    service: fogflow.WorkflowService, shaky: fogflow.WorkflowService, workflow: Workflow, lost: Any
) -> None:
    there = shaky.workflows.find_by_id(workflow.id)

    with lost():
        there.update(scope="public")
    assert workflow.reload().scope == "public"
    with lost():
        assert there.destroy()
    assert service.workflows.get(workflow.id) is None
