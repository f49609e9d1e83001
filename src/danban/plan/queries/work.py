"""Tasks as their agencies see them: counted, listed, on one page, over a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danban.accounts.models import Agency, User
from danban.accounts.queries import agencies_today
from danban.audit.models import AuditEntry
from danban.common.text import clean
from danban.plan.models import (
    Assignment,
    CalendarLink,
    CoordinationRequest,
    Note,
    Plan,
    Reminder,
    Section,
    Task,
)
from danban.plan.rules import SOON, Standing, days_late, standing
from danban.plan.states import OPEN, NoteKind, Part, PlanState, TaskState

NOTICES = 8
NOTICED_FOR = dt.timedelta(days=14)
HISTORY = 200


def of_agencies(agencies: Collection[int] | None, part: str = "") -> QuerySet[Task]:
    """Tasks these bodies carry (in that part, if one is named); all tasks when None."""
    if agencies is None:
        return Task.objects.all()
    carried = Assignment.objects.filter(task=OuterRef("pk"), agency__in=list(agencies))
    return Task.objects.filter(Exists(carried.filter(part=part) if part else carried))


def in_force(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Confirmed tasks of plans in force: what is to be worked on now."""
    return tasks.filter(plan__state=PlanState.IN_FORCE).exclude(state=TaskState.PROPOSED)


