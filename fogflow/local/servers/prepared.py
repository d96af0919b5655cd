"""A prepared SQLite database that is kept from one start to the next, to make the next one quicker.

Nothing depends on it: one that is damaged is made anew, and where none can be kept each start makes its own.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path


def provide(database: Path, kept: Path, make: Callable[[], object]) -> None:
    """Puts a prepared database to where it is used.

    Args:
        database: where it is used.
        kept: where it is kept between starts.
        make: makes it at `database` when the one that is kept is not there or not whole.
    """
    if _restore(kept, database):
        return
    database.unlink(missing_ok=True)
    make()
    with suppress(OSError):
        _keep(database, kept)


def _restore(kept: Path, database: Path) -> bool:
    try:
        shutil.copyfile(kept, database)
        with closing(sqlite3.connect(database)) as copy:
            sound = copy.execute("pragma integrity_check").fetchone() == ("ok",)
            # An empty file is sound, too. This table tells how far the migrations have come.
            return sound and copy.execute("select version_num from alembic_version").fetchone() is not None
    except (OSError, sqlite3.Error):
        return False


def _keep(database: Path, kept: Path) -> None:
    """Keeps a copy; by a rename, for another start may be keeping its own."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=kept.parent)
    try:
        os.close(handle)
        shutil.copyfile(database, name)
        os.replace(name, kept)
    finally:
        Path(name).unlink(missing_ok=True)
