"""The way into a cloud with a Keystone: keystoneauth1 authenticates, reads the catalog, keeps the token and sends."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import requests
from keystoneauth1 import exceptions as keystone_errors
from keystoneauth1.adapter import Adapter
from keystoneauth1.session import Session

from fogflow import errors
from fogflow.connection import Transport, without_password
from fogflow.connection.answers import Answer, class_for, without_query
from fogflow.connection.failures import is_of_certificates
from fogflow.response import Response

_ADDRESS = {"service_type": "workflowv2", "interface": "public"}


def keystone_transport(
    session: Session, address: Mapping[str, Any], logger: logging.Logger | None
) -> KeystoneTransport:
    """The transport for a session with credentials.

    Args:
        session: sends, and authenticates.
        address: where Mistral is, in the words of keystoneauth1's adapter; what is not said is as usual.
        logger: has a line of each request.
    """
    return KeystoneTransport(Adapter(session, logger=logger, **{**_ADDRESS, **address}))


class KeystoneTransport(Transport):
    """What an adapter of keystoneauth1 does for a connection.

    Args:
        adapter: with its session, its credentials, and what is said of where Mistral is.
    """

    errors_of_libraries = (*Transport.errors_of_libraries, keystone_errors.ClientException)

    def __init__(self, adapter: Adapter) -> None:
        super().__init__(adapter.logger)
        self._adapter = adapter

    @property
    def session(self) -> Session:
        return self._adapter.session

    def endpoint(self) -> str:
        for service_type in self._service_types():
            try:
                # As it stands in the catalog: what Mistral says of its own address is wrong behind a proxy.
                found: str | None = self._adapter.get_endpoint(service_type=service_type, skip_discovery=True)
            except (keystone_errors.EndpointNotFound, keystone_errors.EmptyCatalog):
                continue
            if found is not None:
                return found
        raise self._endpoint_not_found()

    def token(self) -> Mapping[str, str]:
        if not self._has_credentials():
            return {}
        headers = self.session.get_auth_headers(self._adapter.auth)
        if headers is None:
            raise keystone_errors.AuthorizationFailure("the session's credentials give no token")
        return headers

    def renew(self) -> bool:
        return self.session.invalidate(self._adapter.auth)

    def project_id(self) -> str | None:
        return self.session.get_project_id(self._adapter.auth) if self._has_credentials() else None

    def send(
        self, method: str, url: str, *, headers: Mapping[str, str], data: bytes | None, params: Mapping[str, str]
    ) -> requests.Response:
        return self.session.request(
            url,
            method,
            headers=headers,
            data=data,
            params=params,
            auth=self._adapter.auth,
            # Its headers are among ours: a refused token is for us to renew, once for all threads.
            authenticated=False,
            connect_retries=0,
            raise_exc=False,
            # A redirection would take the token along, wherever it leads.
            redirect=False,
            # Its log holds bodies, and inputs are private.
            log=False,
            # Read by us, up to a limit.
            stream=True,
            user_agent=headers["User-Agent"],
        )

    def failure_of(self, error: Exception, *, sending: bool) -> errors.Error:
        if not isinstance(error, keystone_errors.ClientException):
            return super().failure_of(error, sending=sending)
        if isinstance(error, (keystone_errors.EndpointNotFound, keystone_errors.EmptyCatalog)):
            return self._endpoint_not_found()
        if isinstance(error, keystone_errors.HttpError):
            return _refused_by_keystone(error)
        reason = without_password(str(error))
        # Keystone's versions are not found either where its certificate is not known.
        if isinstance(error, keystone_errors.ConnectionError) or is_of_certificates(error):
            return super().failure_of(error, sending=sending)
        if isinstance(error, keystone_errors.DiscoveryFailure):
            return errors.ConnectionError(f"no Keystone answers there; check the auth URL: {reason}")
        if isinstance(error, keystone_errors.InvalidResponse):
            return errors.InvalidResponse(
                "what was asked for a token does not answer as Keystone does; check the auth URL"
            )
        if isinstance(error, keystone_errors.MissingAuthPlugin):
            return errors.ArgumentError(f"the session has no credentials: {reason}")
        return errors.Error(f"{type(error).__name__}: {reason}")

    def _has_credentials(self) -> bool:
        return bool(self._adapter.auth or self.session.auth)

    def _service_types(self) -> list[str]:
        """The types under which the catalog may have Mistral, the preferred first."""
        types: str | list[str] = self._adapter.service_type or []
        return types if isinstance(types, list) else [types]

    def _endpoint_not_found(self) -> errors.EndpointNotFound:
        """The error for a catalog without Mistral, which says what it has."""
        types = " or ".join(map(repr, self._service_types()))
        wanted = f"a {self._adapter.interface or 'public'} endpoint of type {types}"
        if self._adapter.region_name:
            wanted += f" in region {self._adapter.region_name!r}"
        return errors.EndpointNotFound(
            f"Keystone's catalog does not have {wanted}; it has {self._catalog()}. "
            "Give endpoint= to go there without the catalog"
        )

    def _catalog(self) -> str:
        """The catalog in a line: each type with its interfaces and regions."""
        from keystoneauth1.identity.base import BaseIdentityPlugin

        plugin = self._adapter.auth or self.session.auth
        if not isinstance(plugin, BaseIdentityPlugin):
            return "nothing"
        try:
            services = plugin.get_access(self.session).service_catalog.get_endpoints_data(interface=None)
        except keystone_errors.ClientException:
            return "nothing"
        entries = [
            f"{service_type} ({', '.join(sorted({f'{one.interface} in {one.region_name}' for one in endpoints}))})"
            for service_type, endpoints in sorted(services.items())
        ]
        return "; ".join(entries) or "nothing"


def _refused_by_keystone(error: keystone_errors.HttpError) -> errors.HTTPError:
    answer = error.response
    status = error.http_status
    hint = {
        401: "Keystone refused the credentials; check the user, the password, the project and their domains",
        404: "Keystone knows no such address; check the auth URL",
    }.get(status, "Keystone refused")
    method = error.method or "POST"
    response = Response(status, {}, "") if answer is None else Answer.read(method, answer).as_response()
    return class_for(status)(
        f"{hint}: {errors.without_sql(str(error.message))}",
        method=method,
        url=without_query(error.url or (answer.url if answer is not None else "")),
        response=response,
    )
