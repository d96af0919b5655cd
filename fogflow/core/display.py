"""What a notebook shows of a model and of a collection: HTML, in which whatever the cloud holds is text alone."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from fogflow.core.attributes import declared

if TYPE_CHECKING:
    from fogflow.core.collection import Collection
    from fogflow.core.model import Model

MOST_ROWS = 20
"""How many rows of a collection are shown."""

_LONGEST = 120


def card(model: Model) -> str:
    """An object as a small table: what `repr` shows, its state and its times, as far as they are there."""
    there = (name for name in _columns(type(model)) if model._has(name))
    rows = (f"<tr>{_cell('th', name)}{_cell('td', getattr(model, name))}</tr>" for name in there)
    return f"<table><caption>{_text(type(model).__name__)}</caption>{''.join(rows)}</table>"


def table(collection: Collection[Any]) -> str:
    """The first rows of a collection, and whether there are more. Asks for no more rows than that takes."""
    loaded = collection._loaded
    columns = _chosen(collection) or _columns(collection.model)
    source: Iterable[Any] = collection.only(*columns).limit(MOST_ROWS + 1) if loaded is None else loaded
    rows = list(islice(source, MOST_ROWS + 1))
    head = _row("th", columns)
    body = "".join(_row("td", [_there(one, name) for name in columns]) for one in rows[:MOST_ROWS])
    left_out = ""
    if len(rows) > MOST_ROWS:
        count = "more" if loaded is None else f"{len(loaded) - MOST_ROWS} more"
        left_out = f"<p>The first {MOST_ROWS}; there are {count}.</p>"
    caption = f"<caption>{_text(type(collection).__name__)}</caption>"
    return f"<table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>{left_out}"


def _chosen(collection: Collection[Any]) -> tuple[str, ...]:
    """The attributes that the collection is narrowed to, but for what can be large, and private."""
    known = declared(collection.model)
    return tuple(name for name in collection.query.names or () if not known[name].heavy)


def _there(model: Model, name: str) -> Any:
    """An attribute that is there; none is fetched to be shown."""
    return getattr(model, name) if model._has(name) else None


def _columns(model: type[Model]) -> tuple[str, ...]:
    known = declared(model)
    further = (name for name, one in known.items() if name == "state" or datetime in one.types)
    return tuple(name for name in dict.fromkeys((*model.summary_names, *further)) if not known[name].computed)


def _row(tag: str, cells: Sequence[Any]) -> str:
    return f"<tr>{''.join(_cell(tag, cell) for cell in cells)}</tr>"


def _cell(tag: str, value: Any) -> str:
    # Notebooks would put it to the right.
    return f'<{tag} style="text-align: left">{_text(value)}</{tag}>'


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        value = f"{value:%Y-%m-%d %H:%M:%S} UTC"
    line = "" if value is None else " ".join(str(value).split())
    return html.escape(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…")
