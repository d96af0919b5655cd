"""A local cloud is real, is ready when it says so, and leaves no trace."""

from __future__ import annotations

import errno
import fcntl
import importlib.metadata
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

import fogflow
import fogflow.local
from fogflow import errors
from spec.local.support import is_gone, servers_in
from spec.support import definitions
from spec.support.programs import Program

pytestmark = pytest.mark.only_in("real", why="it is about the cloud itself")

STARTS_A_CLOUD = "import fogflow.local; cloud = fogflow.local.cloud(); print(cloud.folder, flush=True); input()"


def it_is_a_mistral_behind_a_keystone(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    assert service.connection.endpoint == cloud.endpoint
    assert service.list_workflows().status == 200
    with pytest.raises(errors.Unauthorized):
        fogflow.connect(endpoint=cloud.endpoint).list_workflows()


def it_can_be_had_without_keystone() -> None:
    with fogflow.local.cloud(auth=False) as cloud:
        assert cloud.auth_url is None
        assert cloud.connect().list_workflows().status == 200
        variables = {name: value for name, value in cloud.environment.items() if name.startswith("OS_")}
        assert variables == {"OS_AUTH_TYPE": "none", "OS_ENDPOINT": cloud.endpoint}


def it_runs_beside_others_and_shares_nothing_with_them(name: str) -> None:
    with fogflow.local.cloud() as one:
        with fogflow.local.cloud() as another:
            one.connect().create_workflow(definitions.noop(name))
            assert another.connect().workflows.get(name) is None
            assert one.options["openstack_api_key"] != another.options["openstack_api_key"]

        assert one.connect().workflows.find_by_id(name).name == name


def it_leaves_no_trace() -> None:
    with fogflow.local.cloud() as cloud:
        assert len(servers_in(cloud.folder)) == 2

    assert not cloud.folder.exists()
    assert not servers_in(cloud.folder)
    with pytest.raises(errors.ConnectionError):
        fogflow.connect(endpoint=cloud.endpoint).list_workflows()


def it_says_whose_its_folder_is_and_that_it_is_in_use(cloud: fogflow.local.Cloud) -> None:
    assert cloud.folder.name.startswith(f"fogflow-in-use-by-{os.getpid()}-")
    # As systemd-tmpfiles does, before it removes what is old.
    opened = os.open(cloud.folder, os.O_RDONLY)
    with pytest.raises(BlockingIOError):
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(opened)


def it_says_so_when_its_files_were_deleted() -> None:
    deleted = "{}.* of this local cloud was deleted while the cloud was in use; start a new cloud"
    with fogflow.local.cloud() as cloud:
        service = cloud.connect()
        assert service.list_workflows().status == 200
        (cloud.folder / "mistral" / "mistral.db").unlink()
        with pytest.raises(errors.ServerError, match=deleted.format("mistral.db")):
            service.list_workflows()

        shutil.rmtree(cloud.folder)
        with pytest.raises(errors.ServerError, match=deleted.format("mistral")):
            service.list_workflows()
        with pytest.raises(errors.Error, match=deleted.format("keystone")):
            cloud.connect().list_workflows()

    assert is_gone(cloud.folder)


def it_leaves_no_trace_when_its_parent_dies() -> None:
    with Program(
        [sys.executable, "-c", STARTS_A_CLOUD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        folder = Path(parent.stdout.readline().strip())
        assert len(servers_in(folder)) == 2

        parent.kill()

    assert is_gone(folder)


def it_leaves_no_trace_when_it_cannot_have_its_ports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ports = iter([socket.create_server])

    def only_one(*arguments: Any) -> socket.socket:
        for port in ports:
            return port(*arguments)
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(socket, "create_server", only_one)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with pytest.raises(OSError, match="Too many open files"):
        fogflow.local.cloud()

    assert list(tmp_path.iterdir()) == []


def it_shows_no_password(cloud: fogflow.local.Cloud) -> None:
    assert cloud.environment["OS_PASSWORD"] not in repr(cloud)


def it_keeps_its_secrets_to_its_user(cloud: fogflow.local.Cloud) -> None:
    assert cloud.folder.stat().st_mode & 0o077 == 0
    for server in cloud.folder.iterdir():
        assert server.stat().st_mode & 0o077 == 0


def it_says_how_to_install_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(package: str) -> str:
        raise importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(importlib.metadata, "version", missing)

    with pytest.raises(errors.MissingExtraError, match=r"'mistral'; install it with: pip install 'fogflow\[local\]'"):
        fogflow.local.cloud()
