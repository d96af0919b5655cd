"""How `connect` finds its cloud: fog's options, OS_* variables, clouds.yaml, a session, an endpoint.

Each becomes an adapter of keystoneauth1, which then authenticates, reads the catalog and keeps the token. What is
missing or wrong is said here, before anything is sent.
"""

from __future__ import annotations

import difflib
import logging
import os
import re
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import urlsplit

from keystoneauth1 import adapter, loading, token_endpoint
from keystoneauth1 import exceptions as keystone_errors
from keystoneauth1 import session as keystone_session
from keystoneauth1.identity import generic, v2, v3

from fogflow import errors
from fogflow.connection import TIMEOUT

if TYPE_CHECKING:
    from keystoneauth1.plugin import BaseAuthPlugin

SERVICE_TYPE = "workflowv2"

_LOST = "lost"

# openstacksdk's, and python-mistralclient's.
_ENDPOINT_VARIABLES = ("OS_WORKFLOW_ENDPOINT_OVERRIDE", "OS_MISTRAL_URL")

_CREDENTIALS = (
    "openstack_auth_url",
    "openstack_username",
    "openstack_userid",
    "openstack_api_key",
    "openstack_auth_token",
    "openstack_application_credential_id",
    "openstack_application_credential_secret",
)


class FogConnectionOptions(TypedDict, total=False):
    """fog's `connection_options`: times in seconds, files by their paths."""

    connect_timeout: float
    read_timeout: float
    write_timeout: float
    proxy: str
    ssl_ca_file: str
    ssl_ca_path: str
    ssl_verify_peer: bool
    client_cert: str
    client_key: str
    debug_request: bool
    debug_response: bool


class FogOptions(TypedDict, total=False):
    """The options of `Fog::OpenStack::Workflow.new`, as they are named there."""

    openstack_auth_url: str
    openstack_username: str
    openstack_userid: str
    openstack_api_key: str
    openstack_auth_token: str
    openstack_application_credential_id: str
    openstack_application_credential_secret: str
    openstack_tenant: str
    openstack_tenant_id: str
    openstack_project_name: str
    openstack_project_id: str
    openstack_domain_id: str
    openstack_domain_name: str
    openstack_user_domain: str
    openstack_user_domain_id: str
    openstack_user_domain_name: str
    openstack_project_domain: str
    openstack_project_domain_id: str
    openstack_project_domain_name: str
    openstack_management_url: str
    openstack_region: str
    openstack_endpoint_type: str
    openstack_service_type: str | list[str]
    openstack_identity_api_version: str
    persistent: bool
    connection_options: FogConnectionOptions
    provider: str


class ConnectOptions(FogOptions, total=False):
    """Everything that `fogflow.connect` takes."""

    cloud: str
    session: keystone_session.Session
    endpoint: str
    region_name: str
    interface: str
    service_type: str


_SECRETS = ("openstack_api_key", "openstack_auth_token", "openstack_application_credential_secret")


