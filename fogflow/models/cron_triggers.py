"""Cron triggers: they start a workflow by the clock (`/v2/cron_triggers`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from fogflow import errors
from fogflow.core.attributes import attribute, format_time, json_attribute, model, time_attribute
from fogflow.models import words
from fogflow.models.answers import row
from fogflow.models.lookups import EXACT, TEXT, TIME
from fogflow.models.starting import StartingCollection, StartsWorkflow


@model
class CronTrigger(StartsWorkflow):
    """Starts a workflow by the clock, in UTC. The API changes none: destroy it and create another."""

    __slots__ = ()

    resource_name = "cron_trigger"
    summary_names = ("id", "name", "pattern")
    unique_names = ("name",)

    id: str = attribute(words.ID, sort=True)
    name: str = attribute("Its name.", create=True, lookups=TEXT, sort=True)
    workflow_name: str = attribute("The name of the workflow that it starts.", create=True, lookups=TEXT, sort=True)
    workflow_id: str = attribute(words.WORKFLOW_ID, create=True, lookups=EXACT, sort=True)
    workflow_input: dict[str, Any] = json_attribute(words.WORKFLOW_INPUT, create=True, heavy=True)
    workflow_params: dict[str, Any] = json_attribute(words.WORKFLOW_PARAMS, create=True, heavy=True)
    project_id: str = attribute(words.PROJECT, lookups=EXACT, sort=True)
    scope: str = attribute(words.SCOPE, create=True, lookups=TEXT, sort=True)
    pattern: str | None = attribute(
        "When it fires, in the five fields of cron, in UTC: `0 3 * * *`.", create=True, lookups=TEXT
    )
    remaining_executions: int | None = attribute(
        "How often it is still to fire; None where that has no end.", create=True, lookups=EXACT
    )
    first_execution_time: datetime | None = time_attribute(
        "When it fires for the first time, in whole minutes.", create=True, lookups=TIME
    )
    next_execution_time: datetime = time_attribute("When it fires next.", lookups=TIME, sort=True)
    created_at: datetime = time_attribute(words.CREATED, lookups=TIME, sort=True)
    updated_at: datetime | None = time_attribute(words.UPDATED)

    def _create(self) -> Mapping[str, Any]:
        if not self.name:
            raise errors.ArgumentError("a cron trigger needs name=")
        if not (self.pattern or self.first_execution_time):
            raise errors.ArgumentError("a cron trigger needs pattern=, first_execution_time=, or both")
        self._require_one_workflow()
        self._require_mappings("workflow_input", "workflow_params")
        answer = self._request(
            "create",
            self.name,
            self.workflow_id,
            self.workflow_input,
            self.workflow_params,
            self.pattern,
            _to_the_minute(self.first_execution_time),
            self.remaining_executions,
            workflow_name=self.workflow_name,
            scope=self.scope,
        )
        created = row(answer)
        if self.scope not in (None, created.get("scope")):
            # Otherwise it would start a workflow, and nobody see it who is to.
            self._request("delete", created["id"])
            raise errors.InvalidResponse(
                f"this Mistral makes each cron trigger {created.get('scope')}, whatever is asked for: "
                f"{self.scope!r} is heeded by release 20, and from 23 on; nothing was kept"
            )
        return created


class CronTriggers(StartingCollection[CronTrigger]):
    """`service.cron_triggers` and `workflow.cron_triggers`."""

    model = CronTrigger
    flags: ClassVar[dict[str, type]] = {"all_projects": bool}
    takes_names = True


def _to_the_minute(time: datetime | None) -> str | None:
    if time is None:
        return None
    if time.second or time.microsecond:
        raise errors.ArgumentError(f"the API takes first_execution_time in whole minutes, not {time}")
    return str(format_time(time))[: len("2026-11-23 05:54")]
