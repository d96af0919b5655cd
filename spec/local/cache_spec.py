"""A Keystone database without users is kept for later starts, and nothing depends on it."""

from __future__ import annotations

import importlib.metadata
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

import fogflow.local
from fogflow.local.servers import prepared

pytestmark = pytest.mark.only_in("real", why="it is about the cloud itself")

TABLES = """
create table alembic_version (version_num); insert into alembic_version values ('head'); create table user (id)
"""


def status_of_a_cloud() -> int:
    """What a cloud answers that starts and ends here."""
    with fogflow.local.cloud() as cloud:
        return cloud.connect().list_workflows().status


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a database will be kept; nothing is there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "fogflow" / f"keystone-{importlib.metadata.version('keystone')}.db"


def it_prepares_keystones_database_once_and_without_users(kept: Path) -> None:
    written = []
    for _ in range(2):
        assert status_of_a_cloud() == 200
        written.append(kept.stat().st_mtime_ns)

    assert written[0] == written[1]
    assert list(kept.parent.iterdir()) == [kept]
    with closing(sqlite3.connect(kept)) as database:
        assert database.execute("select count(*) from user").fetchone() == (0,)


def it_starts_with_a_damaged_database_and_mends_it(kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"half written")

    assert status_of_a_cloud() == 200
    with closing(sqlite3.connect(kept)) as database:
        assert database.execute("select count(*) from user").fetchone() == (0,)


def it_starts_where_nothing_can_be_kept(kept: Path) -> None:
    kept.parent.parent.write_text("a file, where the folder would be")

    assert status_of_a_cloud() == 200


def it_starts_two_clouds_at_once_with_nothing_kept(kept: Path) -> None:
    with ThreadPoolExecutor() as threads:
        statuses = list(threads.map(lambda _: status_of_a_cloud(), range(2)))

    assert statuses == [200, 200]
    assert list(kept.parent.iterdir()) == [kept]


# -- each kind of damage, on a database of our own


def _remove_the_end(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:-4096])


def _remove_all(database: Path) -> None:
    database.write_bytes(b"")


def _write_over_the_middle(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4096:8192] = b"x" * 4096
    database.write_bytes(content)


def _make_it_a_folder(database: Path) -> None:
    database.unlink()
    database.mkdir()


def _make_it_another_database(database: Path) -> None:
    database.unlink()
    with closing(sqlite3.connect(database)) as other:
        other.execute("create table song (title)")


@pytest.mark.parametrize(
    "damage", [_remove_the_end, _remove_all, _write_over_the_middle, _make_it_a_folder, _make_it_another_database]
)
def it_makes_anew_what_is_not_whole(damage: Callable[[Path], None], tmp_path: Path) -> None:
    used, kept = tmp_path / "used.db", tmp_path / "kept.db"
    makes: list[Path] = []

    def make() -> None:
        makes.append(used)
        with closing(sqlite3.connect(used)) as database:
            database.executescript(TABLES)

    prepared.provide(used, kept, make)
    prepared.provide(used, kept, make)
    assert makes == [used]

    damage(kept)
    prepared.provide(used, kept, make)

    assert makes == [used, used]
    with closing(sqlite3.connect(used)) as database:
        assert database.execute("select count(*) from user").fetchone() == (0,)
