"""A Mistral in memory that counts what it is asked, and in which time passes by waiting alone."""

from __future__ import annotations

import fogflow.mock
from fogflow.mock.exchange import Answer, Request


class Watched(fogflow.mock.Cloud):
    """A mock that stands for the module `time` of waiting, too."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.bytes = 0

    def answer(self, request: Request) -> Answer:
        answer = super().answer(request)
        self.asked.append(f"{request.method} {'/'.join(request.path)}")
        self.bytes += len(answer.body)
        return answer

    def monotonic(self) -> float:
        return self.now.timestamp()

    sleep = fogflow.mock.Cloud.advance
