"""The main job, from nothing to an output, on whatever cloud `fogflow.connect()` finds.

python examples/quickstart.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/quickstart.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import sys
import time
import uuid

import fogflow
from fogflow import errors
from fogflow.models import Execution, Workflow

NAME = f"quickstart_{uuid.uuid4().hex[:8]}"

GREETS = {
    "version": "2.0",
    NAME: {
        "input": ["who"],
        "output": {"greeting": "<% $.greeting %>"},
        "tasks": {
            "greet": {
                "action": "std.echo output='Hello, <% $.who %>!'",
                "publish": {"greeting": "<% task().result %>"},
                "on-success": "rest",
            },
            "rest": {"action": "std.noop", "wait-before": 1},
        },
    },
}

FAILS = {"version": "2.0", f"{NAME}_fails": {"tasks": {"explode": {"action": "std.fail"}}}}


def main() -> None:
    service = fogflow.connect()
    created: list[Workflow] = []
    try:
        print("A workflow with two tasks:")
        workflow = service.workflows.create(definition=GREETS)
        created.append(workflow)
        print(" ", workflow)

        print("An execution of it, followed until it has ended:")
        execution = service.executions.create(workflow_name=workflow.name, input={"who": "fog"})
        print(" ", execution)
        follow(execution)
        print("  output:", execution.output)

        print("What an execution that fails looks like:")
        failing = service.workflows.create(definition=FAILS)
        created.append(failing)
        try:
            failing.execute().wait()
        except errors.ExecutionError as error:
            print("  " + str(error).replace("\n", "\n  "))
    finally:
        print("Nothing stays:")
        for workflow in created:
            for execution in workflow.executions:
                execution.destroy(force=True)
            workflow.destroy()
            print("  deleted", workflow.name)


def follow(execution: Execution) -> None:
    """Prints the state of each task whenever it changes."""
    seen: dict[str, str] = {}
    while True:
        ended = execution.reload().ready
        for task in execution.tasks.only("name", "state"):
            if seen.get(task.id) != task.state:
                seen[task.id] = task.state
                print(f"  {task.name:8} {task.state}")
        if ended:
            print(f"  {'(whole)':8} {execution.state}")
            return
        time.sleep(0.2)


if __name__ == "__main__":
    try:
        main()
    except errors.Error as error:
        sys.exit(f"{type(error).__name__}: {error}")
