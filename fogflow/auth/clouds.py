"""A cloud of clouds.yaml, as a session; openstacksdk reads the file."""

from __future__ import annotations

from typing import Any

from keystoneauth1 import exceptions as keystone_errors
from keystoneauth1 import session as keystone_session

from fogflow import errors
from fogflow.auth import checks


def from_clouds_yaml(name: str) -> tuple[keystone_session.Session, dict[str, Any]]:
    """The session of a cloud of clouds.yaml, and the address that stands there.

    Raises:
        errors.ArgumentError: there is no such cloud, or what stands there is wrong; named in the message.
        errors.MissingExtraError: openstacksdk is not installed.
    """
    try:
        from openstack import config
        from openstack import exceptions as sdk_errors
    except ImportError:
        raise errors.MissingExtraError("clouds", "clouds.yaml is read by openstacksdk") from None
    try:
        region = config.OpenStackConfig().get_one(cloud=name)
        session: keystone_session.Session = region.get_session()
        endpoint = region.get_endpoint("workflow")
        defaults = {
            "service_type": region.get_service_type("workflow"),
            "interface": region.get_interface("workflow"),
            "region_name": region.get_region_name("workflow"),
            "endpoint_override": endpoint,
        }
    except (sdk_errors.ConfigException, keystone_errors.ClientException) as error:
        raise errors.ArgumentError(f"cloud {name!r}: {error}") from None
    except Exception as error:
        # The file is the user's, and openstacksdk meets what it does not expect there with whatever comes of it.
        raise errors.ArgumentError(f"cloud {name!r} cannot be read: {type(error).__name__}: {error}") from None
    _check(f"of cloud {name!r}", region.config.get("auth") or {}, session, endpoint)
    return session, defaults


def _check(where: str, auth: dict[str, Any], session: keystone_session.Session, endpoint: str | None) -> None:
    """What openstacksdk takes unseen."""
    if endpoint:
        checks.url(f"the endpoint {where}", endpoint)
    for name, check in {"auth_url": checks.url, "token": checks.token}.items():
        if value := auth.get(name):
            check(f"{name} {where}", value)
    if session.timeout:
        checks.seconds(f"api_timeout {where}", session.timeout)
    if isinstance(session.verify, str):
        checks.file_or_folder(f"cacert {where}", session.verify)
    for path in [session.cert] if isinstance(session.cert, str) else session.cert or ():
        checks.file(f"cert or key {where}", path)
