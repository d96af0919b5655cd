"""fog's options, as a plugin of keystoneauth1 that authenticates with them.

As in fog, a token goes before an application credential, and that before a password; what stands beside is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from keystoneauth1 import token_endpoint
from keystoneauth1.identity import generic, v2, v3

from fogflow import errors

if TYPE_CHECKING:
    from keystoneauth1.plugin import BaseAuthPlugin

_APPLICATION_CREDENTIAL = ("openstack_application_credential_id", "openstack_application_credential_secret")

_DEFAULT_DOMAIN = "default"


def fog_plugin(given: Mapping[str, Any], endpoint: str | None) -> BaseAuthPlugin:
    """What authenticates as the options say.

    Raises:
        errors.ArgumentError: an option is missing, or two contradict each other; named in the message.
    """
    token = given.get("openstack_auth_token")
    if token and endpoint:
        # Nothing is left to ask Keystone for; as fog does.
        return token_endpoint.Token(endpoint, token)
    application_credential = not token and any(given.get(name) for name in _APPLICATION_CREDENTIAL)
    _require(given, () if token else _APPLICATION_CREDENTIAL if application_credential else None)
    version = given.get("openstack_identity_api_version")
    if application_credential:
        if version == "v2.0":
            raise errors.ArgumentError(
                "openstack_identity_api_version is v2.0, and application credentials are of Keystone v3"
            )
        return v3.ApplicationCredential(
            _auth_url(given, "v3"),
            application_credential_id=given["openstack_application_credential_id"],
            application_credential_secret=given["openstack_application_credential_secret"],
        )
    auth_url = _auth_url(given, version)
    if version == "v2.0":
        return _v2_plugin(given, auth_url, token)
    scope = _scope(given)
    if token:
        token_plugin = v3.Token if version else generic.Token
        return token_plugin(auth_url, token=token, **scope, **_domains(given, version, scope))
    password_plugin = v3.Password if version else generic.Password
    return password_plugin(
        auth_url,
        username=given.get("openstack_username"),
        user_id=given.get("openstack_userid"),
        password=given["openstack_api_key"],
        **scope,
        **_domains(given, version, scope, "user"),
    )


def _require(given: Mapping[str, Any], credentials: tuple[str, ...] | None) -> None:
    """That the auth URL and the credentials are there; None stands for a user and a password."""
    wanted = ["openstack_auth_url", *(credentials or ())]
    missing = [name for name in wanted if not given.get(name)]
    if credentials is None:
        if not (given.get("openstack_username") or given.get("openstack_userid")):
            missing.append("openstack_username or openstack_userid")
        if not given.get("openstack_api_key"):
            missing.append("openstack_api_key")
    if missing:
        raise errors.ArgumentError(f"missing required arguments: {', '.join(missing)}")


# -- Keystone's version


def _auth_url(given: Mapping[str, Any], version: str | None) -> str:
    """The auth URL as keystoneauth1 wants it: of the version that is wanted, or as it is if none is.

    fog's users append what its version 0.x wants, and keystoneauth1 appends that itself. `…/v2.0/tokens` becomes the
    root, where Keystone lists the versions it has: v2.0 is gone from today's.
    """
    url = given["openstack_auth_url"]
    found = re.search(r"/v([23])(\.0)?(/(auth/)?tokens)?/*$", url)
    if version and found and found[1] != version[1]:
        raise errors.ArgumentError(f"openstack_auth_url is of another version of Keystone than {version}: {url}")
    root = re.sub(r"/(v2\.0/tokens|auth/tokens)/*$", "", url).rstrip("/")
    return root if not version or re.search(r"/v[23](\.0)?$", root) else f"{root}/{version}"


def _v2_plugin(given: Mapping[str, Any], auth_url: str, token: str | None) -> BaseAuthPlugin:
    domains = [name for name in given if "_domain" in name]
    if domains:
        raise errors.ArgumentError(f"Keystone v2.0 knows no domains: {', '.join(domains)} cannot be heeded")
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


# -- the project and the domains


def _scope(given: Mapping[str, Any]) -> dict[str, Any]:
    """The project, or else the domain, that the token is for."""
    project = {
        "project_id": given.get("openstack_project_id") or given.get("openstack_tenant_id"),
        "project_name": given.get("openstack_project_name") or given.get("openstack_tenant"),
    }
    if any(project.values()):
        return project
    return {"domain_id": given.get("openstack_domain_id"), "domain_name": given.get("openstack_domain_name")}


def _domains(given: Mapping[str, Any], version: str | None, scope: Mapping[str, Any], *parts: str) -> dict[str, Any]:
    """The domains of the parts, and of the project where there is one; fog's `default` where none is given."""
    if "project_id" in scope:
        parts = (*parts, "project")
    named = {part: _domain(given, part) for part in parts}
    if version is None and not any(named.values()):
        # Only so does keystoneauth1 go on to a Keystone that has v2.0 alone; a domain by name would be broken by it.
        return {"default_domain_id": _DEFAULT_DOMAIN}
    return {
        name: value
        for part, domain in named.items()
        for name, value in (domain or {f"{part}_domain_id": _DEFAULT_DOMAIN}).items()
    }


def _domain(given: Mapping[str, Any], part: str) -> dict[str, Any]:
    """The domain of the user or of the project: its own, else the one for both; empty when none is given."""
    identity = given.get(f"openstack_{part}_domain_id")
    name = given.get(f"openstack_{part}_domain_name") or given.get(f"openstack_{part}_domain")
    if not (identity or name):
        identity, name = given.get("openstack_domain_id"), given.get("openstack_domain_name")
    return {f"{part}_domain_id": identity, f"{part}_domain_name": name} if identity or name else {}
