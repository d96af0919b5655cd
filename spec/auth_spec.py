"""`connect` finds its cloud in every form in which people have one, and says what is missing before it sends."""

from __future__ import annotations

import copy
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest
from keystoneauth1 import session as keystone_session
from keystoneauth1.identity import v3

import fogflow
from fogflow import errors
from spec.support.keystone import TOKEN, authentication, plays_keystone
from spec.support.server import Server

PASSWORD = "the-password"


def fog_options(server: Server, **more: Any) -> dict[str, Any]:
    return {
        "openstack_auth_url": server.url,
        "openstack_username": "admin",
        "openstack_api_key": PASSWORD,
        "openstack_project_name": "ops",
        **more,
    }


def addresses(server: Server) -> list[str]:
    return [heard.path for heard in server.heard if heard.headers.get("X-Auth-Token")]


# -- fog's options


def it_sends_nothing_before_the_first_request(server: Server) -> None:
    fogflow.connect(fog_options(server))

    assert server.heard == []


def it_takes_fogs_hash_and_asks_mistral_with_keystones_token(server: Server) -> None:
    plays_keystone(server)

    fogflow.connect(fog_options(server)).list_workflows()

    assert server.heard[-1].path == "/v2/workflows"
    assert server.heard[-1].headers["X-Auth-Token"] == TOKEN


def it_takes_the_same_as_keywords(server: Server) -> None:
    plays_keystone(server)

    fogflow.connect(**fog_options(server, openstack_domain_id="default")).list_workflows()

    assert addresses(server) == ["/v2/workflows"]


@pytest.mark.parametrize("tail", ["", "/", "/v3", "/v3/", "/v3/auth/tokens", "/v2.0/tokens"])
def it_takes_both_forms_of_the_auth_url(tail: str, server: Server) -> None:
    plays_keystone(server)

    fogflow.connect(fog_options(server, openstack_auth_url=server.url + tail)).list_workflows()

    assert authentication(server)["identity"]["methods"] == ["password"]


def it_takes_the_default_domain_as_fog_does(server: Server) -> None:
    plays_keystone(server)

    fogflow.connect(fog_options(server)).list_workflows()

    sent = authentication(server)
    assert sent["identity"]["password"]["user"]["domain"] == {"id": "default"}
    assert sent["scope"]["project"] == {"name": "ops", "domain": {"id": "default"}}


@pytest.mark.parametrize(
    ("options", "user_domain", "project_domain"),
    [
        ({"openstack_domain_id": "d1"}, {"id": "d1"}, {"id": "d1"}),
        ({"openstack_domain_name": "D"}, {"name": "D"}, {"name": "D"}),
        ({"openstack_user_domain": "U", "openstack_project_domain": "P"}, {"name": "U"}, {"name": "P"}),
        ({"openstack_user_domain_id": "u", "openstack_project_domain_id": "p"}, {"id": "u"}, {"id": "p"}),
        ({"openstack_user_domain_id": "u", "openstack_domain_id": "d1"}, {"id": "u"}, {"id": "d1"}),
    ],
)
def it_takes_domains_for_user_and_project(
    options: dict[str, str], user_domain: Any, project_domain: Any, server: Server
) -> None:
    plays_keystone(server)

    fogflow.connect(fog_options(server, **options)).list_workflows()

    sent = authentication(server)
    assert sent["identity"]["password"]["user"]["domain"] == user_domain
    assert sent["scope"]["project"]["domain"] == project_domain


def it_takes_ids_for_user_and_project(server: Server) -> None:
    plays_keystone(server)
    options = fog_options(server, openstack_userid="u1", openstack_project_id="p1")
    del options["openstack_username"], options["openstack_project_name"]

    fogflow.connect(options).list_workflows()

    sent = authentication(server)
    assert sent["identity"]["password"]["user"] == {"id": "u1", "password": PASSWORD}
    assert sent["scope"]["project"] == {"id": "p1"}


def it_takes_a_tenant_for_a_project(server: Server) -> None:
    plays_keystone(server)
    options = fog_options(server, openstack_tenant="ops-tenant")
    del options["openstack_project_name"]

    fogflow.connect(options).list_workflows()

    assert authentication(server)["scope"]["project"]["name"] == "ops-tenant"


