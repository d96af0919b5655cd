"""Workflows: checked, created, found, read, changed, kept in two namespaces, deleted.

python examples/workflows.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/workflows.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import fogflow
from fogflow import errors


def resize(description: str) -> dict[str, object]:
    """The definition of a workflow."""
    tasks = {"stop": {"action": "std.noop", "on-success": "resize"}, "resize": {"action": "std.noop"}}
    parts = {"description": description, "input": ["server", {"flavor": "small"}], "tags": ["example"], "tasks": tasks}
    return {"version": "2.0", "example_resize": parts}


def main() -> None:
    service = fogflow.connect()
    print("valid:", service.validations.workflow(resize("Resizes a server.")))
    try:
        service.workflows.create(definition="version: '2.0'\nexample_resize:\n  tasks: [\n")
    except errors.InvalidDefinition as error:
        print("refused, for what is in line", error.line)

    created = [service.workflows.create(definition=resize("Resizes a server."))]
    try:
        workflow = created[0]
        print("created:", workflow)
        print("takes:", workflow.interface["input"])

        workflow.update(definition=resize("Stops a server and resizes it."))
        print("changed:", "Stops a server" in workflow.reload().definition)

        staged = service.workflows.create(definition=resize("A new way to resize."), namespace="example_staging")
        created.append(staged)
        print(service.workflows.filter(tags="example").table("name", "namespace", "scope", "created_at"))
        print("in its namespace:", service.workflows.get("example_resize", namespace="example_staging") == staged)

        print("run:", workflow.execute({"server": "web"}).wait(timeout=60))
    finally:
        for workflow in created:
            for execution in list(workflow.executions):
                execution.destroy(force=True)
            print("deleted:", workflow.destroy())


if __name__ == "__main__":
    main()
