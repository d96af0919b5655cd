"""A notebook that nobody sees: a real kernel of Jupyter, and what it has its notebook draw."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).parent.parent.parent

_WITHIN = 120
"""Seconds that a cell may take on a machine that has much else to do."""


class Notebook:
    """What the cells of a notebook have shown.

    Attributes:
        text: what they wrote, on the standard output and error.
        errors: the tracebacks of those that failed.
        widgets: the state of each widget, by its id, as the last message to it has left it.
        displayed: the ids of the widgets that were displayed.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self.text = ""
        self.errors: list[str] = []
        self.widgets: dict[str, dict[str, Any]] = {}
        self.displayed: list[str] = []

    def run(self, cell: str) -> None:
        """Runs a cell to its end."""
        self._client.execute_interactive(cell, timeout=_WITHIN, output_hook=self._see)

    def of_kind(self, name: str) -> list[dict[str, Any]]:
        """The widgets of a kind, such as "FloatProgressModel"."""
        return [one for one in self.widgets.values() if one["_model_name"] == name]

    def _see(self, message: dict[str, Any]) -> None:
        content = message["content"]
        match message["msg_type"]:
            case "stream":
                self.text += content["text"]
            case "error":
                self.errors.append("\n".join(content["traceback"]))
            case "comm_open":
                self.widgets[content["comm_id"]] = content["data"]["state"]
            case "comm_msg":
                self.widgets[content["comm_id"]].update(content["data"].get("state", {}))
            case "display_data":
                view = content["data"].get("application/vnd.jupyter.widget-view+json", {})
                self.displayed.append(view.get("model_id"))


@contextmanager
def running(folder: Path) -> Iterator[Notebook]:
    """A notebook whose kernel runs for the time of the `with` block, and keeps its files in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(folder / name))
        manager = KernelManager(kernel_name="python3", transport="ipc", ip=str(folder / "kernel"))
        manager.start_kernel(cwd=str(ROOT))
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=_WITHIN)
            yield Notebook(client)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
