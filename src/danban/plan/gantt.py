"""A year of tasks as bars: pure figures, drawn by a template."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

LEFT, WIDTH, TOP, ROW = 34, 720, 22, 16
"""Units of the drawing: room for row numbers, the twelve months, the heading, one row."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the drawing. A task without a day has no bar, only its number in the table."""

    number: int
    y: int
    x: float
    width: float
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    x: float
    width: float


def months(year: int) -> list[Month]:
    """The months of a year as wide as their days."""
    found, day = [], 0
    length = days_in(year)
    for month in range(1, 13):
        days = calendar.monthrange(year, month)[1]
        found.append(Month(f"{month}", _x(day, length), _x(day + days, length) - _x(day, length)))
        day += days
    return found


def days_in(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def place_of(day: dt.date, year: int) -> float | None:
    """Where a day stands, None outside the year."""
    return _x((day - dt.date(year, 1, 1)).days, days_in(year)) if day.year == year else None


def bar(
    *, number: int, row: int, year: int, starts_on: dt.date, due_on: dt.date | None, tone: str, words: str
) -> Bar:
    """A bar from the first to the last day, cut at the ends of the year."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    y = TOP + row * ROW
    if due_on is None or due_on < first or min(starts_on, due_on) > last:
        return Bar(number, y, LEFT, 0, tone, words)
    start = _x((max(min(starts_on, due_on), first) - first).days, days_in(year))
    end = _x((min(due_on, last) - first).days + 1, days_in(year))
    return Bar(number, y, start, round(max(end - start, 3), 1), tone, words)


def _x(day: int, length: int) -> float:
    return round(LEFT + WIDTH * day / length, 1)
