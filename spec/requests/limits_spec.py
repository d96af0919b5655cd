"""What a release cannot do is done otherwise where that goes, and else said in words, as each release refuses it."""

from __future__ import annotations

from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support import definitions
from spec.support.server import Server

NO_FIELDS = {"faultstring": 'Unknown argument: "fields"'}
NO_SKIPPING = {"faultstring": "Invalid input for field/attribute reset. Value: 'None'. Mandatory field missing."}
NO_SCOPE = {
    "faultstring": "Please, check your environment definition. Only: ['name', 'description', 'variables'] "
    "are allowed as definition keys."
}
PAGE = "<html><head><title>404 Not Found</title></head><body>The resource could not be found.</body></html>"


def said_by(server: Server) -> list[Any]:
    return [(heard.method, heard.path, heard.body) for heard in server.heard]


def it_takes_the_fields_of_an_object_from_the_whole_of_it(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/tasks/4d5e", NO_FIELDS, 400)
    server.answer("/v2/tasks/4d5e", {"id": "4d5e", "name": "t", "state": "ERROR"})

    assert recorded.get_task("4d5e", fields=["id", "state"]).body == {"id": "4d5e", "state": "ERROR"}
    assert [heard.query for heard in server.heard] == [{"fields": "id,state"}, {}]


def it_asks_once_when_something_else_is_refused(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/tasks/4d5e", {"faultstring": "no"}, 400)

    with pytest.raises(errors.BadRequest, match=r"^400 no "):
        recorded.get_task("4d5e", fields=["id"])

    assert len(server.heard) == 1


def it_says_that_skipping_came_later(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/tasks/4d5e", NO_SKIPPING, 400)

    with pytest.raises(errors.BadRequest) as raised:
        recorded.skip_task("4d5e")

    assert str(raised.value).startswith(
        "400 Invalid input for field/attribute reset. Value: 'None'. Mandatory field missing: "
        "this Mistral cannot skip a task, which came with release 16 (PUT "
    )


@pytest.mark.parametrize(
    ("call", "path", "status", "answer", "limit"),
    [
        ("get_info", "/info", 404, PAGE, "has no info, which came with release 17"),
        ("get_maintenance", "/maintenance", 404, PAGE, "has no maintenance, which came with release 17"),
        ("get_maintenance", "/maintenance", 500, "Internal Server Error", "releases 17 and 18 fail so"),
        ("list_services", "/v2/services", 404, PAGE, "lists no services, which went with release 21"),
        ("list_services", "/v2/services", 406, {"faultstring": "Service API is not supported."}, "has no coordination"),
    ],
)
def it_says_what_a_release_does_not_have(
    call: str, path: str, status: int, answer: Any, limit: str, server: Server, recorded: fogflow.WorkflowService
) -> None:
    server.answer(path, answer, status, Content_Type="text/html" if answer is PAGE else "application/json")

    with pytest.raises(errors.HTTPError, match=limit) as raised:
        getattr(recorded, call)()

    assert raised.value.status == status
    assert "<" not in str(raised.value)


def it_says_why_the_server_cannot_be_paused(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/maintenance", {"faultstring": "'Engine' object has no attribute 'execute'"}, 500)

    with pytest.raises(errors.ServerError, match="'execute': releases 17 and 18 fail so"):
        recorded.update_maintenance("PAUSED")


def it_shares_an_environment_that_could_not_be_made_public(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/environments", NO_SCOPE, 400)
    server.answer("/v2/environments", {"id": "1", "name": "e", "scope": "private"}, 201)
    server.answer("/v2/environments", {"id": "1", "name": "e", "scope": "public"})

    assert recorded.environments.create(name="e", scope="public").scope == "public"
    assert said_by(server) == [
        ("POST", "/v2/environments", {"name": "e", "scope": "public", "variables": "{}"}),
        ("POST", "/v2/environments", {"name": "e", "variables": "{}"}),
        ("PUT", "/v2/environments", {"name": "e", "scope": "public", "variables": "{}"}),
    ]


def it_leaves_a_private_environment_as_it_was_made(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/environments", NO_SCOPE, 400)
    server.answer("/v2/environments", {"id": "1", "name": "e", "scope": "private"}, 201)

    assert recorded.environments.create(name="e", scope="private").scope == "private"
    assert len(server.heard) == 2


def it_shares_an_action_that_was_not_made_public(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/dynamic_actions", {"id": "1", "name": "a", "class_name": "A", "scope": "private"}, 201)
    server.answer("/v2/dynamic_actions", {"id": "1", "name": "a", "class_name": "A", "scope": "public"})

    made = recorded.dynamic_actions.create(name="a", class_name="A", code_source_name="s", scope="public")

    assert made.scope == "public"
    assert said_by(server)[1] == (
        "PUT",
        "/v2/dynamic_actions",
        {"id": "1", "class_name": "A", "scope": "public"},
    )


def it_keeps_no_cron_trigger_that_cannot_be_shared(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/cron_triggers", {"id": "7c", "name": "nightly", "scope": "private"}, 201)
    server.answer("/v2/cron_triggers/7c", "", 204)

    with pytest.raises(errors.InvalidResponse, match="'public' is heeded by release 20, and from 23 on; nothing was"):
        recorded.cron_triggers.create(name="nightly", pattern="0 3 * * *", workflow_name="hello", scope="public")

    assert [(heard.method, heard.path) for heard in server.heard] == [
        ("POST", "/v2/cron_triggers"),
        ("DELETE", "/v2/cron_triggers/7c"),
    ]


def it_asks_no_more_for_an_attribute_that_a_release_lacks(server: Server, recorded: fogflow.WorkflowService) -> None:
    without = {"id": "4d5e", "name": "hello", "namespace": ""}
    server.answer("/v2/workflows", {"workflows": [without]})
    server.answer("/v2/workflows/hello", without)
    server.answer("/v2/workflows", {"workflows": [without]}, 201)
    server.answer("/v2/workflows", {"workflows": [without]}, 201)

    (listed,) = recorded.workflows
    found = recorded.workflows.find_by_id("hello")
    (created,) = recorded.workflows.create_all(definition=definitions.noop("hello"))
    saved = recorded.workflows.create(definition=definitions.noop("hello"))

    assert [one.checksum for one in (listed, found, created, saved)] == [None] * 4
    assert len(server.heard) == 4


def it_lists_without_an_attribute_that_a_release_lacks(server: Server, recorded: fogflow.WorkflowService) -> None:
    lacks = {"faultstring": "Some fields do not exist  [checksum], please choose from [id, name, created_at]"}
    rows = [{"id": str(number), "name": f"w{number}", "created_at": "2026-11-23 05:54:00"} for number in range(3)]
    server.answer("/v2/workflows", lacks, 400)
    server.answer("/v2/workflows", {"workflows": rows[:2], "next": "http://elsewhere/v2/workflows?marker=1"})
    server.answer("/v2/workflows", {"workflows": rows[1:]})

    found = list(recorded.workflows.only("name", "checksum"))

    assert [(one.name, one.checksum) for one in found] == [("w0", None), ("w1", None), ("w2", None)]
    fields = [heard.query["fields"] for heard in server.heard]
    assert fields == ["id,name,checksum,created_at", "id,name,created_at", "id,name,created_at"]


def it_does_not_ask_anew_when_another_field_is_refused(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/workflows", {"faultstring": "Some fields do not exist  [nope], please choose from [id]"}, 400)

    with pytest.raises(errors.BadRequest, match="Some fields do not exist"):
        list(recorded.workflows.only("name"))

    assert len(server.heard) == 1
