"""An agency's screens: the reports it owes, its figures, its words, the way to Sở Tư pháp."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import agencies_with, fetch, may_here, me, requires
from danban.accounts.states import Permission
from danban.common.errors import Refused
from danban.reports import actions, board, counting, kept, making, queries_reports, targets
from danban.reports.forms import ReturnForm
from danban.reports.models import AgencyReport
from danban.reports.states import WRITTEN_IN, ReportState
from danban.reports.views.texts import keep, sections

A_PAGE = 50
ROWS = AgencyReport.objects.select_related("request__asking", "agency__parent", "submitted_by", "sent_by")


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def owed(request: HttpRequest) -> HttpResponse:
    rows = queries_reports.reports_owed(agencies_with(request, Permission.DASHBOARD_VIEW))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/owed.html", {"section": "reports", "page": page})


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, fetch(request, ROWS, Permission.DASHBOARD_VIEW, pk=pk))


def _page(
    request: HttpRequest,
    found: AgencyReport,
    unsaved: dict[str, str] | None = None,
    returning: ReturnForm | None = None,
) -> HttpResponse:
    period = (found.request.starts_on, found.request.ends_on)
    scope = making.scope_of(found.request, found.figures_at or kept.moment_of_today(*period))
    figures = counting.figures(scope, found.agency_id)
    open_now = found.request.closed_at is None
    writes = may_here(request, Permission.REPORT_WRITE, found.agency_id)
    context = {
        "section": "reports",
        "report": found,
        "scope": scope,
        "lines": board.front(figures, targets.targets_on(min(scope.ends_on, scope.today))),
        "sections": sections(queries_reports.texts_of(found.request, found.agency_id), unsaved or {}, {}),
        "may_write": open_now and writes and found.state in WRITTEN_IN,
        "may_send": open_now and found.state == ReportState.SUBMITTED
        and may_here(request, Permission.REPORT_RELEASE, found.agency_id),
        "own": found.submitted_by_id == request.user.pk,
        "may_return": open_now and found.state == ReportState.SENT
        and may_here(request, Permission.REPORT_REQUEST, found.agency_id),
        "may_export": may_here(request, Permission.REPORT_EXPORT, found.agency_id),
        "form": returning or ReturnForm(),
    }  # fmt: skip
    status = 409 if unsaved else 422 if returning else 200
    return render(request, "reports/report.html", context, status=status)


@require_POST
@requires(Permission.REPORT_WRITE)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(request, ROWS, Permission.REPORT_WRITE, pk=pk)
    unsaved = keep(request, found.request, found.agency)
    return _page(request, found, unsaved) if unsaved else redirect("reports:report", pk)


@require_POST
@requires(Permission.REPORT_WRITE)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(request, ROWS, Permission.REPORT_WRITE, pk=pk)
    return _done(
        request, found, actions.submit_report, _("Đã trình người thứ hai duyệt. Số liệu được chốt ở lúc này.")
    )


@require_POST
@requires(Permission.REPORT_RELEASE)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(request, ROWS, Permission.REPORT_RELEASE, pk=pk)
    return _done(request, found, actions.send_report, _("Đã gửi Sở Tư pháp."))


def _done(
    request: HttpRequest, found: AgencyReport, do: Callable[..., AgencyReport], told: str
) -> HttpResponse:
    try:
        do(report=found, by=me(request))
        messages.success(request, told)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("reports:report", found.pk)


@require_POST
@requires(Permission.DASHBOARD_VIEW)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person gives back what was handed in; Sở Tư pháp what was sent."""
    found = get_object_or_404(ROWS, pk=pk)
    needed = Permission.REPORT_REQUEST if found.state == ReportState.SENT else Permission.REPORT_RELEASE
    found = fetch(request, ROWS, needed, pk=pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, found, returning=form)
    try:
        actions.return_report(report=found, reason=form.cleaned_data["reason"], by=me(request))
        messages.success(request, _("Đã trả lại để sửa."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("reports:report", pk)
