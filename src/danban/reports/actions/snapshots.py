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
    """The figures as of now of this year and of the periods reports are collected on, unless nothing was done
    since they were kept; and, one a turn, those of a past moment that nobody kept: a month's end, or when a
    report was handed in. The new snapshot of this year, if one was made."""
    count_changes()
    year = _this_year()
    made = _keep_now(*year)
    for period in kept.periods_collected() - {year}:
        _keep_now(*period)
    for starts_on, ends_on, at in kept.moments_missed(*year, clock.today()):
        keep_figures(starts_on=starts_on, ends_on=ends_on, at=at)
        break
    return made


def _this_year() -> tuple[dt.date, dt.date]:
    year = clock.today().year
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _keep_now(starts_on: dt.date, ends_on: dt.date) -> Snapshot | None:
    newest = kept.newest_snapshot(starts_on, ends_on)
    if newest is not None and kept.is_present(newest, kept.newest_entry()):
        return None
    made = keep_figures(starts_on=starts_on, ends_on=ends_on)
    _forget_before(made)
    return made


def _forget_before(newest: Snapshot) -> None:
    """Of the moments within days only the newest is kept; those at the end of a month stay, and those of
    reports that were handed in."""
    period = (newest.starts_on, newest.ends_on)
    passing = Snapshot.objects.filter(starts_on=period[0], ends_on=period[1], at__lt=newest.at)
    ends = [end_of(day) for day in kept.months_of(*period, clock.today())]
    passing.exclude(at__in=[*ends, *kept.moments_reported(*period)]).delete()
