"""How `connect` finds its cloud: fog's options, OS_* variables, clouds.yaml, a session, an endpoint.

Each becomes a transport: by keystoneauth1, which then authenticates, reads the catalog and keeps the token; or, without
a Keystone, by requests alone. What is missing or wrong is said here, before anything is sent.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from fogflow.auth.form import described, form_of
from fogflow.auth.given import checked, connection_options_of, gathered, warn_of_unknown, without_none
from fogflow.auth.options import ConnectOptions, FogConnectionOptions, FogOptions, names_options
from fogflow.auth.pickling import require_nothing_lost, without_secrets
from fogflow.auth.session import configure, with_timeout
from fogflow.connection import Retries, Transport, debug_logger

if TYPE_CHECKING:
    from keystoneauth1.session import Session

__all__ = [
    "ConnectOptions",
    "FogConnectionOptions",
    "FogOptions",
    "described",
    "gathered",
    "names_options",
    "retries_of",
    "transport_maker",
    "without_secrets",
]


def transport_maker(
    options: Mapping[str, Any], stand_in: Callable[[Mapping[str, Any]], Transport] | None = None
) -> Callable[[], Transport]:
    """Checks the options of `connect` and returns what makes the transport from them.

    Nothing is sent, neither here nor by the function that is returned; the transport sends at its first use.

    Args:
        options: those of `connect`.
        stand_in: makes the transport in place of the cloud that the options name, of which only the names are checked.

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
    settings = (connection_options, given.get("persistent", True), given.get("timeout"))
    # Each form is loaded when it is wanted: they bring much of keystoneauth1 along.
    if form == "endpoint":
        from fogflow.auth.endpoint import EndpointTransport, Settings

        sending = Settings()
        configure(sending, *settings)
        return lambda: EndpointTransport(address["endpoint_override"], sending, logger)
    from fogflow.auth.keystone import keystone_transport

    if form == "session":
        return lambda: keystone_transport(with_timeout(given["session"], given.get("timeout")), address, logger)
    session, defaults = _session(form, given, address.get("endpoint_override"))
    configure(session, *settings)
    return lambda: keystone_transport(session, {**defaults, **address}, logger)


def retries_of(options: Mapping[str, Any]) -> Retries:
    """How what is safe to repeat is sent again; the default where the options do not say.

    Raises:
        errors.ArgumentError: they say it wrongly.
    """
    given = checked({name: value for name, value in without_none(options).items() if name == "retries"})
    chosen: Retries = given.get("retries", Retries())
    return chosen


def _session(form: str, given: Mapping[str, Any], endpoint: str | None) -> tuple[Session, dict[str, Any]]:
    """A keystoneauth1 session of our own for the form, and the address that is told with it."""
    cloud = given.get("cloud") or os.environ.get("OS_CLOUD")
    if form == "credentials":
        from keystoneauth1.session import Session

        from fogflow.auth.fog import fog_plugin

        return Session(fog_plugin(given, endpoint)), {}
    if cloud:
        from fogflow.auth.clouds import from_clouds_yaml

        return from_clouds_yaml(cloud)
    from fogflow.auth.environment import from_environment

    return from_environment()


def _address(given: Mapping[str, Any]) -> dict[str, Any]:
    """What the options say of where Mistral is."""
    address = {
        # keystoneauth1 takes one type, of which it knows the aliases; `KeystoneTransport` takes each in turn.
        "service_type": given.get("service_type") or given.get("openstack_service_type"),
        "interface": given.get("interface") or given.get("openstack_endpoint_type"),
        "region_name": given.get("region_name") or given.get("openstack_region"),
        "endpoint_override": given.get("endpoint") or given.get("openstack_management_url"),
    }
    return {name: value for name, value in address.items() if value}
