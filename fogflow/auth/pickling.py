"""What a pickled service takes along of its options: nothing that is secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow import errors
from fogflow.auth.options import ConnectOptions, FogConnectionOptions


class Lost:
    """Stands, the class itself, in a pickled service for what it was connected with and does not take along."""


_SECRETS = (
    "openstack_api_key",
    "openstack_auth_token",
    "openstack_application_credential_secret",
    "session",  # which holds credentials and a token
)


def without_secrets(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that may be written down, with `Lost` for what may not."""
    kept = _known(options, ConnectOptions)
    kept.update({name: Lost for name in _SECRETS if kept.get(name) is not None})
    if kept.get("connection_options") is not None:
        connection_options = _known(kept["connection_options"], FogConnectionOptions)
        if "@" in str(connection_options.get("proxy")):
            connection_options["proxy"] = Lost
        kept["connection_options"] = connection_options
    return kept


def require_nothing_lost(options: Mapping[str, Any]) -> None:
    """That a restored service needs nothing that it did not take along.

    Without it the service would go on without: to the environment's cloud, without a token, around the proxy.

    Raises:
        errors.ArgumentError: something is lost; named in the message.
    """
    lost = [name for name, value in options.items() if value is Lost]
    if lost:
        raise errors.ArgumentError(
            f"a pickled service does not take along what is secret: connect again with {' and '.join(lost)}"
        )


def _known(options: Mapping[str, Any], known: Any) -> dict[str, Any]:
    # What stands under another name may be a password under a wrong one.
    return {name: value for name, value in options.items() if name in known.__annotations__}