def it_scopes_to_the_domain_without_a_project(server: Server) -> None:
    plays_keystone(server)
    options = fog_options(server, openstack_domain_id="d1")
    del options["openstack_project_name"]

    fogflow.connect(options).list_workflows()

    assert authentication(server)["scope"] == {"domain": {"id": "d1"}}


def it_authenticates_by_keystone_v2(server: Server) -> None:
    plays_keystone(server, v2=True)
    options = fog_options(server, openstack_tenant="ops-tenant", openstack_identity_api_version="v2.0")

    fogflow.connect(options).list_workflows()

    assert authentication(server) == {
        "passwordCredentials": {"username": "admin", "password": PASSWORD},
        "tenantName": "ops-tenant",
    }
    assert addresses(server) == ["/v2/workflows"]


def it_authenticates_by_token(server: Server) -> None:
    plays_keystone(server)

    fogflow.connect(
        openstack_auth_url=server.url, openstack_auth_token="an-old-token", openstack_project_name="ops"
    ).list_workflows()

    assert authentication(server)["identity"] == {"methods": ["token"], "token": {"id": "an-old-token"}}


def it_authenticates_by_application_credential(server: Server) -> None:
    plays_keystone(server)

    fogflow.connect(
        openstack_auth_url=server.url,
        openstack_application_credential_id="ac",
        openstack_application_credential_secret="s",
    ).list_workflows()

    assert authentication(server)["identity"]["application_credential"] == {"id": "ac", "secret": "s"}


@pytest.mark.parametrize("options", [{}, {"openstack_auth_url": "http://keystone.invalid"}])
def it_uses_a_token_with_a_management_url_as_it_is(options: dict[str, str], server: Server) -> None:
    fogflow.connect(
        openstack_auth_token="an-old-token", openstack_management_url=server.url, **options
    ).list_workflows()

    assert [heard.path for heard in server.heard] == ["/v2/workflows"]
    assert server.heard[0].headers["X-Auth-Token"] == "an-old-token"


@pytest.mark.parametrize("name", ["openstack_management_url", "endpoint"])
def it_prefers_a_given_endpoint_to_the_catalogs(name: str, server: Server) -> None:
    plays_keystone(server)

    fogflow.connect(fog_options(server, **{name: f"{server.url}/elsewhere"})).list_workflows()

    assert addresses(server) == ["/elsewhere/v2/workflows"]


@pytest.mark.parametrize("suffix", ["", "/", "/v2", "/v2/", "/workflow", "/workflow/v2"])
def it_finds_mistral_whether_or_not_the_catalogs_url_ends_in_v2(suffix: str, server: Server) -> None:
    plays_keystone(server, suffix=suffix)

    fogflow.connect(fog_options(server)).list_workflows()

    assert addresses(server) == [f"{suffix.rstrip('/').removesuffix('/v2')}/v2/workflows"]


@pytest.mark.parametrize("service_type", ["workflowv2", "workflow"])
def it_finds_mistral_by_either_type(service_type: str, server: Server) -> None:
    plays_keystone(server, service_type=service_type)

    fogflow.connect(fog_options(server)).list_workflows()

    assert addresses(server) == ["/v2/workflows"]


@pytest.mark.parametrize(
    ("options", "address"),
    [
        ({"openstack_endpoint_type": "publicURL"}, "/v2"),
        ({"openstack_endpoint_type": "internalURL"}, "/v2-internal/v2"),
        ({"interface": "internal"}, "/v2-internal/v2"),
        ({"openstack_region": "RegionTwo"}, "/v2-two/v2"),
        ({"region_name": "RegionTwo"}, "/v2-two/v2"),
        ({"openstack_service_type": ["workflowv2"]}, "/v2"),
    ],
)
def it_takes_the_endpoint_of_the_wanted_interface_and_region(
    options: dict[str, Any], address: str, server: Server
) -> None:
    plays_keystone(server)

    fogflow.connect(fog_options(server, **options)).list_workflows()

    assert addresses(server) == [f"{address}/workflows"]


# -- fog's connection_options


def session_of(options: dict[str, Any]) -> keystone_session.Session:
    return fogflow.auth.adapter_maker(options)().session


def it_always_has_timeouts() -> None:
    assert session_of({"endpoint": "http://mistral"}).timeout == (60, 60)


