"""A whole cloud: which servers it has, how they are configured, and how to connect to them."""

from __future__ import annotations

import configparser
import fcntl
import importlib.metadata
import io
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from fogflow import errors
from fogflow.auth import names_options
from fogflow.local import cache, releases
from fogflow.local.process import ServerProcess
from fogflow.local.projects import create_project
from fogflow.local.proxies import without_proxy
from fogflow.service import WorkflowService, connect

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from fogflow.auth import ConnectOptions

_SERVICE_TYPE = "workflowv2"
_REGION = "RegionOne"
_ADMINISTRATOR = "admin"

Configuration = Mapping[str, Mapping[str, Any]]


def cloud(*, auth: bool = True, config: Configuration | None = None, mistral: str | None = None) -> Cloud:
    """Starts a Mistral, and a Keystone in front of it, on free loopback ports.

    It is ready when this returns, and gone without a trace when the `with` block or the calling process
    ends. A Keystone database without users is kept in the user's cache folder, to make later starts quicker.

    Args:
        auth: False leaves Keystone out; Mistral then takes requests without a token.
        config: further options for mistral.conf, by section: `{"api": {"max_limit": 10}}`.
        mistral: the release of Mistral, "15" to "23", which runs in an environment of its own; the first time that is
            made below the user's cache folder, which takes a minute or two, and some 200 MB. By default the Mistral
            that is installed here.

    Returns:
        The running cloud, a context manager.

    Raises:
        errors.MissingExtraError: the packages of `fogflow[local]` are not installed.
        errors.LocalCloudError: a server did not start, or Mistral does not know an option of `config`, or the
            release could not be installed; the message names the log.
        errors.ArgumentError: there is no such release of Mistral to run.
    """
    if mistral is not None:
        releases.require_known(mistral)
    _require_packages(auth=auth, mistral=mistral is None)
    running = Cloud(auth=auth, config=config or {}, interpreter=releases.interpreter(mistral) if mistral else None)
    try:
        running.start()
    except BaseException:
        running.stop()
        raise
    return running


