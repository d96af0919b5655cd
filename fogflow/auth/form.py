"""In which form `connect` is told its cloud, whether that form has a use for all of it, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fogflow import errors
from fogflow.auth.options import ConnectOptions
from fogflow.connection import without_password

_CREDENTIALS = (
    "openstack_auth_url",
    "openstack_username",
    "openstack_userid",
    "openstack_api_key",
    "openstack_auth_token",
    "openstack_application_credential_id",
    "openstack_application_credential_secret",
)

_ENDPOINT = ("endpoint", "openstack_management_url")

# An endpoint goes before what the others of these would pick.
_ADDRESS = {
    *_ENDPOINT,
    *("region_name", "interface", "service_type"),
    *("openstack_region", "openstack_endpoint_type", "openstack_service_type"),
}

_TRANSPORT = {"persistent", "connection_options"}

# Whatever the form is.
_SENDING = {"timeout", "retries"}

# Each form: what it uses, and what it is, in words.
_FORMS = {
    "session": (_ADDRESS, "a session is used as it is, with its own credentials and connections"),
    "cloud": (_ADDRESS | _TRANSPORT, "the credentials are those of cloud= in clouds.yaml"),
    "credentials": (set(ConnectOptions.__annotations__), "the credentials are fog's"),
    "endpoint": (_ADDRESS | _TRANSPORT, "an endpoint without credentials is used without authentication"),
    "environment": (
        _ADDRESS | _TRANSPORT,
        "the arguments hold no credentials, so those of the environment are used (OS_CLOUD, OS_AUTH_URL …)",
    ),
}


def form_of(names: Iterable[str]) -> str:
    """The form of the options of these names: session, cloud, credentials, endpoint or environment.

    Raises:
        errors.ArgumentError: they are of two forms, or hold what their form has no use for.
    """
    names = list(names)
    forms: list[str] = [name for name in ("session", "cloud") if name in names]
    if any(name in names for name in _CREDENTIALS):
        forms.append("credentials")
    if len(forms) > 1:
        raise errors.ArgumentError(f"{' and '.join(forms)} are given; one of them is enough, and which is not clear")
    form = forms[0] if forms else "endpoint" if any(name in names for name in _ENDPOINT) else "environment"
    used, what_it_is = _FORMS[form]
    known = ConnectOptions.__annotations__.keys() - used - _SENDING - {form, "provider"}
    if unused := [name for name in names if name in known]:
        raise errors.ArgumentError(f"{', '.join(unused)} would not be heeded: {what_it_is}")
    return form


def described(options: Mapping[str, Any]) -> str:
    """Where `connect` leads with these options, for people to read: a URL, a cloud, a project, a region. No secret."""
    words = [_where(options)]
    project = [options.get(f"openstack_{name}") for name in ("project_name", "tenant", "project_id", "tenant_id")]
    for what, values in (
        ("project", project),
        ("region", [options.get("region_name"), options.get("openstack_region")]),
    ):
        words += [f"{what} {value!r}" for value in filter(None, values)][:1]
    return ", ".join(words)


def _where(options: Mapping[str, Any]) -> str:
    for name in (*_ENDPOINT, "openstack_auth_url"):
        if options.get(name):
            return str(options[name])
    if options.get("cloud"):
        return f"cloud {options['cloud']!r}"
    if options.get("session"):
        return f"a session{_of_keystone(options['session'])}"
    return "the environment's cloud"


def _of_keystone(session: Any) -> str:
    url = getattr(getattr(session, "auth", None), "auth_url", None)
    return f" of {without_password(url)}" if isinstance(url, str) else ""
