"""No secret of any cloud stands in the repository, in its recordings least of all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import fogflow.local
from spec.support.recording import CASSETTES

ROOT = Path(__file__).parent.parent
FOLDERS = (".ci", "fogflow", "spec", "fixtures", "examples", "docs")

FERNET_TOKEN = re.compile(r"gAAAA[A-Za-z0-9_-]{20,}")
# 32 bytes in base64, as Keystone keeps them in its repositories of keys.
FERNET_KEY = re.compile(r"(?<![\w-])[\w-]{43}=(?!=)", re.ASCII)
PASSWORD = re.compile(r'"password\\*": *\\*"(?!a-password)[^"]*"')
# A checksum has the same form; and YAML breaks its lines where it likes.
CHECKSUM = re.compile(r'"checksum":\s+\\?\s*\\?"[0-9a-f]{32}')
ID_OF_KEYSTONE = re.compile(r"\b(?!0{24})[0-9a-f]{32}\b")


def texts() -> Iterator[tuple[Path, str]]:
    """The files of the project, at its top and below."""
    below = (file for folder in FOLDERS for file in (ROOT / folder).rglob("*"))
    for file in (*ROOT.iterdir(), *below):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(ROOT), file.read_text(errors="replace")


def recordings() -> list[tuple[str, str]]:
    found = [(file.name, file.read_text()) for file in CASSETTES.rglob("*.yaml")]
    assert found, "there are no recordings"
    return found


@pytest.mark.parametrize("secret", [FERNET_TOKEN, FERNET_KEY])
def it_holds_no_token_and_no_key_of_keystone(secret: re.Pattern[str]) -> None:
    assert [path for path, text in texts() if secret.search(text)] == []


@pytest.mark.parametrize("secret", [PASSWORD, ID_OF_KEYSTONE, re.compile("x-auth-token", re.IGNORECASE)])
def it_records_no_password_no_token_and_no_id_of_a_project(secret: re.Pattern[str]) -> None:
    assert [name for name, text in recordings() if secret.search(CHECKSUM.sub("", text))] == []


def it_records_no_address_and_no_folder_of_a_machine() -> None:
    assert [
        name for name, text in recordings() if re.search(r"127\.0\.0\.1|localhost|/(tmp|home|root|usr)/", text)
    ] == []


@pytest.mark.only_in("real", why="it is about the cloud itself")
def it_holds_nothing_of_the_cloud_that_runs(cloud: fogflow.local.Cloud) -> None:
    service = cloud.connect()
    keys = [file.read_text().strip() for file in cloud.folder.rglob("*") if file.parent.name.startswith("fernet")]
    secrets = [cloud.environment["OS_PASSWORD"], service.connection.session.get_token(), *keys]

    assert len(secrets) > 3
    assert [path for path, text in texts() if any(secret in text for secret in secrets)] == []
