"""What an extra brings and is not there: the error says the line to type."""

from __future__ import annotations

import configparser
import importlib.metadata
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import fogflow.local.__main__
import fogflow.port.__main__
from fogflow import drawing, errors, models

USED: dict[str, tuple[str, Callable[[], Any]]] = {
    "clouds": ("openstack", lambda: fogflow.connect(cloud="devstack")),
    "graph": ("graphviz", lambda: drawing.Graph("hello", (), ()).svg()),
    "local": ("mistral", fogflow.local.cloud),
    "progress": ("tqdm", lambda: models.Executions(None).wait([], progress=True)),
    "port": ("tree_sitter", lambda: fogflow.port.draft("puts 1")),
}
"""Each extra that a user takes: a package of it, and what takes that."""


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes a package be missing, for those who import it and for those who ask pip's records."""

    def remove(package: str) -> None:
        def version(name: str) -> str:
            raise importlib.metadata.PackageNotFoundError(name)

        loaded = [name for name in sys.modules if name.startswith(f"{package}.")]
        for name in (package, *loaded):
            monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.setattr(importlib.metadata, "version", version)

    return remove


@pytest.mark.parametrize("extra", USED)
def it_says_the_line_for_pip(extra: str, without: Callable[[str], None]) -> None:
    package, use = USED[extra]
    without(package)

    with pytest.raises(errors.MissingExtraError, match=rf"; install it with: pip install 'fogflow\[{extra}\]'$"):
        use()


def it_knows_each_extra_that_a_user_takes() -> None:
    settings = configparser.ConfigParser()
    settings.read(Path(__file__).parent.parent / "setup.cfg")

    # The others are for those who work on fogflow.
    assert settings["options.extras_require"].keys() - {"bench", "docs", "dev"} == USED.keys()


@pytest.mark.parametrize(
    ("package", "command"),
    [
        ("mistral", lambda: fogflow.local.__main__.main([])),
        ("tree_sitter", lambda: fogflow.port.__main__.main([__file__])),
    ],
)
def it_ends_a_command_with_that_line(
    package: str, command: Callable[[], int], without: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    without(package)

    assert command() == 1
    assert capsys.readouterr().err.count("pip install 'fogflow[") == 1
