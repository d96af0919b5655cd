"""`python -m fogflow.port FILE.rb`: prints the Python of a Ruby file, and on the standard error what was left."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fogflow import errors
from fogflow.port.draft import Draft, draft


def main(words: list[str] | None = None) -> int:
    """Runs the command line `words` (the process's own by default) and returns its exit status."""
    options = _parser().parse_args(words)
    try:
        ruby = sys.stdin.read() if options.file == "-" else Path(options.file).read_text(encoding="utf-8")
        ported = draft(ruby, name=options.file)
        if options.output is None:
            print(ported.python, end="")
        else:
            options.output.write_text(ported.python, encoding="utf-8")
    except errors.Error as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except UnicodeDecodeError:
        print(f"{options.file}: not a text in UTF-8", file=sys.stderr)
        return 1
    print(_summary(ported), file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m fogflow.port",
        description="Put a Ruby file that uses fog into Python that uses fogflow, as a first draft.",
        epilog="What there is no Python for stays as a comment with its line number.",
    )
    parser.add_argument("file", metavar="FILE.rb", help="the Ruby file; - for the standard input")
    parser.add_argument("-o", dest="output", metavar="OUT.py", type=Path, help="where to write; printed by default")
    return parser


def _summary(ported: Draft) -> str:
    left = [one for one in ported.left if not one.ported]
    guessed = [one for one in ported.left if one.ported]
    lines = [] if ported.left else ["everything has its Python"]
    for title, held in (("left as comments", left), ("to be looked at", guessed)):
        if held:
            lines += [f"{title}: {len(held)}", *(f"  {one}" for one in held)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
