"""Action executions: actions that run by themselves, and one that waits in a task for somebody's decision.

python examples/action_executions.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/action_executions.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import fogflow
from fogflow import errors
from fogflow.models import ActionExecution, Execution

DEPLOYMENT = {
    "version": "2.0",
    "example_deployment": {
        "output": {"decision": "<% $.decision %>"},
        "tasks": {
            # Asynchronous: it goes on when somebody says how it ended.
            "approve": {
                "action": "std.async_noop",
                "publish": {"decision": "<% task().result %>"},
                "on-success": "deploy",
            },
            "deploy": {"action": "std.noop"},
        },
    },
}


def main() -> None:
    service = fogflow.connect()

    print("An action by itself; the server keeps nothing of it:")
    run = service.action_executions.create(name="std.echo", input={"output": {"volumes": ["home", "system"]}})
    print(" ", run, run.result)
    print("One that fails is returned too:")
    run = service.actions.find_by_id("std.fail").execute()
    print(" ", run, run.result)

    workflow = service.workflows.create(definition=DEPLOYMENT)
    try:
        execution = workflow.execute()
        run = approval_of(execution)
        print("A task waits for somebody:", run)
        run.complete({"by": "the night shift"})
        print("  completed:", execution.wait(timeout=60).output)

        execution = workflow.execute()
        run = approval_of(execution)
        print("Another:", run)
        run.fail({"by": "the night shift", "reason": "too late today"})
        try:
            execution.wait(timeout=60)
        except errors.ExecutionError as error:
            print("  failed:", error.tasks[0].result)
    finally:
        for execution in list(workflow.executions):
            execution.destroy(force=True)
        workflow.destroy()


def approval_of(execution: Execution) -> ActionExecution:
    """The action that waits in the first task of an execution."""
    execution.wait_for(lambda one: one.tasks.filter(name="approve", state="RUNNING").exists(), timeout=60)
    return execution.tasks.filter(name="approve")[0].action_executions[0]


if __name__ == "__main__":
    main()
