"""Writes docs/porting.rst, the porting guide, from its rows in docs/porting.yaml: `python docs/porting.py`."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


def guide() -> str:
    """The page's text."""
    said = yaml.safe_load((HERE / "porting.yaml").read_text(encoding="utf-8"))
    title = "Porting from Ruby's fog"
    source = ".. Made of docs/porting.yaml by docs/porting.py; change it there."
    parts = [source, f"{title}\n{'=' * len(title)}", said["text"].strip(), *map(_section, said["groups"])]
    return "\n\n".join(parts) + "\n"


def _section(group: dict[str, Any]) -> str:
    title = group["title"]
    head = ".. list-table::\n   :header-rows: 1\n   :widths: 50 50\n\n   * - Ruby\n     - Python"
    rows = "\n".join(_row(row) for row in group["rows"])
    return "\n\n".join(
        one for one in (f"{title}\n{'-' * len(title)}", group.get("text", "").strip(), f"{head}\n{rows}") if one
    )


def _row(row: dict[str, Any]) -> str:
    said = [row[name] for name in ("note", "draft") if name in row]
    if "raises" in row:
        said.insert(0, f"Raises ``fogflow.errors.{row['raises']}``.")
    python = "\n\n".join([_code("python", row["python"]), *said])
    return f"{_cell('   * - ', _code('ruby', row['ruby']))}\n{_cell('     - ', python)}"


def _code(language: str, text: str) -> str:
    return f".. code-block:: {language}\n\n{textwrap.indent(text.strip(), '   ')}"


def _cell(opening: str, content: str) -> str:
    """A cell of the table: its first line after the opening, the others below it."""
    return opening + textwrap.indent(content, " " * len(opening)).lstrip()


if __name__ == "__main__":
    (HERE / "porting.rst").write_text(guide(), encoding="utf-8")
