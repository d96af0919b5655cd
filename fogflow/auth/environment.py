"""The `OS_*` variables of OpenStack's clients, as a session."""

from __future__ import annotations

import os
from typing import Any

from keystoneauth1 import exceptions as keystone_errors
from keystoneauth1 import loading
from keystoneauth1 import session as keystone_session
from keystoneauth1.plugin import BaseAuthPlugin

from fogflow import errors
from fogflow.auth import checks

# openstacksdk's, and python-mistralclient's.
_ENDPOINT_VARIABLES = ("OS_WORKFLOW_ENDPOINT_OVERRIDE", "OS_MISTRAL_URL")

# What keystoneauth1 calls them.
_CHECKS = {"auth_url": checks.url, "endpoint": checks.url, "token": checks.token}


def from_environment() -> tuple[keystone_session.Session, dict[str, Any]]:
    """The session that the OS_* variables make, and the address that they tell.

    Raises:
        errors.ArgumentError: a variable is missing or wrong; named in the message.
    """
    kind = os.environ.get("OS_AUTH_TYPE") or _kind_of_credentials()
    if kind is None:
        raise errors.ArgumentError(
            "no cloud to connect to: give fog's options, cloud=, session= or endpoint=, "
            "or set OS_AUTH_URL and its companions, or OS_CLOUD"
        )
    defaults = {
        "interface": os.environ.get("OS_INTERFACE") or os.environ.get("OS_ENDPOINT_TYPE") or "public",
        "region_name": os.environ.get("OS_REGION_NAME") or None,
        "endpoint_override": _endpoint(),
    }
    plugin = _plugin(kind)
    if not (defaults["endpoint_override"] or getattr(plugin, "endpoint", "in the catalog")):
        raise errors.ArgumentError("missing required variables: OS_ENDPOINT")
    return _session(plugin), defaults


def _kind_of_credentials() -> str | None:
    if os.environ.get("OS_APPLICATION_CREDENTIAL_ID"):
        return "v3applicationcredential"
    if os.environ.get("OS_TOKEN") and not os.environ.get("OS_PASSWORD"):
        return "token"
    return "password" if os.environ.get("OS_AUTH_URL") else None


def _endpoint() -> str | None:
    for name in _ENDPOINT_VARIABLES:
        if value := os.environ.get(name):
            return checks.url(name, value)
    return None


def _plugin(kind: str) -> BaseAuthPlugin:
    try:
        loader: Any = loading.get_plugin_loader(kind)
        _require_variables(kind)
        plugin: BaseAuthPlugin = loader.load_from_options_getter(_variable)
    except keystone_errors.NoMatchingPlugin:
        raise errors.ArgumentError(f"OS_AUTH_TYPE names no way to authenticate: {kind!r}") from None
    except keystone_errors.MissingRequiredOptions as error:
        names = [f"OS_{option.dest.upper()}" for option in error.options]
        raise errors.ArgumentError(f"missing required variables: {', '.join(names)}") from None
    except keystone_errors.ClientException as error:
        raise errors.ArgumentError(f"the OS_* variables for {kind!r}: {error}") from None
    except errors.ArgumentError:
        raise
    except Exception as error:
        # Some plugins are other packages', and some of keystoneauth1's own lack theirs.
        reason = " ".join(str(error).split())
        raise errors.ArgumentError(f"OS_AUTH_TYPE={kind} cannot be used: {type(error).__name__}: {reason}") from None
    return plugin


def _require_variables(kind: str) -> None:
    """What keystoneauth1 itself would notice only in Keystone's answer."""
    missing = []
    if "password" in kind and not (os.environ.get("OS_USERNAME") or os.environ.get("OS_USER_ID")):
        missing.append("OS_USERNAME")
    if "password" in kind and not os.environ.get("OS_PASSWORD"):
        missing.append("OS_PASSWORD")
    if kind in ("token", "v2token", "v3token", "admin_token") and not os.environ.get("OS_TOKEN"):
        missing.append("OS_TOKEN")
    if missing:
        raise errors.ArgumentError(f"missing required variables: {', '.join(missing)}")


def _variable(option: loading.Opt) -> str | None:
    for one in [option, *option.deprecated]:
        name = f"OS_{one.dest.upper()}"
        if value := os.environ.get(name):
            return _CHECKS.get(option.dest, checks.text)(name, value)
    return None


def _session(plugin: BaseAuthPlugin) -> keystone_session.Session:
    insecure = os.environ.get("OS_INSECURE", "").lower() in ("1", "true", "yes")
    certificate, key = _file("OS_CERT"), _file("OS_KEY")
    if key and not certificate:
        raise errors.ArgumentError("OS_KEY is set without OS_CERT")
    return loading.session.Session().load_from_options(
        auth=plugin, insecure=insecure, cacert=None if insecure else _file("OS_CACERT"), cert=certificate, key=key
    )


def _file(name: str) -> str | None:
    path = os.environ.get(name)
    return checks.file_or_folder(name, path) if path else None
