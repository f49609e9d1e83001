"""The present, in one place: tests and the demo move it, and dates are those of Viet Nam."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moved: ContextVar[dt.datetime | None] = ContextVar("moved", default=None)


def now() -> dt.datetime:
    return _moved.get() or timezone.now()


def today() -> dt.date:
    """The calendar date in Viet Nam (posting days are calendar days there)."""
    return timezone.localdate(now())


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Within this block the present is ``moment``; for tests and for the demo's past."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)


def hours(starts_at: dt.datetime, ends_at: dt.datetime | None = None) -> str:
    """ "08:30–11:00 ngày 12/12/2026", as a letter says it."""
    begin = timezone.localtime(starts_at)
    end = timezone.localtime(ends_at) if ends_at else None
    if end and end.date() == begin.date():
        return f"{begin:%H:%M}–{end:%H:%M} ngày {begin:%d/%m/%Y}"
    said = f"{begin:%H:%M} ngày {begin:%d/%m/%Y}"
    return f"{said} – {end:%H:%M} ngày {end:%d/%m/%Y}" if end else said
