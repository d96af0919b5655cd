"""Event triggers: a workflow that starts when another service of the cloud notifies.

python examples/event_triggers.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/event_triggers.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import fogflow

NOTES = {
    "version": "2.0",
    "example_new_server": {"input": [{"purpose": "none"}], "tasks": {"note": {"action": "std.noop"}}},
}


def main() -> None:
    service = fogflow.connect()
    workflow = service.workflows.create(definition=NOTES)
    try:
        # What Nova says on the bus when a server is there. A local cloud has no bus: there it waits for ever.
        trigger = workflow.event_triggers.create(
            name="example_server_created",
            exchange="nova",
            topic="versioned_notifications",
            event="instance.create.end",
            workflow_input={"purpose": "web"},
        )
        print("created:", trigger)
        print("starts:", trigger.workflow)

        trigger.update(workflow_input={"purpose": "database"})
        print("changed:", trigger.reload().workflow_input)

        # The API has no filter here: the list is narrowed on this side.
        print(service.event_triggers.filter(event__startswith="instance.").table("name", "exchange", "event"))
    finally:
        # A workflow cannot be deleted while triggers start it.
        for trigger in list(workflow.event_triggers):
            print("deleted:", trigger.name, trigger.destroy())
        for execution in list(workflow.executions):
            execution.destroy(force=True)
        workflow.destroy()


if __name__ == "__main__":
    main()
