"""Environments: variables under a name, which executions are given.

python examples/environments.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/environments.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import fogflow

MAIL = {
    "version": "2.0",
    "example_mail": {
        "output": {"sent": "<% $.sent %>"},
        "tasks": {
            "send": {
                "action": "std.echo output='to <% env().recipient %>, by <% env().server.host %>'",
                "publish": {"sent": "<% task().result %>"},
            }
        },
    },
}


def main() -> None:
    service = fogflow.connect()
    variables = {"recipient": "operators@example.org", "server": {"host": "mail.example.org", "port": 25}}
    environment = service.environments.create(
        name="example_staging", description="Where nobody is disturbed.", variables=variables
    )
    print("created:", environment, environment.variables)
    try:
        workflow = service.workflows.create(definition=MAIL)
        try:
            print("run in it:", workflow.execute(env="example_staging").wait(timeout=60).output)

            environment.variables["recipient"] = "developers@example.org"
            environment.save()
            print("changed, and run:", workflow.execute(env="example_staging").wait(timeout=60).output)
            print("with variables of its own:", workflow.execute(env=variables).wait(timeout=60).output)
        finally:
            for execution in list(workflow.executions):
                execution.destroy(force=True)
            workflow.destroy()
    finally:
        print("deleted:", environment.destroy())


if __name__ == "__main__":
    main()
