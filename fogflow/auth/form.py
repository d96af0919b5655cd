"""In which form `connect` is told its cloud."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow import errors
from fogflow.auth.pickling import LOST

_CREDENTIALS = (
    "openstack_auth_url",
    "openstack_username",
    "openstack_userid",
    "openstack_api_key",
    "openstack_auth_token",
    "openstack_application_credential_id",
    "openstack_application_credential_secret",
)


def form_of(given: Mapping[str, Any]) -> str | None:
    """In which form the credentials are given; None when the arguments hold none."""
    forms = [name for name in ("session", "cloud") if name in given]
    if any(name in given for name in _CREDENTIALS):
        forms.append("credentials")
    if len(forms) > 1:
        raise errors.ArgumentError(f"{' and '.join(forms)} are given; one of them is enough, and which is not clear")
    return forms[0] if forms else None


def usable(given: Mapping[str, Any]) -> None:
    if given["session"] == LOST:
        # Never on to the environment, which may name another cloud.
        raise errors.ArgumentError("a session is not pickled: connect again with session=")
    if given.get("connection_options"):
        raise errors.ArgumentError("a session is used as it is: give it what connection_options= says")
