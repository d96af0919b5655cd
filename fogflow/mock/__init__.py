"""Mistral in memory, for tests that need no server: `fogflow.mock()`::

    with fogflow.mock() as cloud:
        cloud.script("hello", output={"greeting": "hello fog"})
        service = fogflow.connect()
        service.workflows.create(definition=pathlib.Path("hello.yaml"))
        assert service.executions.create(workflow_name="hello").wait().output == {"greeting": "hello fog"}

It stands behind the connection, so that all of fogflow's own code runs. `python -m fogflow.mock` serves one on a
loopback port. What it does not do, and a script can say in its place:

- Expressions (YAQL and Jinja) are neither computed nor checked. They are passed on as they are written, and conditions
  hold; only the variable of an item, alone in a value, becomes the item. Items that an expression would make are as
  many as the script has results for the task, or else one.
- What tasks publish is seen by all that follow, whatever branch they are in; `concurrency` is passed over.
- Actions do nothing outside: `std.http` sends nothing, and the Python of dynamic actions is not run. Their results are
  None unless a script says more. Event triggers are kept, and never fire.
"""

import sys
import types

from fogflow.mock.cloud import Cloud, mock
from fogflow.mock.scripts import Run

__all__ = ["Cloud", "Run", "mock"]


class _CallableModule(types.ModuleType):
    """`fogflow.mock` is this package and, as fog's users expect, the function that starts a mock.

    Importing a submodule binds its name in the parent package, over whatever stood there: a function `mock` in
    `fogflow/__init__.py` would be gone after the first `import fogflow.mock`. So the module itself can be called.
    """

    def __call__(self, *, max_limit: int = 1000, mistral: str | None = None) -> Cloud:
        return mock(max_limit=max_limit, mistral=mistral)


sys.modules[__name__].__class__ = _CallableModule
