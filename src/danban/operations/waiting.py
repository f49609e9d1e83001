"""What waits for a person: versions, answers and proposals; comment periods and tasks with work left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy

from danban.accounts.models import User
from danban.answers.queries import to_release
from danban.consultation.models import Comment, Tally, Window
from danban.consultation.queries import proposals_to_decide
from danban.consultation.states import CommentState, ProposalKind, Visibility
from danban.council.queries import invitations
from danban.plan.queries import work as tasks
from danban.plan.queries.evidence import to_check
from danban.policies.queries import awaiting_release
from danban.reports.queries_reports import reports_to_write

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

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
    """What somebody asks of a person or their agencies: ``day`` is when it is due, or since when it waits."""

    kind: str
    words: str
    link: str
    day: dt.date
    who: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything a desk shows; empty where the person may not do it."""

    decide: list[Asked]
    periods: list[Work]
    asked: list[Asked]
    tasks: Tasks | None = None


DECIDED = {
    "version": (gettext_lazy("Dự thảo chờ duyệt"), "policies:review"),
    "answer": (gettext_lazy("Câu trả lời chờ duyệt"), "answers:review"),
    **{kind.value: (kind.label, "consultation:proposal") for kind in ProposalKind},
}


def to_decide(
    user: User,
    *,
    versions: Collection[int] | None,
    answers: Collection[int] | None,
    proposals: Collection[int] | None,
) -> list[Asked]:
    """What waits for this person as the second one, the longest waiting first; one query.

    The agencies are those where the person releases versions, releases answers, and decides proposals.
    """
    drafts = _named(
        awaiting_release(versions), "version", words="dossier__title", day=TruncDate("secrecy_checked_at"),
        who="uploaded_by__full_name",
    )  # fmt: skip
    written = _named(
        to_release(answers), "answer", words="point__title", day=TruncDate("written_at"),
        who="written_by__full_name",
    )  # fmt: skip
    proposed = _named(
        proposals_to_decide(proposals, user), F("kind"), words="window__dossier__title",
        day=TruncDate("proposed_at"), who="proposed_by__full_name",
    )  # fmt: skip
    return _together(DECIDED, drafts, written, proposed)


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
    requests = _named(tasks.requests_to_answer(works), "request", words="what", day=F("due_on"))
    called = _named(
        invitations(user, works or ()), "meeting", of="meeting_id", words="meeting__title",
        day=TruncDate("meeting__starts_at"),
    )  # fmt: skip
    reports = _named(reports_to_write(writes), "report", words="request__title", day=F("request__due_on"))
    return _together(ASKED, requests, called, reports)


def _named(
    rows: QuerySet[Any], kind: str | F, *, of: str = "pk", words: str, day: F | TruncDate, who: str = ""
) -> QuerySet[Any, tuple[str, int, str, dt.date, str]]:
    """Rows under names that all of a list have; the order is that of the whole."""
    named = rows.order_by().annotate(
        sort=Value(kind) if isinstance(kind, str) else kind,
        of=F(of),
        words=F(words),
        day=day,
        who=F(who) if who else Value(""),
    )
    return named.values_list("sort", "of", "words", "day", "who")


def _together(
    kinds: Mapping[str, tuple[_StrPromise, str]], first: QuerySet[Any], *others: QuerySet[Any]
) -> list[Asked]:
    rows = first.union(*others).order_by("day", "of")[:AT_ONCE]
    return [
        Asked(str(kinds[kind][0]), words, reverse(kinds[kind][1], args=[of]), day, who)
        for kind, of, words, day, who in rows
    ]
