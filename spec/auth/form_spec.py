"""`connect` takes the cloud in every form in which people have one, and one form at a time."""

from __future__ import annotations

import re
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


FORMS = {
    "used as it is": {"session": keystone_session.Session()},
    "cloud= in clouds.yaml": {"cloud": "devstack"},
    "without authentication": {"endpoint": "http://mistral"},
    "those of the environment": {},
}

UNUSED = {
    "openstack_identity_api_version": "v3",
    **{name: "ops" for name in fogflow.auth.FogOptions.__annotations__ if re.search("project|tenant|domain", name)},
}


@pytest.mark.parametrize("name", UNUSED)
@pytest.mark.parametrize("what_it_is", FORMS)
def it_refuses_what_the_form_has_no_use_for(what_it_is: str, name: str) -> None:
    options = {**FORMS[what_it_is], name: UNUSED[name]}

    with pytest.raises(errors.ArgumentError, match=f"^{name} would not be heeded: .*{what_it_is}"):
        fogflow.connect(options)


@pytest.mark.parametrize("more", [{"connection_options": {"read_timeout": 5}}, {"persistent": True}])
def it_refuses_to_change_a_session_that_is_used_as_it_is(more: dict[str, Any]) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{next(iter(more))} would not be heeded: .*used as it is"):
        fogflow.connect(session=keystone_session.Session(), **more)


def it_names_everything_that_would_not_be_heeded() -> None:
    with pytest.raises(errors.ArgumentError, match=r"^openstack_tenant, openstack_domain_id would not be heeded"):
        fogflow.connect(openstack_tenant="ops", openstack_domain_id="default", openstack_region="RegionOne")


@pytest.mark.parametrize("what_it_is", ["used as it is", "without authentication"])
def it_takes_what_says_nothing_beside_every_form(what_it_is: str) -> None:
    options = {**FORMS[what_it_is], "provider": "openstack", "connection_options": {}, **dict.fromkeys(UNUSED)}

    assert isinstance(fogflow.connect(options), fogflow.WorkflowService)


def it_refuses_a_session_that_is_none() -> None:
    with pytest.raises(errors.ArgumentError, match="takes a keystoneauth1 session, not str"):
        fogflow.connect(session="admin")


@pytest.mark.parametrize(
    "more", [{"cloud": "devstack"}, {"session": keystone_session.Session()}, {"cloud": "a", "session": "b"}]
)
def it_refuses_credentials_in_two_forms(more: dict[str, Any], server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match="are given; one of them is enough"):
        fogflow.connect(fog_options(server), **more)
