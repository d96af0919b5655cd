"""What keeps a proxy of the environment from coming between a local cloud and those who speak with it."""

from __future__ import annotations

from collections.abc import Mapping

_LOOPBACK = "127.0.0.1"


def without_proxy(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that send requests to loopback past any proxy, and others where `environment` sends them.

    Args:
        environment: the variables of whoever is to send the requests.

    Returns:
        NO_PROXY in both spellings, for every program reads another one of them first.
    """
    spellings = ("NO_PROXY", "no_proxy")
    given = [environment[name] for name in spellings if environment.get(name)]
    return {name: _with_loopback(environment.get(name) or next(iter(given), "")) for name in spellings}


def _with_loopback(hosts: str) -> str:
    named = [host.strip() for host in hosts.split(",")]
    # A star stands for all hosts only as long as it stands alone.
    if named == ["*"] or _LOOPBACK in named:
        return hosts
    return f"{hosts},{_LOOPBACK}" if hosts else _LOOPBACK
