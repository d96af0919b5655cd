"""`connect` takes the cloud in every form in which people have one, and one form at a time."""

from __future__ import annotations

from typing import Any

import pytest
from keystoneauth1 import session as keystone_session
from keystoneauth1.identity import v3

import fogflow
from fogflow import errors
from spec.support.keystone import addresses, fog_options, plays_keystone
from spec.support.server import Server


def it_takes_a_session_as_it_is(server: Server) -> None:
    plays_keystone(server)
    session = keystone_session.Session(
        v3.Password(
            f"{server.url}/v3",
            username="u",
            password="p",
            user_domain_id="default",
            project_name="ops",
            project_domain_id="default",
        )
    )

    fogflow.connect(session=session, region_name="RegionTwo").list_workflows()

    assert addresses(server) == ["/v2-two/v2/workflows"]


def it_takes_a_bare_endpoint_without_authentication(server: Server) -> None:
    fogflow.connect(endpoint=f"{server.url}/v2/").list_workflows()

    assert [heard.path for heard in server.heard] == ["/v2/workflows"]
    assert "X-Auth-Token" not in server.heard[0].headers


def it_refuses_connection_options_for_a_session_that_is_used_as_it_is() -> None:
    with pytest.raises(errors.ArgumentError, match="used as it is"):
        fogflow.connect(session=keystone_session.Session(), connection_options={"read_timeout": 5})


def it_refuses_a_session_that_is_none() -> None:
    with pytest.raises(errors.ArgumentError, match="takes a keystoneauth1 session, not str"):
        fogflow.connect(session="admin")


@pytest.mark.parametrize(
    "more", [{"cloud": "devstack"}, {"session": keystone_session.Session()}, {"cloud": "a", "session": "b"}]
)
def it_refuses_credentials_in_two_forms(more: dict[str, Any], server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match="are given; one of them is enough"):
        fogflow.connect(fog_options(server), **more)
