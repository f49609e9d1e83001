"""One dossier from its first day: moves, versions, windows, letters, what was said of its policies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from danban.accounts.guards import requires
from danban.accounts.states import Permission
from danban.consultation import queries
from danban.consultation.views.reach import dossier_of
from danban.policies.models import Dossier
from danban.policies.queries import versions_of
from danban.policies.screening_queries import entries_of_dossier
from danban.policies.stage_queries import moves_of
from danban.policies.states import Requirement


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day: its title, who or what stands behind it, where to see it."""

    on: dt.date
    title: str
    details: tuple[str, ...] = ()
    url: str = ""


@requires(Permission.DOSSIER_VIEW)
def timeline(request: HttpRequest, dossier_id: int) -> HttpResponse:
    dossier = dossier_of(request, Permission.DOSSIER_VIEW, dossier_id)
    events = [
        Event(dossier.started_on, _("Bắt đầu soạn thảo"), (dossier.agency.name,)),
        *_moves(dossier),
        *_versions(dossier),
        *_windows(dossier),
        *_letters(dossier),
        *_screenings(dossier),
    ]
    context = {
        "section": "dossiers",
        "dossier": dossier,
        "events": sorted(events, key=lambda event: event.on)[::-1],
    }
    return render(request, "consultation/timeline.html", context)


def _moves(dossier: Dossier) -> Iterator[Event]:
    for move in moves_of(dossier):
        missing = [Requirement(one["requirement"]).label for one in move.findings if not one["met"]]
        yield Event(
            move.on,
            f"{move.get_from_stage_display()} → {move.get_to_stage_display()}",
            (
                *([move.document_number] if move.document_number else []),
                move.by.full_name,
                *([move.note] if move.note else []),
                *(_("Còn thiếu: %(what)s") % {"what": one} for one in missing),
                *([_("Lý do vẫn chuyển: %(why)s") % {"why": move.despite}] if move.despite else []),
            ),
        )


def _versions(dossier: Dossier) -> Iterator[Event]:
    for version in versions_of(dossier):
        url = reverse("policies:structure", args=[version.pk])
        number = {"n": version.number}
        yield Event(
            timezone.localdate(version.uploaded_at),
            _("Tải lên dự thảo lần %(n)d") % number,
            (version.uploaded_by.full_name,),
            url,
        )
        if version.released_at and version.released_by:
            released = timezone.localdate(version.released_at)
            yield Event(
                released, _("Công bố dự thảo lần %(n)d") % number, (version.released_by.full_name,), url
            )


def _windows(dossier: Dossier) -> Iterator[Event]:
    for window in queries.windows_of(dossier):
        url = reverse("consultation:window", args=[window.pk])
        kind = {"kind": window.get_kind_display()}
        until = _("đến hết %(day)s") % {"day": f"{window.closes_on:%d/%m/%Y}"}
        holder = [window.holder.name] if window.holder else []
        yield Event(window.opens_on, _("%(kind)s: mở đợt") % kind, (until, *holder), url)
        if window.held_on:
            yield Event(window.held_on, _("%(kind)s: hội nghị") % kind, (window.result,), url)
        if window.cancelled_at:
            cancelled = timezone.localdate(window.cancelled_at)
            yield Event(cancelled, _("%(kind)s: hủy đợt") % kind, (window.cancelled_reason,), url)


def _letters(dossier: Dossier) -> Iterator[Event]:
    """One event a letter, not one an agency: a letter may go to a hundred communes."""
    letters: dict[tuple[dt.date, str, int], list[str]] = {}
    for asked in queries.requests_of_dossier(dossier):
        letters.setdefault((asked.asked_on, asked.letter_number, asked.window_id), []).append(
            asked.agency.name
        )
    for (day, number, window), names in letters.items():
        told = ", ".join(sorted(names)[:6]) + ("…" if len(names) > 6 else "")
        yield Event(
            day,
            _("Hỏi ý kiến %(n)d cơ quan bằng văn bản") % {"n": len(names)},
            (*([number] if number else []), told),
            reverse("consultation:window", args=[window]),
        )


def _screenings(dossier: Dossier) -> Iterator[Event]:
    for entry in entries_of_dossier(dossier):
        said = _("thuộc diện") if entry.in_scope else _("không thuộc diện")
        numbers = [_("danh sách %(number)s") % {"number": entry.list_number}] if entry.list_number else []
        yield Event(
            entry.decided_on,
            f"{entry.get_step_display()}: {said}",
            (entry.policy.title, *numbers, entry.by.full_name),
            reverse("policies:policy", args=[entry.policy_id]),
        )