class Cloud:
    """A cloud on this machine, made by `fogflow.local.cloud()`.

    Attributes:
        folder: a Path to the servers' settings, databases and logs; removed with the cloud. Its name has the id of
            the process that uses it. If something else deletes it, requests fail with an error that says so.
    """

    def __init__(self, *, auth: bool, config: Configuration, interpreter: Path | None = None) -> None:
        # Only named: nothing is made before `start`, so that `stop` can remove all of it.
        self.folder = Path(tempfile.gettempdir()) / f"fogflow-in-use-by-{os.getpid()}-{secrets.token_hex(8)}"
        self._lock: int | None = None
        self._password = secrets.token_urlsafe(18)
        self._mistral = ServerProcess("mistral", self.folder, interpreter)
        self._keystone = ServerProcess("keystone", self.folder) if auth else None
        self._config = config

    @property
    def endpoint(self) -> str:
        """Mistral's URL, with its version."""
        return f"{self._mistral.url}/v2"

    @property
    def auth_url(self) -> str | None:
        """Keystone's URL, with its version; None for a cloud without Keystone."""
        return f"{self._keystone.url}/v3" if self._keystone else None

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which OpenStack's clients, fogflow among them, find this cloud. Holds the password.

        NO_PROXY is among them, as the environment has it and with loopback.
        """
        past_proxies = without_proxy(os.environ)
        if self.auth_url is None:
            return {"OS_AUTH_TYPE": "none", "OS_ENDPOINT": self.endpoint, **past_proxies}
        return {
            "OS_AUTH_URL": self.auth_url,
            "OS_USERNAME": _ADMINISTRATOR,
            "OS_PASSWORD": self._password,
            "OS_PROJECT_NAME": _ADMINISTRATOR,
            "OS_USER_DOMAIN_ID": "default",
            "OS_PROJECT_DOMAIN_ID": "default",
            "OS_REGION_NAME": _REGION,
            "OS_IDENTITY_API_VERSION": "3",
            **past_proxies,
        }

    @property
    def options(self) -> ConnectOptions:
        """The options for `fogflow.connect`. Holds the password."""
        if self.auth_url is None:
            return {"endpoint": self.endpoint}
        return _options(self.auth_url, _ADMINISTRATOR, self._password)

    @names_options
    def connect(self, **options: Unpack[ConnectOptions]) -> WorkflowService:
        """A service on this cloud, as its administrator unless `options` say otherwise.

        Takes the options of `fogflow.connect`, and raises what that raises. It heeds no proxy of the environment.
        """
        service = connect({**self.options, **options})
        # A session that was given is its owner's.
        if "session" not in options:
            service.connection.session.session.trust_env = False
        return service

    def create_project(self, name: str) -> ConnectOptions:
        """Creates a project, and a user of the same name who is a plain member of it.

        `cloud.connect(**cloud.create_project("other"))` is that user's service. Two such users see nothing
        private of each other; the cloud's administrator may look into all projects.

        Args:
            name: the name of both; up to 64 characters.

        Returns:
            The options for `connect` as that user. They hold the password, which is random.

        Raises:
            errors.ArgumentError: the cloud has no Keystone, or Keystone does not take the name, which may be taken.
        """
        if self.auth_url is None:
            raise errors.ArgumentError("a cloud without Keystone has no projects: start it with auth=True")
        password = create_project(self.connect().connection.session, self.auth_url, name)
        return _options(self.auth_url, name, password)

    def start(self) -> None:
        """Starts the servers side by side and returns when all of them answer."""
        self.folder.mkdir(mode=0o700)
        # systemd-tmpfiles, which removes old temporary files, leaves a folder alone while somebody has it locked.
        self._lock = os.open(self.folder, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_SH)
        for server in self._servers:
            server.open()
        if self._keystone:
            self._configure_keystone(self._keystone)
        _write(self._mistral.folder / "mistral.conf", self._mistral_configuration())
        # A file of its own, so that Mistral can tell what it does not know of it.
        _write(self._mistral.folder / "given.conf", self._config)
        for server in self._servers:
            server.start()
        for server in self._servers:
            server.wait_until_ready()

    def stop(self) -> None:
        """Ends the servers; their folders go with them, but for the log of one that could not start."""
        for server in self._servers:
            server.stop()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        if not any(server.failed for server in self._servers):
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _servers(self) -> list[ServerProcess]:
        return [server for server in (self._keystone, self._mistral) if server]

    def _configure_keystone(self, keystone: ServerProcess) -> None:
        folder = keystone.folder
        _write(
            folder / "keystone.conf",
            {
                "database": _database(folder / "keystone.db"),
                "fernet_tokens": {"key_repository": folder / "fernet_tokens"},
                "fernet_receipts": {"key_repository": folder / "fernet_receipts"},
                "credential": {"key_repository": folder / "credential"},
                # The lowest cost that bcrypt has: the password lives as long as the cloud, and is random.
                "identity": {"password_hash_rounds": 4},
            },
        )
        settings = {
            "username": _ADMINISTRATOR,
            "password": self._password,
            "project_name": _ADMINISTRATOR,
            "region_name": _REGION,
            "auth_url": self.auth_url,
            "catalog": {_SERVICE_TYPE: self.endpoint},
            "prepared_database": str(cache.folder() / f"keystone-{importlib.metadata.version('keystone')}.db"),
        }
        _write_privately(folder / "settings.json", json.dumps(settings))

    def _mistral_configuration(self) -> dict[str, dict[str, Any]]:
        folder = self._mistral.folder
        configuration: dict[str, dict[str, Any]] = {
            "DEFAULT": {"transport_url": "fake:/"},
            "database": _database(folder / "mistral.db"),
            "pecan": {"auth_enable": self._keystone is not None},
            "cron_trigger": {"run_in_api": True},
        }
        if self._keystone:
            configuration["keystone_authtoken"] = {
                "auth_type": "password",
                "auth_url": self.auth_url,
                "www_authenticate_uri": self.auth_url,
                "username": _ADMINISTRATOR,
                "password": self._password,
                "project_name": _ADMINISTRATOR,
                "user_domain_id": "default",
                "project_domain_id": "default",
            }
        return configuration

    def __enter__(self) -> Cloud:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Cloud endpoint={self.endpoint!r} auth_url={self.auth_url!r}>"


def _require_packages(*, auth: bool, mistral: bool) -> None:
    """Raises errors.MissingExtraError when a package is missing that this interpreter needs for what it is to run."""
    needed = [name for name, runs_here in (("mistral", mistral), ("keystone", auth)) if runs_here]
    for package in [*needed, "cheroot"] if needed else []:
        try:
            importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            raise errors.MissingExtraError("local", f"a local cloud needs the package {package!r}") from None


def _options(auth_url: str, name: str, password: str) -> ConnectOptions:
    """What connects the user `name` to the project of the same name."""
    return {
        "openstack_auth_url": auth_url,
        "openstack_username": name,
        "openstack_api_key": password,
        "openstack_project_name": name,
        "openstack_domain_id": "default",
        "openstack_region": _REGION,
    }


def _database(path: Path) -> dict[str, Any]:
    # Nothing is to survive the cloud, so no commit waits for the disk.
    return {"connection": f"sqlite:///{path}", "sqlite_synchronous": False}


def _write(path: Path, configuration: Mapping[str, Mapping[str, Any]]) -> None:
    parser = configparser.RawConfigParser()
    # A section of its own, where the library would keep what it holds for defaults of every section.
    parser.default_section = ""
    parser.read_dict(configuration)
    text = io.StringIO()
    parser.write(text)
    _write_privately(path, text.getvalue())


def _write_privately(path: Path, text: str) -> None:
    """Writes a file that no other user can read, for passwords stand in it."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
