"""Members: a workflow that one project offers to another, seen from both sides.

python examples/members.py   # on a cloud on this machine, for it takes the users of two projects; with fogflow[local]
"""

from __future__ import annotations

import fogflow.local

DEPLOYMENT = {
    "version": "2.0",
    "example_deployment": {
        "input": ["what"],
        "output": {"deployed": "<% $.what %>"},
        "tasks": {"deploy": {"action": "std.noop"}},
    },
}


def main() -> None:
    with fogflow.local.cloud() as cloud:
        # On a cloud of yours: fogflow.connect(cloud="builders") and fogflow.connect(cloud="guests").
        builders = cloud.connect(**cloud.create_project("builders"))
        guests = cloud.connect(**cloud.create_project("guests"))
        guests_id = guests.connection.session.get_project_id()

        workflow = builders.workflows.create(definition=DEPLOYMENT)
        print("builders have:", workflow)
        print("guests see:", guests.workflows.get(workflow.id))

        offer = workflow.members.create(member_id=guests_id)
        print("builders offer it:", offer.status)

        # Mistral lists no offers: guests are told the workflow's id by other ways.
        theirs = guests.members.filter(resource_id=workflow.id).get(guests_id)
        print("guests accept it:", theirs.accept().status)
        print("guests see:", guests.workflows.get(workflow.id))
        print("guests run it:", guests.workflows.get(workflow.id).execute({"what": "a shop"}).wait(timeout=60).output)
        print("builders read:", offer.reload().status)

        offer.destroy()
        print("builders take it back, and guests see:", guests.workflows.get(workflow.id))


if __name__ == "__main__":
    main()
