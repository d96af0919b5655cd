"""Cron triggers: a workflow every night, and once at a given time.

python examples/cron_triggers.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/cron_triggers.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import fogflow

CLEANUP = {
    "version": "2.0",
    "example_cleanup": {"input": ["older_than"], "tasks": {"clean": {"action": "std.noop"}}},
}


def main() -> None:
    service = fogflow.connect()
    workflow = service.workflows.create(definition=CLEANUP)
    try:
        nightly = workflow.cron_triggers.create(
            name="example_nightly", pattern="0 3 * * *", workflow_input={"older_than": "30 days"}
        )
        print("created:", nightly)
        print("starts next at", nightly.next_execution_time.time(), "UTC")

        # A time without a pattern is for one start; the API takes no seconds.
        workflow.cron_triggers.create(
            name="example_once", first_execution_time="2099-01-01 03:00", workflow_input={"older_than": "a year"}
        )
        print(workflow.cron_triggers.table("name", "pattern", "remaining_executions", "workflow_input"))

        # The API changes none.
        nightly.destroy()
        weekly = workflow.cron_triggers.create(
            name="example_nightly", pattern="0 3 * * 0", workflow_input={"older_than": "30 days"}
        )
        print("in its place:", weekly)
        print("starts:", weekly.workflow)
    finally:
        # A workflow cannot be deleted while triggers start it.
        for trigger in list(workflow.cron_triggers):
            print("deleted:", trigger.name, trigger.destroy())
        for execution in list(workflow.executions):
            execution.destroy(force=True)
        workflow.destroy()


if __name__ == "__main__":
    main()
