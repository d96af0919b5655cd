"""Further projects on the Keystone of a local cloud, each with a user of its own, through Keystone's v3 API."""

from __future__ import annotations

import secrets
from typing import Any

from keystoneauth1 import exceptions as keystone_errors
from keystoneauth1.session import Session

from fogflow import errors

# Keystone's bootstrap makes it. Mistral's policy asks for no role, only whether one is `admin`.
_ROLE = "member"


def create_project(administrator: Session, auth_url: str, name: str) -> str:
    """Creates a project and a user, both called `name`, the user a member of the project.

    Args:
        administrator: a session that may do so.
        auth_url: Keystone's URL, with its version.
        name: up to 64 characters.

    Returns:
        The user's password, a random one.

    Raises:
        errors.ArgumentError: Keystone does not take the name, which may be taken.
    """

    def create(kind: str, **more: str) -> str:
        body = {kind: {"name": name, "domain_id": "default", **more}}
        # Without keystoneauth1's log, which holds bodies.
        created: dict[str, Any] = administrator.post(f"{auth_url}/{kind}s", json=body, log=False).json()
        return str(created[kind]["id"])

    password = secrets.token_urlsafe(18)
    refused = None
    try:
        project, user = create("project"), create("user", password=password)
    except (keystone_errors.BadRequest, keystone_errors.Conflict) as error:
        refused = error.message
    # Outside of the `except`: what was raised there holds the request, and would stay in `__context__`.
    if refused is not None:
        raise errors.ArgumentError(f"project {name!r}: {refused}")
    (role,) = administrator.get(f"{auth_url}/roles", params={"name": _ROLE}).json()["roles"]
    administrator.put(f"{auth_url}/projects/{project}/users/{user}/roles/{role['id']}")
    return password
