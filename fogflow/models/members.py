"""Members: the projects that a workflow is shared with (`/v2/workflows/{id}/members`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fogflow import errors
from fogflow.core.attributes import attribute, model, time_attribute
from fogflow.models import words
from fogflow.models.answers import row
from fogflow.models.base import Resource
from fogflow.models.lookups import OUR_EXACT, OUR_TEXT, OUR_TIME
from fogflow.models.unpaged import UnpagedCollection
from fogflow.response import Response

if TYPE_CHECKING:
    from fogflow.models.workflows import Workflow


@model
class Member(Resource):
    """A project that a private workflow is offered to. That project accepts or rejects; until then it is "pending"."""

    __slots__ = ()

    resource_name = "member"
    identity_name = "member_id"
    summary_names = ("member_id", "status")
    address_names = ("id", "resource_id", "member_id")
    unique_names = ("resource_id", "member_id")

    id: str = attribute(words.ID)
    resource_id: str = attribute("The id of the workflow that is shared.", create=True, lookups=OUR_EXACT)
    resource_type: str = attribute('What is shared: "workflow".', lookups=OUR_EXACT)
    project_id: str = attribute("The id of the project that shares it.", lookups=OUR_EXACT)
    member_id: str = attribute(
        "The id of the project that it is offered to.", create=True, lookups=OUR_EXACT, sort=True
    )
    status: str = attribute(
        'What that project makes of it: "pending", "accepted" or "rejected".', update=True, lookups=OUR_TEXT, sort=True
    )
    created_at: datetime = time_attribute(words.CREATED, lookups=OUR_TIME, sort=True)
    updated_at: datetime | None = time_attribute(words.UPDATED, lookups=OUR_TIME)

    def accept(self) -> Member:
        """Takes the offer, as the project it was made to. Returns itself; raises NotFound for any other project."""
        return self._decide("accepted")

    def reject(self) -> Member:
        """Turns the offer down, as the project it was made to. Returns itself; raises NotFound for any other."""
        return self._decide("rejected")

    def _decide(self, status: str) -> Member:
        self._require_persisted("decide on")
        return self._answered(row(self._request("update", *self._address(), status)), "status")

    @property
    def workflow(self) -> Workflow | None:
        """The workflow that is shared; None when that was deleted, or is not seen before the offer is accepted."""
        self._require_persisted("follow")
        found: Workflow | None = self.service.workflows.get(self.resource_id)
        return found

    def _fetch(self) -> Mapping[str, Any]:
        return row(self._request("get", *self._address()))

    def _create(self) -> Mapping[str, Any]:
        if not (self.resource_id and self.member_id):
            raise errors.ArgumentError("a member needs resource_id=, a workflow's id, and member_id=, a project's")
        return row(self._request("create", self.resource_id, self.member_id))

    def _modify(self, changed: frozenset[str]) -> Mapping[str, Any]:
        return row(self._request("update", *self._address(), self.status))

    def _remove(self) -> None:
        self._request("delete", *self._address())

    def _address(self) -> tuple[str, str]:
        return self._settled("resource_id"), self._settled("member_id")


class Members(UnpagedCollection[Member]):
    """`workflow.members`, or `service.members.filter(resource_id=…)`: the projects by their ids."""

    model = Member

    def _list_request(self, **query: Any) -> Response:
        answer: Response = self.service.list_members(self._workflow_id())
        return answer

    def _fetch(self, identity: str) -> Mapping[str, Any]:
        return row(self._request("get", self._workflow_id(), identity))

    def _remove(self, identity: str) -> None:
        self._request("delete", self._workflow_id(), identity)

    def _workflow_id(self) -> Any:
        found = [one.value for one in self.query.lookups if one.name == "resource_id"]
        if not found:
            raise errors.ArgumentError("members are those of one workflow: filter(resource_id=…), with its id")
        return found[0]
