"""A Keystone on SQLite: its tables, an administrator, a catalog, and its API on a socket."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from keystone import server
from keystone.cmd import bootstrap
from keystone.common import fernet_utils, provider_api
from keystone.common.sql import upgrades
from keystone.server.flask import core

from . import apart, prepared, serving


def main() -> None:
    arguments = serving.arguments()
    folder: Path = arguments.folder
    configuration = [str(folder / "keystone.conf")]
    # In a process of its own, for the tools that fill the database load Keystone's parts as the server does, and
    # they can be loaded only once.
    if not apart.run(_prepare, folder, configuration):
        serving.leave(folder)
        return
    serving.serve(core.initialize_application("public", config_files=configuration), arguments.listener, folder)


def _prepare(folder: Path, configuration: list[str]) -> None:
    settings = json.loads((folder / "settings.json").read_text())
    server.configure(config_files=configuration)
    for group in ("fernet_tokens", "fernet_receipts", "credential"):
        keys = folder / group
        keys.mkdir(mode=0o700)
        fernet_utils.FernetUtils(str(keys), 3, group).initialize_key_repository()
    prepared.provide(folder / "keystone.db", Path(settings["prepared_database"]), _make_tables)
    _bootstrap(settings)


def _make_tables() -> None:
    upgrades.offline_sync_database_to_version(None)


def _bootstrap(settings: dict[str, Any]) -> None:
    """Does what `keystone-manage bootstrap` does, and registers Mistral."""
    admin = bootstrap.Bootstrapper()
    admin.admin_username = settings["username"]
    admin.admin_password = settings["password"]
    admin.project_name = settings["project_name"]
    admin.admin_role_name = "admin"
    admin.service_name = "keystone"
    admin.region_id = settings["region_name"]
    admin.public_url = admin.internal_url = admin.admin_url = settings["auth_url"]
    admin.bootstrap()
    catalog = provider_api.ProviderAPIs.catalog_api
    for service_type, url in settings["catalog"].items():
        service = {"id": service_type, "type": service_type, "name": "mistral", "enabled": True}
        catalog.create_service(service_type, service)
        for interface in ("public", "internal", "admin"):
            identity = f"{service_type}-{interface}"
            catalog.create_endpoint(
                identity,
                {
                    "id": identity,
                    "service_id": service_type,
                    "interface": interface,
                    "url": url,
                    "region_id": settings["region_name"],
                    "enabled": True,
                },
            )


if __name__ == "__main__":
    main()
