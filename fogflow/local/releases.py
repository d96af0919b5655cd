"""The releases of Mistral that a local cloud can run beside the one installed: a virtual environment for each.

Such an environment is made when its release is first asked for, below the cache folder, of the requirements with which
that release was seen to run. They stand in `requirements`, a file a release. What a server does in there is not said
here.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fogflow import errors
from fogflow.local import cache

_REQUIREMENTS = Path(__file__).parent / "requirements"

_PYTHON = (3, 11)
"""The Python that the requirements were chosen for."""


def names() -> list[str]:
    """The releases that there are, the oldest first: "15" and so on."""
    return sorted((file.stem.removeprefix("mistral-") for file in _REQUIREMENTS.glob("mistral-*.txt")), key=int)


def require_known(release: str) -> None:
    """Raises errors.ArgumentError when there is no such release to run; those that there are are named."""
    if release not in names():
        known = ", ".join(repr(name) for name in names())
        raise errors.ArgumentError(f"there is no Mistral {release!r} to run; there are {known}")


def is_installed(release: str) -> bool:
    """Whether the environment of a release is there, and whole."""
    try:
        # Written last, so that an environment that has it is whole; one of other requirements is not the one meant.
        made_of = _mark(release).read_text()
    except OSError:
        return False
    return made_of == _requirements(release).read_text() and _interpreter(release).exists()


def interpreter(release: str) -> Path:
    """The Python in the environment of a release, which is made first where it is not there: once, some 200 MB.

    Several may ask at once; one of them makes it, and the others wait.

    Args:
        release: one of `names()`.

    Raises:
        errors.ArgumentError: there is no such release to run.
        errors.LocalCloudError: the Python that it takes is not there, or it could not be installed; the message names
            the log.
    """
    require_known(release)
    with _alone(release):
        if not is_installed(release):
            _install(release)
    return _interpreter(release)


def _environment(release: str) -> Path:
    return cache.folder() / f"mistral-{release}"


def _interpreter(release: str) -> Path:
    return _environment(release) / "bin" / "python"


def _mark(release: str) -> Path:
    return _environment(release) / "installed.txt"


def _requirements(release: str) -> Path:
    return _REQUIREMENTS / f"mistral-{release}.txt"


@contextmanager
def _alone(release: str) -> Iterator[None]:
    """Keeps others, threads and processes, from the environment until the end of the block, or of this process."""
    lock = cache.folder() / f"mistral-{release}.lock"
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("w")
    except OSError as error:
        raise errors.LocalCloudError(f"Mistral {release} cannot be installed in {lock.parent}: {error}") from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(release: str) -> None:
    environment, mark = _environment(release), _mark(release)
    if environment.exists():
        # Half made, or of other requirements.
        mark.unlink(missing_ok=True)
        shutil.rmtree(environment)
    log = environment.with_suffix(".log")
    pip = [str(_interpreter(release)), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    with log.open("w") as said:
        for command in (
            [_python(release), "-I", "-m", "venv", str(environment)],
            [*pip, "--requirement", str(_requirements(release))],
        ):
            if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False).returncode:
                raise errors.LocalCloudError(
                    f"Mistral {release} could not be installed: {_last_words(log)}\nThe log is {log}"
                )
    log.unlink()
    written = mark.with_suffix(".part")
    written.write_text(_requirements(release).read_text())
    written.replace(mark)


def _python(release: str) -> str:
    name = "python{}.{}".format(*_PYTHON)
    found = sys.executable if sys.version_info[:2] == _PYTHON else shutil.which(name)
    if not found:
        raise errors.LocalCloudError(f"Mistral {release} runs on Python {name[6:]}, and there is no {name} on the PATH")
    return found


def _last_words(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    # pip goes on to talk after it has said what is wrong.
    complaints = [line for line in lines if line.startswith("ERROR:")]
    return next(reversed(complaints or lines), "it said nothing")
