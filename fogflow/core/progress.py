"""A progress bar, drawn by tqdm, in terminals and notebooks alike. What is counted is said by whoever has one."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from fogflow import errors

if TYPE_CHECKING:
    from tqdm.std import tqdm

    Bar = tqdm[Any]

Self = TypeVar("Self", bound="ProgressBar")

_LONGEST = 30
"""How much of a name is shown, in characters: a line of a terminal has 80, and the rest of it tells more."""


class ProgressBar:
    """A bar that is drawn when it is first told how far things are; at the end of its `with` block it stays as it is.

    Args:
        unit: what is counted, in the plural.
        estimates: whether to say how long the rest may take, which takes that one lasts about as long as another.

    Raises:
        errors.MissingExtraError: tqdm is not installed.
    """

    def __init__(self, unit: str, *, estimates: bool = False) -> None:
        self._draw = _tqdm()
        remaining = "<{remaining}" if estimates else ""
        self._format = f"{{l_bar}}{{bar}}| {{n_fmt}}/{{total_fmt}} {unit} [{{elapsed}}{remaining}{{postfix}}]"
        self._bar: Bar | None = None

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, name: str, done: int, total: int, *, state: str = "", remark: str = "") -> None:
        """Draws how far things are.

        Args:
            name: what stands before the bar; of a long one the beginning.
            done: how many are done. Those of the first call were done before it, and tell nothing of the time.
            total: how many there are; may change.
            state: what stands behind the name, whole.
            remark: what stands behind the numbers.
        """
        text = f"{_in_a_line(name)} {state}".rstrip()
        if self._bar is None:
            self._bar = self._draw(
                desc=text,
                total=total,
                initial=done,
                postfix=remark,
                bar_format=self._format,
                dynamic_ncols=True,
            )
            return
        if self._bar.disable:  # by the variable TQDM_DISABLE
            return
        if self._bar.total != total:
            _resize(self._bar, total)
        self._bar.n = done
        self._bar.set_description(text, refresh=False)
        self._bar.set_postfix_str(remark, refresh=False)
        self._bar.refresh()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """A `with` block in which others write to the terminal: above the bar, not into it."""
        # tqdm's own way holds its lock meanwhile, for which bars in threads of whoever writes would wait.
        if self._bar is not None:
            self._bar.clear()
        yield
        if self._bar is not None:
            self._bar.refresh()


def _tqdm() -> type[Bar]:
    try:
        from tqdm import TqdmWarning

        with warnings.catch_warnings():
            # A notebook without ipywidgets gets the bar of a terminal, which is a bar; no need to warn of it.
            warnings.simplefilter("ignore", TqdmWarning)
            from tqdm.auto import tqdm
    except ImportError:
        raise errors.MissingExtraError("progress", "a progress bar is drawn by tqdm") from None
    return tqdm


def _resize(bar: Bar, total: int) -> None:
    if bar.gui:
        # That of a notebook becomes longer by beginning anew alone, but has been there since it was drawn.
        began = bar.start_t
        bar.reset(total)
        bar.start_t = began
    bar.total = total


def _in_a_line(text: str) -> str:
    """A text that can do nothing else to a terminal than stand in its line."""
    line = "".join(filter(str.isprintable, " ".join(text.split())))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
