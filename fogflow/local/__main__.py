"""``python -m fogflow.local``: a cloud until it is interrupted, or while ``-- COMMAND`` runs."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import subprocess
import sys
from contextlib import ExitStack, suppress
from typing import NoReturn

from fogflow import errors
from fogflow.local import cache, releases, signals
from fogflow.local.cloud import Cloud, cloud

_ENDS_BY_ITSELF_WITHIN = 5.0  # seconds
_STOPPED_WITHIN = 10.0  # seconds


def main(words: list[str] | None = None) -> int:
    """Runs the command line `words` (the process's own by default) and returns its exit status."""
    try:
        _heed_signals()
        options = _parser().parse_args(words)
        if options.mistral is not None:
            _announce_installation(options.mistral)
        with cloud(auth=options.auth, config=_sections(options.set), mistral=options.mistral) as running:
            if options.command:
                return _run(options.command, running)
            _show(running)
            signal.pause()
    except errors.Error as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m fogflow.local",
        description="Run a real Mistral, behind a real Keystone, on this machine.",
        epilog="Without a command, print the variables to connect with and run until interrupted.",
    )
    parser.add_argument("--no-auth", dest="auth", action="store_false", help="leave Keystone out")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=_option,
        metavar="SECTION.OPTION=VALUE",
        help="an option for mistral.conf, such as api.max_limit=10; may be repeated",
    )
    parser.add_argument(
        "--mistral",
        metavar="RELEASE",
        help=f"the release of Mistral to run, one of {', '.join(releases.names())}; by default the one installed here",
    )
    parser.add_argument("command", nargs="*", metavar="-- COMMAND", help="a command to run against the cloud")
    return parser


def _announce_installation(release: str) -> None:
    releases.require_known(release)
    if not releases.is_installed(release):
        print(f"installing Mistral {release}, once, in {cache.folder()}", file=sys.stderr)


def _option(text: str) -> tuple[str, str, str]:
    name, equals, value = text.partition("=")
    section, _, option = name.partition(".")
    if not (equals and section and option):
        raise argparse.ArgumentTypeError(f"{text!r} is not SECTION.OPTION=VALUE")
    return section, option, value


def _sections(options: list[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    sections: dict[str, dict[str, str]] = {}
    for section, option, value in options:
        sections.setdefault(section, {})[option] = value
    return sections


def _run(command: list[str], running: Cloud) -> int:
    # Variables for another cloud must not mix with this one's.
    others = {name: value for name, value in os.environ.items() if not name.startswith("OS_")}
    with ExitStack() as ending:
        try:
            with signals.put_off():
                process = subprocess.Popen(command, env={**others, **running.environment})
                ending.callback(_stop, process)
        except OSError as error:
            print(f"{command[0]}: {error.strerror}", file=sys.stderr)
            return 127
        return _wait(process)


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Returns the command's exit status, in the manner of a shell when a signal has killed it."""
    try:
        status = process.wait()
    except KeyboardInterrupt:
        # A terminal sends it to the command, too, which may have something to tidy up.
        with suppress(subprocess.TimeoutExpired):
            process.wait(_ENDS_BY_ITSELF_WITHIN)
        raise
    return 128 - status if status < 0 else status


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOPPED_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _show(running: Cloud) -> None:
    for name, value in running.environment.items():
        print(f"export {name}={shlex.quote(value)}")
    print("# ready; Ctrl-C ends the cloud", flush=True)


def _heed_signals() -> None:
    """Ended politely, this program must still stop what it started."""
    signal.signal(signal.SIGTERM, _end)
    # A shell lets what it runs in the background ignore the Ctrl-C that is for others.
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, _end)


def _end(number: int, _: object) -> NoReturn:
    # Once is enough; another signal would only cut the cleaning up short.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
