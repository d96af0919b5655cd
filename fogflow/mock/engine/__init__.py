"""Runs workflows by their structure and by script: tasks follow one another, and nothing is computed.

Expressions are passed on as they are written, and conditions hold. What a task does with literal values it does:
`std.echo` gives back its output, `std.fail` fails, `std.async_noop` waits for somebody to end it.
"""

from fogflow.mock.engine.engine import Engine

__all__ = ["Engine"]
