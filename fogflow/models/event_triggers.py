"""Event triggers: they start a workflow when another service notifies (`/v2/event_triggers`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from fogflow import errors
from fogflow.core.attributes import attribute, json_attribute, model, time_attribute
from fogflow.models import words
from fogflow.models.answers import row
from fogflow.models.base import is_uuid
from fogflow.models.lookups import OUR_EXACT, OUR_TEXT, OUR_TIME
from fogflow.models.starting import StartingCollection, StartsWorkflow

_NEEDED = ("workflow_id", "exchange", "topic", "event")


@model
class EventTrigger(StartsWorkflow):
    """Starts a workflow when a notification arrives on a message bus."""

    __slots__ = ()

    resource_name = "event_trigger"
    summary_names = ("id", "name", "event")
    unique_names = ("exchange", "topic", "event", "workflow_id")

    id: str = attribute(words.ID, sort=True)
    created_at: datetime = time_attribute(words.CREATED, lookups=OUR_TIME, sort=True)
    updated_at: datetime | None = time_attribute(words.UPDATED, lookups=OUR_TIME)
    project_id: str = attribute(words.PROJECT, lookups=OUR_EXACT, sort=True)
    name: str = attribute("Its name, which others may have too.", create=True, update=True, lookups=OUR_TEXT, sort=True)
    workflow_id: str = attribute(words.WORKFLOW_ID, create=True, update=True, lookups=OUR_EXACT, sort=True)
    workflow_input: dict[str, Any] = json_attribute(words.WORKFLOW_INPUT, create=True, update=True, heavy=True)
    workflow_params: dict[str, Any] = json_attribute(words.WORKFLOW_PARAMS, create=True, update=True, heavy=True)
    exchange: str = attribute("The exchange of the message bus to listen on.", create=True, lookups=OUR_TEXT, sort=True)
    topic: str = attribute("The topic to listen to.", create=True, lookups=OUR_TEXT, sort=True)
    event: str = attribute(
        'The type of the notifications that it heeds: "compute.instance.create.end".',
        create=True,
        lookups=OUR_TEXT,
        sort=True,
    )
    scope: str = attribute(words.SCOPE, create=True, update=True, lookups=OUR_TEXT, sort=True)

    def _create(self) -> Mapping[str, Any]:
        missing = [name for name in _NEEDED if not getattr(self, name)]
        if missing:
            raise errors.ArgumentError(f"an event trigger needs {', '.join(f'{name}=' for name in missing)}")
        self._require_mappings("workflow_input", "workflow_params")
        answer = self._request(
            "create",
            self.name or "",
            self.workflow_id,
            self.exchange,
            self.topic,
            self.event,
            self.workflow_input,
            self.workflow_params,
            scope=self.scope,
        )
        return row(answer)

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        self._require_mappings("workflow_input", "workflow_params")
        return row(self._request("update", self.identity, **{name: getattr(self, name) for name in sorted(changed)}))


class EventTriggers(StartingCollection[EventTrigger]):
    """`service.event_triggers` and `workflow.event_triggers`."""

    model = EventTrigger
    flags: ClassVar[dict[str, type]] = {"all_projects": bool}

    def _addressable(self, identity: str) -> str:
        if not is_uuid(identity):
            raise errors.ArgumentError(
                f"an event trigger has no other address than its id, a UUID, which {identity!r} is not; "
                "filter(name=…) finds those of a name"
            )
        return identity
