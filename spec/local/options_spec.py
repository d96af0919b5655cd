"""Options for mistral.conf: they are heeded, or it is said what is wrong with them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import fogflow.local
from fogflow import errors
from fogflow.local.cloud import Configuration
from spec.local.support import command_line

pytestmark = pytest.mark.only_in("real", why="it is about the cloud itself")


@contextmanager
def failing(config: Configuration) -> Iterator[tuple[str, Path]]:
    """What a cloud says that cannot start, and its log, which it keeps and which goes with the spec."""
    with pytest.raises(errors.LocalCloudError) as raised:
        fogflow.local.cloud(auth=False, config=config)
    message, _, log = str(raised.value).partition("\nIts log is ")
    try:
        yield message, Path(log)
    finally:
        shutil.rmtree(Path(log).parent.parent)


def it_names_the_log_of_a_server_that_does_not_start() -> None:
    with failing({"database": {"connection": "nonsense:"}}) as (message, log):
        assert message.startswith("mistral ended with status 1 before it answered: ")
        assert message.endswith("Could not parse SQLAlchemy URL from given URL string")
        assert "Traceback" in log.read_text()


def it_refuses_what_mistral_does_not_know() -> None:
    given = {"api": {"max_limits": 10, "max_limit": 5}, "engin": {"merge_strategy": "merge"}}

    with failing(given) as (message, _):
        assert message == (
            "mistral ended with status 1 before it answered: "
            "there is no option api.max_limits; the nearest is api.max_limit; "
            "there is no option engin.merge_strategy; the nearest is engine.merge_strategy"
        )


def it_refuses_the_option_of_another_server_and_an_option_for_a_section() -> None:
    with failing({"token": {"expiration": 60}, "debug": {"level": 1}}) as (message, _):
        assert "there is no option token.expiration;" in message
        assert "there is no option debug.level;" in message


def it_takes_what_only_a_library_or_a_plugin_knows() -> None:
    given = {
        "DEFAULT": {"debug": False, "rpc_response_timeout": 30, "transport_url": "fake:/"},
        "api": {"max_limit": 3},
        "cors": {"allowed_origin": "http://example.org"},
        "cron_trigger": {"execution_interval": 600},
        "database": {"max_retries": 5},
        "engine": {"merge_strategy": "merge"},
        "keystone_authtoken": {"auth-url": "", "service_token_roles_required": True, "username": "mistral"},
        "oslo_messaging_rabbit": {"heartbeat_rate": 3},
        "oslo_policy": {"enforce_new_defaults": False, "policy_file": "policy.yaml"},
        "pecan": {"root": "mistral.api.controllers.root.RootController"},
        "profiler": {"enabled": False},
    }

    with fogflow.local.cloud(auth=False, config=given) as cloud:
        assert cloud.connect().list_workflows().status == 200


def it_says_what_an_option_must_look_like() -> None:
    for word in ("max_limit", "api.max_limit", ".max_limit=1", "api.=1"):
        with command_line("--set", word) as process:
            _, complaint = process.communicate()

        assert process.returncode == 2
        assert f"{word!r} is not SECTION.OPTION=VALUE" in complaint
