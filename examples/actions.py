"""Actions: the server's own, and one made of them, run by itself and changed.

python examples/actions.py                              # OS_CLOUD, or OS_AUTH_URL and its companions
python -m fogflow.local -- python examples/actions.py   # a cloud on this machine, for as long as it takes
"""

from __future__ import annotations

import fogflow


def measure(unit: str) -> dict[str, object]:
    """The definition of an action: std.echo, told what to say."""
    said = f"<% $.volume %> holds <% $.size %> {unit}"
    parts = {"base": "std.echo", "base-input": {"output": said}, "input": ["volume", {"size": 10}]}
    return {"version": "2.0", "example_measure": parts}


def main() -> None:
    service = fogflow.connect()
    print("The server's own:")
    print(service.actions.filter(name__startswith="std.").limit(5).table("name", "input"))

    action = service.actions.create(definition=measure("GB"))
    try:
        print("created:", action)
        print("takes:", action.input)
        print("run:", action.execute({"volume": "home"}).result)
        print("run:", action.execute({"volume": "home", "size": 20}).result)

        action.update(definition=measure("GiB"))
        print("changed, and run:", action.execute({"volume": "home"}).result)

        print("found by name:", service.actions.get("example_measure") == action)
        print("what is wrong with one without a base:")
        print(" ", service.validations.action({"version": "2.0", "example_measure": {"input": ["volume"]}}))
    finally:
        print("deleted:", action.destroy())


if __name__ == "__main__":
    main()
