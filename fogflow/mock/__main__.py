"""`python -m fogflow.mock`: a Mistral in memory on a loopback port, until it is interrupted."""

from __future__ import annotations

import argparse
import signal
import threading

from fogflow.mock.cloud import Cloud
from fogflow.mock.releases import NAMES
from fogflow.mock.serving import serving


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m fogflow.mock", description="Serves a Mistral in memory on a loopback port, without a Keystone."
    )
    parser.add_argument("--port", type=int, default=0, help="the port; a free one by default")
    parser.add_argument(
        "--max-limit", type=int, default=1000, help="how many rows a list has at the most (default: 1000)"
    )
    parser.add_argument(
        "--mistral", choices=NAMES, default=NAMES[-1], help="the release of Mistral that it is (default: the newest)"
    )
    arguments = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with serving(Cloud(max_limit=arguments.max_limit, mistral=arguments.mistral), arguments.port) as endpoint:
        print(endpoint, flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
