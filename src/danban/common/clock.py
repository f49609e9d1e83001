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
