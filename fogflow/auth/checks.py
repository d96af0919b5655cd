"""Is a value what its option takes? One function a kind of value.

Each takes the name of the option, or of the variable, and the value; returns the value as the code behind it wants
it; and raises ArgumentError, which names the option and never shows what may be secret.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fogflow import errors
from fogflow.connection import Retries

if TYPE_CHECKING:
    from keystoneauth1.session import Session

# Sockets count milliseconds in 31 bits: 24 days.
_LONGEST = 2**31 / 1000


def text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise errors.ArgumentError(f"{name} must be text, not {type(value).__name__}")
    return value


def filled_text(name: str, value: Any) -> str:
    if not text(name, value):
        raise errors.ArgumentError(f"{name} must not be empty")
    return str(value)


def texts(name: str, value: Any) -> list[str]:
    """One text or several, in the order of preference."""
    if not isinstance(value, (list, tuple)):
        return [one for one in [text(name, value)] if one]
    if not value:
        raise errors.ArgumentError(f"{name} must not be empty")
    return [filled_text(name, one) for one in value]


def token(name: str, value: Any) -> str:
    """A token travels in a header."""
    if not re.fullmatch(r"[!-~]*", text(name, value)):
        raise errors.ArgumentError(
            f"{name} must hold visible ASCII characters and nothing else, no space and no line end; "
            "if it was read from a file or a command, strip() it"
        )
    return str(value)


def url(name: str, value: Any) -> str:
    """A URL that may be shown, and that paths can be appended to."""
    if "@" in _authority(text(name, value)):
        raise errors.ArgumentError(f"{name} must not hold a user or a password, for URLs are shown and logged")
    if "?" in value or "#" in value:
        raise errors.ArgumentError(f"{name} must end with its path: no query and no fragment")
    if not _is_url(value, ("http", "https")):
        shown = "" if "@" in value else f", not {value!r}"
        raise errors.ArgumentError(f"{name} must be a URL with http or https{shown}")
    return str(value)


def proxy(name: str, value: Any) -> str:
    """A proxy's URL may hold a password, so it is never shown."""
    if not _is_url(text(name, value), ("http", "https", "socks4", "socks4a", "socks5", "socks5h")):
        raise errors.ArgumentError(f"{name} must be a URL, as in http://proxy:3128")
    return str(value)


def seconds(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise errors.ArgumentError(f"{name} must be a number of seconds, not {type(value).__name__}")
    if not 0 < value < _LONGEST:
        raise errors.ArgumentError(f"{name} must be a number of seconds above 0 and below {_LONGEST:.0f}, not {value}")
    return value


def flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise errors.ArgumentError(f"{name} must be True or False, not {type(value).__name__}")
    return value


def file(name: str, value: Any) -> str:
    return _existing(name, value, "file", lambda path: not os.path.isdir(path))


def folder(name: str, value: Any) -> str:
    return _existing(name, value, "folder", os.path.isdir)


def file_or_folder(name: str, value: Any) -> str:
    return _existing(name, value, "file or folder", os.path.exists)


def identity_version(name: str, value: Any) -> str:
    """Keystone's version in one spelling; a number too, for that is what YAML makes of it."""
    if re.fullmatch(r"v?2(\.0)?", str(value), re.IGNORECASE):
        return "v2.0"
    if re.fullmatch(r"v?3(\.\d+)?", str(value), re.IGNORECASE):
        return "v3"
    raise errors.ArgumentError(f"{name} must be v2.0 or v3, not {value!r}")


def session(name: str, value: Any) -> Session:
    from keystoneauth1.session import Session

    if not isinstance(value, Session):
        raise errors.ArgumentError(f"{name}= takes a keystoneauth1 session, not {type(value).__name__}")
    return value


def retries(name: str, value: Any) -> Retries:
    """How often to try again, alone, or with for how long."""
    return value if isinstance(value, Retries) else Retries(value)


def _authority(value: str) -> str:
    """The user, the host and the port, also of what is no URL for want of a scheme."""
    return re.split(r"[/?#]", value.rpartition("//")[2], maxsplit=1)[0]


def _is_url(value: str, schemes: tuple[str, ...]) -> bool:
    if re.search(r"[\s\x00-\x1f\x7f]", value):
        return False
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").encode("idna")
        _ = parts.port  # which is looked at only now
    except ValueError:
        return False
    return parts.scheme in schemes and bool(host)


def _existing(name: str, value: Any, kind: str, is_kind: Callable[[str], bool]) -> str:
    path = os.fspath(value) if isinstance(value, (str, os.PathLike)) else value
    if not isinstance(path, str):
        raise errors.ArgumentError(f"{name} must be the path of a {kind}, not {type(value).__name__}")
    if not os.path.exists(path) or not is_kind(path):
        raise errors.ArgumentError(f"{name}: there is no {kind} {path!r}")
    return path
