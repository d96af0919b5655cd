"""The mock answers as a real Mistral does: a random walk over all resources, on both at once.

`make walk` runs it: each walk is another, so it is not among the specs that must pass before anything lands.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import fogflow
import fogflow.mock
from fogflow import errors
from spec.support import definitions

pytestmark = pytest.mark.only_in("real", why="it walks on the mock and on a real Mistral side by side")

STEPS = 300
NAMES = ("anna", "bert", "cora")
NAMESPACES = (None, "", "staging")
SCOPES = (None, "private", "public", "nonsense")
CODE = (
    "from mistral_lib import actions\n\n\nclass Greet(actions.Action):\n    def run(self, context):\n        return 1\n"
)
NOWHERE = "123e4567-e89b-12d3-a456-426655440000"

Call = Callable[[fogflow.WorkflowService, Callable[[Any], Any]], Any]


class Walk:
    """Two services, and what was made on them: in pairs, for the ids differ."""

    def __init__(self, seed: int, *services: fogflow.WorkflowService) -> None:
        self.random = random.Random(seed)
        self.services = services
        self.made: dict[str, list[tuple[str, ...]]] = {}
        self.trace: list[str] = []

    def step(self) -> None:
        kind = self.random.choice(list(STEPS_OF))
        make = self.random.choice(STEPS_OF[kind])
        call = make(self)
        self.said = ""
        outcomes = [self._outcome(number, call) for number in range(len(self.services))]
        self.trace.append(f"{make.__name__}: {outcomes[0]} {self.said[:200]}")
        assert outcomes[0] == outcomes[1], "\n".join(one for one in self.trace if kind in one)[-3000:]

    def _outcome(self, number: int, call: Call) -> Any:
        try:
            response = call(self.services[number], lambda pair: pair[number] if isinstance(pair, tuple) else pair)
        except errors.HTTPError as error:
            self.said = str(error)
            return error.status, type(error).__name__
        except errors.Error as error:
            return type(error).__name__
        return response.status, _fields(response.body)

    def one_of(self, kind: str) -> Any:
        """Something that was made, or at times what nobody made."""
        made = self.made.get(kind)
        return self.random.choice(made) if made and self.random.random() < 0.85 else NOWHERE

    def make(self, kind: str, key: str, create: Callable[[fogflow.WorkflowService, Callable[[Any], Any]], Any]) -> Call:
        """A call that makes something, and notes what was made once both have it."""
        ids: list[str] = []

        def call(service: fogflow.WorkflowService, own: Callable[[Any], Any]) -> Any:
            response = create(service, own)
            rows = response.body.get(f"{kind}s", [response.body])
            ids.append(rows[0][key])
            if len(ids) == len(self.services) and all(ids):
                self.made.setdefault(kind, []).append(tuple(ids))
            return response

        return call


def _fields(body: Any) -> Any:
    """The fields of an answer; of a list also how many there are, and whether it goes on."""
    if not isinstance(body, dict):
        return type(body).__name__
    if set(body) - {"next"} and len(set(body) - {"next"}) == 1:
        (rows,) = (value for name, value in body.items() if name != "next")
        if isinstance(rows, list):
            return [sorted(row) for row in rows], "next" in body
    return sorted(body)


def create_workflow(walk: Walk) -> Call:
    name, scope, namespace = (walk.random.choice(one) for one in (NAMES, SCOPES, NAMESPACES))
    make = walk.random.choice([definitions.noop, definitions.hello, definitions.fails, definitions.waits, _broken])
    return walk.make(
        "workflow", "id", lambda service, _: service.create_workflow(make(name), scope=scope, namespace=namespace)
    )


def _broken(name: str) -> dict[str, Any]:
    return {"version": "2.0", name: {"tusks": {}}}


def update_workflow(walk: Walk) -> Call:
    one, name, scope = walk.one_of("workflow"), walk.random.choice(NAMES), walk.random.choice(SCOPES)
    return lambda service, own: service.update_workflow(definitions.noop(name), id=own(one), scope=scope)


def create_workbook(walk: Walk) -> Call:
    name, scope, namespace = (walk.random.choice(one) for one in (NAMES, SCOPES, NAMESPACES))
    book = {"version": "2.0", "name": f"book_{name}", "workflows": {"inner": {"tasks": {"a": {"action": "std.noop"}}}}}
    return walk.make(
        "workbook", "name", lambda service, _: service.create_workbook(book, scope=scope, namespace=namespace)
    )


def create_action(walk: Walk) -> Call:
    name, scope, namespace = (walk.random.choice(one) for one in (NAMES, SCOPES, NAMESPACES))
    action = {"version": "2.0", f"act_{name}": {"base": "std.echo", "base-input": {"output": "hi"}}}
    return walk.make(
        "action", "name", lambda service, _: service.create_action(action, scope=scope, namespace=namespace)
    )


def create_environment(walk: Walk) -> Call:
    name, variables = walk.random.choice(NAMES), walk.random.choice([{}, {"a": 1}, "{}", "nonsense"])
    body = {"name": f"env_{name}", "variables": variables}
    return walk.make("environment", "name", lambda service, _: service.create_environment(body))


def update_environment(walk: Walk) -> Call:
    one = walk.one_of("environment")
    return lambda service, own: service.update_environment({"name": own(one), "description": "changed"})


def create_execution(walk: Walk) -> Call:
    one = walk.one_of("workflow")
    given_input = walk.random.choice([None, {"who": "fog"}, {"whom": "fog"}])

    def start(service: fogflow.WorkflowService, own: Callable[[Any], Any]) -> Any:
        response = service.create_execution(None, given_input, workflow_id=own(one))
        execution = service.executions.find_by_id(response.body["id"])
        # What runs by itself has come to its end before anybody looks.
        execution.wait_for(lambda seen: seen.ready or seen.tasks.filter(state="RUNNING", name="linger").exists(), 30)
        return response

    return walk.make("execution", "id", start)


def update_execution(walk: Walk) -> Call:
    one, state = walk.one_of("execution"), walk.random.choice(["PAUSED", "RUNNING", "CANCELLED", "ERROR", "nonsense"])
    return lambda service, own: service.update_execution(own(one), "state", state)


def delete_execution(walk: Walk) -> Call:
    one, force = walk.one_of("execution"), walk.random.choice([True, False])
    return lambda service, own: service.delete_execution(own(one), force=force)


def report(walk: Walk) -> Call:
    one = walk.one_of("execution")
    return lambda service, own: service.get_execution_report(own(one))


def tasks_of(walk: Walk) -> Call:
    one = walk.one_of("execution")
    return lambda service, own: service.list_tasks(own(one))


def sub_executions_of(walk: Walk) -> Call:
    one = walk.one_of("execution")
    return lambda service, own: service.list_sub_executions(own(one))


def create_action_execution(walk: Walk) -> Call:
    name, given_input = walk.random.choice(
        [("std.echo", {"output": 1}), ("std.noop", {}), ("std.fail", {}), ("std.echo", {"x": 1})]
    )
    return lambda service, _: service.create_action_execution(name, given_input)


def create_cron_trigger(walk: Walk) -> Call:
    one, name, pattern = (
        walk.one_of("workflow"),
        walk.random.choice(NAMES),
        walk.random.choice(["0 3 * * *", "x", None]),
    )
    given_input = walk.random.choice([None, {"who": "fog"}])
    return walk.make(
        "cron_trigger",
        "id",
        lambda service, own: service.create_cron_trigger(f"cron_{name}", own(one), given_input, None, pattern),
    )


def create_event_trigger(walk: Walk) -> Call:
    one, name = walk.one_of("workflow"), walk.random.choice(NAMES)
    return walk.make(
        "event_trigger",
        "id",
        lambda service, own: service.create_event_trigger(f"event_{name}", own(one), "nova", "notifications", name),
    )


def update_event_trigger(walk: Walk) -> Call:
    one, scope = walk.one_of("event_trigger"), walk.random.choice(["private", "public", "nonsense"])
    return lambda service, own: service.update_event_trigger(own(one), name="changed", scope=scope)


def create_code_source(walk: Walk) -> Call:
    name, namespace = walk.random.choice(NAMES), walk.random.choice(NAMESPACES)
    return walk.make(
        "code_source", "id", lambda service, _: service.create_code_source(f"source_{name}", CODE, namespace=namespace)
    )


def update_code_source(walk: Walk) -> Call:
    one = walk.one_of("code_source")
    return lambda service, own: service.update_code_source(own(one), CODE)


def create_dynamic_action(walk: Walk) -> Call:
    one, name = walk.one_of("code_source"), walk.random.choice(NAMES)
    return walk.make(
        "dynamic_action",
        "id",
        lambda service, own: service.create_dynamic_action(f"dynamic_{name}", "Greet", code_source_id=own(one)),
    )


def create_member(walk: Walk) -> Call:
    one, project = walk.one_of("workflow"), walk.random.choice(["guests", "others"])
    return lambda service, own: service.create_member(own(one), project)


def members_of(walk: Walk) -> Call:
    one = walk.one_of("workflow")
    return lambda service, own: service.list_members(own(one))


def validate(walk: Walk) -> Call:
    make = walk.random.choice([definitions.noop, definitions.fails, _broken])
    return lambda service, _: service.validate_workflow(make("valid"))


def _get(kind: str) -> Callable[[Walk], Call]:
    def get(walk: Walk) -> Call:
        one = walk.one_of(kind)
        return lambda service, own: getattr(service, f"get_{kind}")(own(one))

    get.__name__ = f"get_{kind}"
    return get


def _delete(kind: str) -> Callable[[Walk], Call]:
    def delete(walk: Walk) -> Call:
        one = walk.one_of(kind)
        return lambda service, own: getattr(service, f"delete_{kind}")(own(one))

    delete.__name__ = f"delete_{kind}"
    return delete


def _list(kind: str) -> Callable[[Walk], Call]:
    def listed(walk: Walk) -> Call:
        query: dict[str, Any] = walk.random.choice(
            [
                {},
                {"limit": 2},
                {"fields": "id"},
                {"fields": "bogus"},
                {"sort_keys": "created_at,id", "sort_dirs": "desc"},
                {"sort_keys": "bogus"},
                {"limit": -1},
                {"marker": NOWHERE},
                {"bogus": "x"},
                {"limit": 1, "sort_keys": "name,id"},
                {"name": "eq:anna"},
                {"name": "has:a"},
                {"name": "in:anna,env_bert"},
                {"name": "neq:anna", "limit": 3},
                {"created_at": "gt:2020-01-01 00:00:00"},
                {"created_at": "lt:2020-01-01 00:00:00"},
                {"scope": "public"},
                {"state": "nin:SUCCESS,ERROR"},
            ]
        )
        if kind == "action" and {"scope", "created_at"} & query.keys():
            # A real server has std.wait_ssh as a stored, public definition; the mock has not.
            query = {}
        return lambda service, _: (
            getattr(service, f"list_{kind}s")(None, **query)
            if kind == "task"
            else getattr(service, f"list_{kind}s")(query)
        )

    listed.__name__ = f"list_{kind}s"
    return listed


def _for(kind: str, *more: Callable[[Walk], Call]) -> list[Callable[[Walk], Call]]:
    return [_get(kind), _delete(kind), _list(kind), *more, *more]


STEPS_OF: dict[str, list[Callable[[Walk], Call]]] = {
    "workflow": _for("workflow", create_workflow, update_workflow, validate),
    "workbook": _for("workbook", create_workbook),
    "action": _for("action", create_action),
    "environment": _for("environment", create_environment, update_environment),
    "execution": [
        _get("execution"),
        _list("execution"),
        _list("task"),
        create_execution,
        create_execution,
        update_execution,
        delete_execution,
        report,
        tasks_of,
        sub_executions_of,
    ],
    "action_execution": [create_action_execution, _list("action_execution")],
    "cron_trigger": _for("cron_trigger", create_cron_trigger),
    "event_trigger": _for("event_trigger", create_event_trigger, update_event_trigger),
    "code_source": _for("code_source", create_code_source, update_code_source),
    "dynamic_action": _for("dynamic_action", create_dynamic_action),
    "member": [create_member, members_of],
}


class Mocked(fogflow.mock.Cloud):
    """A mock that stands behind no `connect` but its own."""

    def __init__(self) -> None:
        super().__init__(max_limit=10)

    close = fogflow.mock.Cloud.stop


@settings(
    max_examples=3,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 2**32))
def it_answers_as_the_real_one(seed: int, open_cloud: Any) -> None:
    # Both anew for each walk: what one leaves behind is not to meet the next.
    with open_cloud(10) as cloud, contextlib.closing(Mocked()) as mocked:
        walk = Walk(seed, cloud.connect(), mocked.connect())

        for _ in range(STEPS):
            walk.step()
