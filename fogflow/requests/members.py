"""Requests for the projects that a workflow is shared with (`/v2/workflows/{id}/members`)."""

from __future__ import annotations

from fogflow.requests.base import RequestModule
from fogflow.response import Response


class MemberRequests(RequestModule):
    """`service.create_member(…)` and its companions."""

    def create_member(self, workflow_id: str, member_id: str) -> Response:
        """POST workflows/{id}/members: offers a private workflow to another project.

        Args:
            workflow_id: the workflow's id; the API takes no name.
            member_id: the other project's id.
        """
        return self._post("workflows", workflow_id, "members", body={"member_id": member_id})

    def get_member(self, workflow_id: str, member_id: str) -> Response:
        """GET workflows/{id}/members/{project}."""
        return self._get("workflows", workflow_id, "members", member_id)

    def list_members(self, workflow_id: str) -> Response:
        """GET workflows/{id}/members: all of them, for the API has no pages here."""
        return self._get("workflows", workflow_id, "members")

    def update_member(self, workflow_id: str, member_id: str, status: str) -> Response:
        """PUT workflows/{id}/members/{project}, by that project: `status` "accepted", "rejected" or "pending"."""
        return self._put("workflows", workflow_id, "members", member_id, body={"status": status})

    def delete_member(self, workflow_id: str, member_id: str) -> Response:
        """DELETE workflows/{id}/members/{project}: takes the offer back."""
        return self._delete("workflows", workflow_id, "members", member_id)
