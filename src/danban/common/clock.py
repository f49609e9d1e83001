"""The present, in one place: tests replace it, and dates are those of Viet Nam."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    return timezone.now()


def today() -> dt.date:
    """The calendar date in Viet Nam (posting days are calendar days there)."""
    return timezone.localdate(now())
