"""Dynamic actions: Python of yours that the server runs. Most servers take it from administrators only.

python examples/dynamic_actions.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/dynamic_actions.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import fogflow

CODE = """
from mistral_lib import actions


class Greet(actions.Action):
    def __init__(self, who):
        self.who = who

    def run(self, context):
        return "Hello, " + self.who + "!"
"""

WORKFLOW = {
    "version": "2.0",
    "example_greets": {
        "input": ["who"],
        "output": {"greeting": "<% $.greeting %>"},
        "tasks": {
            "greet": {"action": "example_greet who=<% $.who %>", "publish": {"greeting": "<% task().result %>"}},
        },
    },
}


def main() -> None:
    service = fogflow.connect()
    source = service.code_sources.create(name="example_greetings", content=CODE)
    try:
        action = source.dynamic_actions.create(name="example_greet", class_name="Greet")
        print("created:", source, "with", action)
        workflow = service.workflows.create(definition=WORKFLOW)
        try:
            print("run:", workflow.execute({"who": "fog"}).wait(timeout=60).output)

            source.update(content=CODE.replace("Hello", "Good morning"))
            print("version", source.version, "run:", workflow.execute({"who": "fog"}).wait(timeout=60).output)
        finally:
            for execution in list(workflow.executions):
                execution.destroy(force=True)
            workflow.destroy()
    finally:
        # Its actions are deleted with it.
        print("deleted:", source.destroy())


if __name__ == "__main__":
    main()
