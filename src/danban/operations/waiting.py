"""What waits for a person: versions and answers to release, comment periods and tasks with work left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from danban.answers.models import Answer
from danban.answers.queries import to_release
from danban.consultation.models import Comment, Tally, Window
from danban.consultation.states import CommentState, Visibility
from danban.plan.queries import work as tasks
from danban.plan.queries.evidence import to_check
from danban.policies.models import Version
from danban.policies.queries import awaiting_release

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
class Waiting:
    """Everything a desk shows; empty where the person may not do it."""

    versions: list[Version]
    answers: list[Answer]
    periods: list[Work]
    tasks: Tasks | None = None


def versions_to_release(agencies: Collection[int] | None) -> list[Version]:
    return list(awaiting_release(agencies)[:AT_ONCE])


def answers_to_release(agencies: Collection[int] | None) -> list[Answer]:
    return list(to_release(agencies)[:AT_ONCE])


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
