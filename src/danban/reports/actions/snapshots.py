"""Figures counted and kept, so that a page reads some rows instead of millions."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from danban.common import clock
from danban.reports import kept
from danban.reports.actions.changes import count_changes
from danban.reports.counting import count_all
from danban.reports.kpi import Scope, end_of
from danban.reports.models import Cell, Snapshot


def keep_figures(*, starts_on: dt.date, ends_on: dt.date, at: dt.datetime | None = None) -> Snapshot:
    """Count every figure of a period as of a moment (now when None) and keep it.

    Not audited: nothing is decided, and the same rows give the same numbers at any time.
    """
    newest = kept.newest_entry()
    moment = at or clock.now()
    counted = count_all(Scope(starts_on, ends_on, moment))
    with transaction.atomic():
        snapshot, made = Snapshot.objects.get_or_create(
            starts_on=starts_on, ends_on=ends_on, at=moment, defaults={"seen": newest.pk if newest else 0}
        )
        if made:
            Cell.objects.bulk_create(
                Cell(
                    snapshot=snapshot, kpi=code, agency_id=agency, part=figure.part, whole=figure.whole,
                    split=dict(figure.split), pace=figure.pace,
                )
                for code, figures in counted.items()
                for agency, figure in figures.items()
            )  # fmt: skip
    return snapshot


def keep_present() -> Snapshot | None:
    """The figures of this year as of now, unless nothing was done since they were kept; and, one a turn,
    those of a month's end that nobody kept. The new snapshot, if one of now was made."""
    count_changes()
    today = clock.today()
    year = (dt.date(today.year, 1, 1), dt.date(today.year, 12, 31))
    newest = kept.newest_snapshot(*year)
    made = None
    if newest is None or not kept.is_present(newest, kept.newest_entry()):
        made = keep_figures(starts_on=year[0], ends_on=year[1])
        _forget_before(made)
    for day in kept.months_of(*year, today):
        if kept.snapshot_at(*year, end_of(day)) is None:
            keep_figures(starts_on=year[0], ends_on=year[1], at=end_of(day))
            break
    return made


def _forget_before(newest: Snapshot) -> None:
    """Of the moments within days only the newest is kept; those at the end of a day stay."""
    passing = Snapshot.objects.filter(starts_on=newest.starts_on, ends_on=newest.ends_on, at__lt=newest.at)
    ends = [end_of(day) for day in kept.months_of(newest.starts_on, newest.ends_on, clock.today())]
    passing.exclude(at__in=ends).delete()
