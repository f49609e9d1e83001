"""One figure: what it is, its way through the year, its targets, and the records behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danban.accounts.guards import held_by, me, requires
from danban.accounts.rules import may
from danban.accounts.states import Permission
from danban.common import files
from danban.common.errors import Refused
from danban.common.tables import csv_lines
from danban.reports import actions, board, counting, kept, targets
from danban.reports.forms import TargetForm
from danban.reports.kpi import DEFINITIONS, Definition, Records
from danban.reports.views.asked import Asked, asked, name_of

ROWS_A_PAGE = 50
ROWS_SHOWN = 5_000
ROWS_AT_ONCE = 2_000


def _definition(code: str) -> Definition:
    if code not in DEFINITIONS:
        raise Http404
    return DEFINITIONS[code]


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def figure(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _definition(code), None)


@require_POST
@requires(Permission.RULES_EDIT)
def set_target(request: HttpRequest, code: str) -> HttpResponse:
    definition = _definition(code)
    form = TargetForm(request.POST, definition=definition)
    if form.is_valid():
        try:
            actions.set_target(kpi=code, by=me(request), **form.cleaned_data)
            messages.success(request, _("Đã đặt mức mới. Mức trước đó hết áp dụng từ ngày này."))
            return redirect("reports:figure", code)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _page(request, definition, form)


def _page(request: HttpRequest, definition: Definition, form: TargetForm | None) -> HttpResponse:
    wanted = asked(request)
    figures = counting.figures(wanted.scope, wanted.agency)
    reached = targets.targets_on(min(wanted.scope.ends_on, wanted.scope.today))
    months = kept.months_kept(wanted.scope.starts_on, wanted.scope.ends_on, definition.code, wanted.agency)
    way = [
        (month.ends_on, board.line_of(definition, {definition.code: month.figure}, reached))
        for month in months
    ]
    context = {
        "section": "dashboard",
        "asked": wanted,
        "agency_name": name_of(wanted.agency),
        "line": board.line_of(definition, figures, reached),
        "bars": board.bars(definition, figures.get(definition.code, counting.EMPTY)),
        "way": way,
        "targets": targets.history_of(definition.code),
        "may_set": may(held_by(request), Permission.RULES_EDIT),
        "form": form or TargetForm(definition=definition),
    }
    return render(request, "reports/figure.html", context, status=422 if form else 200)


def _records(wanted: Asked, definition: Definition) -> Records:
    found = definition.records(wanted.scope)
    if wanted.agencies is None:
        return found
    return Records(found.headings, found.of(found.rows, wanted.agencies), found.of, found.cells)


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def records(request: HttpRequest, code: str) -> HttpResponse:
    """The rows behind the number, as of the moment of the number."""
    definition, wanted = _definition(code), asked(request)
    found = _records(wanted, definition)
    figures = (
        kept.figures_of(wanted.snapshot, wanted.agency)
        if wanted.snapshot
        else {code: counting.figure(wanted.scope, code, wanted.agency)}
    )
    known = figures.get(code, counting.EMPTY).whole if definition.one_by_one else None
    # The keys of the page first, then its rows with what they name: nobody sorts two million joined rows.
    keys = found.rows.select_related(None).prefetch_related(None).values_list("pk", flat=True)
    pages = Paginator(keys, ROWS_A_PAGE)
    pages.count = _length(found.rows) if known is None else min(known, ROWS_SHOWN)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "section": "dashboard",
        "asked": wanted,
        "agency_name": name_of(wanted.agency),
        "line": board.line_of(definition, figures, {}),
        "cut": pages.count == ROWS_SHOWN,
        "headings": found.headings,
        "page": page,
        "rows": [found.cells(row) for row in found.rows.filter(pk__in=list(page.object_list))],
        "csv": f"{reverse('reports:records_csv', args=[code])}?{wanted.exactly}",
    }
    return render(request, "reports/records.html", context)


def _length(rows: QuerySet[Any]) -> int:
    """How many rows there are, as far as pages go: two million are not counted for a page of fifty."""
    return rows.order_by()[:ROWS_SHOWN].count()


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def records_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    """All rows behind the number, streamed."""
    definition, wanted = _definition(code), asked(request)
    found = _records(wanted, definition)
    actions.record_paper(paper=f"csv:{code}", rows=[], at=wanted.scope.at, by=me(request))
    name = f"{code.replace('_', '-')}-{wanted.scope.today:%Y-%m-%d}.csv"
    return files.streamed(csv_lines(found.headings, _texts(found)), name)


def _texts(found: Records) -> Iterator[list[str]]:
    for row in found.rows.iterator(ROWS_AT_ONCE):
        cells: tuple[Any, ...] = found.cells(row)
        yield [cell.text for cell in cells]
