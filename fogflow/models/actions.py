"""Actions: what a task does, the server's own and those that are defined (`/v2/actions`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fogflow.core.attributes import attribute, model, time_attribute
from fogflow.core.query import Query
from fogflow.definitions import definition_text
from fogflow.models import words
from fogflow.models.action_executions import ActionExecution, ActionExecutions
from fogflow.models.answers import rows
from fogflow.models.base import Namespaced, is_uuid
from fogflow.models.defined import Defined, DefinedCollection
from fogflow.models.lookups import EXACT, OUR_EXACT, OUR_TAGS, OUR_TEXT, OUR_TIME, TEXT


@model
class Action(Namespaced, Defined):
    """A piece of work that tasks name. One of the server's own has its name for an id, and no times and scope.

    Mistral 23 says of none that it `is_system`.
    """

    __slots__ = ()

    resource_name = "action"
    identity_name = "name"
    summary_names = ("id", "name", "namespace")
    address_names = ("id", "name", "namespace")

    id: str = attribute("The server's id of it, a UUID; of the server's own, the name.")
    name: str = attribute("Its name, which tasks call it by.", lookups=TEXT, sort=True)
    is_system: bool = attribute("Whether it is one of the server's own.")
    input: str | None = attribute("The names of what it takes, with their defaults, as one text.", lookups=OUR_TEXT)
    description: str | None = attribute("What it says of itself.", lookups=OUR_TEXT)
    tags: list[str] | None = attribute(words.TAGS_OF_DEFINITION, lookups=OUR_TAGS)
    definition: Any = attribute(
        "Its YAML text; None of the server's own. Set to a text, a mapping or a `pathlib.Path`.",
        create=True,
        update=True,
        lookups=OUR_TEXT,
        heavy=True,
        convert=definition_text,
    )
    scope: str | None = attribute(words.SCOPE, create=True, update=True, lookups=OUR_TEXT)  # type: ignore[assignment]
    project_id: str | None = attribute(words.PROJECT, lookups=OUR_EXACT)
    created_at: datetime | None = time_attribute(words.CREATED, lookups=OUR_TIME)
    updated_at: datetime | None = time_attribute(words.UPDATED, lookups=OUR_TIME)
    namespace: str = attribute(words.NAMESPACE, create=True, update=True, lookups=EXACT)

    def execute(
        self,
        input: Mapping[str, Any] | None = None,
        *,
        save_result: bool | None = None,
        run_sync: bool | None = None,
        target: str | None = None,
        timeout: int | None = None,
        description: str | None = None,
    ) -> ActionExecution:
        """Runs it by itself, without a workflow.

        Args:
            input: what the action takes.
            save_result: True keeps the execution on the server and does not wait for its end; without, the server
                waits for it, answers what came out, and keeps nothing: its id is None. An asynchronous action,
                which somebody ends from outside, is always kept.
            run_sync: True asks the server to run it where it stands; an asynchronous action is refused then.
            target: the executor that is to run it.
            timeout: seconds after which the server gives up.
            description: a text of the caller's; the server keeps it with `save_result` and `run_sync` together alone.

        Returns:
            the ActionExecution; one that failed too, whose `error` is True.

        Raises:
            errors.BadRequest: it does not take this input.
        """
        self._require_persisted("execute")
        named = {"save_result": save_result, "run_sync": run_sync, "target": target, "timeout": timeout}
        return ActionExecutions(self.service).create(
            name=self.name,
            workflow_namespace=self.namespace or None,
            input=input,
            params={name: value for name, value in named.items() if value is not None} or None,
            description=description,
        )

    def _fetch(self) -> Mapping[str, Any]:
        return Actions(self.service).filter(**self._where())._fetch(self.identity)

    def _remove(self) -> None:
        # A path can hold each id, and not each name.
        self._request("delete", self._settled("id"), **self._where())


class Actions(DefinedCollection[Action]):
    """`service.actions`: those of the nameless namespace, unless it is narrowed to another; the API knows no all."""

    model = Action
    default_order = "name"

    def _fetch(self, identity: str) -> Mapping[str, Any]:
        # The server finds an action by its name alone, and by none with a slash. Its list has all of each.
        slashed = isinstance(identity, str) and "/" in identity
        if slashed or is_uuid(identity):
            narrowed = {"name__eq": identity} if slashed else {}
            for one in type(self)(self.service).filter(**self._where(), **narrowed):
                if identity in (one.id, one.name):
                    return one._row or {}
        return super()._fetch(identity)

    def _fetch_page(self, query: Query, size: int, position: Any) -> tuple[list[Mapping[str, Any]], None]:
        # In one page: without a limit the server gives all of them, and after a marker of its own it begins anew.
        limit = None if self._left_to_us(query) else query.limit
        parameters = {**self._parameters(query, size), "limit": limit}
        found = rows(self._list_request(**parameters), Action)
        names = self._fields_of(query)
        if names is None:
            return found, None
        # The server sends all attributes, whichever it is asked for.
        return [{name: one.get(name) for name in names} for one in found], None
