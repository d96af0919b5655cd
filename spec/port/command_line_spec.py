"""`python -m fogflow.port` as it is typed."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from fogflow.port.__main__ import main


@pytest.fixture
def ruby(tmp_path: Path) -> Path:
    path = tmp_path / "start.rb"
    path.write_text('require "fog/openstack"\n\n# starts it\nputs "started"\nTimeout.timeout(5) do\n  launch\nend\n')
    return path


def it_prints_the_python_and_beside_it_what_was_left(ruby: Path) -> None:
    ended = subprocess.run([sys.executable, "-m", "fogflow.port", ruby], capture_output=True, text=True, check=False)

    assert ended.returncode == 0
    assert ended.stdout == (
        '# starts it\nprint("started")\n'
        "# fogflow.port: line 5: Timeout.timeout(5) do\n"
        "# fogflow.port: line 6:   launch\n"
        "# fogflow.port: line 7: end\n"
    )
    assert ended.stderr == "left as comments: 1\n  line 5: a block of timeout: Timeout.timeout(5) do\n"


def it_writes_to_a_file(ruby: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(ruby), "-o", str(tmp_path / "start.py")]) == 0

    assert 'print("started")' in (tmp_path / "start.py").read_text()
    assert capsys.readouterr().out == ""


def it_says_when_nothing_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "all.rb").write_text("puts 1\n")

    assert main([str(tmp_path / "all.rb")]) == 0

    assert capsys.readouterr() == ("print(1)\n", "everything has its Python\n")


def it_reads_the_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("sleep 5\n"))

    assert main(["-"]) == 0

    assert capsys.readouterr().out == "import time\n\ntime.sleep(5)\n"


def it_names_a_file_that_there_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.rb")]) == 1

    assert capsys.readouterr().err == f"{tmp_path / 'none.rb'}: No such file or directory\n"


def it_names_the_line_that_is_not_ruby(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.rb"
    path.write_text("puts 1\nx = (1 +\nend end\n")

    assert main([str(path)]) == 1

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"{path}, line ")


def it_refuses_what_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "binary.rb"
    path.write_bytes(b"\xff\xfe\x00")

    assert main([str(path)]) == 1
    assert capsys.readouterr().err == f"{path}: not a text in UTF-8\n"


def it_names_the_extra_that_is_missing(
    ruby: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "tree_sitter_ruby", None)

    assert main([str(ruby)]) == 1
    assert capsys.readouterr().err.endswith("install it with: pip install 'fogflow[port]'\n")


def it_shows_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])

    assert ended.value.code == 2
    assert "usage: python -m fogflow.port" in capsys.readouterr().err
