"""Which options a server knows, as oslo.config tells, so that one that is misspelt does not pass in silence."""

from __future__ import annotations

import difflib
import importlib.metadata
import itertools
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from keystoneauth1 import loading
from oslo_config import cfg

Name = tuple[str, str]
"""A section and an option in it, as they stand in a file."""


def refuse_unknown(configuration: cfg.ConfigOpts, file: Path) -> None:
    """Ends the program when the file has an option that neither it nor any of its libraries knows.

    To be called when the program's parts are loaded, for they register their options as they are.

    Raises:
        SystemExit: names each such option, and the nearest that is known.
    """
    unregistered = [name for name in _names_in(file) if not _is_registered(configuration, name)]
    if not unregistered:
        return
    # Some options are registered only when they are first used; to ask for all of them takes its time.
    known = _published() | _of_authentication(configuration)
    unknown = [name for name in unregistered if name not in known]
    if unknown:
        raise SystemExit("; ".join(_complaint(name, known) for name in unknown))


def _names_in(file: Path) -> list[Name]:
    sections: dict[str, dict[str, list[str]]] = {}
    cfg.ConfigParser(str(file), sections).parse()
    # As oslo.config looks them up.
    return [
        (section if section == "DEFAULT" else section.lower(), option)
        for section, options in sections.items()
        for option in options
    ]


def _is_registered(configuration: cfg.ConfigOpts, name: Name) -> bool:
    section, option = name
    if section == "DEFAULT":
        return option in configuration
    # The options of DEFAULT stand beside the sections.
    found = getattr(configuration, section, None)
    return isinstance(found, cfg.ConfigOpts.GroupAttr) and option in found


def _published() -> set[Name]:
    """The options, under their old names too, that the libraries in this process publish for sample files."""
    names = set()
    for entry in importlib.metadata.entry_points(group="oslo.config.opts"):
        # Other servers that are installed publish theirs in the same place.
        if entry.module.partition(".")[0] not in sys.modules:
            continue
        for group, options in entry.load()():
            section = str(getattr(group, "name", group) or "DEFAULT")
            for option in options:
                names |= {(section, option.name), (section, option.dest)}
                names |= {(old.group or section, old.name or option.name) for old in option.deprecated_opts}
    return names


def _of_authentication(configuration: cfg.ConfigOpts) -> set[Name]:
    """The options of every way to authenticate; which of them is used is said by another option."""
    sections = {"keystone_authtoken", configuration.keystone_authtoken.auth_section or "keystone_authtoken"}
    loaders: Iterable[Any] = loading.get_available_plugin_loaders().values()
    options = [option for loader in loaders for option in loading.get_auth_plugin_conf_options(loader)]
    names = {name for one in options for name in (one.name, one.dest, *(old.name for old in one.deprecated_opts))}
    return set(itertools.product(sections, filter(None, names)))


def _complaint(name: Name, known: set[Name]) -> str:
    wanted = ".".join(name)
    (nearest,) = difflib.get_close_matches(wanted, sorted(map(".".join, known)), n=1, cutoff=0)
    return f"there is no option {wanted}; the nearest is {nearest}"
