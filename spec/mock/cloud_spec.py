"""The mock is switched on and off, and stands behind every `connect` meanwhile."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import fogflow
import fogflow.mock
from fogflow import errors
from fogflow.mock import Cloud
from spec.support import definitions


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"endpoint": "http://mistral.invalid/v2"},
        {"openstack_auth_url": "http://keystone.invalid:5000/v3"},
        {"cloud": "no_such_cloud"},
        {"openstack_username": "admin", "openstack_api_key": "wrong"},
    ],
)
def it_gives_every_connect_a_service_on_itself(options: Any, cloud: Cloud) -> None:
    service = fogflow.connect(options)

    service.workflows.create(definition=definitions.noop("rest"))

    assert fogflow.connect().workflows.get("rest") is not None


def it_still_warns_of_an_option_that_there_is_not(cloud: Cloud) -> None:
    with pytest.warns(UserWarning, match="does not know 'openstack_usrname'; the nearest it knows is"):
        fogflow.connect({"openstack_usrname": "admin"})


def it_ends_with_its_block_and_its_services_with_it() -> None:
    with fogflow.mock() as cloud:
        service, other = fogflow.connect(), cloud.connect()
        assert not service.workflows

    for left in (service, other):
        with pytest.raises(errors.Error, match="this mock has been stopped"):
            left.list_workflows()
    with pytest.raises(errors.ArgumentError, match="no cloud to connect to"):
        fogflow.connect()


def it_can_be_stopped_without_a_block_and_twice() -> None:
    cloud = fogflow.mock()

    cloud.stop()
    cloud.stop()

    assert "stopped" in repr(cloud)
    with pytest.raises(errors.ArgumentError, match="make another one"):
        cloud.start()
    with pytest.raises(errors.ArgumentError):
        fogflow.connect()


def it_holds_within_another_which_then_holds_again() -> None:
    with fogflow.mock() as outer:
        outer.connect().workflows.create(definition=definitions.noop("outer"))
        with fogflow.mock():
            inner = fogflow.connect()
            assert not inner.workflows
        assert fogflow.connect().workflows.get("outer") is not None


def it_stops_out_of_turn() -> None:
    with fogflow.mock() as outer:
        inner = fogflow.mock()
        outer.stop()

        assert fogflow.connect().list_workflows().status == 200

        inner.stop()


def it_stays_off_the_way_until_it_is_started() -> None:
    cloud = Cloud()

    assert not cloud.connect().workflows
    with pytest.raises(errors.ArgumentError, match="no cloud to connect to"):
        fogflow.connect()


def it_is_where_a_pickled_service_comes_back_to(cloud: Cloud) -> None:
    service = fogflow.connect()
    service.workflows.create(definition=definitions.noop("rest"))

    assert pickle.loads(pickle.dumps(service)).workflows.get("rest") is not None
    other = pickle.loads(pickle.dumps(cloud.connect(project="other")))
    assert other.workflows.get("rest") is None


@pytest.mark.parametrize(
    "script",
    [
        "import fogflow; fogflow.mock().stop()",
        "import fogflow, fogflow.mock; fogflow.mock().stop()",
        "from fogflow import mock; mock().stop(); import fogflow; fogflow.mock().stop()",
        "from fogflow.mock import Cloud; import fogflow; fogflow.mock(max_limit=3).stop()",
        "import fogflow; fogflow.mock().stop(); import fogflow.mock.cron; fogflow.mock().stop()",
    ],
)
def it_can_be_called_however_it_was_imported(script: str) -> None:
    subprocess.run([sys.executable, "-c", script], check=True)


def it_says_what_fogflow_does_not_have() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'moch'"):
        _ = fogflow.moch  # type: ignore[attr-defined]


def it_keeps_one_of_the_servers_own_actions_as_a_public_definition(cloud: Cloud) -> None:
    other = cloud.connect(project="other")

    (action,) = other.list_actions(scope="public").body["actions"]

    assert (action["name"], action["scope"]) == ("std.wait_ssh", "public")
    assert other.actions.get("std.wait_ssh").id == action["id"]


def it_is_shared_between_threads(cloud: Cloud) -> None:
    service = fogflow.connect()
    workflow = service.workflows.create(definition=definitions.noop("rest"))

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(lambda _: workflow.execute().wait(), range(40)))

    assert {execution.state for execution in ended} == {"SUCCESS"}
    assert len(workflow.executions) == 40


def it_keeps_to_itself_what_it_keeps() -> None:
    with fogflow.mock() as one, fogflow.mock() as other:
        one.connect().workflows.create(definition=definitions.noop("rest"))

        assert not other.connect().workflows
