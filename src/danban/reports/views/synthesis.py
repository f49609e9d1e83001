"""The synthesis table of a window: its figures, and the three forms it leaves the house in."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from danban.accounts.guards import agencies_with, fetch, may_here, me, requires
from danban.accounts.states import Permission
from danban.answers.queries import windows_worked
from danban.common import files
from danban.consultation.models import Window
from danban.reports import actions, exports, figures, queries
from danban.reports.states import SHEET, STATUTORY, WITH_DRAFT, Format
from danban.reports.views.asked import plans_shown

PLANS_SHOWN = 5


def _window(request: HttpRequest, pk: int) -> Window:
    rows = Window.objects.select_related("dossier__agency__parent", "version")
    return cast(Window, fetch(request, rows, Permission.REPORT_EXPORT, agency="dossier__agency", pk=pk))


@require_safe
@requires(Permission.REPORT_EXPORT)
def home(request: HttpRequest) -> HttpResponse:
    rows = windows_worked(agencies_with(request, Permission.REPORT_EXPORT))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"page": page, "section": "reports", "plans": plans_shown(request)[:PLANS_SHOWN]}
    return render(request, "reports/home.html", context)


@require_safe
@requires(Permission.REPORT_EXPORT)
def synthesis(request: HttpRequest, window_id: int) -> HttpResponse:
    window = _window(request, window_id)
    totals = queries.totals(window)
    context = {
        "section": "reports",
        "window": window,
        "dossier": window.dossier,
        "may_answer": may_here(request, Permission.ANSWER_WRITE, window.dossier.agency_id),
        "totals": totals,
        "figures": figures.listed(totals),
    }
    return render(request, "reports/synthesis.html", context)


@require_safe
@requires(Permission.REPORT_EXPORT)
def export(request: HttpRequest, window_id: int, form: str) -> HttpResponseBase:
    """The table as a file; ``?cot=du-thao`` adds the draft's words to the paper."""
    window = _window(request, window_id)
    if form not in Format.values:
        raise Http404
    wanted = Format(form)
    totals = queries.totals(window)
    actions.record_export(window=window, form=wanted, opinions=totals.opinions, by=me(request))
    name = f"tong-hop-y-kien-{window.dossier.slug[:60]}-{window.pk}.{wanted.value}"
    if wanted is Format.CSV:
        return files.streamed(exports.csv_of(window, SHEET), name)
    if wanted is Format.XLSX:
        return files.written(lambda out: exports.write_xlsx_of(out, window, totals, SHEET), name)
    columns = WITH_DRAFT if request.GET.get("cot") == "du-thao" else STATUTORY
    return files.written(lambda out: exports.write_docx_of(out, window, totals, columns), name)
