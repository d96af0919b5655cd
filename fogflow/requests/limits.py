"""What not every release of Mistral can do: told by how the server refuses, and said beside its own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fogflow import errors


@contextmanager
def explained(limit: str, is_told: Callable[[errors.HTTPError], bool]) -> Iterator[None]:
    """Adds to an error of the block what it means.

    Args:
        limit: which release cannot do what.
        is_told: whether it is that which an error tells.
    """
    try:
        yield
    except errors.HTTPError as refused:
        if is_told(refused):
            refused.message = f"{refused.message.rstrip('.')}: {limit}"
        raise


def has_status(status: int) -> Callable[[errors.HTTPError], bool]:
    """For `explained`: whether an error has this status."""
    return lambda refused: refused.status == status
