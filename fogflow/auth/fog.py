"""fog's options, as a plugin of keystoneauth1 that authenticates with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from keystoneauth1 import token_endpoint
from keystoneauth1.identity import generic, v2, v3

from fogflow import errors

if TYPE_CHECKING:
    from keystoneauth1.plugin import BaseAuthPlugin


def fog_plugin(given: Mapping[str, Any], endpoint: str | None) -> BaseAuthPlugin:
    token = given.get("openstack_auth_token")
    if token and endpoint:
        # Nothing is left to ask Keystone for; as fog does.
        return token_endpoint.Token(endpoint, token)
    missing = [] if given.get("openstack_auth_url") else ["openstack_auth_url"]
    application_credential = any(name.startswith("openstack_application_credential") for name in given)
    if application_credential:
        wanted = ("openstack_application_credential_id", "openstack_application_credential_secret")
        missing += [name for name in wanted if not given.get(name)]
    elif not token:
        if not (given.get("openstack_username") or given.get("openstack_userid")):
            missing.append("openstack_username or openstack_userid")
        if not given.get("openstack_api_key"):
            missing.append("openstack_api_key")
    if missing:
        raise errors.ArgumentError(f"missing required arguments: {', '.join(missing)}")
    auth_url = _auth_url(given["openstack_auth_url"])
    version = given.get("openstack_identity_api_version")
    if version:
        auth_url = _with_version(auth_url, version)
    if application_credential:
        return v3.ApplicationCredential(
            _with_version(auth_url, "v3"),
            application_credential_id=given["openstack_application_credential_id"],
            application_credential_secret=given["openstack_application_credential_secret"],
        )
    if version == "v2.0":
        return _v2_plugin(given, auth_url, token)
    scope = _scope(given)
    if token:
        token_plugin = v3.Token if version else generic.Token
        return token_plugin(auth_url, token=token, **scope)
    password_plugin = v3.Password if version else generic.Password
    return password_plugin(auth_url, **_user(given), **scope)


def _auth_url(given: str) -> str:
    """The URL without what fog's users append for its version 0.x; keystoneauth1 appends that itself.

    `…/v2.0/tokens` becomes the root, where Keystone lists the versions it has: v2.0 is gone from today's.
    """
    return re.sub(r"/(v2\.0/tokens|auth/tokens)/*$", "", given).rstrip("/")


def _with_version(auth_url: str, version: str) -> str:
    return auth_url if re.search(r"/v[23](\.0)?$", auth_url) else f"{auth_url}/{version}"


def _v2_plugin(given: Mapping[str, Any], auth_url: str, token: str | None) -> BaseAuthPlugin:
    tenant: dict[str, Any] = {
        "tenant_id": given.get("openstack_tenant_id") or given.get("openstack_project_id"),
        "tenant_name": given.get("openstack_tenant") or given.get("openstack_project_name"),
    }
    if token:
        return v2.Token(auth_url, token, **tenant)
    user: dict[str, Any] = {"user_id": given["openstack_userid"]} if "openstack_userid" in given else {}
    return v2.Password(
        auth_url, username=given.get("openstack_username"), password=given["openstack_api_key"], **user, **tenant
    )


def _user(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "username": given.get("openstack_username"),
        "user_id": given.get("openstack_userid"),
        "password": given["openstack_api_key"],
        **_domain(given, "user"),
    }


def _scope(given: Mapping[str, Any]) -> dict[str, Any]:
    """The project, or else the domain, that the token is for."""
    project = {
        "project_id": given.get("openstack_project_id") or given.get("openstack_tenant_id"),
        "project_name": given.get("openstack_project_name") or given.get("openstack_tenant"),
    }
    if any(project.values()):
        return {**project, **_domain(given, "project")}
    return {"domain_id": given.get("openstack_domain_id"), "domain_name": given.get("openstack_domain_name")}


def _domain(given: Mapping[str, Any], of: str) -> dict[str, Any]:
    """The domain of the user or of the project: its own, else the one for both, else fog's `default`."""
    identity = given.get(f"openstack_{of}_domain_id")
    name = given.get(f"openstack_{of}_domain_name") or given.get(f"openstack_{of}_domain")
    if not (identity or name):
        identity, name = given.get("openstack_domain_id"), given.get("openstack_domain_name")
    if not (identity or name):
        identity = "default"
    return {f"{of}_domain_id": identity, f"{of}_domain_name": name}
