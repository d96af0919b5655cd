"""Executions: started, followed to their end, run again, paused and resumed, cancelled; and what a failed one says.

python examples/executions.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/executions.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import fogflow
from fogflow import errors
from fogflow.models import Execution

BACKUP = {
    "version": "2.0",
    "example_backup": {
        "input": ["volume"],
        "output": {"copy": "<% $.copy %>"},
        "tasks": {
            "copy": {
                "action": "std.echo output='copy of <% $.volume %>'",
                "publish": {"copy": "<% task().result %>"},
                "fail-on": "<% $.volume = 'broken' %>",
                "on-success": "report",
            },
            "report": {"action": "std.noop", "pause-before": "<% $.volume = 'system' %>"},
        },
    },
}


def main() -> None:
    service = fogflow.connect()
    workflow = service.workflows.create(definition=BACKUP)
    try:
        execution = workflow.execute({"volume": "home"}, description="by hand")
        print("started:", execution)
        print("output:", execution.wait(timeout=60).output)
        print(execution.tasks.table("name", "state", "published"))

        again = execution.rerun(description="once more").wait(timeout=60)
        print("run again:", again.output, "as", again.description)

        failed = service.executions.create(workflow_name="example_backup", input={"volume": "broken"})
        try:
            failed.wait(timeout=60)
        except errors.ExecutionError as error:
            print("failed:", error)
        print("its tasks in error:", failed.report().statistics.error_tasks_count)

        for decide in (Execution.resume, Execution.cancel):
            paused = workflow.execute({"volume": "system"}).wait_for(lambda execution: execution.paused, timeout=60)
            print("paused before its last task, then", decide(paused).wait(timeout=60, check=False).state)

        print(workflow.executions.table("state", "description"))
    finally:
        for one in list(workflow.executions):
            one.destroy(force=True)
        workflow.destroy()


if __name__ == "__main__":
    main()
