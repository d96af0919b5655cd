"""A Mistral in one process on SQLite: engine, executor, notifier, event engine, and its API on a socket.

Of whichever release is installed where it runs.
"""

from __future__ import annotations

import functools
import sqlite3
from contextlib import closing
from typing import Any

# Before all else, as Mistral's own program begins: it says what threads are for all that is loaded after it. Up to
# release 20 it puts eventlet's green ones in the place of Python's, later it asks oslo.service for real ones.
from mistral.cmd import launch  # noqa: F401

# isort: split
from mistral import config
from mistral.api import app
from mistral.db.v2 import api as database
from mistral.engine import engine_server
from mistral.event_engine import default_event_engine, event_engine_server
from mistral.executors import executor_server
from mistral.notifiers import notification_server
from mistral.services import action_manager, workflows
from oslo_config import cfg
from oslo_log import log

from . import green, options, schemas, serving


def main() -> None:
    arguments = serving.arguments()
    given = arguments.folder / "given.conf"
    config.parse_args(["--config-file", str(arguments.folder / "mistral.conf"), "--config-file", str(given)])
    log.setup(cfg.CONF, "mistral")
    schemas.check_once()
    if green.is_here():
        _let_read_while_others_write(cfg.CONF.database.connection)
    # The migrations do not run on SQLite; the models make the same tables.
    database.setup_db()
    action_manager.sync_db()
    workflows.sync_db()
    options.refuse_unknown(cfg.CONF, given)
    for service in (
        engine_server.get_oslo_service(),
        executor_server.get_oslo_service(),
        notification_server.get_oslo_service(),
        event_engine_server.EventEngineServer(_event_engine()),
    ):
        service.start()
    serving.serve(app.setup_app(), arguments.listener, arguments.folder)


def _let_read_while_others_write(connection: str) -> None:
    """Makes SQLite keep a log of what is written: a green thread that waited for one that reads would stop them both.

    Mistral asks Keystone in the midst of a transaction.
    """
    with closing(sqlite3.connect(connection.removeprefix("sqlite:///"))) as database:
        database.execute("pragma journal_mode = wal")


def _event_engine() -> Any:
    """Mistral's event engine; as it comes it asks its queue without a pause, which takes a whole core."""
    engine = default_event_engine.DefaultEventEngine()
    engine.event_queue.get_nowait = functools.partial(engine.event_queue.get, timeout=1)
    return engine


if __name__ == "__main__":
    main()
