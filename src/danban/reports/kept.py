"""Reads of what is kept: snapshots of figures, and which versions nobody has counted yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from danban.accounts.states import Act
from danban.audit.models import AuditEntry
from danban.common import clock
from danban.policies.models import Version
from danban.policies.states import VersionState
from danban.reports.kpi import Counted, Figure, midnight
from danban.reports.models import AgencyReport, Cell, ReportRequest, Snapshot, VersionChange

SETTLES = dt.timedelta(seconds=60)


def uncounted_versions() -> Iterator[tuple[Version, Version]]:
    """Released versions without a count, each with the released one before it; oldest first."""
    older = Version.objects.filter(
        dossier=OuterRef("dossier"), number__lt=OuterRef("number"), state=VersionState.RELEASED
    ).order_by("-number")
    rows = (
        Version.objects.filter(state=VersionState.RELEASED)
        .exclude(Exists(VersionChange.objects.filter(version=OuterRef("pk"))))
        .annotate(before=Subquery(older.values("pk")[:1]))
        .filter(before__isnull=False)
        .order_by("pk")
    )
    for row in rows:
        yield row, Version.objects.get(pk=row.before)


def newest_entry() -> AuditEntry | None:
    """The newest audit entry but for people signing in: while it stays the newest, nothing was done."""
    done = AuditEntry.objects.exclude(action=Act.SIGNED_IN)
    return done.order_by("-pk").only("pk", "at").first()


def newest_snapshot(starts_on: dt.date, ends_on: dt.date) -> Snapshot | None:
    return Snapshot.objects.filter(starts_on=starts_on, ends_on=ends_on).order_by("-at").first()


def snapshot_at(starts_on: dt.date, ends_on: dt.date, at: dt.datetime) -> Snapshot | None:
    return Snapshot.objects.filter(starts_on=starts_on, ends_on=ends_on, at=at).first()


def periods_collected() -> set[tuple[dt.date, dt.date]]:
    """The periods on which reports are being collected."""
    return set(ReportRequest.objects.filter(closed_at__isnull=True).values_list("starts_on", "ends_on"))


def moments_reported(starts_on: dt.date, ends_on: dt.date) -> list[dt.datetime]:
    """The moments of which reports on a period tell the figures."""
    rows = AgencyReport.objects.filter(request__starts_on=starts_on, request__ends_on=ends_on)
    return [at for at in rows.values_list("figures_at", flat=True).distinct() if at]


def moments_missed(
    starts_on: dt.date, ends_on: dt.date, today: dt.date
) -> Iterator[tuple[dt.date, dt.date, dt.datetime]]:
    """Period and moment of figures that pages show and nobody kept: ends of months, reports handed in."""
    for day in months_of(starts_on, ends_on, today):
        if snapshot_at(starts_on, ends_on, midnight(day + dt.timedelta(days=1))) is None:
            yield starts_on, ends_on, midnight(day + dt.timedelta(days=1))
    held = Snapshot.objects.filter(
        starts_on=OuterRef("request__starts_on"),
        ends_on=OuterRef("request__ends_on"),
        at=OuterRef("figures_at"),
    )
    rows = AgencyReport.objects.filter(~Exists(held), figures_at__isnull=False).order_by("-figures_at")
    for first, last, at in rows.values_list("request__starts_on", "request__ends_on", "figures_at")[:1]:
        if at:
            yield first, last, at


def moment_of_today(starts_on: dt.date, ends_on: dt.date) -> dt.datetime:
    """As of when the figures of a period are told now: those kept last, if that was today."""
    newest = newest_snapshot(starts_on, ends_on)
    return newest.at if newest and timezone.localdate(newest.at) == clock.today() else clock.now()


def is_present(snapshot: Snapshot, newest: AuditEntry | None) -> bool:
    """Whether the figures of a snapshot are still those of now: nothing was done since, the day is the same.

    Entries get their numbers before they are committed, so the newest one must have had time to settle
    before the snapshot: an older one may have come in behind it.
    """
    if timezone.localdate(snapshot.at) != clock.today() or snapshot.seen != (newest.pk if newest else 0):
        return False
    return newest is None or newest.at + SETTLES <= snapshot.at


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of the province, or of an agency, as they stood at the end of a month."""

    ends_on: dt.date
    figure: Figure


def months_of(starts_on: dt.date, ends_on: dt.date, today: dt.date) -> list[dt.date]:
    """The last days of the months of a period that are over."""
    found: list[dt.date] = []
    day = starts_on.replace(day=1)
    while True:
        day = (day + dt.timedelta(days=32)).replace(day=1)
        last = day - dt.timedelta(days=1)
        if last > ends_on or last >= today:
            return found
        found.append(last)


def months_kept(starts_on: dt.date, ends_on: dt.date, kpi: str, agency: int | None) -> list[Month]:
    """One query; months nobody kept are left out."""
    moments = {
        midnight(day + dt.timedelta(days=1)): day for day in months_of(starts_on, ends_on, clock.today())
    }
    rows = Cell.objects.filter(
        snapshot__starts_on=starts_on,
        snapshot__ends_on=ends_on,
        snapshot__at__in=moments,
        kpi=kpi,
        agency=agency,
    ).select_related("snapshot")
    return [Month(moments[row.snapshot.at], figure_of(row)) for row in rows.order_by("snapshot__at")]


def figure_of(cell: Cell) -> Figure:
    return Figure(part=cell.part, whole=cell.whole, split=cell.split, pace=cell.pace)


def figures_of(snapshot: Snapshot, agency: int | None) -> dict[str, Figure]:
    """The figures of one agency (None: of the province) by code. One query."""
    return {cell.kpi: figure_of(cell) for cell in snapshot.cells.filter(agency=agency)}


def figures_by_agency(snapshot: Snapshot) -> Mapping[str, Counted]:
    """All figures by code and agency, None being the province. One query."""
    rows = snapshot.cells.order_by().values_list("kpi", "agency", "part", "whole", "split", "pace")
    found: dict[str, dict[int | None, Figure]] = {}
    for kpi, agency, part, whole, split, pace in rows:
        found.setdefault(kpi, {})[agency] = Figure(part=part, whole=whole, split=split, pace=pace)
    return found
