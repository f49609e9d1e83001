"""The leaders' page: seven numbers with their way and their records, and who is late."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import held_by, requires
from danban.accounts.models import Agency
from danban.accounts.rules import may
from danban.accounts.states import Permission
from danban.common.jobs import later
from danban.reports import (
    board,
    counting,
    kept,
    kpi_answers,
    kpi_policies,
    kpi_tasks,
    queries_reports,
    targets,
)
from danban.reports.kpi import DEFINITIONS, Counted, Figure
from danban.reports.views.asked import Asked, asked

AGENCIES_A_PAGE = 50
LATE_SHOWN = 10
COMPARED = (kpi_policies.COVERAGE, kpi_tasks.ON_TIME, kpi_answers.ON_TIME, kpi_answers.UNANSWERED)


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def dashboard(request: HttpRequest) -> HttpResponse:
    wanted = asked(request)
    snapshot = wanted.snapshot
    by_agency: Mapping[str, Counted] = {}
    if snapshot and wanted.agency is not None:
        figures: Mapping[str, Figure] = kept.figures_of(snapshot, wanted.agency)
    else:
        by_agency = kept.figures_by_agency(snapshot) if snapshot else counting.count_all(wanted.scope)
        figures = counting.by_agency(by_agency, wanted.agency)
    reached = targets.targets_on(min(wanted.scope.ends_on, wanted.scope.today))
    context = {
        "section": "dashboard",
        "asked": wanted,
        "lines": board.front(figures, reached),
        "charts": [
            (DEFINITIONS[code], bars)
            for code in DEFINITIONS
            if (bars := board.bars(DEFINITIONS[code], figures.get(code, counting.EMPTY)))
        ],
        "requests": queries_reports.open_requests(wanted.own)[:5],
        "may_request": may(held_by(request), Permission.REPORT_REQUEST),
        "heading": [DEFINITIONS[code] for code in COMPARED],
    }
    if wanted.agency is None:
        context |= _agencies(request, by_agency, reached)
    else:
        context |= _own(wanted)
    return render(request, "reports/dashboard.html", context)


@require_POST
@requires(Permission.DASHBOARD_VIEW)
def count_now(request: HttpRequest) -> HttpResponse:
    """Counting a whole province is no work for a request: a job does it."""
    later("reports.count_now")
    messages.success(request, _("Đang tính lại. Tải lại trang sau ít giây để xem số mới."))
    return redirect("reports:dashboard")


def _agencies(
    request: HttpRequest, counted: Mapping[str, Counted], reached: Mapping[str, Decimal]
) -> dict[str, Any]:
    """A page of agencies; only those on it are put in words."""
    names = dict(Agency.objects.values_list("pk", "name"))
    page = Paginator(board.ranked(counted, names, COMPARED), AGENCIES_A_PAGE).get_page(
        request.GET.get("page")
    )
    lines = [(one, board.lines_of_agency(counted, one.agency, reached, COMPARED)) for one in page.object_list]
    return {"page": page, "agencies": lines}


def _own(wanted: Asked) -> dict[str, Any]:
    names = dict(Agency.objects.filter(pk__in=wanted.own or [wanted.agency]).values_list("pk", "name"))
    late = kpi_tasks.led_by(kpi_tasks.late(wanted.scope), wanted.agencies or []).select_related("plan")
    return {
        "agency_name": names.get(wanted.agency or 0, ""),
        "own": [(name, wanted.link(pk)) for pk, name in names.items()] if len(names) > 1 else [],
        "late": list(late[: LATE_SHOWN + 1]),
        "late_shown": LATE_SHOWN,
    }
