"""Papers that leave the house. Each download is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from danban.accounts.guards import agencies_with, fetch, me, requires, within
from danban.accounts.models import Agency
from danban.accounts.states import Permission
from danban.common import files
from danban.common.errors import Refused
from danban.reports import actions, making, papers
from danban.reports.models import AgencyReport, ReportRequest
from danban.reports.states import ReportKind
from danban.reports.views.asked import asked, plans_shown


def _file(
    request: HttpRequest, data: bytes, name: str, rows: Sequence[Model], at: dt.datetime | None
) -> HttpResponse:
    actions.record_paper(paper=name, rows=rows, at=at, by=me(request))
    return files.made(data, f"{name}.docx")


def _province() -> Agency:
    """Who signs for the province; without one there is no such paper."""
    try:
        return making.province_body()
    except Refused as refusal:
        raise Http404 from refusal


@require_safe
@requires(Permission.REPORT_EXPORT)
def report(request: HttpRequest) -> HttpResponse:
    """The report of the period and moment of the leaders' page: of the province, or of one agency."""
    wanted = asked(request)
    kind = request.GET.get("kind", ReportKind.YEARLY)
    if kind not in ReportKind.values:
        raise Http404
    if wanted.agency is None:
        body = _province()
    else:
        rows = Agency.objects.select_related("parent")
        body = get_object_or_404(
            within(rows, agencies_with(request, Permission.REPORT_EXPORT), "pk"), pk=wanted.agency
        )
    made = making.report_of_period(
        kind=kind, scope=wanted.scope, agency=body, whole_province=wanted.agency is None
    )
    return _file(request, papers.report_paper(made), f"bao-cao-{kind}", [body], wanted.scope.at)


@require_safe
@requires(Permission.REPORT_REQUEST)
def province(request: HttpRequest, pk: int) -> HttpResponse:
    """The province's report, merged from what agencies sent."""
    asked_for = get_object_or_404(ReportRequest.objects.select_related("asking__parent"), pk=pk)
    made = making.report_of_province(asked_for)
    return _file(request, papers.report_paper(made), f"bao-cao-tinh-{pk}", [asked_for], made.scope.at)


@require_safe
@requires(Permission.REPORT_EXPORT)
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one agency, as it stands."""
    rows = AgencyReport.objects.select_related("request__asking", "agency__parent")
    found = fetch(request, rows, Permission.REPORT_EXPORT, pk=pk)
    made = making.report_of_agency(found)
    return _file(request, papers.report_paper(made), f"bao-cao-co-quan-{pk}", [found], made.scope.at)


@require_safe
@requires(Permission.REPORT_EXPORT)
def policies(request: HttpRequest) -> HttpResponse:
    """The list of policies of the whole province: it is the Council's and public."""
    scope = asked(request).scope
    data = papers.policies_paper(_province(), scope)
    return _file(request, data, "danh-muc-chinh-sach", [], scope.at)


@require_safe
@requires(Permission.REPORT_EXPORT)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan with its table of tasks. Plans in force are the province's: who sees reports sees them."""
    found = get_object_or_404(plans_shown(request).select_related("issuer__parent"), pk=pk)
    return _file(request, papers.plan_paper(found), f"ke-hoach-{pk}", [found], None)
