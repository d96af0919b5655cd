"""What goes over the wire, and over which connection."""

from __future__ import annotations

import pytest
import yaml

import fogflow
from fogflow import errors
from fogflow.definitions import definition_text
from spec.support.server import Server


def it_sends_an_emoji_in_a_definition_unescaped(server: Server, recorded: fogflow.WorkflowService) -> None:
    recorded.create_workflow({"version": "2.0", "w😀": {"tasks": {"t": {"action": "std.noop"}}}})

    assert "w😀" in server.heard[0].text


@pytest.mark.parametrize(
    "character", ["😀", "ä", "\x00", "\x7f", "\x85", "\u2028", "\ufeff", "\uffff", "\\ud83d", "\n"]
)
def it_sends_every_character_of_a_mapping_so_that_yaml_reads_it(character: str) -> None:
    definition = {f"a{character}b": [f"{character}{character}"]}

    assert yaml.safe_load(definition_text(definition)) == definition


def it_refuses_half_of_a_surrogate_pair(recorded: fogflow.WorkflowService, server: Server) -> None:
    with pytest.raises(errors.ArgumentError, match="surrogate"):
        recorded.create_workflow({"version": "2.0", "w\ud83d": {}})

    assert server.heard == []


@pytest.mark.parametrize(("status", "body", "connections"), [(500, "", 2), (503, "", 2), (500, "{}", 1), (404, "", 1)])
def it_closes_the_connection_after_an_empty_5xx(
    status: int, body: str, connections: int, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    service = fogflow.connect(endpoint=server.url, retries=0)
    server.answer("/v2/workflows", body, status)
    with pytest.raises(errors.HTTPError), caplog.at_level("DEBUG", "urllib3.connectionpool"):
        service.list_workflows()

    service.list_workflows()

    opened = [one for one in caplog.messages if "Starting new HTTP" in one or "Resetting dropped" in one]
    assert len(opened) == connections
