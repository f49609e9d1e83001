"""What of the Council's work shows that a task was done: a workshop or meeting with minutes, a directive."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danban.council.models import Directive, Meeting
from danban.council.queries import agencies_that_came
from danban.council.states import MeetingKind, MeetingState, MinutesState
from danban.plan.evidence import Kind, Names, Record, register

MOST_CHOICES = 50


def _events(rows: QuerySet[Meeting]) -> list[Record]:
    shown = rows.select_related("minutes").prefetch_related("parties__member")
    return [_event(meeting) for meeting in shown]


def _event(meeting: Meeting) -> Record:
    missing = _missing(meeting)
    title, url = _event_words(meeting.pk, meeting.kind, meeting.title)
    return Record(
        pk=meeting.pk,
        title=title,
        url=url,
        shown_on=None if missing else timezone.localdate(meeting.starts_at),
        missing=missing,
        agencies=agencies_that_came(meeting.parties.all()),
    )


def _event_words(pk: int, kind: str, title: str) -> tuple[str, str]:
    return f"{MeetingKind(kind).label}: {title}", reverse("council:meeting", args=[pk])


def _missing(meeting: Meeting) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return gettext("Cuộc họp đã hủy.")
    if meeting.state != MeetingState.HELD:
        return gettext("Chưa họp.")
    minutes = getattr(meeting, "minutes", None)
    if minutes is None:
        return gettext("Chưa có biên bản.")
    if minutes.state != MinutesState.APPROVED:
        return gettext("Biên bản chưa được duyệt.")
    return ""


def find_events(pks: Collection[int]) -> Mapping[int, Record]:
    return {record.pk: record for record in _events(_in_person().filter(pk__in=pks))}


def event_choices(agencies: Collection[int] | None, sought: str) -> list[Record]:
    rows = _in_person().exclude(state=MeetingState.CANCELLED).order_by("-starts_at", "-id")
    if agencies is not None:
        came = Q(parties__agency__in=agencies) | Q(parties__member__agency__in=agencies)
        rows = rows.filter(Q(council__agency__in=agencies) | came).distinct()
    if sought:
        rows = rows.filter(title__icontains=sought)
    return _events(rows[:MOST_CHOICES])


def _in_person() -> QuerySet[Meeting]:
    """A circulation of forms is no event."""
    return Meeting.objects.filter(kind__in=(MeetingKind.MEETING, MeetingKind.WORKSHOP))


def _documents(rows: QuerySet[Directive]) -> list[Record]:
    return [
        Record(
            pk=directive.pk,
            title=f"{directive.number}: {directive.subject}",
            url=_directive_url(directive.pk),
            shown_on=directive.issued_on,
            agencies=frozenset({directive.council.agency_id}),
        )
        for directive in rows.select_related("council")
    ]


def _directive_url(pk: int) -> str:
    return reverse("council:directive_file", args=[pk])


def find_directives(pks: Collection[int]) -> Mapping[int, Record]:
    return {record.pk: record for record in _documents(Directive.objects.filter(pk__in=pks))}


def directive_choices(agencies: Collection[int] | None, sought: str) -> list[Record]:
    rows = Directive.objects.order_by("-issued_on", "-id")
    if agencies is not None:
        concerned = Q(council__agency__in=agencies) | Q(addressees__in=agencies)
        rows = rows.filter(concerned).distinct()
    if sought:
        rows = rows.filter(Q(subject__icontains=sought) | Q(number__icontains=sought))
    return _documents(rows[:MOST_CHOICES])


EVENT = register(
    Kind(
        code="event",
        label=_("Cuộc họp, hội thảo có biên bản"),
        find=find_events,
        choices=event_choices,
        names=Names(
            _in_person(),
            {"kind": "kind", "title": "title"},
            lambda pk, facts: _event_words(pk, **facts),
        ),
    )
)
DIRECTIVE = register(
    Kind(
        code="directive",
        label=_("Văn bản chỉ đạo của Hội đồng"),
        find=find_directives,
        choices=directive_choices,
        names=Names(
            Directive.objects.all(),
            {"number": "number", "subject": "subject"},
            lambda pk, facts: (f"{facts['number']}: {facts['subject']}", _directive_url(pk)),
        ),
    )
)
