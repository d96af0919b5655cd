"""HTTP of a real cloud, recorded once and played back: a cassette for each spec, and for each fixture that specs share.

What is secret or differs from one recording to the next is replaced before anything is written: hosts, passwords,
tokens, and Keystone's ids. What the specs make up themselves, names and ids, is made of their own names, so that the
requests of a spec are the same each time.
"""

from __future__ import annotations

import copy
import hashlib
import random
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import vcr
from vcr.record_mode import RecordMode

import fogflow.local
from fogflow.core import waiting
from spec.support.time import SleptTime

CASSETTES = Path(__file__).parents[2] / "fixtures" / "cassettes"

_HOST = "{}.recorded"
_KEPT_HEADERS = {"content-type", "x-subject-token", "location"}
_NEW_ID = "0" * 24
_SAID_BY_KEYSTONE = ("token", "project", "user", "roles", "links")
_IDS_OF_KEYSTONE = re.compile(r"\b[0-9a-f]{32}\b")


class Recorder:
    """Records into the cassettes, or plays them."""

    def __init__(self, recording: bool) -> None:
        self.recording = recording
        self._hosts: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._passwords: set[str] = set()
        self._vcr = vcr.VCR(
            record_mode=RecordMode.ALL if recording else RecordMode.NONE,
            match_on=("method", "uri", "body"),
            before_record_request=self._request,
            before_record_response=self._response,
        )

    @contextmanager
    def cassette(self, name: str) -> Iterator[None]:
        """What is sent in the `with` block stands in the cassette of this name."""
        file = CASSETTES / f"{re.sub(r'[^a-z0-9/_-]+', '-', name, flags=re.IGNORECASE)[:120]}-{_digest(name)}.yaml"
        if self.recording:
            file.unlink(missing_ok=True)
        with made_of(name), self._vcr.use_cassette(str(file)):
            yield

    @contextmanager
    def cloud(self, max_limit: int) -> Iterator[RecordedCloud]:
        """A real cloud to be recorded, or what was recorded of one."""
        if not self.recording:
            yield RecordedCloud()
            return
        with fogflow.local.cloud(config={"api": {"max_limit": max_limit}}) as running:
            for name, url in (("mistral", running.endpoint), ("keystone", running.auth_url)):
                self._hosts[urlsplit(str(url)).netloc] = _HOST.format(name)
            self._passwords.add(running.environment["OS_PASSWORD"])
            yield running

    def _request(self, request: Any) -> Any:
        host = urlsplit(request.uri).netloc
        if host not in self._hosts and not host.endswith(_HOST.format("")):
            return None  # of no cloud: it passes by
        request = copy.copy(request)
        request.uri = self._scrubbed(request.uri)
        request.headers = {}
        if request.body:
            request.body = self._scrubbed(request.body.decode())
        return request

    def _response(self, response: Any) -> Any:
        response = copy.deepcopy(response)
        text = response["body"]["string"].decode()
        if any(f'"{name}": {{' in text for name in _SAID_BY_KEYSTONE):
            self._learn(text)
        response["body"]["string"] = self._scrubbed(text).encode()
        response["headers"] = {
            name: ["a-token"] if name.lower() == "x-subject-token" else values
            for name, values in response["headers"].items()
            if name.lower() in _KEPT_HEADERS
        }
        return response

    def _learn(self, text: str) -> None:
        for identity in _IDS_OF_KEYSTONE.findall(text):
            # What is played comes by here as well, and has its new ids already.
            if not identity.startswith(_NEW_ID):
                self._ids.setdefault(identity, f"{len(self._ids) + 1:032x}")

    def _scrubbed(self, text: str) -> str:
        for host, name in self._hosts.items():
            text = text.replace(host, name)
        text = _IDS_OF_KEYSTONE.sub(lambda found: self._ids.get(found[0], found[0]), text)
        # Tracebacks of the server tell where it is installed.
        text = re.sub(r"(/[\w.-]+)+/site-packages/", "/site-packages/", text)
        text = re.sub(r'("password": )"[^"]*"', r'\1"a-password"', text)
        for password in self._passwords:
            text = text.replace(password, "a-password")
        # A recorded token is taken for ever.
        return re.sub(r'("expires_at": )"[^"]*"', r'\1"2099-01-01T00:00:00.000000Z"', text)


class RecordedCloud(fogflow.local.Cloud):
    """A cloud of which nothing is there but the cassettes."""

    endpoint = f"http://{_HOST.format('mistral')}/v2"
    auth_url = f"http://{_HOST.format('keystone')}/v3"

    def __init__(self) -> None:
        super().__init__(auth=True, config={})

    def advance(self, seconds: float) -> None:
        """Nobody has to wait for what has happened."""


@contextmanager
def made_of(name: str) -> Iterator[None]:
    """Whatever is made up at random in the `with` block is made of this name."""
    made_up = random.Random(_digest(name))
    with mock.patch("uuid.uuid4", side_effect=lambda: uuid.UUID(int=made_up.getrandbits(128), version=4)):
        yield


@contextmanager
def timeless(recording: bool) -> Iterator[None]:
    """Waiting takes no time but when it is recorded."""
    with mock.patch.object(waiting, "time", SleptTime(sleeps=recording)):
        yield


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
