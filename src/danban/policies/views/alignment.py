"""A version beside the one released before it: what changed, and the officer's word on what became what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban import lawtext
from danban.accounts.guards import may_here, me, requires
from danban.accounts.states import Permission
from danban.common.errors import Refused
from danban.common.numbers import whole
from danban.lawtext import Unit
from danban.policies import actions, queries
from danban.policies.models import Alignment, Provision
from danban.policies.rules import may_change_structure
from danban.policies.states import Change
from danban.policies.views.base import version_for

A_PAGE = 60
QUIET = frozenset({Change.UNCHANGED, Change.RENUMBERED})
LOOSE: dict[str, object] = {
    Unit.PREAMBLE: gettext_lazy("Phần mở đầu"),
    Unit.SIGNATURE: gettext_lazy("Nơi nhận và chữ ký"),
    Unit.TABLE: gettext_lazy("Bảng"),
    Unit.APPENDIX: gettext_lazy("Phụ lục"),
    Unit.FOOTNOTE: gettext_lazy("Chú thích"),
}
LONGEST_SAME = 160
"""Longer runs of words that did not change are shown by their two ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair as shown; ``pieces`` are (equal | delete | insert, text)."""

    pair: Alignment
    old_place: str
    new_place: str
    change: str
    pieces: tuple[tuple[str, str], ...]


def place_of(provision: Provision | None) -> str:
    """ "khoản 2 Điều 5", or what stands there when it has no address."""
    if provision is None:
        return ""
    try:
        return lawtext.Address.parse(provision.address).in_words()
    except ValueError:
        return provision.heading[:60] or str(LOOSE.get(provision.unit, _("Phần không đánh số")))


def _words_of(provision: Provision | None) -> str:
    parts = (provision.heading, provision.text) if provision else ()
    return "\n".join(part for part in parts if part)


def _row(pair: Alignment) -> Row:
    return Row(
        pair=pair,
        old_place=place_of(pair.old),
        new_place=place_of(pair.new),
        change=str(Change(pair.change).label),
        pieces=tuple(
            (op, _ends(text) if op == "equal" else text)
            for op, text in lawtext.words(_words_of(pair.old), _words_of(pair.new))
        ),
    )


def _ends(text: str) -> str:
    if len(text) <= LONGEST_SAME:
        return text
    half = LONGEST_SAME // 2
    return f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"


@requires(Permission.DOSSIER_VIEW)
def alignment(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk, Permission.DOSSIER_VIEW)
    before = queries.released_before(version)
    if before is None:
        raise Http404
    everything = request.GET.get("xem") == "tat-ca"
    pairs = queries.alignments_of(before, version)
    shown = [pair for pair in pairs if everything or pair.change not in QUIET]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.get("sua", "")
    editing = next((pair for pair in pairs if str(pair.pk) == asked), None)
    may_change = may_change_structure(version.state) and may_here(
        request, Permission.VERSION_UPLOAD, version.dossier.agency_id
    )
    return render(
        request,
        "policies/alignment.html",
        {
            "section": "dossiers",
            "version": version,
            "before": before,
            "page": page,
            "rows": [_row(pair) for pair in page],
            "everything": everything,
            "counts": _counts(pairs),
            "may_change": may_change,
            "editing": _row(editing) if editing and may_change else None,
            "candidates": _candidates(editing, pairs) if editing and may_change else [],
        },
    )


def _counts(pairs: list[Alignment]) -> list[tuple[str, int]]:
    """How many articles fared how, in the order of the words."""
    articles = [pair.change for pair in pairs if cast(Provision, pair.new or pair.old).unit == "article"]
    return [(str(change.label), articles.count(change)) for change in Change if change in articles]


def _candidates(editing: Alignment, pairs: list[Alignment]) -> list[tuple[int, str]]:
    """Provisions of the other side that this one might be paired with: the same kind of unit."""
    fixed = cast(Provision, editing.new or editing.old)
    others = [pair.old if editing.new else pair.new for pair in pairs]
    unique = {one.pk: one for one in others if one and one.unit == fixed.unit and one.address}
    return [(pk, place_of(one)) for pk, one in sorted(unique.items(), key=lambda item: item[1].position)]


@requires(Permission.VERSION_UPLOAD)
def correct_alignment(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk, Permission.VERSION_UPLOAD)
    if request.method != "POST":
        return redirect("policies:alignment", pk)
    try:
        actions.correct_alignment(
            version=version, old=_asked(request, "old"), new=_asked(request, "new"), by=me(request)
        )
        messages.success(request, _("Đã ghép lại."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    back = request.POST.get("xem") == "tat-ca"
    return redirect(reverse("policies:alignment", args=[pk]) + ("?xem=tat-ca" if back else ""))


def _asked(request: HttpRequest, side: str) -> Provision | None:
    raw = request.POST.get(side, "")
    if not raw:
        return None
    found = Provision.objects.filter(pk=whole(raw) or 0).first()
    if found is None:
        raise Http404
    return found
