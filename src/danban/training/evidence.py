"""A training session as evidence that a task of the plan was done: once it was held and people were there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danban.common.text import fold
from danban.plan.evidence import Kind, Names, Record, register
from danban.training.models import Registration, Session
from danban.training.states import SessionState

AT_MOST = 50


def find(ids: Collection[int]) -> dict[int, Record]:
    """Sessions as records, in two queries."""
    sessions = list(Session.objects.filter(pk__in=list(ids)).select_related("course"))
    return _records(sessions)


def choices(agencies: Collection[int] | None, q: str) -> list[Record]:
    """The newest sessions of courses of these agencies, whose title holds the words."""
    rows: QuerySet[Session] = Session.objects.exclude(state=SessionState.CANCELLED).select_related("course")
    if agencies is not None:
        rows = rows.filter(course__agency__in=list(agencies))
    if q:
        rows = rows.filter(course__search_text__contains=fold(q))
    return list(_records(list(rows.order_by("-starts_at", "-id")[:AT_MOST])).values())


def _records(sessions: list[Session]) -> dict[int, Record]:
    present: dict[int, set[int | None]] = defaultdict(set)
    rows = Registration.objects.filter(session__in=sessions, attendance__isnull=False)
    for session, agency in rows.values_list("session", "person__agency").distinct():
        present[session].add(agency)
    return {one.pk: _record(one, present[one.pk]) for one in sessions}


def _record(session: Session, present: set[int | None]) -> Record:
    day = timezone.localtime(session.starts_at).date()
    title, url = _words(session.pk, session.course.title, day)
    missing = ""
    if session.state != SessionState.HELD:
        missing = _("Buổi tập huấn chưa được xác nhận là đã tổ chức.")
    elif not present:
        missing = _("Buổi tập huấn không có ai điểm danh.")
    return Record(
        pk=session.pk,
        title=title,
        url=url,
        shown_on=None if missing else day,
        missing=missing,
        agencies=frozenset(agency for agency in present if agency is not None),
    )


def _words(pk: int, title: str, day: dt.date) -> tuple[str, str]:
    return f"{title}, {day:%d/%m/%Y}", reverse("training:session", args=[pk])


def _named(pk: int, facts: Mapping[str, str]) -> tuple[str, str]:
    return _words(pk, facts["title"], dt.date.fromisoformat(facts["day"]))


NAMES = Names(
    Session.objects.annotate(day=TruncDate("starts_at")), {"title": "course__title", "day": "day"}, _named
)
KIND = register(
    Kind(
        code="training_session",
        label=gettext_lazy("Buổi tập huấn"),
        find=find,
        choices=choices,
        names=NAMES,
    )
)
