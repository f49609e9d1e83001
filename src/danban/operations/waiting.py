"""What waits for a person: versions, answers and proposals; comment periods and tasks with work left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy

from danban.accounts.models import User
from danban.answers.models import Answer
from danban.answers.queries import to_release
from danban.consultation import queries
from danban.consultation.models import Comment, Proposal, Tally, Window
from danban.consultation.states import CommentState, Visibility
from danban.council.queries import invitations
from danban.plan.queries import work as tasks
from danban.plan.queries.evidence import to_check
from danban.policies.models import Version
from danban.policies.queries import awaiting_release
from danban.reports.queries_reports import reports_to_write

AT_ONCE = 8
RECENT = dt.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Work:
    """A comment period and what is left to do in it; ``days_left`` below 1 once it has closed."""

    window: Window
    days_left: int
    total: int
    answered: int
    held: int

    @property
    def unanswered(self) -> int:
        return self.total - self.answered


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks of one's agencies: how many press, those due first, files to be checked."""

    late: int
    soon: int
    blocked: int
    first: list[tasks.Line]
    to_check: int

    def __bool__(self) -> bool:
        return bool(self.first or self.to_check)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody else asks of a person or their agencies, and by when. A letter said so too."""

    kind: str
    words: str
    link: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything a desk shows; empty where the person may not do it."""

    versions: list[Version]
    answers: list[Answer]
    periods: list[Work]
    asked: list[Asked]
    proposals: list[Proposal]
    tasks: Tasks | None = None


def versions_to_release(agencies: Collection[int] | None) -> list[Version]:
    return list(awaiting_release(agencies)[:AT_ONCE])


def answers_to_release(agencies: Collection[int] | None) -> list[Answer]:
    return list(to_release(agencies)[:AT_ONCE])


def proposals_to_decide(agencies: Collection[int] | None, by: User) -> list[Proposal]:
    return list(queries.proposals_to_decide(agencies, by)[:AT_ONCE])


def periods_at_work(agencies: Collection[int] | None, today: dt.date) -> list[Work]:
    """Periods that run, or closed lately with comments not answered; one query whatever their number."""
    tallies = Tally.objects.filter(window=OuterRef("pk")).order_by().values("window")
    answered = tallies.filter(state=CommentState.ANSWERED)
    held = Comment.objects.filter(window=OuterRef("pk"), visibility=Visibility.HELD).order_by()
    rows = Window.objects.filter(cancelled_at__isnull=True, closes_on__gte=today - RECENT).annotate(
        total=Coalesce(Subquery(tallies.annotate(sum=Sum("n")).values("sum")), 0),
        answered=Coalesce(Subquery(answered.annotate(sum=Sum("n")).values("sum")), 0),
        held=Coalesce(Subquery(held.values("window").annotate(n=Count("pk")).values("n")), 0),
    )
    if agencies is not None:
        rows = rows.filter(dossier__agency__in=list(agencies))
    made = [
        Work(window, (window.closes_on - today).days + 1, window.total, window.answered, window.held)
        for window in rows.select_related("dossier").order_by("closes_on", "id")[: AT_ONCE * 4]
    ]
    return [work for work in made if work.days_left >= 1 or work.unanswered][:AT_ONCE]


def tasks_at_work(
    agencies: Collection[int] | None, checking: Collection[int] | None, today: dt.date
) -> Tasks:
    """What these bodies carry that is late or due soon; four queries whatever its number."""
    rows = tasks.work_of(agencies, tasks.Asked())
    counts = tasks.counts(rows, today)
    pressing = tasks.listed(rows, "gap", today)[:AT_ONCE]
    return Tasks(
        late=counts["qua-han"],
        soon=counts["sap-den"],
        blocked=counts["vuong"],
        first=tasks.lines(pressing, today),
        to_check=0 if checking == set() else to_check(checking).count(),
    )


ASKED = {
    "request": (gettext_lazy("Đề nghị phối hợp"), "plan:request"),
    "meeting": (gettext_lazy("Giấy mời"), "council:meeting"),
    "report": (gettext_lazy("Báo cáo phải gửi"), "reports:report"),
}


def asked_of(user: User, *, works: Collection[int] | None, writes: Collection[int] | None) -> list[Asked]:
    """Requests, invitations and reports nobody has answered yet, the first due on top; one query.

    The agencies are those the person works on tasks for, and writes reports for.
    """
    requests = _named(tasks.requests_to_answer(works), "request", "pk", "what", "due_on")
    called = _named(
        invitations(user, works or ()),
        "meeting",
        "meeting_id",
        "meeting__title",
        TruncDate("meeting__starts_at"),
    )
    reports = _named(reports_to_write(writes), "report", "pk", "request__title", "request__due_on")
    rows = requests.union(called, reports).order_by("day", "of")[:AT_ONCE]
    return [
        Asked(str(ASKED[kind][0]), words, reverse(ASKED[kind][1], args=[of]), day)
        for kind, of, words, day in rows
    ]


def _named(
    rows: QuerySet[Any], kind: str, of: str, words: str, day: str | TruncDate
) -> QuerySet[Any, tuple[str, int, str, dt.date]]:
    """Rows under names that all three have; the order is that of the whole."""
    named = rows.order_by().annotate(
        sort=Value(kind), of=F(of), words=F(words), day=F(day) if isinstance(day, str) else day
    )
    return named.values_list("sort", "of", "words", "day")
