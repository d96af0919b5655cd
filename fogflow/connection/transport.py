"""What a connection goes through: where Mistral is, who asks, and how a request leaves."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import requests

from fogflow import errors
from fogflow.connection.failures import LIBRARY_ERRORS, failure_of

if TYPE_CHECKING:
    from keystoneauth1.session import Session


class Transport(ABC):
    """The way into one cloud. May be shared between threads.

    What it calls may raise `errors_of_libraries`, which `failure_of` makes ours.

    Args:
        logger: has a line of each request, beside `fogflow.connection`; None for none.
    """

    errors_of_libraries: ClassVar[tuple[type[Exception], ...]] = LIBRARY_ERRORS

    def __init__(self, logger: logging.Logger | None = None) -> None:
        self.logger = logger

    @property
    @abstractmethod
    def session(self) -> Session:
        """The keystoneauth1 session for what fogflow does not do."""

    @abstractmethod
    def endpoint(self) -> str:
        """Mistral's URL, with or without `/v2`."""

    def token(self) -> Mapping[str, str]:
        """The headers that say who asks; none, where nobody has to."""
        return {}

    def renew(self) -> bool:
        """Whether another token may be had; the one so far is forgotten."""
        return False

    def project_id(self) -> str | None:
        """The id of the project that the token is for."""
        return None

    @abstractmethod
    def send(
        self, method: str, url: str, *, headers: Mapping[str, str], data: bytes | None, params: Mapping[str, str]
    ) -> requests.Response:
        """Sends a request as it is, once; no redirection is followed. The body of the answer is still to be read."""

    def failure_of(self, error: Exception, *, sending: bool) -> errors.Error:
        """What one of the libraries raised, as one of ours; see `fogflow.connection.failures`."""
        return failure_of(error, sending=sending)
