"""Nothing of Mistral's API is missing: its routes, query parameters and fields are read off its own controllers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import fogflow
from fogflow import errors, models
from fogflow.core.attributes import declared
from fogflow.core.collection import Collection
from spec.support.controllers import Route, api
from spec.support.server import Server

DEFINITION = {"version": "2.0"}

# The request of fogflow for each route of Mistral, given the values of its query parameters.
REQUESTS: dict[tuple[str, str], Callable[..., Any]] = {
    ("GET", "/"): lambda service: service.list_versions(),
    ("GET", "/v2"): lambda service: service.get_version(),
    ("GET", "/info"): lambda service: service.get_info(),
    ("GET", "/maintenance"): lambda service: service.get_maintenance(),
    ("PUT", "/maintenance"): lambda service: service.update_maintenance("PAUSED"),
    ("GET", "/v2/workflows"): lambda service, **query: service.list_workflows(query),
    ("POST", "/v2/workflows"): lambda service, **query: service.create_workflow(DEFINITION, **query),
    ("PUT", "/v2/workflows"): lambda service, **query: service.update_workflow(DEFINITION, **query),
    ("POST", "/v2/workflows/validate"): lambda service: service.validate_workflow(DEFINITION),
    ("GET", "/v2/workflows/{}"): lambda service, **query: service.get_workflow("1", **query),
    ("PUT", "/v2/workflows/{}"): lambda service, **query: service.update_workflow(DEFINITION, id="1", **query),
    ("DELETE", "/v2/workflows/{}"): lambda service, **query: service.delete_workflow("1", **query),
    ("GET", "/v2/workflows/{}/members"): lambda service: service.list_members("1"),
    ("POST", "/v2/workflows/{}/members"): lambda service: service.create_member("1", "2"),
    ("GET", "/v2/workflows/{}/members/{}"): lambda service: service.get_member("1", "2"),
    ("PUT", "/v2/workflows/{}/members/{}"): lambda service: service.update_member("1", "2", "accepted"),
    ("DELETE", "/v2/workflows/{}/members/{}"): lambda service: service.delete_member("1", "2"),
    ("GET", "/v2/workbooks"): lambda service, **query: service.list_workbooks(query),
    ("POST", "/v2/workbooks"): lambda service, **query: service.create_workbook(DEFINITION, **query),
    ("PUT", "/v2/workbooks"): lambda service, **query: service.update_workbook(DEFINITION, **query),
    ("POST", "/v2/workbooks/validate"): lambda service: service.validate_workbook(DEFINITION),
    ("GET", "/v2/workbooks/{}"): lambda service, **query: service.get_workbook("1", **query),
    ("DELETE", "/v2/workbooks/{}"): lambda service, **query: service.delete_workbook("1", **query),
    ("GET", "/v2/actions"): lambda service, **query: service.list_actions(query),
    ("POST", "/v2/actions"): lambda service, **query: service.create_action(DEFINITION, **query),
    ("PUT", "/v2/actions"): lambda service, **query: service.update_action(DEFINITION, **query),
    ("PUT", "/v2/actions/{}"): lambda service, **query: service.update_action(DEFINITION, id="1", **query),
    ("POST", "/v2/actions/validate"): lambda service: service.validate_action(DEFINITION),
    ("GET", "/v2/actions/{}"): lambda service, **query: service.get_action("1", **query),
    ("DELETE", "/v2/actions/{}"): lambda service, **query: service.delete_action("1", **query),
    ("GET", "/v2/executions"): lambda service, **query: service.list_executions(query),
    ("POST", "/v2/executions"): lambda service: service.create_execution("hello"),
    ("GET", "/v2/executions/{}"): lambda service, **query: service.get_execution("1", **query),
    ("PUT", "/v2/executions/{}"): lambda service: service.update_execution("1", "state", "PAUSED"),
    ("DELETE", "/v2/executions/{}"): lambda service, **query: service.delete_execution("1", **query),
    ("GET", "/v2/executions/{}/executions"): lambda service, **query: service.list_sub_executions("1", **query),
    ("GET", "/v2/executions/{}/report"): lambda service, **query: service.get_execution_report("1", **query),
    ("GET", "/v2/executions/{}/tasks"): lambda service, **query: service.list_tasks("1", query),
    ("GET", "/v2/tasks"): lambda service, **query: service.list_tasks(None, query),
    ("GET", "/v2/tasks/{}"): lambda service, **query: service.get_task("1", **query),
    ("PUT", "/v2/tasks/{}"): lambda service: service.rerun_task("1"),
    ("GET", "/v2/tasks/{}/executions"): lambda service, **query: service.list_sub_executions(task_id="1", **query),
    ("GET", "/v2/tasks/{}/action_executions"): lambda service, **query: service.list_task_action_executions("1", query),
    ("GET", "/v2/tasks/{}/action_executions/{}"): lambda service, **query: service.get_task_action_execution(
        "1", "2", **query
    ),
    ("GET", "/v2/tasks/{}/workflow_executions"): lambda service, **query: service.list_task_workflow_executions(
        "1", query
    ),
    ("GET", "/v2/action_executions"): lambda service, **query: service.list_action_executions(query),
    ("POST", "/v2/action_executions"): lambda service: service.create_action_execution("std.echo"),
    ("GET", "/v2/action_executions/{}"): lambda service, **query: service.get_action_execution("1", **query),
    ("PUT", "/v2/action_executions/{}"): lambda service: service.update_action_execution("1", "state", "SUCCESS"),
    ("DELETE", "/v2/action_executions/{}"): lambda service: service.delete_action_execution("1"),
    ("GET", "/v2/cron_triggers"): lambda service, **query: service.list_cron_triggers(query),
    ("POST", "/v2/cron_triggers"): lambda service: service.create_cron_trigger("nightly", "1"),
    ("GET", "/v2/cron_triggers/{}"): lambda service, **query: service.get_cron_trigger("1", **query),
    ("DELETE", "/v2/cron_triggers/{}"): lambda service: service.delete_cron_trigger("1"),
    ("GET", "/v2/event_triggers"): lambda service, **query: service.list_event_triggers(query),
    ("POST", "/v2/event_triggers"): lambda service: service.create_event_trigger("boot", "1", "nova", "info", "end"),
    ("GET", "/v2/event_triggers/{}"): lambda service, **query: service.get_event_trigger("1", **query),
    ("PUT", "/v2/event_triggers/{}"): lambda service: service.update_event_trigger("1", name="boot"),
    ("DELETE", "/v2/event_triggers/{}"): lambda service: service.delete_event_trigger("1"),
    ("GET", "/v2/environments"): lambda service, **query: service.list_environments(query),
    ("POST", "/v2/environments"): lambda service: service.create_environment({"name": "test"}),
    ("PUT", "/v2/environments"): lambda service: service.update_environment({"name": "test"}),
    ("GET", "/v2/environments/{}"): lambda service, **query: service.get_environment("1", **query),
    ("DELETE", "/v2/environments/{}"): lambda service: service.delete_environment("1"),
    ("GET", "/v2/code_sources"): lambda service, **query: service.list_code_sources(query),
    ("POST", "/v2/code_sources"): lambda service, **query: service.create_code_source(content="pass", **query),
    ("GET", "/v2/code_sources/{}"): lambda service, **query: service.get_code_source("1", **query),
    ("PUT", "/v2/code_sources/{}"): lambda service, **query: service.update_code_source("1", "pass", **query),
    ("DELETE", "/v2/code_sources/{}"): lambda service, **query: service.delete_code_source("1", **query),
    ("GET", "/v2/dynamic_actions"): lambda service, **query: service.list_dynamic_actions(query),
    ("POST", "/v2/dynamic_actions"): lambda service: service.create_dynamic_action("greet", "Greet"),
    ("PUT", "/v2/dynamic_actions"): lambda service: service.update_dynamic_action({"name": "greet"}),
    ("GET", "/v2/dynamic_actions/{}"): lambda service, **query: service.get_dynamic_action("1", **query),
    ("DELETE", "/v2/dynamic_actions/{}"): lambda service, **query: service.delete_dynamic_action("1", **query),
}

COLLECTIONS: dict[str, type[Collection[Any]]] = {
    "/v2/workflows": models.Workflows,
    "/v2/workbooks": models.Workbooks,
    "/v2/actions": models.Actions,
    "/v2/executions": models.Executions,
    "/v2/executions/{}/executions": models.SubExecutions,
    "/v2/tasks": models.Tasks,
    "/v2/action_executions": models.ActionExecutions,
    "/v2/cron_triggers": models.CronTriggers,
    "/v2/event_triggers": models.EventTriggers,
    "/v2/environments": models.Environments,
    "/v2/code_sources": models.CodeSources,
    "/v2/dynamic_actions": models.DynamicActions,
}

# What all collections do with the query, by `order_by`, `limit`, `only` and their own paging.
PAGING = {"marker", "limit", "sort_keys", "sort_dirs", "fields"}

FAILS = "the server answers 500"
AS_TEXT = "the server compares it with JSON text, in a spelling of its own"
EMPTY = "the server gives no row a value"
UNTRUE = "the server gives every row False"

# By what the server says that its lists can be narrowed, and a collection does not take.
NOT_OFFERED: dict[tuple[str, str], str] = {
    ("/v2/workflows", "input"): FAILS,
    ("/v2/actions", "is_system"): UNTRUE,
    ("/v2/executions", "input"): AS_TEXT,
    ("/v2/executions", "output"): AS_TEXT,
    ("/v2/executions", "params"): AS_TEXT,
    ("/v2/tasks", "result"): FAILS,
    ("/v2/tasks", "reset"): FAILS,
    ("/v2/tasks", "env"): FAILS,
    ("/v2/tasks", "published"): AS_TEXT,
    ("/v2/action_executions", "task_name"): FAILS,
    ("/v2/action_executions", "params"): FAILS,
    ("/v2/action_executions", "input"): AS_TEXT,
    ("/v2/action_executions", "output"): AS_TEXT,
    ("/v2/action_executions", "state_info"): EMPTY,
    ("/v2/action_executions", "description"): EMPTY,
    ("/v2/action_executions", "tags"): EMPTY,
    ("/v2/cron_triggers", "workflow_input"): AS_TEXT,
    ("/v2/cron_triggers", "workflow_params"): AS_TEXT,
    ("/v2/cron_triggers", "updated_at"): EMPTY,
    ("/v2/environments", "variables"): AS_TEXT,
    ("/v2/code_sources", "tags"): EMPTY,
    ("/v2/dynamic_actions", "tags"): FAILS,
}

ROUTES = [pytest.param(route, id=f"{route['method']} {route['path']}") for route in api()["routes"]]
LISTS = [route for route in api()["routes"] if route["path"] in COLLECTIONS and route["method"] == "GET"]
FILTERS = [(route["path"], name) for route in LISTS for name in route["parameters"] if name not in PAGING]
FAILING = [one for one, reason in NOT_OFFERED.items() if reason == FAILS]


@pytest.mark.parametrize("route", ROUTES)
def it_has_a_request_for_each_route_which_takes_all_its_parameters(
    route: Route, recorded: fogflow.WorkflowService, server: Server
) -> None:
    assert (route["method"], route["path"]) in REQUESTS, "no request of fogflow is known for it"
    values: dict[str, Any] = dict.fromkeys(route["parameters"], "1")
    if "scope" in values and route["method"] != "GET":
        values["scope"] = "public"

    REQUESTS[route["method"], route["path"]](recorded, **values)

    heard = server.heard[-1]
    assert heard.method == route["method"]
    assert heard.path in (route["path"].format("1", "2"), route["path"].format("1", "2") + "/")
    assert set(route["parameters"]) == set(heard.query)


def it_knows_no_route_that_is_gone() -> None:
    assert set(REQUESTS) == {(route["method"], route["path"]) for route in api()["routes"]}


@pytest.mark.parametrize(("path", "name"), FILTERS, ids=lambda one: one.removeprefix("/v2/"))
def it_narrows_by_each_parameter_of_a_list_or_says_why_not(path: str, name: str) -> None:
    assert _is_offered(path, name) != ((path, name) in NOT_OFFERED)


def it_gives_no_reason_for_what_there_is_not() -> None:
    assert set(NOT_OFFERED) <= set(FILTERS)


@pytest.mark.parametrize(("path", "name"), FAILING, ids=lambda one: one.removeprefix("/v2/"))
def it_does_not_offer_what_the_server_fails_on(path: str, name: str, service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.ServerError):
        service.connection.request("GET", path.split("/")[2:], query={name: "1"})


@pytest.mark.parametrize("resource", api()["fields"])
def it_has_an_attribute_for_each_field(resource: str) -> None:
    if resource in ("Service", "Services"):
        assert not any("services" in route["path"] for route in api()["routes"]), "they were gone with their routes"
        return
    assert set(api()["fields"][resource]) <= _attributes(resource)


def it_covers_the_whole_api(capsys: pytest.CaptureFixture[str]) -> None:
    covered = Counter[str]()
    lines = [f"{'route':40}{'methods':>8}{'parameters':>12}{'filters':>9}{'not offered':>13}"]
    for path in sorted({route["path"] for route in api()["routes"]}):
        routes = [route for route in api()["routes"] if route["path"] == path]
        known = [route for route in routes if (route["method"], path) in REQUESTS]
        parameters = sum(len(route["parameters"]) for route in routes)
        filters = [name for listed, name in FILTERS if listed == path]
        refused = [name for name in filters if (path, name) in NOT_OFFERED]
        offered = [name for name in filters if _is_offered(path, name)]
        lines.append(f"{path:40}{f'{len(known)}/{len(routes)}':>8}{parameters:>12}{len(offered):>9}{len(refused):>13}")
        covered.update(routes=len(routes), known=len(known), filters=len(filters), said=len(offered) + len(refused))
    fields = {resource: found for resource, found in api()["fields"].items() if not resource.startswith("Service")}
    missing = {resource: set(found) - _attributes(resource) for resource, found in fields.items()}
    for name, whole, part in (
        ("routes", covered["routes"], covered["known"]),
        ("list parameters", covered["filters"], covered["said"]),
        ("fields", sum(map(len, fields.values())), sum(map(len, fields.values())) - sum(map(len, missing.values()))),
    ):
        lines.append(f"{name}: {part} of {whole}, {100 * part / whole:.0f} %")
        assert part == whole
    with capsys.disabled():
        print("", *lines, sep="\n")


def _is_offered(path: str, name: str) -> bool:
    collection: Any = COLLECTIONS[path]
    attribute = declared(collection.model).get(name)
    by_value = attribute is not None and attribute.lookups is not None
    return by_value or name in collection.flags or (name == "nulls" and collection.has_nulls)


def _attributes(resource: str) -> set[str]:
    known = getattr(models, resource, None) or getattr(models.reports, resource)
    return {field.name for field in attrs.fields(known)}
