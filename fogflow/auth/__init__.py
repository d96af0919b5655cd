"""How `connect` finds its cloud: fog's options, OS_* variables, clouds.yaml, a session, an endpoint.

Each becomes an adapter of keystoneauth1, which then authenticates, reads the catalog and keeps the token. What is
missing or wrong is said here, before anything is sent.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from keystoneauth1 import adapter
from keystoneauth1 import session as keystone_session

from fogflow.auth.form import described, form_of
from fogflow.auth.given import checked, connection_options_of, gathered, warn_of_unknown, without_none
from fogflow.auth.options import ConnectOptions, FogConnectionOptions, FogOptions, names_options
from fogflow.auth.pickling import require_nothing_lost, without_secrets
from fogflow.auth.session import configure, with_timeout
from fogflow.connection import Retries, debug_logger

__all__ = [
    "ConnectOptions",
    "FogConnectionOptions",
    "FogOptions",
    "adapter_maker",
    "described",
    "gathered",
    "names_options",
    "retries_of",
    "without_secrets",
]

_ADDRESS = {"service_type": "workflowv2", "interface": "public"}


def adapter_maker(
    options: Mapping[str, Any], stand_in: Callable[[Mapping[str, Any]], adapter.Adapter] | None = None
) -> Callable[[], adapter.Adapter]:
    """Checks the options of `connect` and returns what makes the adapter from them.

    Nothing is sent, neither here nor by the function that is returned; the adapter sends at its first use.

    Args:
        options: those of `connect`.
        stand_in: makes the adapter in place of the cloud that the options name, of which only the names are checked.

    Raises:
        errors.ArgumentError: an option is missing or wrong; named in the message.
        errors.MissingExtraError: `cloud=` without openstacksdk.
    """
    given = without_none(options)
    connection_options = connection_options_of(given)
    require_nothing_lost({**given, **connection_options})
    warn_of_unknown(given, ConnectOptions, "connect()")
    warn_of_unknown(connection_options, FogConnectionOptions, "connection_options")
    if stand_in is not None:
        return lambda: stand_in(given)
    if not connection_options:
        given.pop("connection_options", None)
    form = form_of(given)
    given = checked(given)
    connection_options = given.get("connection_options", {})
    address = _address(given)
    shown = connection_options.get("debug_request") or connection_options.get("debug_response")
    logger = debug_logger() if shown else None

    def make(session: keystone_session.Session, **defaults: Any) -> adapter.Adapter:
        return adapter.Adapter(session, logger=logger, **{**_ADDRESS, **defaults, **address})

    if form == "session":
        return lambda: make(with_timeout(given["session"], given.get("timeout")))
    session, defaults = _session(form, given, address.get("endpoint_override"))
    configure(session, connection_options, given.get("persistent", True), given.get("timeout"))
    return lambda: make(session, **defaults)


def retries_of(options: Mapping[str, Any]) -> Retries:
    """How what is safe to repeat is sent again; the default where the options do not say.

    Raises:
        errors.ArgumentError: they say it wrongly.
    """
    given = checked({name: value for name, value in without_none(options).items() if name == "retries"})
    chosen: Retries = given.get("retries", Retries())
    return chosen


def _session(
    form: str, given: Mapping[str, Any], endpoint: str | None
) -> tuple[keystone_session.Session, dict[str, Any]]:
    """A session of our own for the form, and the address that is told with it."""
    # Each form is loaded when it is wanted: they bring much of keystoneauth1 along.
    cloud = given.get("cloud") or os.environ.get("OS_CLOUD")
    if form == "credentials":
        from fogflow.auth.fog import fog_plugin

        return keystone_session.Session(fog_plugin(given, endpoint)), {}
    if form == "endpoint":
        return keystone_session.Session(), {}
    if cloud:
        from fogflow.auth.clouds import from_clouds_yaml

        return from_clouds_yaml(cloud)
    from fogflow.auth.environment import from_environment

    return from_environment()


def _address(given: Mapping[str, Any]) -> dict[str, Any]:
    """What the options say of where Mistral is."""
    address = {
        # keystoneauth1 takes one type, of which it knows the aliases; `Connection` takes each in turn.
        "service_type": given.get("service_type") or given.get("openstack_service_type"),
        "interface": given.get("interface") or given.get("openstack_endpoint_type"),
        "region_name": given.get("region_name") or given.get("openstack_region"),
        "endpoint_override": given.get("endpoint") or given.get("openstack_management_url"),
    }
    return {name: value for name, value in address.items() if value}
