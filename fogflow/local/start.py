"""Starts a server of the folder `servers` in whatever interpreter runs this file: `start.py NAME FOLDER SOCKET`.

By its path, and not as a module of fogflow: of that, nothing need be installed where an old Mistral is, and nothing is
loaded here.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

_HERE = Path(__file__).parent


def main() -> None:
    # What stands beside this file is not for the server to find, nor are the modules in `servers`, for two of them
    # have the names of the servers' packages.
    sys.path[:] = [entry for entry in sys.path if entry != str(_HERE)]
    folder = _HERE / "servers"
    specification = importlib.util.spec_from_file_location(
        "servers", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert specification is not None
    sys.modules["servers"] = importlib.util.module_from_spec(specification)
    importlib.import_module(f"servers.{sys.argv.pop(1)}").main()


if __name__ == "__main__":
    main()
