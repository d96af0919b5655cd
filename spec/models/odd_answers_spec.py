"""What a server leaves out, or gives in a form of its own, is said in words; it leads into no circle."""

from __future__ import annotations

from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support.server import Server


@pytest.mark.parametrize(
    ("name", "row", "attribute", "asked"),
    [
        ("actions", {"id": "1", "name": "shout"}, "definition", "/v2/actions/shout"),
        ("workbooks", {"id": "1", "name": "book"}, "definition", "/v2/workbooks/book"),
        ("code_sources", {"id": "1", "name": "source"}, "content", "/v2/code_sources/1"),
        ("dynamic_actions", {"id": "1", "name": "greet"}, "class_name", "/v2/dynamic_actions/1"),
    ],
)
def it_asks_for_what_is_missing_without_the_namespace_that_was_not_told(
    name: str, row: dict[str, Any], attribute: str, asked: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    server.answer(f"/v2/{name}", {name: [row]})
    server.answer(asked, {**row, attribute: "here"})

    assert getattr(getattr(recorded, name).first(), attribute) == "here"
    assert server.heard[-1].path == asked


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("environments", {"environments": [{"name": "colors"}]}),
        ("environments", {"environments": [{"id": "1"}], "next": "http://x/v2/environments?marker=1"}),
        ("environments", {"environments": [], "next": "http://x/v2/environments?marker=1"}),
        ("workflows", {"workflows": [], "next": "http://x/v2/workflows?marker=1"}),
        ("workflows", {"workflows": [], "next": 5}),
        ("workflows", {"workflows": ["text"]}),
        ("workflows", {"workflows": None}),
        ("workflows", []),
    ],
)
def it_says_when_a_list_makes_no_sense(name: str, body: Any, recorded: fogflow.WorkflowService, server: Server) -> None:
    server.answer(f"/v2/{name}", body)
    with pytest.raises(errors.InvalidResponse):
        list(getattr(recorded, name))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"valid": True}, "valid"),
        ({"valid": False}, "not valid"),
        ({"valid": False, "error": {"what": "tasks"}}, "{'what': 'tasks'}"),
        ({}, "not valid"),
    ],
)
def it_takes_every_form_of_an_opinion(
    answer: dict[str, Any], said: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    server.answer("/v2/workflows/validate", answer)

    validation = recorded.validations.workflow({"version": "2.0"})

    assert str(validation) == said
    assert bool(validation) == (said == "valid")


@pytest.mark.parametrize("report", [{}, {"root_workflow_execution": {}}, {"root_workflow_execution": {"id": "1"}}, []])
def it_says_when_a_report_makes_no_sense(report: Any, recorded: fogflow.WorkflowService, server: Server) -> None:
    server.answer("/v2/executions/1/report", report)
    execution = fogflow.models.Execution.from_row(recorded, {"id": "1"})

    if report == {}:
        assert execution.report().root_workflow_execution is None
        return
    with pytest.raises(errors.InvalidResponse):
        execution.report()


@pytest.mark.parametrize(
    ("attribute", "sent", "said"),
    [
        ("state", {"a": 1}, "dict for the state of an Execution, which is str"),
        ("state", 5, "int for the state of an Execution, which is str"),
        ("tags", "text", "str for the tags of an Execution, which is list"),
        ("input", "[1]", "list for the input of an Execution, which is dict"),
        ("input", "{", "text that is not JSON for the input of an Execution"),
        ("created_at", 5, "no time but 5 for the created_at of an Execution"),
        ("created_at", "yesterday", "no time but 'yesterday' for the created_at of an Execution"),
    ],
)
def it_names_an_attribute_that_has_a_value_of_another_kind(
    attribute: str, sent: Any, said: str, recorded: fogflow.WorkflowService, server: Server
) -> None:
    server.answer("/v2/executions/1", {"id": "1", attribute: sent})
    execution = recorded.executions.find_by_id("1")

    with pytest.raises(errors.InvalidResponse, match=f"^the server gave {said}"):
        getattr(execution, attribute)


@pytest.mark.parametrize("body", ["", "null", "5", '"text"', "[]", '{"workflows": {}}', '{"workflows": [5]}'])
def it_says_that_there_is_no_list(body: str, recorded: fogflow.WorkflowService, server: Server) -> None:
    server.answer("/v2/workflows", body)

    with pytest.raises(errors.InvalidResponse, match="without a list"):
        list(recorded.workflows)


@pytest.mark.parametrize("body", ["", "null", "5", '"text"', "[]"])
def it_says_that_there_is_no_object(body: str, recorded: fogflow.WorkflowService, server: Server) -> None:
    server.answer("/v2/executions/1", body)

    with pytest.raises(errors.InvalidResponse, match="without an object"):
        recorded.executions.get("1")
