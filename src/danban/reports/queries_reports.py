"""Reads of requests for reports and of what agencies wrote."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from danban.reports.models import AgencyReport, ReportRequest, ReportText
from danban.reports.states import WRITTEN_IN, ReportState, Section

_SENT = Count("reports", filter=Q(reports__state=ReportState.SENT))


def requests(agencies: Collection[int] | None) -> QuerySet[ReportRequest]:
    """Requests with ``asked_n`` and ``sent_n``, newest first; of those agencies only (None: all)."""
    rows = ReportRequest.objects.annotate(asked_n=Count("reports"), sent_n=_SENT).select_related("asking")
    if agencies is not None:
        asked = AgencyReport.objects.filter(request=OuterRef("pk"), agency__in=list(agencies))
        rows = rows.filter(Exists(asked))
    return rows.order_by("-asked_at", "-pk")


def open_requests(agencies: Collection[int] | None) -> QuerySet[ReportRequest]:
    """Those still collected, the first due first."""
    return requests(agencies).filter(closed_at__isnull=True).order_by("due_on", "pk")


def reports_owed(agencies: Collection[int] | None) -> QuerySet[AgencyReport]:
    """The reports of those agencies, what is open and due first on top."""
    rows = AgencyReport.objects.select_related("request", "agency")
    if agencies is not None:
        rows = rows.filter(agency__in=list(agencies))
    return rows.order_by("-request__due_on", "agency__name", "pk")


def reports_to_write(agencies: Collection[int] | None) -> QuerySet[AgencyReport]:
    """What these agencies still have to write, the first due on top."""
    rows = reports_owed(agencies).filter(state__in=WRITTEN_IN, request__closed_at__isnull=True)
    return rows.order_by("request__due_on", "pk")


def reports_of(request: ReportRequest) -> QuerySet[AgencyReport]:
    """Every agency asked, those that have not sent first."""
    rows = request.reports.select_related("agency", "sent_by", "submitted_by")
    return rows.annotate(waits=Count("pk", filter=~Q(state=ReportState.SENT))).order_by(
        "-waits", "agency__name", "pk"
    )


def report_in_hand(request: int, agency: int) -> AgencyReport | None:
    """What an agency owes, or nothing once its collection is closed."""
    rows = AgencyReport.objects.select_related("request__asking", "agency")
    return rows.filter(request=request, agency=agency, request__closed_at__isnull=True).first()


def texts_of(request: ReportRequest, agency: int | None) -> dict[str, ReportText]:
    """The words of an agency, or of the province, by section. One query."""
    rows = ReportText.objects.filter(request=request, agency=agency).select_related("by")
    return {row.section: row for row in rows}


def words_sent(request: ReportRequest) -> dict[str, list[tuple[str, str]]]:
    """What the agencies that sent wrote, by section: (agency, words) in order of names. One query."""
    sent = AgencyReport.objects.filter(
        request=OuterRef("request"), agency=OuterRef("agency"), state=ReportState.SENT
    )
    rows = ReportText.objects.filter(Exists(sent), request=request, agency__isnull=False).exclude(text="")
    found: dict[str, list[tuple[str, str]]] = {section: [] for section in Section.values}
    for section, name, text in rows.order_by("agency__name").values_list("section", "agency__name", "text"):
        found[section].append((name, text))
    return found
