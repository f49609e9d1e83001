"""Reads of the dated targets: what a figure must reach on a day, and by which term in days it is counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from danban.reports.models import KpiTarget


@dataclass(frozen=True, slots=True)
class Term:
    """So many days, for what falls on a day between these two."""

    days: int
    valid_from: dt.date
    valid_to: dt.date

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day <= self.valid_to


def terms_of(kpi: str) -> list[Term]:
    """The terms of a figure through time; none when nobody set one."""
    rows = KpiTarget.objects.filter(kpi=kpi, days__isnull=False).order_by("valid_from")
    return [Term(row.days or 0, row.valid_from, row.valid_to or dt.date.max) for row in rows]


def history_of(kpi: str) -> QuerySet[KpiTarget]:
    """All targets of a figure, the newest first."""
    return KpiTarget.objects.filter(kpi=kpi).select_related("set_by").order_by("-valid_from")


def target_rows(day: dt.date) -> dict[str, KpiTarget]:
    """The target of each figure that holds on a day. One query."""
    held = KpiTarget.objects.filter(valid_from__lte=day).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )
    return {row.kpi: row for row in held.order_by("valid_from")}


def targets_on(day: dt.date) -> dict[str, Decimal]:
    """The values to be reached, by the code of the figure."""
    return {kpi: row.value for kpi, row in target_rows(day).items() if row.value is not None}


def target_from(kpi: str, day: dt.date) -> KpiTarget | None:
    """The first target of a figure that begins on a day or later."""
    return KpiTarget.objects.filter(kpi=kpi, valid_from__gte=day).order_by("valid_from").first()
