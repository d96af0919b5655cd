"""A service shows no secret and takes none along."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from keystoneauth1 import session as keystone_session
from keystoneauth1.identity import v3

import fogflow
from fogflow import errors
from spec.support.keystone import PASSWORD, TOKEN, fog_options, plays_keystone
from spec.support.server import Server


def it_shows_no_secret_and_pickles_none(server: Server) -> None:
    plays_keystone(server)
    service = fogflow.connect(fog_options(server, connection_options={"proxy": f"http://u:{PASSWORD}@127.0.0.1:1"}))
    endpoint_only = fogflow.connect(fog_options(server))
    endpoint_only.list_workflows()

    for shown in (repr(service), repr(endpoint_only.connection), pickle.dumps(service), pickle.dumps(endpoint_only)):
        assert PASSWORD not in str(shown)
        assert TOKEN not in str(shown)


@pytest.mark.filterwarnings("ignore:connect.*know:UserWarning")
def it_pickles_nothing_under_a_name_that_it_does_not_know(server: Server) -> None:
    service = fogflow.connect(
        endpoint=server.url, openstack_api_keys=PASSWORD, connection_options={"proxy_password": PASSWORD}
    )

    assert PASSWORD.encode() not in pickle.dumps(service)


def it_stays_connected_in_a_copy(server: Server) -> None:
    service = fogflow.connect(fog_options(server))

    assert copy.deepcopy({"service": service})["service"] is service


def it_connects_again_after_pickling_where_no_secret_is_needed(server: Server) -> None:
    restored = pickle.loads(pickle.dumps(fogflow.connect(endpoint=server.url)))

    restored.list_workflows()

    assert [heard.path for heard in server.heard] == ["/v2/workflows"]


SECRET = {
    "openstack_api_key": {
        "openstack_auth_url": "http://keystone.invalid",
        "openstack_username": "admin",
        "openstack_api_key": PASSWORD,
    },
    "openstack_auth_token": {"openstack_auth_token": PASSWORD},
    "openstack_application_credential_secret": {
        "openstack_auth_url": "http://keystone.invalid",
        "openstack_application_credential_id": "ac",
        "openstack_application_credential_secret": PASSWORD,
    },
    "session": {"session": keystone_session.Session()},
    "proxy": {"connection_options": {"proxy": f"http://u:{PASSWORD}@127.0.0.1:1"}},
}


@pytest.mark.parametrize("name", SECRET)
def it_says_after_pickling_what_is_gone_and_goes_nowhere_without_it(name: str, server: Server) -> None:
    options = {"endpoint": server.url, **SECRET[name]}
    pickled = pickle.dumps(fogflow.connect(options))
    assert PASSWORD.encode() not in pickled

    restored = pickle.loads(pickle.dumps(pickle.loads(pickled)))

    with pytest.raises(errors.ArgumentError, match=f"connect again with {name}$"):
        restored.list_workflows()
    assert server.heard == []


def it_keeps_a_proxy_that_takes_no_password(server: Server) -> None:
    service = fogflow.connect(endpoint="http://mistral.example", connection_options={"proxy": server.url})

    pickle.loads(pickle.dumps(service)).list_workflows()

    assert server.heard[0].headers["Host"] == "mistral.example"


def it_never_goes_from_a_lost_session_to_the_cloud_of_the_environment(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored = pickle.loads(pickle.dumps(fogflow.connect(session=keystone_session.Session())))
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", server.url)

    with pytest.raises(errors.ArgumentError, match="session"):
        restored.list_workflows()
    assert server.heard == []


class Plugin(v3.Password):
    """A user's own, with a password in its URL."""

    def __init__(self) -> None:
        super().__init__(f"http://admin:{PASSWORD}@keystone/v3", password=PASSWORD)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({"endpoint": "http://mistral:8989"}, "http://mistral:8989"),
        ({"openstack_management_url": "http://mistral", "openstack_auth_token": PASSWORD}, "http://mistral"),
        ({"session": keystone_session.Session()}, "a session"),
        (
            {"session": keystone_session.Session(Plugin()), "region_name": "R"},
            "a session of http://keystone/v3, region 'R'",
        ),
        ({"session": keystone_session.Session(Plugin()), "endpoint": "http://mistral"}, "http://mistral"),
    ],
)
def it_shows_where_it_leads_and_no_secret(options: dict[str, Any], shown: str) -> None:
    service = fogflow.connect(options)

    assert repr(service) == f"<WorkflowService {shown}>"


def it_shows_keystone_the_project_and_the_region(server: Server) -> None:
    service = fogflow.connect(fog_options(server, openstack_region="RegionTwo"))

    shown = f"<WorkflowService {server.url}, project 'ops', region 'RegionTwo'>"
    assert repr(service) == shown
    assert repr(pickle.loads(pickle.dumps(service))) == shown


def it_shows_that_the_environment_leads(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", server.url)

    assert repr(fogflow.connect()) == "<WorkflowService the environment's cloud>"


def it_shows_that_its_session_is_gone() -> None:
    restored = pickle.loads(pickle.dumps(fogflow.connect(session=keystone_session.Session())))

    assert repr(restored) == "<WorkflowService a session>"
