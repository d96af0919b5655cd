"""`make matrix`: the specs that are true of a Mistral, on each release of it, and what came of them as a table.

Not a spec, and no part of `make test`: each release takes some minutes.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import attrs

from fogflow.local import releases

SPECS = ("spec/models", "spec/requests", "spec/releases_spec.py", "spec/errors_spec.py", "spec/examples_spec.py")
SIDE_BY_SIDE = ("--numprocesses=2", "--dist=loadfile")
ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "build" / "matrix"
"""What came of the last run on each release; the page is made of all of them."""

PAGE = ROOT / "docs" / "releases.rst"
TITLE = "Releases of Mistral"

ABOUT = """\
fogflow works on the nine releases of Mistral that are in the field, from 15 (2022) to 23 (2026). ``make matrix`` runs
the specs of models, collections, requests, errors and examples on a real Mistral of each, behind a Keystone, and writes
this page. ``python -m fogflow.local --mistral 17`` runs one; ``fogflow.mock(mistral="17")`` plays one.

Where releases differ, fogflow does the same on all of them if it can: what an old one refuses is asked for in another
way, and what it lacks is None. How it refuses tells; no code asks for a release's number.

* A list is asked for with a limit and an order, so it is whole, in pages, though releases before 23 would answer all at
  once, and rows of the same second in any order.
* ``fields=`` of one object, which 15 refuses, is taken from the whole object.
* ``checksum`` of a workflow, which came with 18, is None before, and nobody asks for it once more; ``only("checksum")``
  and ``summary()`` go on without it.
* ``scope="public"`` of a new environment or dynamic action, which only 20 and 23 heed, is set by a second request. Of a
  cron trigger it cannot be: none is kept, and an error says why.
"""

DIFFERENCES = """\
What cannot be done is said with the server's words and what they mean, as in ``Mandatory field missing: this Mistral
cannot skip a task, which came with release 16``. So it is with skipping, maintenance, info and services.
"""


@attrs.frozen
class Outcome:
    """What came of one spec on one release.

    Attributes:
        resource: the file that the spec is in.
        spec: its name.
        kind: "passed", "failed" or "deviating": as its mark says that it does not hold there.
        why: the reason of a deviation.
    """

    resource: str
    spec: str
    kind: str
    why: str = ""


def main(names: list[str]) -> int:
    unknown = set(names) - set(releases.names())
    if unknown:
        sys.exit(f"there is no Mistral {' or '.join(sorted(unknown))} to run")
    for name in names or releases.names():
        run(name)
    found = {name: outcomes(name) for name in releases.names() if _report(name).exists()}
    failed = [f"{name}: {one.spec}" for name, all_ in found.items() for one in all_ if one.kind == "failed"]
    print(table(found))
    if len(found) == len(releases.names()):
        PAGE.write_text(page(found))
        print(f"written to {PAGE}")
    print("\n".join(["failed:", *failed]) if failed else "nothing failed")
    return bool(failed)


def run(release: str) -> None:
    """Runs the specs on one release."""
    print(f"== Mistral {release}", flush=True)
    # Before the specs, whose time is limited: the first time, it is installed for minutes.
    releases.interpreter(release)
    report = _report(release)
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "--quiet", *SIDE_BY_SIDE, "--world=real", f"--mistral={release}", *SPECS]
    subprocess.run([*command, f"--junit-xml={report}", "-o", "junit_family=xunit1"], check=False)
    if not report.exists():
        sys.exit(f"the specs did not run on Mistral {release}")


def outcomes(release: str) -> list[Outcome]:
    """What came of the last run on a release."""
    return [outcome(case) for case in ElementTree.parse(_report(release)).iter("testcase")]


def date(release: str) -> str:
    """The day of the last run on a release."""
    suite = ElementTree.parse(_report(release)).find("testsuite")
    assert suite is not None
    return suite.get("timestamp", "")[:10]


def _report(release: str) -> Path:
    return REPORTS / f"{release}.xml"


def outcome(case: ElementTree.Element) -> Outcome:
    resource = Path(case.get("file", "")).stem.removesuffix("_spec")
    spec = case.get("name", "")
    if case.find("failure") is not None or case.find("error") is not None:
        return Outcome(resource, spec, "failed")
    skipped = case.find("skipped")
    return (
        Outcome(resource, spec, "passed")
        if skipped is None
        else Outcome(resource, spec, "deviating", skipped.get("message", ""))
    )


def page(found: dict[str, list[Outcome]]) -> str:
    days = " and ".join(sorted({date(name) for name in found}))
    parts = [
        f"{TITLE}\n{'=' * len(TITLE)}",
        ABOUT,
        f"Specs by release\n----------------\n\nRun on {days}. A number is of specs that passed; after a "
        "plus, of those that deviate there\nas below; after an exclamation mark, of those that failed.",
        table(found),
        "Deviations\n----------",
        DIFFERENCES,
        deviations(found),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def table(found: dict[str, list[Outcome]]) -> str:
    """What came of the specs, by resource and release, as a simple table of reStructuredText."""
    resources = sorted({one.resource for all_ in found.values() for one in all_})
    rows = [["", *found]]
    rows += [
        [resource, *(_cell(one for one in all_ if one.resource == resource) for all_ in found.values())]
        for resource in resources
    ]
    rows.append(["all", *(_cell(all_) for all_ in found.values())])
    # A first cell that is empty would go on with the row before.
    rows[0][0] = "specs of"
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = "  ".join("=" * width for width in widths)
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([rule, lines[0], rule, *lines[1:], rule])


def _cell(outcomes: Iterable[Outcome]) -> str:
    counted = Counter(one.kind for one in outcomes)
    signs = {"deviating": "+", "failed": "!"}
    more = "".join(f" {sign}{counted[kind]}" for kind, sign in signs.items() if counted[kind])
    return f"{counted['passed']}{more}"


def deviations(found: dict[str, list[Outcome]]) -> str:
    """Each deviation with its reason, and the releases that have it."""
    where: dict[tuple[str, str, str], list[str]] = {}
    for release, all_ in found.items():
        for one in all_:
            if one.kind == "deviating":
                where.setdefault((one.why, one.resource, one.spec), []).append(release)
    return "\n".join(
        f"* {', '.join(names)}: {why} (``{resource}_spec.py``, ``{spec}``)"
        for (why, resource, spec), names in sorted(where.items())
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
