"""The request layer says to the server what Ruby fog says, call by call, but for fog's faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import fogflow
from spec.support import yaml_files
from spec.support.server import Server

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "fog"
CALLS = yaml_files.load(FIXTURES / "calls.yaml")
SENT = {call["ruby"]: call for call in yaml_files.load(FIXTURES / "sent.yaml")}

# What travels as JSON inside JSON, where spaces mean nothing.
JSON_TEXT = ("input", "output", "params", "variables", "workflow_input", "workflow_params")


def decoded(body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    return {name: json.loads(value) if name in JSON_TEXT else value for name, value in body.items()}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call["python"])
def it_sends_what_fog_sends(call: dict[str, Any], server: Server, recorded: fogflow.WorkflowService) -> None:
    expected = {"method": "GET", "query": {}, "body": None, **SENT[call["ruby"]], **call.get("here", {})}
    if expected["query"] == "":
        expected["query"] = {}

    eval(call["python"], {"service": recorded})

    (heard,) = server.heard
    assert heard.method == expected["method"]
    assert heard.path == f"/v2/{expected['path']}"
    assert heard.query == expected["query"]
    if "text" in expected:
        assert heard.text == expected["text"]
    else:
        sent = decoded(heard.body)
        assert all(sent.pop(name) for name in call.get("adds", []))
        assert sent == decoded(expected["body"])


def it_has_every_request_of_fog() -> None:
    names = {call["python"].removeprefix("service.").partition("(")[0] for call in CALLS}
    recorded_in_ruby = {call.removeprefix("service.").partition("(")[0] for call in SENT}

    assert names == recorded_in_ruby
    assert len(names) == 41


def it_says_why_wherever_it_departs_from_fog() -> None:
    assert all("because" in call for call in CALLS if {"here", "adds"} & call.keys())


def it_answers_with_status_headers_and_decoded_body(server: Server, recorded: fogflow.WorkflowService) -> None:
    server.answer("/v2/executions/4d5e", {"id": "4d5e"}, X_OpenStack_Request_ID="req-1")

    response = recorded.get_execution("4d5e")

    assert response.status == 200
    assert response.headers["content-type"] == "application/json"
    assert response.body["id"] == "4d5e"
    assert response.request_id == "req-1"


def it_answers_an_empty_body_as_an_empty_text(recorded: fogflow.WorkflowService) -> None:
    response = recorded.delete_execution("4d5e")

    assert response.status == 204
    assert response.body == ""


def it_takes_a_definition_as_text_as_a_mapping_and_from_a_file(
    server: Server, recorded: fogflow.WorkflowService, tmp_path: Path
) -> None:
    text = "version: '2.0'\nhello: {tasks: {greet: {action: std.echo output='grüß dich'}}}\n"
    file = tmp_path / "hello.yaml"
    file.write_text(text, encoding="utf-8")

    recorded.create_workflow(text)
    recorded.create_workflow(file)
    recorded.create_workflow(yaml.safe_load(text))

    as_text, from_file, as_mapping = server.heard
    assert as_text.text == from_file.text == text
    assert yaml.safe_load(as_mapping.text) == yaml.safe_load(text)
    assert all(heard.headers["Content-Type"].startswith("text/plain") for heard in server.heard)


def it_sends_a_mapping_that_is_used_twice_without_the_aliases_that_mistral_refuses(
    server: Server, recorded: fogflow.WorkflowService
) -> None:
    task = {"action": "std.noop"}

    recorded.create_workflow({"version": "2.0", "hello": {"tasks": {"one": task, "two": task}}})

    assert "&" not in server.heard[0].text


def it_cuts_a_workbook_into_the_lines_that_the_server_looks_for(
    server: Server, recorded: fogflow.WorkflowService
) -> None:
    tasks = {"rest": {"action": "std.noop"}}

    recorded.create_workbook(
        {"version": "2.0", "name": "büch", "workflows": {"a": {"tasks": tasks}, "b": {"tasks": tasks}}}
    )

    text = server.heard[0].text
    assert "\nworkflows:\n  a:\n    tasks:\n" in text
    assert "&" not in text
    assert yaml.safe_load(text)["name"] == "büch"


def it_changes_no_argument(recorded: fogflow.WorkflowService) -> None:
    environment = {"name": "prod", "variables": {"host": "db1"}}

    recorded.create_environment(environment)
    recorded.create_environment(environment)

    assert environment == {"name": "prod", "variables": {"host": "db1"}}


def it_takes_an_environment_from_text_too(server: Server, recorded: fogflow.WorkflowService) -> None:
    recorded.create_environment("name: prod\nvariables: {host: db1}\n")

    assert server.heard[0].body == {"name": "prod", "variables": '{"host": "db1"}'}


def it_passes_on_what_fog_has_no_place_for(server: Server, recorded: fogflow.WorkflowService) -> None:
    recorded.create_workflow("version: '2.0'", scope="public", namespace="staging")
    recorded.delete_execution("4d5e", force=True)
    recorded.create_execution(
        None, id="4d5e", workflow_id="77", namespace="staging", params={"env": {"a": 1}}, description="d"
    )
    recorded.list_executions(state="in:RUNNING,PAUSED", fields=["id", "state"], all_projects=True)

    workflow, delete, execution, executions = server.heard
    assert workflow.query == {"scope": "public", "namespace": "staging"}
    assert delete.query == {"force": "true"}
    assert decoded(execution.body) == {
        "id": "4d5e",
        "workflow_id": "77",
        "workflow_namespace": "staging",
        "params": {"env": {"a": 1}},
        "description": "d",
    }
    assert executions.query == {"state": "in:RUNNING,PAUSED", "fields": "id,state", "all_projects": "true"}


def it_sends_false_as_the_only_text_that_the_server_takes_for_false(
    server: Server, recorded: fogflow.WorkflowService
) -> None:
    recorded.list_executions(include_output=False)
    recorded.delete_execution("4d5e", force=False)

    listed, deleted = server.heard
    assert listed.raw_query == "include_output="
    assert deleted.raw_query == ""


def it_gives_a_description_with_a_source_for_the_server_fails_without_one(
    server: Server, recorded: fogflow.WorkflowService
) -> None:
    recorded.create_execution(None, id="77", source_execution_id="4d5e")

    assert server.heard[0].body == {"id": "77", "source_execution_id": "4d5e", "description": ""}


@pytest.mark.parametrize("name", ["a?b=c", "a#b", "a%2Fb", "ключ", "a\nb", "; rm", "x" * 300])
def it_keeps_every_name_within_its_place_in_the_path(
    name: str, server: Server, recorded: fogflow.WorkflowService
) -> None:
    recorded.get_workflow(name)

    (heard,) = server.heard
    assert heard.path.startswith("/v2/workflows/")
    assert heard.path.count("/") == 3
    assert heard.query == {}


@pytest.mark.parametrize("name", ["", ".", "..", "../executions", "a/b", "\ud800", None, 5])
def it_refuses_a_name_that_no_path_can_hold(name: Any, server: Server, recorded: fogflow.WorkflowService) -> None:
    with pytest.raises(fogflow.errors.ArgumentError):
        recorded.delete_workflow(name)

    assert server.heard == []


@pytest.mark.parametrize(
    "call",
    [
        lambda service: service.create_workflow(object()),
        lambda service: service.create_workflow({"version": object()}),
        lambda service: service.create_workflow("version: \ud800"),
        lambda service: service.create_workflow("version: '2.0'", scope="everyone"),
        lambda service: service.create_execution("hello", {"who": object()}),
        lambda service: service.create_execution("hello", {"who": float("nan")}),
        lambda service: service.list_workflows(name="\ud800"),
        lambda service: service.list_workflows({"\ud800": "hello"}),
        lambda service: service.create_environment("[1, 2]"),
        lambda service: service.create_environment("a: ["),
    ],
)
def it_refuses_what_cannot_be_sent_before_anything_is_sent(
    call: Any, server: Server, recorded: fogflow.WorkflowService
) -> None:
    with pytest.raises(fogflow.errors.ArgumentError):
        call(recorded)

    assert server.heard == []
