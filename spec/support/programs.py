"""A program that a spec starts, and that does not outlive the spec."""

from __future__ import annotations

import subprocess
from types import TracebackType


class Program(subprocess.Popen[str]):
    """A `Popen` that is killed when its `with` block fails; a plain one would be waited for, perhaps forever."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None:
            self.kill()
        super().__exit__(kind, error, traceback)
