"""What a pickled service takes along of its options: nothing that is secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fogflow.auth.options import ConnectOptions

LOST = "lost"

SECRETS = ("openstack_api_key", "openstack_auth_token", "openstack_application_credential_secret")


def without_secrets(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that may be written down: a session, which holds credentials and a token, becomes "lost"."""
    # By the names that are known: what stands under another may be a password under a wrong one.
    known = ConnectOptions.__annotations__.keys() - set(SECRETS)
    kept = {name: value for name, value in options.items() if name in known}
    if kept.get("session") is not None:
        kept["session"] = LOST
    connection_options = dict(kept.get("connection_options") or {})
    if "@" in str(connection_options.get("proxy", "")):
        del connection_options["proxy"]
        kept["connection_options"] = connection_options
    return kept
