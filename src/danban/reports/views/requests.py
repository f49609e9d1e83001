"""Sở Tư pháp's screens: what was asked of whom, who has not sent, the province's own words."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import held_by, me, requires
from danban.accounts.rules import ROLE_PERMISSIONS
from danban.accounts.states import Permission
from danban.common import clock
from danban.common.errors import Refused
from danban.reports import actions, queries_reports
from danban.reports.forms import RequestForm
from danban.reports.models import ReportRequest
from danban.reports.views.texts import keep, sections

A_PAGE = 50


def _asking(request: HttpRequest) -> set[int]:
    """The agencies in whose name the person may ask."""
    return {
        agency for role, agency in held_by(request) if Permission.REPORT_REQUEST in ROLE_PERMISSIONS[role]
    }


def _request(pk: int) -> ReportRequest:
    return get_object_or_404(ReportRequest.objects.select_related("asking"), pk=pk)


@require_safe
@requires(Permission.REPORT_REQUEST)
def listed(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries_reports.requests(None), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/requests.html", {"section": "reports", "page": page})


@requires(Permission.REPORT_REQUEST)
def new(request: HttpRequest) -> HttpResponse:
    form = RequestForm(request.POST or None, asking=_asking(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.request_reports(by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã gửi yêu cầu đến các cơ quan."))
            return redirect("reports:request", made.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"section": "reports", "form": form}
    return render(request, "reports/new_request.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Permission.REPORT_REQUEST)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _request(pk))


def _page(request: HttpRequest, asked: ReportRequest, unsaved: dict[str, str] | None = None) -> HttpResponse:
    reports = list(queries_reports.reports_of(asked))
    words = queries_reports.words_sent(asked)
    context = {
        "section": "reports",
        "asked": asked,
        "reports": reports,
        "sent_n": sum(report.state == "sent" for report in reports),
        "late": asked.due_on < clock.today(),
        "sections": sections(queries_reports.texts_of(asked, None), unsaved or {}, words),
    }
    return render(request, "reports/request.html", context, status=409 if unsaved else 200)


@require_POST
@requires(Permission.REPORT_REQUEST)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _request(pk)
    unsaved = keep(request, asked, None)
    return _page(request, asked, unsaved) if unsaved else redirect("reports:request", pk)


@require_POST
@requires(Permission.REPORT_REQUEST)
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        n = actions.remind(request=_request(pk), by=me(request))
        messages.success(
            request, _("Số cơ quan được nhắc: %(n)d. Mỗi cơ quan nhiều nhất một thư một ngày.") % {"n": n}
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("reports:request", pk)


@require_POST
@requires(Permission.REPORT_REQUEST)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.close_request(request=_request(pk), by=me(request))
        messages.success(request, _("Đã kết thúc đợt báo cáo. Số liệu của báo cáo được giữ ở thời điểm này."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("reports:request", pk)
