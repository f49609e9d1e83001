"""Times and limits of the jobs. Plain values in, a decision out."""

from __future__ import annotations

import datetime as dt

BEAT_EVERY = 5.0
LEASE = dt.timedelta(seconds=15)
BEAT_LOST = dt.timedelta(seconds=30)
KEEP_DONE = dt.timedelta(days=7)
KEEP_FAILED = dt.timedelta(days=90)
WORKER_STALE = dt.timedelta(seconds=60)
CHAIN_STALE = dt.timedelta(minutes=5)

_FIRST_WAIT = 5.0
_LONGEST_WAIT = 3600.0


def wait_before_retry(attempts: int, chance: float) -> dt.timedelta:
    """How long after the ``attempts``-th failure: doubled each time, spread by ``chance`` in [0, 1).

    The spread keeps a crowd of jobs that failed together from coming back together.
    """
    longest = min(_FIRST_WAIT * 2 ** (attempts - 1), _LONGEST_WAIT)
    return dt.timedelta(seconds=longest * (0.5 + chance / 2))


def seconds_until_due(last: dt.datetime | None, every: float, now: dt.datetime) -> float:
    """Zero when it never ran or is overdue: a late start catches up once, not once per missed turn."""
    if last is None:
        return 0.0
    return max(0.0, every - (now - last).total_seconds())
