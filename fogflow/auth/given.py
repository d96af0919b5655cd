"""What `connect` was given: gathered, compared with what it knows, and each option checked by its kind."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

from fogflow import errors
from fogflow.auth import checks
from fogflow.auth.options import ConnectOptions


def gathered(options: Any, more: Mapping[str, Any]) -> dict[str, Any]:
    """fog's hash and the keywords beside it; a keyword goes before the hash.

    Raises:
        errors.ArgumentError: `options` is no mapping.
    """
    if options is not None and not isinstance(options, Mapping):
        raise errors.ArgumentError(
            f"connect() takes fog's options as one mapping, not {type(options).__name__}; "
            "everything else has a name, as in endpoint=, cloud= or session="
        )
    return {**(options or {}), **more}


def without_none(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that say something: None says nothing, to fog as here."""
    return {name: value for name, value in options.items() if value is not None}


def warn_of_unknown(given: Mapping[str, Any], known: Any, where: str) -> None:
    for name in given:
        if name not in known.__annotations__:
            import difflib

            nearest = difflib.get_close_matches(str(name), known.__annotations__, n=1, cutoff=0)
            warnings.warn(f"{where} does not know {name!r}; the nearest it knows is {nearest[0]!r}", stacklevel=4)


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The options that are known, each as the code behind it wants it.

    Raises:
        errors.ArgumentError: one is not what it should be; named in the message.
    """
    return {name: _CHECKS[name](name, value) for name, value in given.items() if name in _CHECKS}


def connection_options_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """fog's `connection_options`, those that say something.

    Raises:
        errors.ArgumentError: they are no mapping.
    """
    options = given.get("connection_options", {})
    if not isinstance(options, Mapping):
        raise errors.ArgumentError(f"connection_options must be a mapping, not {type(options).__name__}")
    return without_none(options)


def _connection_options(name: str, value: Any) -> dict[str, Any]:
    options = connection_options_of({name: value})
    found = {one: _CONNECTION_CHECKS[one](one, options[one]) for one in options if one in _CONNECTION_CHECKS}
    if "client_key" in found and "client_cert" not in found:
        raise errors.ArgumentError("client_key is given without its client_cert")
    if "ssl_ca_file" in found and "ssl_ca_path" in found:
        raise errors.ArgumentError("ssl_ca_file and ssl_ca_path are given; requests can heed one of them")
    return found


_Check = Callable[[str, Any], Any]

_CHECKS: dict[str, _Check] = {
    **dict.fromkeys(ConnectOptions.__annotations__, checks.text),
    **dict.fromkeys(("endpoint", "openstack_management_url", "openstack_auth_url"), checks.url),
    **dict.fromkeys(("service_type", "openstack_service_type"), checks.texts),
    "openstack_auth_token": checks.token,
    "openstack_identity_api_version": checks.identity_version,
    "cloud": checks.filled_text,
    "session": checks.session,
    "timeout": checks.seconds,
    "retries": checks.retries,
    "persistent": checks.flag,
    "connection_options": _connection_options,
}

_CONNECTION_CHECKS: dict[str, _Check] = {
    **dict.fromkeys(("connect_timeout", "read_timeout", "write_timeout"), checks.seconds),
    **dict.fromkeys(("ssl_ca_file", "client_cert", "client_key"), checks.file),
    **dict.fromkeys(("ssl_verify_peer", "debug_request", "debug_response"), checks.flag),
    "ssl_ca_path": checks.folder,
    "proxy": checks.proxy,
}
