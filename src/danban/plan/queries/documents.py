"""Reads of plans as documents."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When

from danban.accounts.models import Agency, Succession
from danban.common import clock
from danban.plan.matching import Body, Register
from danban.plan.models import Assignment, Plan, Section, Task
from danban.plan.states import NO_NUMBER, Part, PlanKind, PlanState, TaskState

LONGEST_CHAIN = 8


def register(issuer: int | None = None) -> Register:
    """All agencies with who took over from whom, for matching names; two queries."""
    heirs: dict[int, list[int]] = defaultdict(list)
    for before, after in Succession.objects.order_by("id").values_list("predecessor", "successor"):
        heirs[before].append(after)
    rows = Agency.objects.order_by("id").values_list(
        "id", "name", "short_name", "level", "valid_from", "valid_to", "parent"
    )
    bodies = {row[0]: Body(*row, tuple(heirs[row[0]])) for row in rows}
    return Register(bodies, issuer)


def plans_listed(*, q: str, kind: str, state: str, drafts: bool) -> QuerySet[Plan]:
    """Plans newest first; ``drafts`` whether drafts may be seen."""
    plans = Plan.objects.select_related("issuer", "parent").defer("text", "legal_bases", "doubts", "unused")
    plans = plans.order_by("-issued_on", "-id")
    plans = plans.filter(Q(number__icontains=q) | Q(title__icontains=q)) if q else plans
    plans = plans.filter(kind=kind) if kind else plans
    plans = plans.filter(state=state) if state else plans
    return plans if drafts else plans.exclude(state=PlanState.DRAFT)


class Sizes(NamedTuple):
    """How many tasks a plan has, and of them done, late, and still to be confirmed."""

    tasks: int = 0
    done: int = 0
    late: int = 0
    proposed: int = 0


def sizes_of(plans: Collection[int]) -> dict[int, Sizes]:
    """The sizes of these plans, those of a page; absent when without tasks. One query."""
    over = (TaskState.DONE, TaskState.CANCELLED, TaskState.PROPOSED)
    counted = Count("pk", filter=~Q(state__in=(TaskState.CANCELLED, TaskState.PROPOSED)))
    rows = (
        Task.objects.filter(plan__in=plans)
        .order_by()
        .values_list("plan")
        .annotate(
            tasks=counted,
            done=Count("pk", filter=Q(state=TaskState.DONE)),
            late=Count("pk", filter=Q(due_on__lt=clock.today()) & ~Q(state__in=over)),
            proposed=Count("pk", filter=Q(state=TaskState.PROPOSED)),
        )
    )
    return {plan: Sizes(*sizes) for plan, *sizes in rows}


def plan_shown(drafts: bool) -> QuerySet[Plan]:
    """Plans a person may open."""
    waiting = Count("tasks", filter=Q(tasks__state=TaskState.PROPOSED))
    plans = Plan.objects.select_related("issuer", "lead", "parent__parent__parent").annotate(proposed=waiting)
    return plans if drafts else plans.exclude(state=PlanState.DRAFT)


def draft_of(plan: Plan, *, without_file: str) -> Plan | None:
    """The draft that bears the number, day and issuer of a plan and was not made of that very file."""
    if plan.number == NO_NUMBER:
        return None
    same = Plan.objects.filter(issuer=plan.issuer, number=plan.number, issued_on=plan.issued_on)
    return same.filter(state=PlanState.DRAFT).exclude(file_sha256=without_file).first()


def ancestors(plan: Plan) -> list[Plan]:
    """The documents this one carries out, the highest first; no circle is followed."""
    found: list[Plan] = []
    seen = {plan.pk}
    above = plan.parent
    while above is not None and above.pk not in seen and len(found) < LONGEST_CHAIN:
        found.insert(0, above)
        seen.add(above.pk)
        above = above.parent
    return found


def tasks_of(
    plan: Plan, *, section: int | None = None, agency: int | None = None, state: str = ""
) -> QuerySet[Task]:
    """The tasks of a plan in its order, with their section and who carries them; proposals apart."""
    tasks = with_carriers(plan.tasks.exclude(state=TaskState.PROPOSED)).order_by("position", "id")
    tasks = tasks.filter(section=section) if section else tasks
    tasks = tasks.filter(state=state) if state else tasks
    # Not a join: an agency may lead and coordinate one task.
    carried = Assignment.objects.filter(agency=agency).values("task")
    return tasks.filter(pk__in=carried) if agency else tasks


def names_of(task: Task) -> dict[Part, str]:
    """Who carries a task of ``with_carriers``, in words, part by part."""
    carriers: list[Assignment] = task.carriers  # type: ignore[attr-defined]
    return {
        part: "; ".join(
            one.agency.name if one.agency else one.named_as for one in carriers if one.part == part
        )
        for part in Part
    }


def with_carriers(tasks: QuerySet[Task]) -> QuerySet[Task]:
    carriers = Assignment.objects.select_related("agency").order_by("id")
    return tasks.select_related("section").prefetch_related(
        Prefetch("assignments", carriers, to_attr="carriers")
    )


def proposals_of(plan: Plan) -> QuerySet[Task]:
    """Tasks to confirm: those with doubts first, else in the plan's order."""
    sure = Case(When(doubts=[], then=Value(1)), default=Value(0), output_field=IntegerField())
    waiting = with_carriers(plan.tasks.filter(state=TaskState.PROPOSED))
    return waiting.annotate(sure=sure).order_by("sure", "position", "id")


def counts_of(tasks: QuerySet[Task]) -> dict[str, int]:
    """How many of these tasks stand in each state."""
    return dict(tasks.order_by().values_list("state").annotate(n=Count("id")))


def agencies_in(plan: Plan) -> QuerySet[Agency]:
    """Agencies that carry a task of the plan."""
    return Agency.objects.filter(pk__in=Assignment.objects.filter(task__plan=plan).values("agency"))


def children_of(plan: Plan, *, drafts: bool) -> QuerySet[Plan]:
    """The plans that carry this one out."""
    return plan.children.all() if drafts else plan.children.exclude(state=PlanState.DRAFT)


def sections_of(plan: Plan) -> QuerySet[Section]:
    return plan.sections.order_by("position")


def task_before(task: Task) -> Task | None:
    """The task that stands before one in its plan."""
    return (
        task.plan.tasks.filter(Q(position__lt=task.position) | Q(position=task.position, id__lt=task.pk))
        .exclude(state=TaskState.CANCELLED)
        .order_by("-position", "-id")
        .first()
    )


def parent_among(bases: list[str], before: dt.date) -> Plan | None:
    """The plan or scheme that a document rests on: the nearest above it of those it names."""
    said = " ".join(bases)
    known = Plan.objects.filter(issued_on__lte=before).exclude(kind=PlanKind.YEARLY).order_by("-issued_on")
    return next((plan for plan in known[:200] if plan.number in said), None)
