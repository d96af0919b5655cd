"""Is a value what its option takes? Each check names the option, and never shows what may be secret."""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from fogflow import errors


def warn_of_unknown(given: Mapping[str, Any], known: Any, where: str) -> None:
    for name in given:
        if name not in known.__annotations__:
            nearest = difflib.get_close_matches(str(name), known.__annotations__, n=1, cutoff=0)
            warnings.warn(f"{where} does not know {name!r}; the nearest it knows is {nearest[0]!r}", stacklevel=4)


def require_url(name: str, url: str) -> None:
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise errors.ArgumentError(f"{name} must not hold a user or a password, for URLs are shown and logged")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise errors.ArgumentError(f"{name} must be a URL with http or https, not {url!r}")
