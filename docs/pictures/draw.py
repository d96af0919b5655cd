"""Draws the pictures beside it anew, from `fixtures/workflows` and `fixtures/executions`: `make pictures`.

It takes Graphviz. The executions were recorded on a real Mistral, by `fixtures/executions/record.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from spec.support.pictures import PICTURES, graphs, seal


def main() -> None:
    for name, graph in graphs():
        (PICTURES / f"{name}.mmd").write_text(graph.mermaid())
        (PICTURES / f"{name}.dot").write_text(graph.dot())
        (PICTURES / f"{name}.svg").write_text(graph.svg() + seal(graph.dot()))


if __name__ == "__main__":
    main()
