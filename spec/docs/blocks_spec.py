"""A block that is not as it says is found out, whatever its language."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from sybil.example import SybilFailure

from fogflow import errors
from spec.support.pages import Shown, document

Page = Callable[[str], Path]

# What is wrong, and what is said of it.
WRONG = {
    "perl": ("print 'hello';", "nobody knows how to check a block of 'perl'"),
    "pycon": (">>> 6 * 7\n43", "Got:\n    42"),
    "yaml": ("version: '2.0'\nhello: {tasks: {}}", "no workflow: .*"),
    "console": ("$ make tea", "make tea: make: .* No rule to make target 'tea'"),
}
COMMANDS = {
    "make test CUPS=2": "the Makefile has no use for CUPS",
    "brew install fogflow": "nobody knows how to check 'brew'",
    "pip install 'fogflow[tea]'": "fogflow has no extra tea",
    "pip install fogfolw": "fogfolw is not fogflow",
    "python -m fogflow.tea": "No module named fogflow.tea",
    "python -m fogflow.mock --prot 80": "unrecognized arguments: --prot 80",
    "python -m fogflow.port": "the following arguments are required: FILE.rb",
    "python examples/tea.py": "there is no file",
    "python -m pytest --wolrd=mock": "unrecognized arguments: --wolrd=mock",
    "cd fogflow && OS_CLOUD=tea make tea": "No rule to make target 'tea'",
}
WELL = (
    "git clone fogflow; cd fogflow",
    "make walk SEEDS='4 5' && make demo   # and a remark",
    "$ make demo\nwhat it prints is not read",
    "python3 -m venv .venv\n.venv/bin/pip install -e '.[local,clouds]'",
    "export OS_CLOUD=devstack",
    "python -m fogflow.mock --port 8989",
    'python -c "import fogflow; print(fogflow.connect())"',
    "python -m fogflow.local --no-auth --set api.max_limit=10 -- python examples/quickstart.py",
    "python -m fogflow.port deploy.rb -o deploy.py",
    "python -m pytest -q --world=mock spec/core",
)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.chdir(tmp_path)

    def write(text: str) -> Path:
        path = tmp_path / "page.rst"
        path.write_text(text)
        return path

    return write


def block(language: str, text: str) -> str:
    return f".. code-block:: {language}\n\n{textwrap.indent(text, '   ')}\n\n"


def run(path: Path) -> None:
    for example in document(path):
        example.evaluate()


@pytest.mark.parametrize("language", WRONG)
def it_fails_for_what_is_wrong(language: str, page: Page) -> None:
    text, said = WRONG[language]

    with pytest.raises(SybilFailure, match=said):
        run(page(block(language, text)))


@pytest.mark.parametrize("command", COMMANDS)
def it_fails_for_a_command_that_cannot_be_given(command: str, page: Page) -> None:
    with pytest.raises(SybilFailure, match=COMMANDS[command]):
        run(page(block("console", command)))


@pytest.mark.parametrize("commands", WELL)
def it_takes_commands_that_can_be_given(commands: str, page: Page) -> None:
    run(page(block("console", commands)))


def it_fails_for_what_no_parser_reads(page: Page) -> None:
    with pytest.raises(ValueError, match="Expecting"):
        run(page(block("json", "{'a': 1}")))
    with pytest.raises(errors.ArgumentError, match="this is not Ruby"):
        run(page(block("ruby", "def hello(")))
    with pytest.raises(NameError, match="workflow"):
        run(page(block("python", "workflow.execute()")))


def it_fails_for_a_test_that_fails_and_for_one_that_is_passed_over(page: Page) -> None:
    with pytest.raises(SybilFailure, match="1 failed"):
        run(page(block("python", "def test_it():\n    assert 6 * 7 == 43")))
    with pytest.raises(SybilFailure, match="1 skipped"):
        run(page(block("python", "import pytest\n\n\ndef test_it():\n    pytest.skip()")))


def it_has_one_namespace_and_one_folder_for_all_blocks_of_a_page(page: Page) -> None:
    file = block("yaml", "a: 1").replace("\n\n", "\n   :name: a.yaml\n\n", 1)
    python = block("python", "import pathlib\nread = pathlib.Path('a.yaml').read_text()")

    run(page(file + python + block("pycon", ">>> read.strip()\n'a: 1'")))


def it_sees_the_blocks_that_a_reader_sees(page: Page) -> None:
    literal = "So::\n\n   print(1)\n\n"
    row = ".. list-table::\n\n   * - .. code-block:: ruby\n\n          puts 1\n"
    hidden = ".. invisible-code-block: python\n\n   print(2)\n\n"

    shown = Shown(page(literal + hidden + block("python", "print(3)") + row))

    assert shown.blocks == [("a block without a language", "print(1)"), ("python", "print(3)")]
    assert shown.rows == [("ruby", "puts 1")]
    assert shown.faults == ""


def it_says_what_docutils_cannot_read(page: Page) -> None:
    assert 'Unknown directive type "teapot"' in Shown(page(".. teapot:: short\n\n   and stout\n")).faults
