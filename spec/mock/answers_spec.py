"""The mock answers each request as a real Mistral did, which `fixtures/mistral/record.py` wrote down."""

from __future__ import annotations

from typing import Any

import pytest

from fogflow.mock import Cloud
from fogflow.mock.exchange import Project
from fogflow.mock.serving import serving
from spec.support import yaml_files
from spec.support.exchanges import ANSWERS, REQUESTS, label, replay

RECORDED = yaml_files.load(ANSWERS)


@pytest.fixture(scope="module")
def answers() -> list[Any]:
    projects = [Project("admin"), Project("other")]
    cloud = Cloud(max_limit=10)
    with serving(cloud) as endpoint:
        return replay(
            endpoint,
            {project.name: project.token for project in projects},
            {project.name: project.id for project in projects},
            cloud.advance,
        )


def it_is_measured_by_the_answers_to_the_same_requests() -> None:
    assert [recorded["request"] for recorded in RECORDED] == [label(request) for request in REQUESTS]


@pytest.mark.parametrize("number", range(len(REQUESTS)), ids=lambda number: f"{number} {label(REQUESTS[number])}"[:90])
def it_answers_as_the_real_server_did(number: int, answers: list[Any]) -> None:
    recorded = {name: value for name, value in RECORDED[number].items() if name != "request"}

    assert answers[number] == recorded
