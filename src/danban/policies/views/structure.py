"""The structure of a version beside its text: what the reader doubts, and the officer's word on a line."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from danban.accounts.guards import may_here, me, requires
from danban.accounts.states import Permission
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.policies import actions, queries
from danban.policies.forms import LineForm
from danban.policies.models import Version, VersionText
from danban.policies.rules import may_change_structure, open_doubts
from danban.policies.states import LineUnit
from danban.policies.structure_view import A_PAGE, lines_shown, number_guess, page_of, proposed, said_of, tree
from danban.policies.views.base import version_for

CHOICES = [(unit, label, str(key % 10)) for key, (unit, label) in enumerate(LineUnit.choices, start=1)]


def _number(raw: str | None, most: int) -> int:
    """A line's number out of an address; 0 when it is none."""
    number = whole(raw, 7) or 0
    return number if number <= most else 0


@requires(Permission.DOSSIER_VIEW)
def structure(request: HttpRequest, pk: int) -> HttpResponse:
    """Doubts first: without a line or a page asked for, the first open doubt is shown."""
    version = version_for(request, pk, Permission.DOSSIER_VIEW)
    text = VersionText.objects.filter(version=version).first()
    if text is None:
        raise Http404
    waiting = open_doubts(text.doubts)
    doubtful = [doubt["line"] for doubt in waiting]
    chosen = _number(request.GET.get("dong"), len(text.lines))
    if not chosen and doubtful and "page" not in request.GET:
        chosen = doubtful[0]
    just = _number(request.GET.get("vua"), len(text.lines))
    pages = Paginator(range(len(text.lines)), A_PAGE)
    page = pages.get_page(page_of(chosen) if chosen else request.GET.get("page"))
    may_change = may_change_structure(version.state) and may_here(
        request, Permission.VERSION_UPLOAD, version.dossier.agency_id
    )
    line = text.lines[chosen - 1] if chosen else None
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
            "doubts": waiting,
            "dismissed": [doubt for doubt in text.doubts if doubt.get("dismissed")],
            "next_doubt": next((n for n in doubtful if n > chosen), doubtful[0] if doubtful else 0),
            "previous_doubt": next((n for n in reversed(doubtful) if n < chosen), 0),
            "notes": text.notes,
            "chosen": line,
            "chosen_doubts": [(doubt, proposed(doubt)) for doubt in waiting if doubt["line"] == chosen],
            "just": said_of(text.lines[just - 1]) if just and just != chosen else None,
            "guess": number_guess(line) if line else "",
            "choices": CHOICES,
            "may_change": may_change,
        },
    )


def _settle(
    request: HttpRequest, pk: int, line: int, act: Callable[..., None], **values: str
) -> HttpResponse:
    """Carry out what was said of a line; after the last doubt about it, go on to the next one."""
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    was_doubtful = line in _doubtful(version)
    try:
        act(version=version, line=line, by=me(request), **values)
    except Refused as refusal:
        messages.error(request, refusal.message)
        if not VersionText.objects.filter(version=version).exists():
            return redirect("policies:dossier", version.dossier_id)
        return _at(pk, line)
    waiting = _doubtful(version)
    if not was_doubtful or line in waiting or not waiting:
        return _at(pk, line)
    following = next((number for number in waiting if number > line), waiting[0])
    return _at(pk, following, f"&vua={line}")


def _doubtful(version: Version) -> list[int]:
    """None of a version given up meanwhile: its text is gone, and what is done to it is refused in words."""
    text = VersionText.objects.filter(version=version).first()
    return [doubt["line"] for doubt in open_doubts(text.doubts)] if text else []


def _at(pk: int, line: int, more: str = "") -> HttpResponse:
    return redirect(f"{reverse('policies:structure', args=[pk])}?dong={line}{more}#l{line}")


@require_POST
@requires(Permission.VERSION_UPLOAD)
def correct_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    form = LineForm(request.POST)
    if not form.is_valid():
        version_for(request, pk, Permission.VERSION_UPLOAD)
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return _at(pk, line)
    return _settle(request, pk, line, actions.correct_line, **form.cleaned_data)


@require_POST
@requires(Permission.VERSION_UPLOAD)
def accept_suggestion(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    return _settle(request, pk, line, actions.accept_suggestion)


@require_POST
@requires(Permission.VERSION_UPLOAD)
def dismiss_doubt(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    return _settle(request, pk, line, actions.dismiss_doubt)


@require_POST
@requires(Permission.VERSION_UPLOAD)
def undo_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    return _settle(request, pk, line, actions.undo_line)