def _lists(today: dt.date) -> dict[str, Q]:
    """What each list of an agency's page holds."""
    return {
        "viec": Q(state__in=OPEN),
        "qua-han": Q(state__in=OPEN, due_on__lt=today),
        "gap": Q(state__in=OPEN, due_on__lte=today + SOON),
        "sap-den": Q(state__in=OPEN, due_on__gte=today, due_on__lte=today + SOON),
        "vuong": Q(state=TaskState.BLOCKED),
        "khai-bao": Q(state=TaskState.DECLARED),
        "xong": Q(state=TaskState.DONE),
        "khong-lam": Q(state=TaskState.CANCELLED),
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of tasks was narrowed to; None and "" narrow nothing."""

    agency: int | None = None
    part: str = ""
    plan: int | None = None
    section: int | None = None
    state: str = ""


def narrowed(agencies: Collection[int] | None, agency: int | None) -> Collection[int] | None:
    """These bodies, or the one asked for if it is among them; nobody if it is not."""
    if agency is None:
        return agencies
    return {agency} if agencies is None or agency in agencies else set()


def work_of(agencies: Collection[int] | None, asked: Asked) -> QuerySet[Task]:
    """The tasks of these bodies, or of one of them, narrowed."""
    rows = in_force(of_agencies(narrowed(agencies, asked.agency), asked.part))
    for name in ("plan", "section", "state"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    return rows


def counts(tasks: QuerySet[Task], today: dt.date) -> dict[str, int]:
    """How many tasks each list holds; one query."""
    lists = {name: Count("pk", filter=held) for name, held in _lists(today).items()}
    found = tasks.order_by().aggregate(**{name.replace("-", "_"): count for name, count in lists.items()})
    return {name: found[name.replace("-", "_")] for name in lists}


def listed(tasks: QuerySet[Task], name: str, today: dt.date) -> QuerySet[Task]:
    """One list, what is due first on top; two queries when read."""
    carriers = Prefetch(
        "assignments", Assignment.objects.filter(part=Part.LEADS).select_related("agency"), to_attr="leads"
    )
    rows = tasks.filter(_lists(today)[name]).select_related("plan", "section").prefetch_related(carriers)
    return rows.order_by(F("due_on").asc(nulls_last=True), "plan", "position", "pk")


@dataclass(frozen=True, slots=True)
class Line:
    """A task in a list, its words ready: a list of fifty is written in a few milliseconds.

    ``tags`` are (state, words): how pressing it is, and the state it is in where that says more.
    """

    task: Task
    standing: Standing
    words: str
    tags: tuple[tuple[str, str], ...]
    leads: str


def lines(tasks: Iterable[Task], today: dt.date) -> list[Line]:
    """Tasks with ``leads`` at hand as lines of a list."""
    return [
        Line(
            task=task,
            standing=(stands := standing(task.state, task.due_on, today)),
            words=_shortened(f"{task.number}. {task.content}" if task.number else task.content, 160),
            tags=tuple(_tags(task, stands, today)),
            leads="; ".join(named(one) for one in getattr(task, "leads", ())),
        )
        for task in tasks
    ]


def _tags(task: Task, stands: Standing, today: dt.date) -> Iterator[tuple[str, str]]:
    if stands is Standing.LATE:
        late = days_late(task.state, task.due_on, today)
        yield stands, ngettext("quá hạn %(n)d ngày", "quá hạn %(n)d ngày", late) % {"n": late}
    elif stands is Standing.SOON and task.due_on:
        left = (task.due_on - today).days
        words = ngettext("còn %(n)d ngày", "còn %(n)d ngày", left) % {"n": left}
        yield stands, words if left else _("hạn hôm nay")
    if stands not in (Standing.LATE, Standing.SOON) or task.state != TaskState.PLANNED:
        yield task.state, task.get_state_display()


def _shortened(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def named(assignment: Assignment) -> str:
    """How a carrier is called: the body's own name, or the plan's words for it."""
    if assignment.agency is None:
        return assignment.named_as
    return assignment.agency.short_name or assignment.agency.name


# Requests


def requests_between(agencies: Collection[int] | None) -> QuerySet[CoordinationRequest]:
    rows = CoordinationRequest.objects.select_related(
        "task__plan", "asking", "asked", "answered_by", "asked_by"
    )
    if agencies is None:
        return rows
    here = list(agencies)
    return rows.filter(Q(asking__in=here) | Q(asked__in=here))


def requests_to_answer(agencies: Collection[int] | None) -> QuerySet[CoordinationRequest]:
    """What these bodies were asked and have not answered, the first due on top."""
    rows = CoordinationRequest.objects.filter(answered_on__isnull=True)
    if agencies is not None:
        rows = rows.filter(asked__in=list(agencies))
    return rows.order_by("due_on", "pk")


def waiting_first(rows: QuerySet[CoordinationRequest]) -> QuerySet[CoordinationRequest]:
    return rows.order_by(F("answered_on").desc(nulls_first=True), "due_on", "pk")


def open_requests(agencies: Collection[int] | None) -> tuple[int, int]:
    """How many requests wait: (for others to answer, for these bodies to answer). One query."""
    rows = CoordinationRequest.objects.filter(answered_on__isnull=True).order_by()
    if agencies is None:
        return rows.count(), 0
    here = list(agencies)
    found = rows.filter(Q(asking__in=here) | Q(asked__in=here)).aggregate(
        ours=Count("pk", filter=Q(asking__in=here)), theirs=Count("pk", filter=Q(asked__in=here))
    )
    return found["ours"], found["theirs"]


# One task


def carriers_of(task: Task) -> list[Assignment]:
    return list(task.assignments.select_related("agency").order_by("part", "agency__name", "pk"))


def bodies_of(carriers: Iterable[Assignment]) -> list[Agency]:
    """The bodies among the carriers, each once."""
    return list({one.agency_id: one.agency for one in carriers if one.agency}.values())


def children_of(task: Task) -> QuerySet[Task]:
    return task.children.order_by("position", "pk")


def notes_of(task: Task) -> QuerySet[Note]:
    return task.notes.select_related("by")


def requests_of(task: Task) -> QuerySet[CoordinationRequest]:
    return task.requests.select_related("asking", "asked", "answered_by", "asked_by")


def history_of(task: Task) -> list[AuditEntry]:
    """What was done to a task, newest first, from the audit; at most 200 entries."""
    return [one.entry for one in task.entries.select_related("entry").order_by("-entry__pk")[:HISTORY]]


# Filters


def plans_in_force() -> QuerySet[Plan]:
    return (
        Plan.objects.filter(state=PlanState.IN_FORCE)
        .only("pk", "number", "title")
        .order_by("-issued_on", "-pk")
    )


def sections_of(plan: int) -> QuerySet[Section]:
    return Section.objects.filter(plan=plan).order_by("position")


def agencies_to_choose(agencies: Collection[int] | None) -> list[tuple[int, str]]:
    """Bodies of today, for the filter; to find those that carry a task would cost more than the page."""
    rows = agencies_today().order_by("name", "pk")
    rows = rows if agencies is None else rows.filter(pk__in=list(agencies))
    return list(rows.values_list("pk", "name"))


# Over a year


def of_year(tasks: QuerySet[Task], year: int) -> QuerySet[Task]:
    """Tasks of plans that run in a year, in the order of their days; those cancelled are left out."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    rows = tasks.filter(plan__starts_on__lte=last, plan__ends_on__gte=first)
    rows = rows.exclude(plan__state=PlanState.DRAFT).exclude(
        state__in=(TaskState.PROPOSED, TaskState.CANCELLED)
    )
    rows = rows.filter(Q(due_on__isnull=True) | Q(due_on__gte=first)).select_related("plan", "section")
    carriers = Prefetch(
        "assignments", Assignment.objects.filter(part=Part.LEADS).select_related("agency"), to_attr="leads"
    )
    return rows.prefetch_related(carriers).order_by(
        F("due_on").asc(nulls_last=True), "plan", "position", "pk"
    )


def calendar_tasks(agencies: Collection[int], today: dt.date) -> QuerySet[Task]:
    """Dated tasks these bodies lead, from a year back on."""
    rows = in_force(of_agencies(agencies, Part.LEADS)).exclude(state=TaskState.CANCELLED)
    return (
        rows.filter(due_on__gte=today - dt.timedelta(days=366))
        .select_related("plan")
        .order_by("due_on", "pk")
    )


def calendar_link(user: int, number: int) -> CalendarLink | None:
    """The live link with this number of a person who may still sign in."""
    rows = CalendarLink.objects.filter(user=user, number=number, live=True, user__is_active=True)
    return rows.select_related("user").first()


def link_of(user: User) -> CalendarLink | None:
    return CalendarLink.objects.filter(user=user).first()


# Reminders


def notices(agencies: Collection[int] | None, today: dt.date) -> list[Reminder]:
    """What these bodies were lately told of single tasks, newest first, as long as something is owed."""
    since = timezone.make_aware(dt.datetime.combine(today - NOTICED_FOR, dt.time.min))
    rows = Reminder.objects.filter(made_at__gte=since, task__isnull=False).select_related("task", "agency")
    if agencies is not None:
        rows = rows.filter(agency__in=list(agencies))
    # The newest few by the index; which of them are still owed is cheaper seen here than sorted there.
    newest = rows.order_by("-made_at")[: NOTICES * 4]
    return [one for one in newest if one.task and one.task.state in OPEN][:NOTICES]


def owed_in_force() -> QuerySet[Task]:
    """Open tasks of plans in force, each with ``leads`` at hand; reminders are drawn from them."""
    leads = Assignment.objects.filter(part=Part.LEADS, agency__isnull=False)
    rows = in_force(Task.objects.filter(state__in=OPEN))
    return rows.prefetch_related(Prefetch("assignments", leads, to_attr="leads")).order_by("pk")


def blocked_since(tasks: Collection[int]) -> dict[int, dt.datetime]:
    """When each of these was last said to be blocked."""
    rows = Note.objects.filter(task__in=tasks, kind=NoteKind.BLOCKED).order_by("at")
    return dict(rows.values_list("task", "at"))


def words_of(task: Task, length: int = 110) -> str:
    """A task in one line, for letters and calendars."""
    line = " ".join(clean(task.content).split())
    return _shortened(f"{task.number}. {line}" if task.number else line, length)
