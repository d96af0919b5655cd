"""The examples run to their end, on a real cloud, and leave nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import fogflow
import fogflow.local

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(example: str, cloud: fogflow.local.Cloud) -> str:
    ended = subprocess.run(
        [sys.executable, EXAMPLES / example],
        capture_output=True,
        text=True,
        env={**os.environ, **cloud.environment},
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def it_has_a_spec_for_each_example() -> None:
    source = Path(__file__).read_text()

    assert [path.name for path in EXAMPLES.glob("*.py") if f'"{path.name}"' not in source] == []


def it_runs_the_quickstart(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("quickstart.py", cloud)

    assert "greet    SUCCESS" in shown
    assert "(whole)  SUCCESS" in shown
    assert "output: {'greeting': 'Hello, fog!'}" in shown
    assert "ended in ERROR\n    task 'explode': The action raised an exception" in shown
    assert not service.workflows.filter(name__has="quickstart")
    assert not service.executions.filter(workflow_name__has="quickstart")


def it_says_what_is_missing_to_run_the_quickstart() -> None:
    ended = subprocess.run(
        [sys.executable, EXAMPLES / "quickstart.py"], capture_output=True, text=True, env=os.environ, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("ArgumentError: no cloud to connect to")


def it_runs_fogs_guide(cloud: fogflow.local.Cloud, service: fogflow.WorkflowService) -> None:
    shown = run("fog_workflow.py", cloud).splitlines()

    assert 'execution: SUCCESS {"container": "default"}' in shown
    assert "action: default" in shown
    assert "created: myworkflow" in shown
    assert "valid: True" in shown
    assert "updated: True" in shown
    assert "deleted: 204" in shown
    assert service.workflows.get("myworkflow") is None
