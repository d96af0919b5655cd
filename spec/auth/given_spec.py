"""What is wrong among the options of `connect` is said by name, before anything is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support.keystone import PASSWORD, fog_options, session_of
from spec.support.server import Server


def it_warns_of_an_unknown_option_and_names_the_nearest(server: Server) -> None:
    with pytest.warns(UserWarning, match="'openstack_pasword'.*nearest it knows is 'openstack_") as warned:
        fogflow.connect(fog_options(server, openstack_pasword="x"))

    assert warned[0].filename == __file__


def it_warns_of_an_unknown_connection_option(server: Server) -> None:
    with pytest.warns(UserWarning, match="'conect_timeout'.*'connect_timeout'"):
        fogflow.connect(fog_options(server, connection_options={"conect_timeout": 5}))


NO_URLS = [
    *(
        "mistral:8989",
        "ftp://mistral",
        "http://",
        "/v2",
        "",
        "http://[::1",
        "http://mistral:port",
        "http://mistral:99999",
    ),
    *("http://mis tral", "http://mistral\n", "http://mistral..example", "http://" + 64 * "m"),
]


@pytest.mark.parametrize("url", NO_URLS)
@pytest.mark.parametrize("name", ["endpoint", "openstack_management_url", "openstack_auth_url"])
def it_refuses_what_is_no_url(name: str, url: str, server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{name} must be a URL"):
        fogflow.connect(fog_options(server, **{name: url}))


@pytest.mark.parametrize("url", ["http://mistral/v2?region=two", "http://mistral/v2#two"])
def it_refuses_a_url_that_no_path_can_be_appended_to(url: str) -> None:
    with pytest.raises(errors.ArgumentError, match="no query and no fragment"):
        fogflow.connect(endpoint=url)


@pytest.mark.parametrize(
    "url",
    [f"http://admin:{PASSWORD}@mistral", f"admin:{PASSWORD}@mistral", f"http://a:{PASSWORD}/1@h", f"h?key={PASSWORD}"],
)
@pytest.mark.parametrize("name", ["endpoint", "openstack_management_url", "openstack_auth_url"])
def it_refuses_a_password_in_a_url_and_does_not_repeat_it(name: str, url: str, server: Server) -> None:
    options = fog_options(server, **{name: url})

    with pytest.raises(errors.ArgumentError, match=f"^{name} must") as raised:
        fogflow.connect(options)

    assert PASSWORD not in str(raised.value)


@pytest.mark.parametrize("options", ["http://mistral", [("endpoint", "http://mistral")], 5, b"", False])
def it_says_how_options_are_given(options: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=f"not {type(options).__name__}; .*endpoint="):
        fogflow.connect(options)


def in_its_form(name: str, value: Any) -> dict[str, Any]:
    """The option, beside what it needs to be heeded."""
    return {"openstack_auth_url": "http://keystone", name: value} if name.startswith("openstack_") else {name: value}


TEXTS = [
    name
    for name in fogflow.auth.ConnectOptions.__annotations__
    if name
    not in ("session", "persistent", "connection_options", "openstack_identity_api_version", "timeout", "retries")
]


@pytest.mark.parametrize("value", [5, b"bytes", {"a": "mapping"}, True, 0])
@pytest.mark.parametrize("name", TEXTS)
def it_takes_text_for_text(name: str, value: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{name} must be text, not {type(value).__name__}"):
        fogflow.auth.transport_maker(in_its_form(name, value))


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("persistent", "yes", "must be True or False, not str"),
        ("persistent", 1, "must be True or False, not int"),
        ("timeout", "5", "must be a number of seconds, not str"),
        ("timeout", 0, "must be a number of seconds above 0"),
        ("cloud", "", "must not be empty"),
        ("openstack_service_type", [], "must not be empty"),
        ("openstack_service_type", ["workflowv2", ""], "must not be empty"),
        ("openstack_service_type", ["workflowv2", 5], "must be text, not int"),
        ("connection_options", "timeout=5", "must be a mapping, not str"),
        ("connection_options", [("read_timeout", 5)], "must be a mapping, not list"),
        ("openstack_identity_api_version", "v4", "must be v2.0 or v3, not 'v4'"),
        ("openstack_identity_api_version", True, "must be v2.0 or v3, not True"),
    ],
)
def it_takes_everything_else_as_what_it_is(name: str, value: Any, problem: str) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{name} {problem}"):
        fogflow.auth.transport_maker(in_its_form(name, value))


def connect_with(**connection_options: Any) -> fogflow.WorkflowService:
    return fogflow.connect(endpoint="https://mistral", connection_options=connection_options)


@pytest.mark.parametrize("value", ["5", True, [5], b"5"])
@pytest.mark.parametrize("name", ["connect_timeout", "read_timeout", "write_timeout"])
def it_takes_numbers_for_timeouts(name: str, value: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{name} must be a number of seconds, not"):
        connect_with(**{name: value})


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), 1e300])
@pytest.mark.parametrize("name", ["connect_timeout", "read_timeout", "write_timeout"])
def it_takes_timeouts_that_a_socket_can_wait(name: str, value: float) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{name} must be a number of seconds above 0 and below 2147484"):
        connect_with(**{name: value})


@pytest.mark.parametrize("name", ["ssl_verify_peer", "debug_request", "debug_response"])
def it_takes_true_or_false_for_a_switch(name: str) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{name} must be True or False, not str"):
        connect_with(**{name: "false"})


@pytest.mark.parametrize("value", ["proxy:3128", f"http://u:{PASSWORD}@p:port", "ftp://proxy", 3128, b"http://p", ""])
def it_takes_a_url_for_a_proxy_and_never_shows_it(value: Any) -> None:
    with pytest.raises(errors.ArgumentError, match=r"^proxy must be") as raised:
        connect_with(proxy=value)

    assert PASSWORD not in str(raised.value)


@pytest.mark.parametrize("name", ["ssl_ca_file", "ssl_ca_path", "client_cert", "client_key"])
def it_names_a_file_that_is_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^{name}: there is no .*gone.pem'$"):
        connect_with(**{name: str(tmp_path / "gone.pem")})


def it_takes_a_file_for_a_file_and_a_folder_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").touch()

    with pytest.raises(errors.ArgumentError, match=r"^ssl_ca_file: there is no file"):
        connect_with(ssl_ca_file=tmp_path)
    with pytest.raises(errors.ArgumentError, match=r"^ssl_ca_path: there is no folder"):
        connect_with(ssl_ca_path=tmp_path / "ca.pem")
    with pytest.raises(errors.ArgumentError, match=r"^client_cert must be the path of a file, not bytes"):
        connect_with(client_cert=b"ca.pem")


def it_takes_a_key_with_its_certificate_alone(tmp_path: Path) -> None:
    (tmp_path / "key.pem").touch()

    with pytest.raises(errors.ArgumentError, match="client_key is given without its client_cert"):
        connect_with(client_key=tmp_path / "key.pem")


def it_takes_one_source_of_authorities(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").touch()

    with pytest.raises(errors.ArgumentError, match="ssl_ca_file and ssl_ca_path are given"):
        connect_with(ssl_ca_file=tmp_path / "ca.pem", ssl_ca_path=tmp_path)


def it_takes_none_for_nothing_said() -> None:
    names = fogflow.auth.FogConnectionOptions.__annotations__
    silent = dict.fromkeys(fogflow.auth.ConnectOptions.__annotations__)
    options = {**silent, "endpoint": "https://mistral", "connection_options": dict.fromkeys(names)}

    assert session_of(options).timeout == (60, 60)


@pytest.mark.parametrize("token", [f"{PASSWORD}\n", f"{PASSWORD} x", f"{PASSWORD}é", f"{PASSWORD}\N{SNOWMAN}", "\r\n"])
def it_refuses_a_token_that_no_header_can_carry_and_does_not_repeat_it(token: str, server: Server) -> None:
    with pytest.raises(
        errors.ArgumentError, match=r"^openstack_auth_token must hold visible ASCII.*strip\(\)"
    ) as raised:
        fogflow.connect(openstack_auth_token=token, openstack_management_url=server.url)

    assert PASSWORD not in str(raised.value)
