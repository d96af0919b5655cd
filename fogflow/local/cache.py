"""The folder in which a local cloud keeps what makes its next start quicker, and which nothing depends on."""

from __future__ import annotations

import os
from pathlib import Path


def folder() -> Path:
    """fogflow's folder below the user's cache; it need not be there."""
    # Of a user without a home, this is a folder within the server's own.
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "fogflow"
