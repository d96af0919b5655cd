"""The `OS_*` variables of OpenStack's clients, as a session."""

from __future__ import annotations

import os
from typing import Any

from keystoneauth1 import exceptions as keystone_errors
from keystoneauth1 import loading
from keystoneauth1 import session as keystone_session

from fogflow import errors

# openstacksdk's, and python-mistralclient's.
_ENDPOINT_VARIABLES = ("OS_WORKFLOW_ENDPOINT_OVERRIDE", "OS_MISTRAL_URL")


def from_environment() -> tuple[keystone_session.Session, dict[str, Any]]:
    """The session that the OS_* variables make, and the address that they tell."""
    kind = os.environ.get("OS_AUTH_TYPE") or _kind_of_credentials()
    if kind is None:
        raise errors.ArgumentError(
            "no cloud to connect to: give fog's options, cloud=, session= or endpoint=, "
            "or set OS_AUTH_URL and its companions, or OS_CLOUD"
        )
    try:
        loader: Any = loading.get_plugin_loader(kind)
        _require_variables(kind)
        plugin = loader.load_from_options_getter(_variable)
    except keystone_errors.NoMatchingPlugin:
        raise errors.ArgumentError(f"OS_AUTH_TYPE names no way to authenticate: {kind!r}") from None
    except keystone_errors.MissingRequiredOptions as error:
        names = [f"OS_{option.dest.upper()}" for option in error.options]
        raise errors.ArgumentError(f"missing required variables: {', '.join(names)}") from None
    session = loading.session.Session().load_from_options(
        auth=plugin,
        insecure=os.environ.get("OS_INSECURE", "").lower() in ("1", "true", "yes"),
        cacert=os.environ.get("OS_CACERT") or None,
        cert=os.environ.get("OS_CERT") or None,
        key=os.environ.get("OS_KEY") or None,
    )
    defaults = {
        "interface": os.environ.get("OS_INTERFACE") or os.environ.get("OS_ENDPOINT_TYPE") or "public",
        "region_name": os.environ.get("OS_REGION_NAME") or None,
        "endpoint_override": next(filter(None, map(os.environ.get, _ENDPOINT_VARIABLES)), None),
    }
    return session, defaults


def _kind_of_credentials() -> str | None:
    if os.environ.get("OS_APPLICATION_CREDENTIAL_ID"):
        return "v3applicationcredential"
    if os.environ.get("OS_TOKEN") and not os.environ.get("OS_PASSWORD"):
        return "token"
    return "password" if os.environ.get("OS_AUTH_URL") else None


def _require_variables(kind: str) -> None:
    """What keystoneauth1 itself would notice only in Keystone's answer."""
    if "password" not in kind:
        return
    missing = []
    if not (os.environ.get("OS_USERNAME") or os.environ.get("OS_USER_ID")):
        missing.append("OS_USERNAME")
    if not os.environ.get("OS_PASSWORD"):
        missing.append("OS_PASSWORD")
    if missing:
        raise errors.ArgumentError(f"missing required variables: {', '.join(missing)}")


def _variable(option: loading.Opt) -> str | None:
    for one in [option, *option.deprecated]:
        value = os.environ.get(f"OS_{one.dest.upper()}")
        if value:
            return value
    return None
