"""The names of everything that `fogflow.connect` takes, and their types.

Annotations are values here, not texts: of each text Python would make something that is compiled.
"""

from collections.abc import Callable
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, ForwardRef, TypedDict, TypeVar

from fogflow.connection import Retries

if TYPE_CHECKING:
    from keystoneauth1.session import Session

F = TypeVar("F", bound=Callable[..., Any])


class FogConnectionOptions(TypedDict, total=False):
    """fog's `connection_options`: times in seconds, above 0, files by their paths; what is None is not said.

    They hold for the requests to Keystone too, and go before what the variables or clouds.yaml say of the same.

    `proxy` is the URL of a proxy, which may hold a user and a password. All requests go through it: neither
    HTTP_PROXY and its companions nor NO_PROXY is heeded then.

    `debug_request` and `debug_response` are one here, and this service's own: a line for each request to Mistral, on
    the standard error, without bodies and tokens. The log `fogflow.connection` has the same lines of all services.
    """

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
    """The options of `Fog::OpenStack::Workflow.new`, as they are named there.

    A token goes before an application credential, and that before a password; what stands beside is left alone.
    `openstack_service_type` may be several: the first that the catalog has is taken.
    """

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
    session: "Session"
    endpoint: str
    region_name: str
    interface: str
    service_type: str | list[str]
    timeout: float
    retries: int | Retries


def names_options(function: F) -> F:
    """Names the options one by one in the signature of a function that takes them all, its `**`; fogflow's come first.

    Type checkers find them in the annotation of the `**`; `help()` and completion do not.
    """
    written = signature(function)
    fogs = FogOptions.__annotations__.keys()
    names = sorted(ConnectOptions.__annotations__, key=lambda name: name in fogs)
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=_or_none(ConnectOptions.__annotations__[name]))
        for name in names
    ]
    others = [one for one in written.parameters.values() if one.kind is not Parameter.VAR_KEYWORD]
    function.__signature__ = written.replace(parameters=[*others, *options])  # type: ignore[attr-defined]
    return function


def _or_none(annotation: Any) -> Any:
    return f"{annotation.__forward_arg__} | None" if isinstance(annotation, ForwardRef) else annotation | None
