"""The same done with many: a bounded number at a time, and what fails takes nothing else along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from fogflow import errors

if TYPE_CHECKING:
    from concurrent.futures import Future

Given = TypeVar("Given")
Done = TypeVar("Done")

WORKERS = 8
"""How many requests are under way at once, unless more or fewer are asked for."""

Progress = Callable[[int, int], object]
"""Told, in the caller's thread, how many are done and how many of them have failed."""


def each(
    many: Iterable[Given], call: Callable[[Given], Done], *, workers: int = WORKERS, on_progress: Progress | None = None
) -> list[Done]:
    """Calls a function with each of many, from a bounded number of threads.

    Args:
        many: taken one by one as threads are free, so that they may be as many as they like.
        call: what is done with each.
        workers: how many at once, 1 or more.
        on_progress: called after each with how many are done and how many of these failed.

    Returns:
        what `call` returned, in the order of `many`.

    Raises:
        errors.BulkError: `call` raised errors of fogflow's; all others were done all the same, and it has both.
        errors.ArgumentError: a number of workers that is none.
    """
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise errors.ArgumentError(f"workers takes a whole number from 1 on, not {workers!r}")
    from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

    numbered = enumerate(many)
    done: dict[int, Done] = {}
    failed: dict[int, tuple[Given, errors.Error]] = {}
    running: dict[Future[Done], tuple[int, Given]] = {}
    with ThreadPoolExecutor(workers, thread_name_prefix="fogflow") as pool:
        while True:
            for number, one in islice(numbered, workers - len(running)):
                running[pool.submit(call, one)] = (number, one)
            if not running:
                break
            for ended in wait(running, return_when=FIRST_COMPLETED).done:
                number, one = running.pop(ended)
                try:
                    done[number] = ended.result()
                except errors.Error as error:
                    failed[number] = (one, error)
                if on_progress:
                    on_progress(len(done) + len(failed), len(failed))
    results = [done[number] for number in sorted(done)]
    if failed:
        raise errors.BulkError(results, [failed[number] for number in sorted(failed)])
    return results
