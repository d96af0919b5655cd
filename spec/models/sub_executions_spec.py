"""What an execution started, on a real Mistral: as a list that is narrowed, and as a report."""

from __future__ import annotations

from datetime import datetime

import pytest

import fogflow
from fogflow import errors
from fogflow.models import Execution
from spec.support import definitions


@pytest.fixture(scope="module")
def nested(service: fogflow.WorkflowService) -> Execution:
    """An execution whose task runs a workflow whose task runs a workflow that fails in its second task."""
    service.workflows.create(definition=definitions.fails("nested_innermost"))
    service.workflows.create(definition=definitions.calls("nested_inner", "nested_innermost"))
    outer = service.workflows.create(definition=definitions.calls("nested_outer", "nested_inner"))
    return outer.execute().wait(check=False)


# -- sub-executions


def it_lists_all_that_was_started_below_it(nested: Execution) -> None:
    assert [one.workflow_name for one in nested.sub_executions] == ["nested_inner", "nested_innermost"]
    assert [one.workflow_name for one in nested.tasks[0].sub_executions] == ["nested_inner", "nested_innermost"]
    assert {one.root_execution_id for one in nested.sub_executions} == {nested.id}


def it_goes_as_deep_as_it_is_told(nested: Execution) -> None:
    assert [one.workflow_name for one in nested.sub_executions.filter(max_depth=1)] == ["nested_inner"]
    assert not nested.sub_executions.filter(max_depth=0)


def it_narrows_and_sorts_what_the_server_lists_as_a_whole(nested: Execution) -> None:
    below = nested.sub_executions

    assert [one.workflow_name for one in below.order_by("-workflow_name")] == ["nested_innermost", "nested_inner"]
    assert [one.workflow_name for one in below.filter(workflow_name__has="most")] == ["nested_innermost"]
    assert len(below.filter(state="ERROR").limit(1)) == 1
    assert not below.filter(state="SUCCESS")


def it_brings_the_outputs_when_it_is_told_to(nested: Execution) -> None:
    (inner, *_) = nested.sub_executions.filter(include_output=True)

    assert "output" in inner.attributes
    assert "output" not in nested.sub_executions[0].attributes
    assert nested.sub_executions[0].output == inner.output


def it_finds_one_of_them_and_no_other(nested: Execution) -> None:
    inner = nested.sub_executions[0]

    assert nested.sub_executions.get(inner.id) == inner
    assert nested.sub_executions.get(nested.id) is None
    assert nested not in nested.sub_executions


def it_leads_back_to_the_task_and_the_execution_that_started_it(nested: Execution) -> None:
    inner = nested.sub_executions[0]

    assert inner.parent_task == nested.tasks[0]
    assert inner.parent_task is not None
    assert inner.parent_task.execution == nested
    assert nested.parent_task is None


# -- the report


def it_reports_on_all_that_ran(nested: Execution) -> None:
    report = nested.report()

    assert report.statistics.total_tasks_count == 4
    assert report.statistics.error_tasks_count == 3
    assert report.statistics.success_tasks_count == 1
    root = report.root_workflow_execution
    assert root is not None
    assert (root.id, root.name, root.state) == (nested.id, "nested_outer", "ERROR")
    assert isinstance(root.created_at, datetime)
    assert [task.name for task in report.task_executions] == ["call", "call", "prepare", "explode"]


def it_reports_what_each_task_ran(nested: Execution) -> None:
    *_, explode = nested.report().task_executions

    (run,) = explode.action_executions
    assert (run.name, run.state, run.accepted) == ("std.fail", "ERROR", True)
    assert explode.workflow_executions == []
    assert "Fail action expected exception" in str(explode.state_info)


def it_reports_on_failures_alone(nested: Execution) -> None:
    report = nested.report(errors_only=True)

    assert [task.name for task in report.task_executions] == ["call", "call", "explode"]
    assert report.statistics.success_tasks_count == 0


def it_reports_as_deep_as_it_is_told(nested: Execution) -> None:
    assert [task.name for task in nested.report(max_depth=0).task_executions] == ["call"]


def it_reports_counts_alone(nested: Execution) -> None:
    report = nested.report(statistics_only=True)

    assert report.statistics.total_tasks_count == 4
    assert report.root_workflow_execution is None
    assert list(report.task_executions) == []


def it_has_nothing_to_report_before_it_starts(service: fogflow.WorkflowService) -> None:
    with pytest.raises(errors.ArgumentError, match="never saved"):
        service.executions.new(workflow_name="nested_outer").report()