def without_secrets(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that may be written down: a session, which holds credentials and a token, becomes "lost"."""
    # By the names that are known: what stands under another may be a password under a wrong one.
    known = ConnectOptions.__annotations__.keys() - set(_SECRETS)
    kept = {name: value for name, value in options.items() if name in known}
    if kept.get("session") is not None:
        kept["session"] = _LOST
    connection_options = dict(kept.get("connection_options") or {})
    if "@" in str(connection_options.get("proxy", "")):
        del connection_options["proxy"]
        kept["connection_options"] = connection_options
    return kept


def adapter_maker(options: Mapping[str, Any]) -> Callable[[], adapter.Adapter]:
    """Checks the options of `connect` and returns what makes the adapter from them.

    Nothing is sent, neither here nor by the function that is returned; the adapter sends at its first use.

    Raises:
        errors.ArgumentError: an option is missing or wrong; named in the message.
        errors.MissingExtraError: `cloud=` without openstacksdk.
    """
    given = {name: value for name, value in options.items() if value is not None}
    _warn_of_unknown(given, ConnectOptions, "connect()")
    connection_options = given.get("connection_options", {})
    _warn_of_unknown(connection_options, FogConnectionOptions, "connection_options")
    endpoint = given.get("endpoint", given.get("openstack_management_url"))
    if endpoint is not None:
        _require_url("endpoint", endpoint)
    address = {
        "service_type": _service_type(given.get("service_type") or given.get("openstack_service_type")),
        "interface": given.get("interface") or given.get("openstack_endpoint_type"),
        "region_name": given.get("region_name") or given.get("openstack_region"),
        "endpoint_override": endpoint,
    }

    def make(session: keystone_session.Session, **defaults: Any) -> adapter.Adapter:
        values = {**defaults, **{name: value for name, value in address.items() if value is not None}}
        return adapter.Adapter(session, **{"service_type": SERVICE_TYPE, "interface": "public", **values})

    form = _form(given)
    if form == "session":
        own = _usable(given)
        return lambda: make(own)
    if form == "cloud" or (form is None and endpoint is None and os.environ.get("OS_CLOUD")):
        session, defaults = _from_clouds_yaml(given.get("cloud") or os.environ["OS_CLOUD"])
    elif form == "credentials":
        session, defaults = keystone_session.Session(_fog_plugin(given, endpoint)), {}
    elif endpoint is not None:
        session, defaults = keystone_session.Session(), {}
    else:
        session, defaults = _from_environment()
    _configure(session, connection_options, given.get("persistent", True))
    return lambda: make(session, **defaults)


def _form(given: Mapping[str, Any]) -> str | None:
    """In which form the credentials are given; None when the arguments hold none."""
    forms = [name for name in ("session", "cloud") if name in given]
    if any(name in given for name in _CREDENTIALS):
        forms.append("credentials")
    if len(forms) > 1:
        raise errors.ArgumentError(f"{' and '.join(forms)} are given; one of them is enough, and which is not clear")
    return forms[0] if forms else None


def _usable(given: Mapping[str, Any]) -> keystone_session.Session:
    session: Any = given["session"]
    if session == _LOST:
        # Never on to the environment, which may name another cloud.
        raise errors.ArgumentError("a session is not pickled: connect again with session=")
    if given.get("connection_options"):
        raise errors.ArgumentError("a session is used as it is: give it what connection_options= says")
    if not isinstance(session, keystone_session.Session):
        raise errors.ArgumentError(f"session= takes a keystoneauth1 session, not {type(session).__name__}")
    return session


def _warn_of_unknown(given: Mapping[str, Any], known: Any, where: str) -> None:
    for name in given:
        if name not in known.__annotations__:
            nearest = difflib.get_close_matches(str(name), known.__annotations__, n=1, cutoff=0)
            warnings.warn(f"{where} does not know {name!r}; the nearest it knows is {nearest[0]!r}", stacklevel=4)


def _require_url(name: str, url: str) -> None:
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise errors.ArgumentError(f"{name} must not hold a user or a password, for URLs are shown and logged")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise errors.ArgumentError(f"{name} must be a URL with http or https, not {url!r}")


def _service_type(given: Any) -> Any:
    """fog takes a list of types, of which the catalog has one; keystoneauth1 knows the aliases itself."""
    return given[0] if isinstance(given, (list, tuple)) else given


# -- fog's options


def _fog_plugin(given: Mapping[str, Any], endpoint: str | None) -> BaseAuthPlugin:
    token = given.get("openstack_auth_token")
    if token and endpoint:
        # Nothing is left to ask Keystone for; as fog does.
        return token_endpoint.Token(endpoint, token)
    missing = [] if "openstack_auth_url" in given else ["openstack_auth_url"]
    application_credential = any(name.startswith("openstack_application_credential") for name in given)
    if application_credential:
        wanted = ("openstack_application_credential_id", "openstack_application_credential_secret")
        missing += [name for name in wanted if name not in given]
    elif not token:
        if "openstack_username" not in given and "openstack_userid" not in given:
            missing.append("openstack_username or openstack_userid")
        if "openstack_api_key" not in given:
            missing.append("openstack_api_key")
    if missing:
        raise errors.ArgumentError(f"missing required arguments: {', '.join(missing)}")
    _require_url("openstack_auth_url", given["openstack_auth_url"])
    auth_url = _auth_url(given["openstack_auth_url"])
    version = _identity_version(given.get("openstack_identity_api_version"))
    if version:
        auth_url = _with_version(auth_url, version)
    if application_credential:
        return v3.ApplicationCredential(
            _with_version(auth_url, "v3"),
            application_credential_id=given["openstack_application_credential_id"],
            application_credential_secret=given["openstack_application_credential_secret"],
        )
    if version == "v2.0":
        return _v2_plugin(given, auth_url, token)
    scope = _scope(given)
    if token:
        token_plugin = v3.Token if version else generic.Token
        return token_plugin(auth_url, token=token, **scope)
    password_plugin = v3.Password if version else generic.Password
    return password_plugin(auth_url, **_user(given), **scope)


def _auth_url(given: str) -> str:
    """The URL without what fog's users append for its version 0.x; keystoneauth1 appends that itself.

    `…/v2.0/tokens` becomes the root, where Keystone lists the versions it has: v2.0 is gone from today's.
    """
    return re.sub(r"/(v2\.0/tokens|auth/tokens)/*$", "", given).rstrip("/")


def _identity_version(given: str | None) -> str | None:
    if given is None:
        return None
    if re.fullmatch(r"v?2(\.0)?", str(given), re.IGNORECASE):
        return "v2.0"
    if re.fullmatch(r"v?3(\.\d+)?", str(given), re.IGNORECASE):
        return "v3"
    raise errors.ArgumentError(f"openstack_identity_api_version must be v2.0 or v3, not {given!r}")


def _with_version(auth_url: str, version: str) -> str:
    return auth_url if re.search(r"/v[23](\.0)?$", auth_url) else f"{auth_url}/{version}"


def _v2_plugin(given: Mapping[str, Any], auth_url: str, token: str | None) -> BaseAuthPlugin:
    tenant: dict[str, Any] = {
        "tenant_id": given.get("openstack_tenant_id") or given.get("openstack_project_id"),
        "tenant_name": given.get("openstack_tenant") or given.get("openstack_project_name"),
    }
    if token:
        return v2.Token(auth_url, token, **tenant)
    user: dict[str, Any] = {"user_id": given["openstack_userid"]} if "openstack_userid" in given else {}
    return v2.Password(
        auth_url, username=given.get("openstack_username"), password=given["openstack_api_key"], **user, **tenant
    )


def _user(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "username": given.get("openstack_username"),
        "user_id": given.get("openstack_userid"),
        "password": given["openstack_api_key"],
        **_domain(given, "user"),
    }


def _scope(given: Mapping[str, Any]) -> dict[str, Any]:
    """The project, or else the domain, that the token is for."""
    project = {
        "project_id": given.get("openstack_project_id") or given.get("openstack_tenant_id"),
        "project_name": given.get("openstack_project_name") or given.get("openstack_tenant"),
    }
    if any(project.values()):
        return {**project, **_domain(given, "project")}
    return {"domain_id": given.get("openstack_domain_id"), "domain_name": given.get("openstack_domain_name")}


def _domain(given: Mapping[str, Any], of: str) -> dict[str, Any]:
    """The domain of the user or of the project: its own, else the one for both, else fog's `default`."""
    identity = given.get(f"openstack_{of}_domain_id")
    name = given.get(f"openstack_{of}_domain_name") or given.get(f"openstack_{of}_domain")
    if not (identity or name):
        identity, name = given.get("openstack_domain_id"), given.get("openstack_domain_name")
    if not (identity or name):
        identity = "default"
    return {f"{of}_domain_id": identity, f"{of}_domain_name": name}


def _configure(session: keystone_session.Session, options: Mapping[str, Any], persistent: bool) -> None:
    """Gives a session of our own what fog's `connection_options` say; what they do not say stays as it is."""
    if not options.get("ssl_verify_peer", True):
        session.verify = False
    elif authorities := options.get("ssl_ca_file") or options.get("ssl_ca_path"):
        session.verify = authorities
    if certificate := options.get("client_cert"):
        session.cert = (certificate, options["client_key"]) if "client_key" in options else certificate
    if not persistent:
        session.additional_headers["Connection"] = "close"
    if session.timeout is None or any(name.endswith("_timeout") for name in options):
        # The body is sent while the socket still has the connection's timeout, so the longer of the two serves both.
        connect = max(options.get("connect_timeout", TIMEOUT), options.get("write_timeout", 0))
        # keystoneauth1's constructor takes one number; requests takes both.
        session.timeout = (connect, options.get("read_timeout", TIMEOUT))  # type: ignore[assignment]
    if proxy := options.get("proxy"):
        session.session.proxies = {"http": proxy, "https": proxy}
    if options.get("debug_request") or options.get("debug_response"):
        _log_requests()


def _log_requests() -> None:
    """Shows the log of requests on the standard error, as fog does; without bodies and tokens, as fog does not."""
    requests_log = logging.getLogger("fogflow.connection")
    requests_log.setLevel(logging.DEBUG)
    if not requests_log.handlers:
        requests_log.addHandler(logging.StreamHandler())


# -- the environment


def _from_environment() -> tuple[keystone_session.Session, dict[str, Any]]:
    """The session that the OS_* variables make, and the address that they tell."""
    kind = os.environ.get("OS_AUTH_TYPE") or _kind_of_credentials()
    if kind is None:
        raise errors.ArgumentError(
            "no cloud to connect to: give fog's options, cloud=, session= or endpoint=, "
            "or set OS_AUTH_URL and its companions, or OS_CLOUD"
        )
    try:
        loader: Any = loading.get_plugin_loader(kind)
        _require_variables(kind)
        plugin = loader.load_from_options_getter(_variable)
    except keystone_errors.NoMatchingPlugin:
        raise errors.ArgumentError(f"OS_AUTH_TYPE names no way to authenticate: {kind!r}") from None
    except keystone_errors.MissingRequiredOptions as error:
        names = [f"OS_{option.dest.upper()}" for option in error.options]
        raise errors.ArgumentError(f"missing required variables: {', '.join(names)}") from None
    session = loading.session.Session().load_from_options(
        auth=plugin,
        insecure=os.environ.get("OS_INSECURE", "").lower() in ("1", "true", "yes"),
        cacert=os.environ.get("OS_CACERT") or None,
        cert=os.environ.get("OS_CERT") or None,
        key=os.environ.get("OS_KEY") or None,
    )
    defaults = {
        "interface": os.environ.get("OS_INTERFACE") or os.environ.get("OS_ENDPOINT_TYPE") or "public",
        "region_name": os.environ.get("OS_REGION_NAME") or None,
        "endpoint_override": next(filter(None, map(os.environ.get, _ENDPOINT_VARIABLES)), None),
    }
    return session, defaults


def _kind_of_credentials() -> str | None:
    if os.environ.get("OS_APPLICATION_CREDENTIAL_ID"):
        return "v3applicationcredential"
    if os.environ.get("OS_TOKEN") and not os.environ.get("OS_PASSWORD"):
        return "token"
    return "password" if os.environ.get("OS_AUTH_URL") else None


def _require_variables(kind: str) -> None:
    """What keystoneauth1 itself would notice only in Keystone's answer."""
    if "password" not in kind:
        return
    missing = []
    if not (os.environ.get("OS_USERNAME") or os.environ.get("OS_USER_ID")):
        missing.append("OS_USERNAME")
    if not os.environ.get("OS_PASSWORD"):
        missing.append("OS_PASSWORD")
    if missing:
        raise errors.ArgumentError(f"missing required variables: {', '.join(missing)}")


def _variable(option: loading.Opt) -> str | None:
    for one in [option, *option.deprecated]:
        value = os.environ.get(f"OS_{one.dest.upper()}")
        if value:
            return value
    return None


# -- clouds.yaml


def _from_clouds_yaml(name: str) -> tuple[keystone_session.Session, dict[str, Any]]:
    """The session of a cloud of clouds.yaml, and the address that stands there."""
    try:
        from openstack import config
        from openstack import exceptions as sdk_errors
    except ImportError:
        raise errors.MissingExtraError("clouds", "clouds.yaml is read by openstacksdk") from None
    try:
        region = config.OpenStackConfig().get_one(cloud=name)
        session = region.get_session()
    except (sdk_errors.ConfigException, keystone_errors.ClientException) as error:
        raise errors.ArgumentError(f"cloud {name!r}: {error}") from None
    defaults = {
        "service_type": region.get_service_type("workflow"),
        "interface": region.get_interface("workflow"),
        "region_name": region.get_region_name("workflow"),
        "endpoint_override": region.get_endpoint("workflow"),
    }
    return session, defaults
