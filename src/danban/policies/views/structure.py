"""The structure of a version beside its text: what the reader doubts, and the officer's word on a line."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from danban.accounts.guards import may_here, requires
from danban.accounts.states import Permission
from danban.common.errors import Refused
from danban.policies import actions, queries
from danban.policies.forms import LineForm
from danban.policies.models import VersionText
from danban.policies.rules import may_change_structure
from danban.policies.states import LineUnit
from danban.policies.structure_view import A_PAGE, lines_shown, number_guess, page_of, tree
from danban.policies.views.base import me, version_for

CHOICES = [(unit, label, str(key % 10)) for key, (unit, label) in enumerate(LineUnit.choices, start=1)]


def _number(raw: str | None, most: int) -> int:
    """A line's number out of an address; 0 when it is none."""
    number = int(raw) if raw and raw.isdecimal() and len(raw) < 8 else 0
    return number if number <= most else 0


@requires(Permission.DOSSIER_VIEW)
def structure(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk, Permission.DOSSIER_VIEW)
    text = VersionText.objects.filter(version=version).first()
    if text is None:
        raise Http404
    chosen = _number(request.GET.get("dong"), len(text.lines))
    doubtful = [doubt["line"] for doubt in text.doubts]
    pages = Paginator(range(len(text.lines)), A_PAGE)
    page = pages.get_page(page_of(chosen) if chosen else request.GET.get("page"))
    may_change = may_change_structure(version.state) and may_here(
        request, Permission.VERSION_UPLOAD, version.dossier.agency_id
    )
    return render(
        request,
        "policies/structure.html",
        {
            "section": "dossiers",
            "version": version,
            "page": page,
            "lines": lines_shown(text.lines, page.number, doubtful),
            "tree": tree(text.lines, doubtful),
            "units": queries.unit_counts(version),
            "doubts": text.doubts,
            "next_doubt": next((n for n in doubtful if n > chosen), doubtful[0] if doubtful else 0),
            "notes": text.notes,
            "chosen": text.lines[chosen - 1] if chosen else None,
            "chosen_doubts": [doubt for doubt in text.doubts if chosen and doubt["line"] == chosen],
            "guess": number_guess(text.lines[chosen - 1]) if chosen else "",
            "choices": CHOICES,
            "may_change": may_change,
        },
    )


def _back(pk: int, line: int) -> HttpResponse:
    return redirect(f"{reverse('policies:structure', args=[pk])}?dong={line}#l{line}")


@require_POST
@requires(Permission.VERSION_UPLOAD)
def correct_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    form = LineForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return _back(pk, line)
    try:
        actions.correct_line(version=version, line=line, by=me(request), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _back(pk, line)


@require_POST
@requires(Permission.VERSION_UPLOAD)
def accept_suggestion(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    try:
        actions.accept_suggestion(version=version, line=line, by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _back(pk, line)


@require_POST
@requires(Permission.VERSION_UPLOAD)
def undo_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    try:
        actions.undo_line(version=version, line=line, by=me(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _back(pk, line)
