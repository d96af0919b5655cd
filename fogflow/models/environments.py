"""Environments: sets of variables for executions (`/v2/environments`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fogflow import errors
from fogflow.core.attributes import attribute, json_attribute, model, time_attribute
from fogflow.models import words
from fogflow.models.answers import row
from fogflow.models.lookups import TEXT, TIME
from fogflow.models.starting import require_mapping
from fogflow.models.unmarked import NamedAlone, UnmarkedCollection, require_addressable


@model
class Environment(NamedAlone):
    """A set of variables under a name, which executions are given as `env=`."""

    __slots__ = ()

    resource_name = "environment"
    identity_name = "name"
    summary_names = ("name", "scope")
    address_names = ("id", "name")
    unique_names = ("name",)

    id: str = attribute(words.ID)
    name: str = attribute("Its name, by which executions are told it.", create=True, lookups=TEXT, sort=True)
    description: str | None = attribute(words.DESCRIPTION, create=True, update=True, null=True, lookups=TEXT)
    variables: dict[str, Any] = json_attribute(
        "The values by name, which an execution's expressions read as `env()`.", create=True, update=True, heavy=True
    )
    scope: str = attribute(words.SCOPE, create=True, update=True, lookups=TEXT)
    project_id: str = attribute(words.PROJECT)
    created_at: datetime = time_attribute(words.CREATED, lookups=TIME, sort=True)
    updated_at: datetime | None = time_attribute(words.UPDATED, lookups=TIME)

    def _create(self) -> Mapping[str, Any]:
        if not (self.name and isinstance(self.name, str)):
            raise errors.ArgumentError("an environment needs name=, a text")
        require_addressable("an environment", self.name)
        require_mapping("the variables of an Environment", self.variables)
        given = {name: getattr(self, name) for name in ("name", "description", "scope") if getattr(self, name)}
        wanted = {**given, "variables": self.variables or {}}
        try:
            return row(self._request("create", wanted))
        except errors.BadRequest as refused:
            if "scope" not in given or "allowed as definition keys" not in refused.message:
                raise
        # Most releases before 23 make a new one private, and let it be shared when it is there.
        scope = wanted.pop("scope")
        created = row(self._request("create", wanted))
        return created if scope == created.get("scope") else row(self._request("update", {**wanted, "scope": scope}))

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        require_mapping("the variables of an Environment", self.variables)
        self._require_alone()
        # What is left out stays.
        return row(
            self._request("update", {"name": self.identity, **{name: getattr(self, name) for name in sorted(changed)}})
        )


class Environments(UnmarkedCollection[Environment]):
    """`service.environments`."""

    model = Environment
