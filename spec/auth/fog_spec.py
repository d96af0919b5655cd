"""fog's options lead to its cloud, as they do in Ruby."""

from __future__ import annotations

from typing import Any

import pytest

import fogflow
from fogflow import errors
from spec.support.keystone import PASSWORD, TOKEN, addresses, authentication, fog_options, plays_keystone
from spec.support.server import Server


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
        ({"openstack_user_domain_name": "U"}, {"name": "U"}, {"id": "default"}),
        ({"openstack_project_domain_name": "P"}, {"id": "default"}, {"name": "P"}),
        ({}, {"id": "default"}, {"id": "default"}),
    ],
)
@pytest.mark.parametrize("version", [None, "v3"])
def it_takes_domains_for_user_and_project(
    version: str | None, options: dict[str, str], user_domain: Any, project_domain: Any, server: Server
) -> None:
    plays_keystone(server)

    fogflow.connect(fog_options(server, openstack_identity_api_version=version, **options)).list_workflows()

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
    plays_keystone(server, versions=["v3", "v2.0"])
    options = fog_options(server, openstack_tenant="ops-tenant", openstack_identity_api_version="v2.0")

    fogflow.connect(options).list_workflows()

    assert authentication(server) == {
        "passwordCredentials": {"username": "admin", "password": PASSWORD},
        "tenantName": "ops-tenant",
    }
    assert addresses(server) == ["/v2/workflows"]


@pytest.mark.parametrize(
    ("credentials", "sent"),
    [
        ({}, {"passwordCredentials": {"username": "admin", "password": PASSWORD}, "tenantName": "ops"}),
        ({"openstack_auth_token": "an-old-token"}, {"token": {"id": "an-old-token"}, "tenantName": "ops"}),
    ],
)
def it_finds_a_keystone_that_has_v2_alone(credentials: dict[str, str], sent: Any, server: Server) -> None:
    plays_keystone(server, versions=["v2.0"])

    fogflow.connect(fog_options(server, **credentials)).list_workflows()

    assert authentication(server) == sent
    assert addresses(server)[-1] == "/v2/workflows"


@pytest.mark.parametrize("credentials", [{}, {"openstack_auth_token": "an-old-token"}])
def it_prefers_the_newer_of_keystones_versions(credentials: dict[str, str], server: Server) -> None:
    plays_keystone(server, versions=["v2.0", "v3"])

    fogflow.connect(fog_options(server, **credentials)).list_workflows()

    assert authentication(server)["scope"]["project"] == {"name": "ops", "domain": {"id": "default"}}


@pytest.mark.parametrize(
    ("tail", "version"),
    [("/v3", "v2.0"), ("/v3/auth/tokens", "2"), ("/v2.0", "v3"), ("/v2.0/", "3"), ("/v2.0/tokens", "v3")],
)
def it_refuses_an_auth_url_of_another_version_than_the_wanted(tail: str, version: str, server: Server) -> None:
    options = fog_options(server, openstack_auth_url=server.url + tail, openstack_identity_api_version=version)

    with pytest.raises(errors.ArgumentError, match="openstack_auth_url is of another version of Keystone than v"):
        fogflow.connect(options)


@pytest.mark.parametrize("tail", ["", "/v2.0", "/v2.0/tokens"])
def it_takes_an_auth_url_of_the_version_that_is_wanted(tail: str, server: Server) -> None:
    plays_keystone(server, versions=["v3", "v2.0"])
    options = fog_options(server, openstack_auth_url=server.url + tail, openstack_identity_api_version="v2.0")

    fogflow.connect(options).list_workflows()

    assert "passwordCredentials" in authentication(server)


@pytest.mark.parametrize("name", ["openstack_domain_id", "openstack_user_domain", "openstack_project_domain_name"])
def it_refuses_domains_for_a_keystone_that_knows_none(name: str, server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match=f"v2.0 knows no domains: {name} "):
        fogflow.connect(fog_options(server, openstack_identity_api_version="v2.0", **{name: "d"}))


@pytest.mark.parametrize("more", [{"openstack_identity_api_version": 2}, {"openstack_auth_url": "http://k/v2.0"}])
def it_refuses_an_application_credential_for_a_keystone_that_knows_none(more: dict[str, Any], server: Server) -> None:
    credential = {"openstack_application_credential_id": "ac", "openstack_application_credential_secret": "s"}

    with pytest.raises(errors.ArgumentError, match="v3"):
        fogflow.connect({"openstack_auth_url": server.url, **credential, **more})


@pytest.mark.parametrize(
    ("more", "methods"),
    [
        ({"openstack_application_credential_id": "ac"}, ["application_credential"]),
        ({"openstack_application_credential_id": "ac", "openstack_auth_token": "an-old-token"}, ["token"]),
        ({"openstack_auth_token": "an-old-token"}, ["token"]),
    ],
)
def it_prefers_credentials_in_fogs_order(more: dict[str, str], methods: list[str], server: Server) -> None:
    plays_keystone(server)

    fogflow.connect(fog_options(server, openstack_application_credential_secret="s", **more)).list_workflows()

    assert authentication(server)["identity"]["methods"] == methods


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


@pytest.mark.parametrize("has", ["orchestrator", "workflowv2"])
@pytest.mark.parametrize("name", ["openstack_service_type", "service_type"])
def it_takes_the_first_of_several_types_that_the_catalog_has(name: str, has: str, server: Server) -> None:
    plays_keystone(server, service_type=has)

    fogflow.connect(fog_options(server, **{name: ["orchestrator", "workflowv2"]})).list_workflows()

    assert addresses(server) == ["/v2/workflows"]


def it_names_all_of_several_types_when_the_catalog_has_none(server: Server) -> None:
    plays_keystone(server, service_type="compute")
    service = fogflow.connect(fog_options(server, openstack_service_type=["orchestrator", "workflowv2"]))

    with pytest.raises(errors.EndpointNotFound, match="public endpoint of type 'orchestrator' or 'workflowv2'; it has"):
        service.list_workflows()


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


@pytest.mark.parametrize("name", ["openstack_username", "openstack_api_key"])
def it_names_an_option_that_is_empty(name: str, server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match=f"missing required arguments: {name}"):
        fogflow.connect(fog_options(server, **{name: ""}))


def it_names_the_missing_half_of_an_application_credential(server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match="openstack_application_credential_secret"):
        fogflow.connect(openstack_auth_url=server.url, openstack_application_credential_id="ac")
