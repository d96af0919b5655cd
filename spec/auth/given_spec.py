"""What is wrong among the options of `connect` is said by name, before anything is sent."""

from __future__ import annotations

import pytest

import fogflow
from fogflow import errors
from spec.support.keystone import fog_options
from spec.support.server import Server


def it_warns_of_an_unknown_option_and_names_the_nearest(server: Server) -> None:
    with pytest.warns(UserWarning, match="'openstack_pasword'.*nearest it knows is 'openstack_") as warned:
        fogflow.connect(fog_options(server, openstack_pasword="x"))

    assert warned[0].filename == __file__


def it_warns_of_an_unknown_connection_option(server: Server) -> None:
    with pytest.warns(UserWarning, match="'conect_timeout'.*'connect_timeout'"):
        fogflow.connect(fog_options(server, connection_options={"conect_timeout": 5}))


@pytest.mark.parametrize("url", ["mistral:8989", "ftp://mistral", "http://", "/v2", ""])
def it_refuses_what_is_no_url(url: str) -> None:
    with pytest.raises(errors.ArgumentError, match="endpoint must be a URL"):
        fogflow.connect(endpoint=url)


def it_refuses_a_password_in_a_url_and_does_not_repeat_it() -> None:
    with pytest.raises(errors.ArgumentError) as raised:
        fogflow.connect(endpoint="http://admin:the-password@mistral")

    assert "the-password" not in str(raised.value)
