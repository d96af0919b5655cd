"""Cron's patterns: when a trigger is due next.

Five fields (minute, hour, day, month, day of the week), and a sixth for seconds at the end; lists, ranges, steps,
and the English names of months and days. As cron has it, a day must fit one of the two fields for days where both
are narrowed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0, 59, ()),
    (0, 23, ()),
    (1, 31, ()),
    (1, 12, _MONTHS),
    (0, 7, _DAYS),
    (0, 59, ()),
)
_YEARS = 50  # how far to look ahead, as the server's library does


@attrs.frozen
class Pattern:
    """A pattern, read.

    Attributes:
        minutes, hours, days, months, weekdays, seconds: which of each; weekdays count from Sunday, 0.
        any_day: whether the field for days of the month narrows nothing, and `any_weekday` likewise.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    seconds: frozenset[int]
    any_day: bool
    any_weekday: bool

    @classmethod
    def read(cls, text: str) -> Pattern:
        """Reads a pattern. Raises ValueError when it is none."""
        fields = text.split()
        if len(fields) not in (5, 6):
            raise ValueError(text)
        read = [_numbers(field, *bounds) for field, bounds in zip([*fields, "0"][:6], _FIELDS, strict=True)]
        minutes, hours, days, months, weekdays, seconds = read
        return cls(
            minutes=minutes,
            hours=hours,
            days=days,
            months=months,
            weekdays=frozenset(day % 7 for day in weekdays),
            seconds=seconds,
            any_day=fields[2] in ("*", "?"),
            any_weekday=fields[4] in ("*", "?"),
        )

    def after(self, moment: datetime) -> datetime:
        """The first time after `moment`. Raises ValueError when there is none, as on the 30th of February."""
        # A day at a time, then within the day: even a pattern for leap days is found at once.
        first = moment.replace(microsecond=0) + timedelta(seconds=1)
        day = first.replace(hour=0, minute=0, second=0)
        for _ in range(366 * _YEARS):
            if self._has_day(day):
                found = self._within(day, first)
                if found is not None:
                    return found
            day += timedelta(days=1)
        raise ValueError("there is no such day")

    def _has_day(self, day: datetime) -> bool:
        if day.month not in self.months:
            return False
        by_month = day.day in self.days
        by_week = day.isoweekday() % 7 in self.weekdays
        if self.any_day or self.any_weekday:
            return by_month and by_week
        return by_month or by_week

    def _within(self, day: datetime, first: datetime) -> datetime | None:
        times = (
            day.replace(hour=hour, minute=minute, second=second)
            for hour in sorted(self.hours)
            for minute in sorted(self.minutes)
            for second in sorted(self.seconds)
        )
        return next((time for time in times if time >= first), None)


def _numbers(field: str, lowest: int, highest: int, names: tuple[str, ...]) -> frozenset[int]:
    """The numbers that a field stands for."""
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        start, dash, end = span.partition("-")
        if span in ("*", "?"):
            first, last = lowest, highest
        else:
            first = _number(start, lowest, names)
            last = _number(end, lowest, names) if dash else highest if step else first
        if not (lowest <= first <= last <= highest):
            raise ValueError(field)
        found.update(range(first, last + 1, int(step) if step else 1))
    return frozenset(found)


def _number(text: str, lowest: int, names: tuple[str, ...]) -> int:
    return names.index(text.lower()) + lowest if text.lower() in names else int(text)
