"""Steps with what projects have for each other: environments, and the members of workflows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fogflow.mock.resources.environments import Environments
from spec.mock.walking.calls import Call, Project, call, raw
from spec.mock.walking.sides import PROJECTS
from spec.mock.walking.steps.choices import SCOPES, any_name, fields, given, own_name, spoilt
from spec.mock.walking.walk import Walk


def _environment(walk: Walk) -> dict[str, Any]:
    body = {
        "name": f"env_{own_name(walk)}",
        **given(
            variables=walk.pick([None, {}, {"a": 1}, {"who": "fog"}, "{}", "nonsense"]),
            description=walk.pick([None, None, "a walk"]),
            scope=walk.pick(SCOPES),
        ),
    }
    return spoilt(walk, body, "id", "variables", "description")


def create_environment(walk: Walk) -> Call:
    return raw("POST", "environments", body=_environment(walk))


def update_environment(walk: Walk) -> Call:
    return raw("PUT", "environments", body=_environment(walk))


def get_environment(walk: Walk) -> Call:
    return call("get_environment", f"env_{any_name(walk)}", **fields(walk, Environments))


def delete_environment(walk: Walk) -> Call:
    return call("delete_environment", f"env_{any_name(walk)}")


def _member(walk: Walk) -> Project:
    return Project(walk.pick([*PROJECTS, "nobody"]))


def create_member(walk: Walk) -> Call:
    body = spoilt(walk, {"member_id": _member(walk)}, "status")
    return raw("POST", "workflows", walk.one_of("workflow"), "members", body=body)


def update_member(walk: Walk) -> Call:
    body = spoilt(walk, {"status": walk.pick(["accepted", "accepted", "rejected", "pending", "nonsense"])})
    return raw("PUT", "workflows", walk.one_of("workflow"), "members", _member(walk), body=body)


def get_member(walk: Walk) -> Call:
    return call("get_member", walk.one_of("workflow"), _member(walk))


def list_members(walk: Walk) -> Call:
    return call("list_members", walk.one_of("workflow"))


def delete_member(walk: Walk) -> Call:
    return call("delete_member", walk.one_of("workflow"), _member(walk))


STEPS: dict[str, list[Callable[[Walk], Call]]] = {
    "environment": [
        *[create_environment] * 2,
        *[update_environment] * 2,
        get_environment,
        delete_environment,
    ],
    "member": [*[create_member] * 2, *[update_member] * 2, get_member, list_members, delete_member],
}
