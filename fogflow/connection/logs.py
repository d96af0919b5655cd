"""What is said of requests while they go: never a body, a header or a query of a password's."""

from __future__ import annotations

import logging
import re

logger = logging.getLogger("fogflow.connection")


def debug_logger() -> logging.Logger:
    """A log of requests on the standard error for one service, as fog's `debug_request`, but without bodies and tokens.

    Nobody else's: it is not in the tree of loggers, where `fogflow.connection` has the same lines of all services.
    """
    own = logging.Logger(logger.name, logging.DEBUG)
    own.addHandler(logging.StreamHandler())
    return own


def without_password(text: str) -> str:
    """The text without the user and the password that a URL in it may hold."""
    return re.sub(r"(?<=//)[^/@\s]*@", "", text)
