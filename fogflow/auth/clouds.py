"""A cloud of clouds.yaml, as a session; openstacksdk reads the file."""

from __future__ import annotations

from typing import Any

from keystoneauth1 import exceptions as keystone_errors
from keystoneauth1 import session as keystone_session

from fogflow import errors


def from_clouds_yaml(name: str) -> tuple[keystone_session.Session, dict[str, Any]]:
    """The session of a cloud of clouds.yaml, and the address that stands there."""
    try:
        from openstack import config
        from openstack import exceptions as sdk_errors
    except ImportError:
        raise errors.MissingExtraError("clouds", "clouds.yaml is read by openstacksdk") from None
    try:
        region = config.OpenStackConfig().get_one(cloud=name)
        session = region.get_session()
    except (sdk_errors.ConfigException, keystone_errors.ClientException) as error:
        raise errors.ArgumentError(f"cloud {name!r}: {error}") from None
    defaults = {
        "service_type": region.get_service_type("workflow"),
        "interface": region.get_interface("workflow"),
        "region_name": region.get_region_name("workflow"),
        "endpoint_override": region.get_endpoint("workflow"),
    }
    return session, defaults
