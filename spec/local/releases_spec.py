"""A local cloud of another release of Mistral has an environment of its own, which is made once, or it says why not."""

from __future__ import annotations

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import fogflow.local
from fogflow import errors
from fogflow.local import releases
from spec.local.support import command_line


@pytest.fixture
def requirements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a release takes that is installed in a moment: nothing. Its environment will be made in a folder of ours."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(releases, "_REQUIREMENTS", tmp_path)
    file = tmp_path / "mistral-7.txt"
    file.write_text("# nothing\n")
    return file


STAND_IN = f"""\
#!/bin/sh
# Called as `python -I -m venv FOLDER` and, from that folder, as `python -I -m pip install ... FILE`.
case "$3" in
  venv) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && touch "$4/pyvenv.cfg" ;;
  pip) for file; do :; done; grep -q "^#" "$file" || exec {sys.executable} "$@" ;;
esac
"""


@pytest.fixture(autouse=True)
def quick_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for Python that makes an environment in a moment, and runs pip where there is something to install.

    `make oldest` makes a real environment, with all that a release takes.
    """
    program = tmp_path / "bin" / "python3.4"
    program.parent.mkdir()
    program.write_text(STAND_IN)
    program.chmod(0o700)
    monkeypatch.setattr(releases, "_PYTHON", (3, 4))
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)


@pytest.fixture
def environment(requirements: Path, tmp_path: Path) -> Path:
    """An environment that is made."""
    releases.interpreter("7")
    return tmp_path / "cache" / "fogflow" / "mistral-7"


def it_has_the_requirements_of_each_release() -> None:
    assert releases.names() == ["15", "16", "17", "18", "19", "20", "21", "22", "23"]
    for name in releases.names():
        pinned = (releases._REQUIREMENTS / f"mistral-{name}.txt").read_text().split()
        assert any(one.startswith(f"mistral=={name}.") for one in pinned)


def it_makes_an_environment_of_its_own_once(requirements: Path, environment: Path) -> None:
    made = (environment / "pyvenv.cfg").stat().st_ctime_ns

    assert releases.interpreter("7") == environment / "bin" / "python"
    assert releases.is_installed("7")
    assert (environment / "pyvenv.cfg").stat().st_ctime_ns == made


def it_makes_one_for_two_who_ask_at_once(requirements: Path) -> None:
    with ThreadPoolExecutor() as threads:
        found = list(threads.map(releases.interpreter, ["7", "7"]))

    assert found[0] == found[1]
    assert found[0].exists()


@pytest.mark.parametrize("missing", ["installed.txt", "bin"])
def it_makes_anew_what_is_half_made(missing: str, environment: Path) -> None:
    gone = environment / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    (environment / "left over").touch()
    assert not releases.is_installed("7")

    releases.interpreter("7")

    assert releases.is_installed("7")
    assert not (environment / "left over").exists()


def it_makes_anew_what_is_of_other_requirements(requirements: Path, environment: Path) -> None:
    requirements.write_text("# something else\n")
    assert not releases.is_installed("7")

    releases.interpreter("7")

    assert releases.is_installed("7")


def it_says_why_a_release_could_not_be_installed(requirements: Path, tmp_path: Path) -> None:
    requirements.write_text(f"nothing @ file://{tmp_path}/nothing.whl\n")

    with pytest.raises(errors.LocalCloudError) as raised:
        releases.interpreter("7")

    message, _, log = str(raised.value).partition("\nThe log is ")
    assert message.startswith("Mistral 7 could not be installed: ERROR: ")
    assert "nothing.whl" in Path(log).read_text()
    assert not releases.is_installed("7")


def it_says_that_there_is_no_such_python(requirements: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(requirements.parent))

    with pytest.raises(errors.LocalCloudError, match=r"^Mistral 7 runs on Python 3\.4, .* no python3\.4 on the PATH$"):
        releases.interpreter("7")


def it_says_that_nothing_can_be_kept(requirements: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, where the folder would be")

    with pytest.raises(errors.LocalCloudError, match="Mistral 7 cannot be installed in "):
        releases.interpreter("7")


@pytest.mark.parametrize("release", ["14", "", "../15", 17])
def it_says_which_releases_there_are(release: str) -> None:
    with pytest.raises(errors.ArgumentError, match=f"^there is no Mistral {release!r} to run; there are '15', '16', "):
        fogflow.local.cloud(mistral=release)


def it_says_so_on_the_command_line(tmp_path: Path) -> None:
    with command_line("--mistral", "14", XDG_CACHE_HOME=str(tmp_path)) as process:
        _, complaint = process.communicate()

    assert complaint.startswith("there is no Mistral '14' to run")
    assert process.returncode == 1
    assert not (tmp_path / "fogflow").exists()
