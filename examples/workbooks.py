"""Workbooks: a workflow and the action that it uses in one definition, checked, created, run, changed.

python examples/workbooks.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/workbooks.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import fogflow

BOOK = {
    "version": "2.0",
    "name": "example_greetings",
    "workflows": {
        "greet": {
            "input": ["who"],
            "output": {"greeting": "<% $.greeting %>"},
            "tasks": {
                # Inside a workbook, its actions go by their own names.
                "say": {"action": "hello who=<% $.who %>", "publish": {"greeting": "<% task().result %>"}},
            },
        }
    },
    "actions": {
        "hello": {"base": "std.echo", "base-input": {"output": "Hello, <% $.who %>!"}, "input": ["who"]},
    },
}


def main() -> None:
    service = fogflow.connect()
    print("valid:", service.validations.workbook(BOOK))
    print("valid without a name:", service.validations.workbook({"version": "2.0"}))

    workbook = service.workbooks.create(definition=BOOK)
    try:
        print("created:", workbook)
        print("its workflows:", [workflow.name for workflow in workbook.workflows])
        print("its actions:", [action.name for action in workbook.actions])

        workflow = service.workflows.find_by_id("example_greetings.greet")
        print("run:", workflow.execute({"who": "fog"}).wait(timeout=60).output)

        hello = {**BOOK["actions"]["hello"], "base-input": {"output": "Good morning, <% $.who %>!"}}
        workbook.update(definition={**BOOK, "actions": {"hello": hello}})
        print("changed, and run:", workflow.execute({"who": "fog"}).wait(timeout=60).output)
    finally:
        # What it brought stays behind when a workbook is deleted.
        for workflow in list(workbook.workflows):
            for execution in list(workflow.executions):
                execution.destroy(force=True)
            workflow.destroy()
        for action in list(workbook.actions):
            action.destroy()
        workbook.destroy()


if __name__ == "__main__":
    main()
