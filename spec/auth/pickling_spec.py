"""A service shows no secret and takes none along."""

from __future__ import annotations

import copy
import pickle

import pytest
from keystoneauth1 import session as keystone_session

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


@pytest.mark.filterwarnings("ignore:connect:UserWarning")
def it_pickles_nothing_under_a_name_that_it_does_not_know(server: Server) -> None:
    service = fogflow.connect(endpoint=server.url, openstack_api_keys=PASSWORD)

    assert PASSWORD.encode() not in pickle.dumps(service)


def it_stays_connected_in_a_copy(server: Server) -> None:
    service = fogflow.connect(fog_options(server))

    assert copy.deepcopy({"service": service})["service"] is service


def it_connects_again_after_pickling_where_no_secret_is_needed(server: Server) -> None:
    restored = pickle.loads(pickle.dumps(fogflow.connect(endpoint=server.url)))

    restored.list_workflows()

    assert [heard.path for heard in server.heard] == ["/v2/workflows"]


def it_says_after_pickling_which_secret_is_gone(server: Server) -> None:
    restored = pickle.loads(pickle.dumps(fogflow.connect(fog_options(server))))

    with pytest.raises(errors.ArgumentError, match="openstack_api_key"):
        restored.list_workflows()


def it_never_goes_from_a_lost_session_to_the_cloud_of_the_environment(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored = pickle.loads(pickle.dumps(fogflow.connect(session=keystone_session.Session())))
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", server.url)

    with pytest.raises(errors.ArgumentError, match="session"):
        restored.list_workflows()
    assert server.heard == []
