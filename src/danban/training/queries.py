"""Reads of training: lists, codes, who is present, hours, reach, the registers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from danban.common import clock
from danban.common.text import fold
from danban.training import rules
from danban.training.models import (
    Attempt,
    Attendance,
    Certificate,
    Course,
    Need,
    Person,
    QualificationRule,
    Recognition,
    Registration,
    RegistrationContact,
    Session,
)
from danban.training.states import Place, SessionState

Agencies = Collection[int] | None


# Courses and sessions


def courses_listed(*, q: str = "") -> QuerySet[Course]:
    courses = Course.objects.select_related("agency").annotate(n_sessions=Count("sessions")).order_by("-id")
    return courses.filter(search_text__contains=fold(q)) if q else courses


def needs_listed() -> QuerySet[Need]:
    return Need.objects.select_related("agency", "course").order_by("-id")


def sessions_counted() -> QuerySet[Session]:
    """Sessions with how many have a seat, wait, and were there."""
    rows = Registration.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return Session.objects.select_related("course__agency").annotate(
        n_seats=_counted(rows.filter(place=Place.SEAT)),
        n_waiting=_counted(rows.filter(place=Place.WAITING)),
        n_present=_counted(rows.filter(attendance__isnull=False)),
    )


def _counted(rows: QuerySet[Registration, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def coming_sessions() -> QuerySet[Session]:
    """Sessions not over yet, those to be confirmed as held among them; the soonest first."""
    return (
        sessions_counted().filter(state__in=(SessionState.PLANNED, SessionState.OPEN)).order_by("starts_at")
    )


def held_sessions() -> QuerySet[Session]:
    """Sessions that took place, the newest first."""
    return sessions_counted().filter(state=SessionState.HELD).order_by("-starts_at", "-id")


def open_to_all() -> QuerySet[Session]:
    """Sessions for which anyone may register now."""
    return coming_sessions().filter(state=SessionState.OPEN, ends_at__gt=clock.now())


def registrations_listed(session: Session, *, q: str = "") -> QuerySet[Registration]:
    """Those of a session by name, with presence, best result and certificate at hand."""
    valid = Certificate.objects.filter(registration=OuterRef("pk"), withdrawn_on__isnull=True)
    rows = (
        Registration.objects.filter(session=session)
        .select_related("person", "attendance")
        .annotate(
            has_passed=Exists(Attempt.objects.filter(registration=OuterRef("pk"), passed=True)),
            n_tries=Count("tries"),
            has_contact=Exists(RegistrationContact.objects.filter(registration=OuterRef("pk"))),
            certificate_id=Subquery(valid.values("pk")[:1]),
        )
        .order_by("person__full_name", "id")
    )
    return rows.filter(person__search_text__contains=fold(q)) if q else rows


def reachable(session: int) -> QuerySet[Registration]:
    """Who comes or waits, and left an address; with what a letter about the session names."""
    rows = Registration.objects.filter(session=session, contact__isnull=False)
    return rows.exclude(place=Place.WITHDRAWN).select_related("contact", "session__course__agency")


def may_be_certified(session: Session) -> list[Registration]:
    """Those who earned a certificate and were never given one."""
    has_quiz = session.course.questions.exists()
    rows = Registration.objects.filter(session=session, certificates__isnull=True).annotate(
        was_there=Exists(Attendance.objects.filter(registration=OuterRef("pk"))),
        has_passed=Exists(Attempt.objects.filter(registration=OuterRef("pk"), passed=True)),
    )
    return [
        one
        for one in rows.order_by("id")
        if rules.may_certify(attended=one.was_there, has_quiz=has_quiz, passed=one.has_passed)
    ]


# By code


def registration_with_code(code: str) -> Registration | None:
    """The registration behind a personal code (as rules.parse_personal gives it)."""
    rows = Registration.objects.select_related("session__course__agency", "person", "attendance")
    return rows.filter(code_hash=rules.hash_of(code)).first()


def registration_named(session: Session, full_name: str) -> Registration | None:
    """The one of this full name in a session; None also when there are two."""
    rows = session.registrations.exclude(place=Place.WITHDRAWN).select_related("session", "person")
    found = list(rows.filter(person__key__startswith=f"{fold(full_name)}|")[:2])
    return found[0] if len(found) == 1 else None


def certificate_with_code(code: str) -> Certificate | None:
    rows = Certificate.objects.select_related(
        "registration__person", "registration__session__course__agency__parent"
    )
    return rows.filter(code_hash=rules.hash_of(code)).first()


# People, hours, reach


@dataclass(frozen=True, slots=True)
class Reach:
    """Sessions held, distinct people who were there, and their hours added up."""

    sessions: int
    people: int
    hours: Decimal


def _attended(start: dt.date, end: dt.date) -> QuerySet[Registration]:
    """Registrations of people present in sessions held that began between two days, both counted in."""
    return Registration.objects.filter(
        attendance__isnull=False,
        session__state=SessionState.HELD,
        session__starts_at__gte=_midnight(start),
        session__starts_at__lt=_midnight(end + dt.timedelta(days=1)),
    )


def reach(start: dt.date, end: dt.date, agencies: Agencies = None) -> Reach:
    """What training reached between two days, both counted in; of the people of these agencies, or of all."""
    rows = _attended(start, end)
    if agencies is not None:
        rows = rows.filter(person__agency__in=list(agencies))
    found = rows.aggregate(
        sessions=Count("session", distinct=True),
        people=Count("person", distinct=True),
        hours=Coalesce(Sum("session__hours"), Decimal(0)),
    )
    return Reach(**found)


def people_with_hours(start: dt.date, end: dt.date, *, q: str = "") -> QuerySet[Person]:
    """People who learned between two days, with ``n_sessions`` and ``hours``; most hours first."""
    held = Q(
        registrations__attendance__isnull=False,
        registrations__session__state=SessionState.HELD,
        registrations__session__starts_at__gte=_midnight(start),
        registrations__session__starts_at__lt=_midnight(end + dt.timedelta(days=1)),
    )
    people = (
        Person.objects.filter(held)
        .annotate(n_sessions=Count("registrations"), hours=Sum("registrations__session__hours"))
        .order_by("-hours", "full_name", "id")
    )
    return people.filter(search_text__contains=fold(q)) if q else people


def trainings_of(person: Person) -> QuerySet[Registration]:
    """Sessions someone was at, the newest first."""
    rows = person.registrations.filter(attendance__isnull=False, session__state=SessionState.HELD)
    return rows.select_related("session__course").order_by("-session__starts_at", "-id")


def hours_of(person: Person) -> Decimal:
    """All hours someone learned."""
    total = trainings_of(person).order_by().aggregate(total=Sum("session__hours"))["total"]
    return total or Decimal(0)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


# Registers


def terms_listed(*, q: str = "", duty: str = "", now_only: bool = True) -> QuerySet[Recognition]:
    """Terms by name, with ``n_activities``; only of those who are recognised today unless asked."""
    terms = Recognition.objects.select_related("person", "agency").order_by("person__full_name", "id")
    if q:
        terms = terms.filter(person__search_text__contains=fold(q))
    if duty:
        terms = terms.filter(duty=duty)
    if now_only:
        terms = terms.filter(Q(dismissed_on__isnull=True) | Q(dismissed_on__gt=clock.today()))
    return terms


def qualification_of(duty: str) -> QualificationRule | None:
    """The rule in force today, as far as it is known."""
    today = clock.today()
    rows = QualificationRule.objects.filter(duty=duty, valid_from__lte=today)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).first()


def on_duty_counts(agencies: Agencies = None) -> dict[str, int]:
    """How many hold each duty today."""
    rows = terms_listed().order_by()
    if agencies is not None:
        rows = rows.filter(agency__in=list(agencies))
    return dict(rows.values_list("duty").annotate(n=Count("pk", distinct=True)).values_list("duty", "n"))


def feedback_of(session: Session) -> dict[str, object]:
    """``n``, ``mean`` and the words that were written, in no order that would tell who came when."""
    words = session.feedback.exclude(words="").order_by("words").values_list("words", flat=True)
    return session.feedback.aggregate(n=Count("pk"), mean=Avg("score")) | {"words": list(words[:100])}