def it_takes_fogs_timeouts() -> None:
    options = {"connect_timeout": 1, "read_timeout": 2, "write_timeout": 3}

    # The body is sent while the connection's timeout is still in force.
    assert session_of({"endpoint": "http://mistral", "connection_options": options}).timeout == (3, 2)


@pytest.mark.parametrize(
    ("options", "verify"),
    [
        ({}, True),
        ({"ssl_verify_peer": False}, False),
        ({"ssl_ca_file": "/ca.pem"}, "/ca.pem"),
        ({"ssl_ca_path": "/certs"}, "/certs"),
    ],
)
def it_verifies_tls_unless_told_not_to_by_name(options: dict[str, Any], verify: Any) -> None:
    assert session_of({"endpoint": "https://mistral", "connection_options": options}).verify == verify


@pytest.mark.parametrize(
    ("options", "cert"),
    [({"client_cert": "/c.pem"}, "/c.pem"), ({"client_cert": "/c.pem", "client_key": "/k.pem"}, ("/c.pem", "/k.pem"))],
)
def it_shows_a_client_certificate(options: dict[str, Any], cert: Any) -> None:
    assert session_of({"endpoint": "https://mistral", "connection_options": options}).cert == cert


def it_goes_through_a_proxy(server: Server) -> None:
    service = fogflow.connect(endpoint="http://mistral.example", connection_options={"proxy": server.url})

    service.list_workflows()

    assert server.heard[0].headers["Host"] == "mistral.example"


def it_closes_connections_when_they_are_not_to_persist(server: Server) -> None:
    fogflow.connect(endpoint=server.url, persistent=False).list_workflows()
    fogflow.connect(endpoint=server.url).list_workflows()

    closed, kept = server.heard
    assert closed.headers["Connection"] == "close"
    assert kept.headers["Connection"] == "keep-alive"


