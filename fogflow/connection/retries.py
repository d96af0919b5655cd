"""How often and for how long a request that is safe to repeat is sent again. Knows no HTTP but `Retry-After`."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attr
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from fogflow import errors
from fogflow.connection.logs import logger

FIRST = 0.5
"""The first pause at the most, in seconds; each further one is up to twice as long as the one before."""

LONGEST = 30.0
"""The longest pause that we choose, in seconds; the server may ask for a longer one."""

_TRANSIENT = frozenset({429, 502, 503, 504})

_Result = TypeVar("_Result")


def _is_count(instance: Any, attribute: Any, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise errors.ArgumentError(f"{attribute.name} of retries takes a whole number from 0 on, not {value!r}")


def _is_seconds(instance: Any, attribute: Any, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
        raise errors.ArgumentError(f"{attribute.name} of retries takes seconds, 0 or more, not {value!r}")


@attr.frozen
class Retries:
    """How a request that is safe to repeat is sent again where no answer came, or 429, 502, 503 or 504.

    keystoneauth1's own retries know neither a limit in seconds nor chance, and do not tell what may have been carried
    out from what never left; so a session's are not used, and these are.

    Attributes:
        count: how many times at the most, an int; 0 never.
        seconds: for how long at the most, from the first time on. No pause is begun that would end later.
    """

    count: int = attr.field(default=5, validator=_is_count)
    seconds: float = attr.field(default=180.0, validator=_is_seconds)

    def run(self, attempt: Callable[[], _Result], may_repeat: Callable[[errors.Error], bool]) -> _Result:
        """What `attempt` returns, the first time that it raises nothing.

        Args:
            attempt: sends the request.
            may_repeat: whether it may be sent again after this error, which is one that passes.

        Raises:
            errors.Error: the last one that `attempt` raised.
        """
        started = time.monotonic()
        for number in itertools.count(1):
            try:
                return attempt()
            except errors.Error as error:
                failure = error
            failure.attempts = number
            pause = self._pause(number, failure)
            left = self.seconds - (time.monotonic() - started)
            # Asked whatever comes of it: it also keeps in mind what may have happened.
            if not may_repeat(failure) or not is_transient(failure) or number > self.count or pause > left:
                break
            logger.warning("%s; it is sent again in %.1f s", _cause(failure), pause)
            time.sleep(pause)
        # Outside of the `except`: in there it would have itself for its context.
        raise failure

    def _pause(self, number: int, failure: errors.Error) -> float:
        # Chance, so that many who were turned away together do not come back together.
        chosen: float = min(FIRST * 2 ** (number - 1), LONGEST) * random.uniform(0.5, 1)  # noqa: S311 - no secret
        return max(chosen, _retry_after(getattr(getattr(failure, "response", None), "headers", {})))


def is_transient(failure: errors.Error) -> bool:
    """Whether the same request may go well in a moment."""
    if isinstance(failure, errors.HTTPError):
        return failure.transient or failure.status in _TRANSIENT
    return isinstance(failure, errors.ConnectionError) and failure.transient


def _retry_after(headers: Mapping[str, str]) -> float:
    """The seconds that a server asks for, as a number or as a date; 0 where it asks for none."""
    try:
        return float(Retry(0).parse_retry_after(headers.get("Retry-After", "0")))
    except InvalidHeader:
        return 0.0


def _cause(failure: errors.Error) -> str:
    if isinstance(failure, errors.HTTPError):
        return f"{failure.method} {failure.url} was answered with {failure.status}"
    return f"{type(failure).__name__}: no answer"
