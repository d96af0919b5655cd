"""A Mistral in one process on SQLite: engine, executor, notifier, event engine, and its API on a socket."""

from __future__ import annotations

import functools
from typing import Any

from oslo_service import backend

# Mistral's services take the backend as it is when they are imported; the other one, eventlet, must not be mixed in.
backend.init_backend(backend.BackendType.THREADING)

from mistral import config  # noqa: E402
from mistral.api import app  # noqa: E402
from mistral.db.v2 import api as database  # noqa: E402
from mistral.engine import engine_server  # noqa: E402
from mistral.event_engine import default_event_engine, event_engine_server  # noqa: E402
from mistral.executors import executor_server  # noqa: E402
from mistral.notifiers import notification_server  # noqa: E402
from mistral.services import action_manager, workflows  # noqa: E402
from oslo_config import cfg  # noqa: E402
from oslo_log import log  # noqa: E402

from . import options, serving  # noqa: E402


def main() -> None:
    arguments = serving.arguments()
    given = arguments.folder / "given.conf"
    config.parse_args(["--config-file", str(arguments.folder / "mistral.conf"), "--config-file", str(given)])
    log.setup(cfg.CONF, "mistral")
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


def _event_engine() -> Any:
    """Mistral's event engine; as it comes it asks its queue without a pause, which takes a whole core."""
    engine = default_event_engine.DefaultEventEngine()
    engine.event_queue.get_nowait = functools.partial(engine.event_queue.get, timeout=1)
    return engine


if __name__ == "__main__":
    main()