def it_shows_requests_for_debugging_without_bodies_and_tokens(
    server: Server, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import logging

    log = logging.getLogger("fogflow.connection")
    monkeypatch.setattr(log, "handlers", [])
    monkeypatch.setattr(log, "level", logging.NOTSET)
    plays_keystone(server)
    service = fogflow.connect(fog_options(server, connection_options={"debug_request": True}))

    service.create_execution("hello", {"pin": "1234-private"})

    shown = capfd.readouterr().err
    assert f"POST {server.url}/v2/executions: 200" in shown
    assert not any(secret in shown for secret in (PASSWORD, TOKEN, "1234-private"))


# -- the other forms


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


def it_takes_the_variables_of_openstacks_clients(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    plays_keystone(server)
    for name, value in {
        "OS_AUTH_URL": f"{server.url}/v3",
        "OS_USERNAME": "admin",
        "OS_PASSWORD": PASSWORD,
        "OS_PROJECT_NAME": "ops",
        "OS_USER_DOMAIN_NAME": "Default",
        "OS_PROJECT_DOMAIN_NAME": "Default",
        "OS_REGION_NAME": "RegionTwo",
        "OS_IDENTITY_API_VERSION": "3",
    }.items():
        monkeypatch.setenv(name, value)

    fogflow.connect().list_workflows()

    assert authentication(server)["scope"]["project"]["name"] == "ops"
    assert addresses(server) == ["/v2-two/v2/workflows"]


def it_takes_an_application_credential_of_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    plays_keystone(server)
    monkeypatch.setenv("OS_AUTH_URL", f"{server.url}/v3")
    monkeypatch.setenv("OS_APPLICATION_CREDENTIAL_ID", "ac")
    monkeypatch.setenv("OS_APPLICATION_CREDENTIAL_SECRET", "s")

    fogflow.connect().list_workflows()

    assert authentication(server)["identity"]["application_credential"] == {"id": "ac", "secret": "s"}


def it_takes_an_endpoint_without_authentication_of_the_environment(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", server.url)

    fogflow.connect().list_workflows()

    assert [heard.path for heard in server.heard] == ["/v2/workflows"]


@pytest.fixture
def clouds_yaml(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plays_keystone(server)
    file = tmp_path / "clouds.yaml"
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(file))
    file.write_text(
        f"""
        clouds:
          devstack:
            region_name: RegionTwo
            auth:
              auth_url: {server.url}/v3
              username: admin
              password: {PASSWORD}
              project_name: ops
              user_domain_id: default
              project_domain_id: default
        """
    )


@pytest.mark.usefixtures("clouds_yaml")
def it_takes_a_cloud_of_clouds_yaml(server: Server) -> None:
    fogflow.connect(cloud="devstack").list_workflows()

    assert addresses(server) == ["/v2-two/v2/workflows"]


@pytest.mark.usefixtures("clouds_yaml")
def it_takes_the_cloud_that_the_environment_names(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_CLOUD", "devstack")

    fogflow.connect().list_workflows()

    assert addresses(server) == ["/v2-two/v2/workflows"]


@pytest.mark.usefixtures("clouds_yaml")
def it_names_a_cloud_that_clouds_yaml_does_not_have() -> None:
    with pytest.raises(errors.ArgumentError, match="stagnig"):
        fogflow.connect(cloud="stagnig")


def it_says_how_to_install_the_reader_of_clouds_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openstack", None)

    with pytest.raises(errors.MissingExtraError, match=r"pip install 'fogflow\[clouds\]'"):
        fogflow.connect(cloud="devstack")


def it_takes_connection_options_beside_the_variables_and_clouds_yaml(
    clouds_yaml: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"ssl_verify_peer": False, "read_timeout": 5}
    assert session_of({"cloud": "devstack", "connection_options": options}).timeout == (60, 5)
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", "https://mistral")

    assert session_of({}).verify is True
    assert session_of({"connection_options": options}).verify is False


def it_refuses_connection_options_for_a_session_that_is_used_as_it_is() -> None:
    with pytest.raises(errors.ArgumentError, match="used as it is"):
        fogflow.connect(session=keystone_session.Session(), connection_options={"read_timeout": 5})


def it_refuses_a_session_that_is_none() -> None:
    with pytest.raises(errors.ArgumentError, match="takes a keystoneauth1 session, not str"):
        fogflow.connect(session="admin")


@pytest.mark.parametrize("name", ["OS_WORKFLOW_ENDPOINT_OVERRIDE", "OS_MISTRAL_URL"])
def it_takes_the_address_that_a_variable_gives(name: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_AUTH_TYPE", "none")
    monkeypatch.setenv("OS_ENDPOINT", "http://mistral.invalid")
    monkeypatch.setenv(name, server.url)

    fogflow.connect().list_workflows()

    assert [heard.path for heard in server.heard] == ["/v2/workflows"]


@pytest.mark.parametrize(
    "more", [{"cloud": "devstack"}, {"session": keystone_session.Session()}, {"cloud": "a", "session": "b"}]
)
def it_refuses_credentials_in_two_forms(more: dict[str, Any], server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match="are given; one of them is enough"):
        fogflow.connect(fog_options(server), **more)


# -- what is missing, wrong or unknown


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ("openstack_auth_url", "openstack_auth_url"),
        ("openstack_username", "openstack_username or openstack_userid"),
        ("openstack_api_key", "openstack_api_key"),
    ],
)
def it_names_a_missing_option(missing: str, named: str, server: Server) -> None:
    options = fog_options(server)
    del options[missing]

    with pytest.raises(errors.ArgumentError, match=f"missing required arguments: {named}$"):
        fogflow.connect(options)


def it_names_the_missing_half_of_an_application_credential(server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match="openstack_application_credential_secret"):
        fogflow.connect(openstack_auth_url=server.url, openstack_application_credential_id="ac")


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"OS_AUTH_URL": "http://k/v3", "OS_USERNAME": "u"}, "OS_PASSWORD"),
        ({"OS_AUTH_URL": "http://k/v3", "OS_PASSWORD": "p"}, "OS_USERNAME"),
        ({"OS_AUTH_TYPE": "password", "OS_USERNAME": "u", "OS_PASSWORD": "p"}, "OS_AUTH_URL"),
        ({"OS_AUTH_TYPE": "telepathy"}, "telepathy"),
        ({}, "OS_AUTH_URL"),
    ],
)
def it_names_a_missing_variable(variables: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(errors.ArgumentError, match=named):
        fogflow.connect()


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


def it_refuses_a_keystone_version_that_there_never_was(server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match="v4"):
        fogflow.connect(fog_options(server, openstack_identity_api_version="v4"))


# -- secrets


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
