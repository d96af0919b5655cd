"""Steps with what the server says of itself: its versions, its build, its maintenance, which stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from spec.mock.walking.calls import Call, call, raw
from spec.mock.walking.steps.choices import spoilt
from spec.mock.walking.walk import Walk


def update_maintenance(walk: Walk) -> Call:
    body = spoilt(walk, {"status": walk.pick(["RUNNING", "PAUSING", "nonsense"])})
    return raw("PUT", "maintenance", body=body, versioned=False)


def nobody(walk: Walk) -> Call:
    """An address that there is not."""
    return raw(walk.pick(["GET", "POST", "PUT"]), "nonsense", body={})


def _plain(name: str) -> Callable[[Walk], Call]:
    return lambda _: call(name)


STEPS: dict[str, list[Callable[[Walk], Call]]] = {
    "maintenance": [_plain("get_maintenance"), update_maintenance],
    "version": [_plain("list_versions"), _plain("get_version"), _plain("get_info"), _plain("list_services"), nobody],
}
