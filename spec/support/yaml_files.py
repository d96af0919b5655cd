"""Reads the YAML files of `fixtures` and `docs`, of which some are long."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# libyaml's loader, where it is installed: ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(path: Path) -> Any:
    """Return what the file holds."""
    return yaml.load(path.read_text(encoding="utf-8"), _LOADER)
