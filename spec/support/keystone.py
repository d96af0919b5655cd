"""What a Keystone says, for a server that writes down: for its versions that today's package is no longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keystoneauth1 import session as keystone_session

from fogflow import auth
from spec.support.canary import PASSWORD, TOKEN
from spec.support.server import Server

__all__ = ["PASSWORD", "TOKEN", "addresses", "authentication", "fog_options", "plays_keystone", "session_of"]


def fog_options(server: Server, **more: Any) -> dict[str, Any]:
    """fog's hash for the Keystone that the server plays."""
    return {
        "openstack_auth_url": server.url,
        "openstack_username": "admin",
        "openstack_api_key": PASSWORD,
        "openstack_project_name": "ops",
        **more,
    }


def session_of(options: dict[str, Any]) -> keystone_session.Session:
    """The session that `connect` would use, before anything is sent."""
    return auth.transport_maker(options)().session


def addresses(server: Server) -> list[str]:
    """Where the client went with a token."""
    return [heard.path for heard in server.heard if heard.headers.get("X-Auth-Token")]


def plays_keystone(
    server: Server, *, service_type: str = "workflowv2", suffix: str = "/v2", versions: Sequence[str] = ("v3",)
) -> None:
    """Makes the server answer as a Keystone of these versions whose catalog points to the server itself."""
    listed = {version: _version(server, version) for version in versions}
    for _ in range(3):
        server.answer("/", {"versions": {"values": list(listed.values())}}, status=300)
        for version, described in listed.items():
            server.answer(f"/{version}", {"version": described})
            server.answer(f"/{version}/", {"version": described})
        server.answer("/v3/auth/tokens", _v3_token(server.url + suffix, service_type), 201, X_Subject_Token=TOKEN)
        server.answer("/v2.0/tokens", _v2_token(server.url + suffix, service_type))


def authentication(server: Server) -> Any:
    """The body of the request in which the client authenticated."""
    (heard,) = [heard for heard in server.heard if heard.path.endswith("/tokens")]
    return heard.body["auth"]


def _version(server: Server, version: str) -> dict[str, Any]:
    return {"id": version, "status": "stable", "links": [{"rel": "self", "href": f"{server.url}/{version}/"}]}


def _v3_token(url: str, service_type: str) -> dict[str, Any]:
    endpoints = [
        {"id": f"{interface}-{region}", "interface": interface, "region": region, "region_id": region, "url": address}
        for interface, region, address in (
            ("public", "RegionOne", url),
            ("internal", "RegionOne", f"{url}-internal"),
            ("public", "RegionTwo", f"{url}-two"),
        )
    ]
    return {
        "token": {
            "methods": ["password"],
            "expires_at": "2099-01-01T00:00:00.000000Z",
            "issued_at": "2026-01-01T00:00:00.000000Z",
            "user": {"id": "1", "name": "admin", "domain": {"id": "default", "name": "Default"}},
            "project": {"id": "1", "name": "admin", "domain": {"id": "default", "name": "Default"}},
            "catalog": [{"id": "1", "type": service_type, "name": "mistral", "endpoints": endpoints}],
        }
    }


def _v2_token(url: str, service_type: str) -> dict[str, Any]:
    return {
        "access": {
            "token": {"id": TOKEN, "expires": "2099-01-01T00:00:00Z", "tenant": {"id": "1", "name": "admin"}},
            "user": {"id": "1", "name": "admin"},
            "serviceCatalog": [
                {"type": service_type, "name": "mistral", "endpoints": [{"publicURL": url, "region": "RegionOne"}]}
            ],
        }
    }
