"""How executions, tasks and action executions stand: Mistral's states, as questions."""

from __future__ import annotations

FINAL_STATES = frozenset({"SUCCESS", "ERROR", "CANCELLED", "SKIPPED"})
"""The states from which nothing goes on by itself."""


class HasState:
    """The questions that can be asked of a `state`; each is answered as of the server's last answer."""

    __slots__ = ()

    state: str

    @property
    def ready(self) -> bool:
        """Whether it has ended, well or not. What is paused has not."""
        return self.state in FINAL_STATES

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self.state == "RUNNING"

    @property
    def success(self) -> bool:
        """Whether it has ended well."""
        return self.state == "SUCCESS"

    @property
    def error(self) -> bool:
        """Whether it has failed."""
        return self.state == "ERROR"

    @property
    def paused(self) -> bool:
        """Whether it waits to be resumed."""
        return self.state == "PAUSED"

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self.state == "CANCELLED"
