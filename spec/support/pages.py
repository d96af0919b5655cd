"""The pages of the documentation, and the blocks of code on them.

Blocks are found by sybil and run one after another; docutils, which reads a page as Sphinx does, says what a reader
sees, so that no block is passed over. What a page runs it shows: nothing hidden is run.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from doctest import ELLIPSIS, register_optionflag
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from sybil import Document, Example, Region
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract import DocTestStringParser
from sybil.parsers.rest.lexers import DirectiveLexer

import fogflow.mock
from fogflow.port.grammar import parse
from spec.support.commands import complaints

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.rst"
PAGES = [README, ROOT / "CHANGES.rst", *sorted((ROOT / "docs").rglob("*.rst"))]

# What stands in its tables are its rows.
PORTING = ROOT / "docs" / "porting.rst"

_TEST = re.compile(r"^def test_", re.MULTILINE)
_runs_python = PythonEvaluator()
# What sybil does about white space at the end of lines would leave "done. ..." without its last three points.
_reads_sessions = DocTestStringParser(DocTestEvaluator(ELLIPSIS | register_optionflag("KEEP_TRAILING_WHITESPACE")))


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# -- what is run


def document(page: Path) -> Document:
    """A page whose examples are its blocks, in their order."""
    return Document.parse(str(page), _blocks)


def language_of(example: Example) -> str:
    return str(example.region.lexemes["arguments"])


def _blocks(document: Document) -> Iterator[Region]:
    for region in DirectiveLexer(directive="code-block")(document):
        region.parsed = region.lexemes["source"]
        region.evaluator = _block
        yield region


def _block(example: Example) -> str | None:
    """Does with a block what its language calls for; answers what is wrong with it."""
    name = example.region.lexemes["options"].get("name")
    if name:
        # It is a file of this name, which the blocks below find in their folder.
        Path(Path(name).name).write_text(example.parsed, encoding="utf-8")
    try:
        checked = LANGUAGES[language_of(example)]
    except KeyError:
        return f"nobody knows how to check a block of {language_of(example)!r}"
    return checked(example)


def _python(example: Example) -> str | None:
    if _TEST.search(example.parsed):
        return _tests(example.parsed)
    _runs_python(example)
    return None


def _tests(text: str) -> str | None:
    """Runs tests as their reader would, by a pytest of their own."""
    Path("test_shown.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_shown.py"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    passed = re.search(r"^(\d+) passed\b", ended.stdout, re.MULTILINE)
    all_passed = ended.returncode == 0 and passed and int(passed[1]) == len(_TEST.findall(text))
    return None if all_passed else ended.stdout + ended.stderr


def _session(example: Example) -> str | None:
    """Types in what stands behind the prompts, and compares what comes out."""
    parts = list(_reads_sessions(example.parsed, example.path))
    if not parts:
        return "there is no prompt in it"
    first = example.line + example.parsed.line_offset
    said = (
        part.evaluator(Example(example.document, first + part.parsed.lineno, 1, part, example.namespace))
        for part in parts
        if part.evaluator
    )
    return next(filter(None, said), None)


def _yaml(example: Example) -> str | None:
    """Reads it; what is a definition must be one to the server too."""
    found = yaml.safe_load(example.parsed)
    if not isinstance(found, dict) or "version" not in found:
        return None
    if "workflows" in found or "actions" in found:
        kind = "workbook"
    else:
        parts = [part for part in found.values() if isinstance(part, dict)]
        kind = "action" if any("base" in part for part in parts) else "workflow"
    with fogflow.mock.Cloud() as cloud:
        validation = getattr(cloud.connect().validations, kind)(example.parsed)
    return None if validation else f"no {kind}: {validation.error}"


def _json(example: Example) -> str | None:
    json.loads(example.parsed)
    return None


def _ruby(example: Example) -> str | None:
    parse(example.parsed)
    return None


def _console(example: Example) -> str | None:
    return "\n".join(complaints(example.parsed)) or None


def _text(example: Example) -> str | None:
    """Says what it likes."""
    return None


LANGUAGES: dict[str, Callable[[Example], str | None]] = {
    "python": _python,
    "pycon": _session,
    "yaml": _yaml,
    "json": _json,
    "ruby": _ruby,
    "console": _console,
    "text": _text,
}


# -- what is shown


class _Elsewhere(Directive):
    """A directive of Sphinx's that shows no code of the page's own."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = None

    def run(self) -> list[Any]:
        return []


class _Included(_Elsewhere):
    """`literalinclude`: code of a file, which is run or drawn where the file stands."""

    option_spec = {"language": directives.unchanged, "lines": directives.unchanged}  # noqa: RUF012 - docutils' own form

    def run(self) -> list[Any]:
        return [nodes.comment("", f"literalinclude {self.arguments[0]}")]


class _Tree(_Elsewhere):
    option_spec = dict.fromkeys(("caption", "glob", "hidden", "maxdepth", "titlesonly"), directives.unchanged)


class _Documented(_Elsewhere):
    option_spec = dict.fromkeys(
        ("exclude-members", "inherited-members", "no-members", "show-inheritance", "special-members", "undoc-members"),
        directives.unchanged,
    )


for _name in ("automodule", "autoclass", "autoexception", "autofunction", "autodata"):
    directives.register_directive(_name, _Documented)
directives.register_directive("toctree", _Tree)
directives.register_directive("literalinclude", _Included)
for _name in ("doc", "ref", "class", "exc", "func", "meth", "attr", "mod", "data", "obj"):
    roles.register_generic_role(_name, nodes.literal)


class Shown:
    """What docutils finds on a page.

    Attributes:
        blocks: language and text of each block of code.
        rows: the same of those that stand in tables.
        included: the files that stand in it, as it names them.
        faults: what docutils could not read.
    """

    def __init__(self, page: Path) -> None:
        heard = io.StringIO()
        settings = {"warning_stream": heard, "syntax_highlight": "none", "report_level": 2, "halt_level": 5}
        tree = publish_doctree(page.read_text(encoding="utf-8"), str(page), settings_overrides=settings)
        self.faults = heard.getvalue()
        self.blocks: list[tuple[str, str]] = []
        self.rows: list[tuple[str, str]] = []
        for block in tree.findall(lambda one: isinstance(one, (nodes.literal_block, nodes.doctest_block))):
            language = next((name for name in block["classes"] if name != "code"), "a block without a language")
            where = self.rows if _in_table(block) else self.blocks
            where.append((language, block.astext()))
        said = [one.astext().split(maxsplit=1) for one in tree.findall(nodes.comment)]
        self.included = [words[1] for words in said if words[:1] == ["literalinclude"]]


def _in_table(node: Any) -> bool:
    while node is not None and not isinstance(node, nodes.table):
        node = node.parent
    return node is not None
