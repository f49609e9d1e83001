"""Plans as they are issued: added, corrected, put in force, closed, copied to the next year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.text import clean
from danban.plan import issuing
from danban.plan.models import Assignment, Plan, Section, Task
from danban.plan.queries import documents as queries
from danban.plan.reading.timing import shift_day, shift_years
from danban.plan.states import Act, Part, PlanState, TaskState

EDITABLE = (
    "kind", "wrapper", "number", "title", "issued_on", "issuer", "lead", "parent", "starts_on", "ends_on",
    "legal_bases", "text",
)  # fmt: skip


class Carried(NamedTuple):
    """Who carries a task: an agency, a name the plan uses, or both."""

    part: Part
    agency: Agency | None
    named_as: str = ""


def add_plan(
    *, kind: str, wrapper: str, number: str, title: str, issued_on: dt.date, issuer: Agency, lead: Agency,
    parent: Plan | None, starts_on: dt.date, ends_on: dt.date, legal_bases: Sequence[str], text: str,
    sections: Sequence[tuple[str, str]] = (), by: User,
) -> Plan:  # fmt: skip
    """A plan typed in, as a draft; ``sections`` are (number, title) in order. Refused when there is one of
    this issuer, number and day."""
    issuing.check_days(starts_on, ends_on)
    plan = Plan(
        kind=kind, wrapper=wrapper, number=clean(number), title=clean(title), issued_on=issued_on,
        issuer=issuer, lead=lead, parent=parent, starts_on=starts_on, ends_on=ends_on,
        legal_bases=[clean(line) for line in legal_bases], text=clean(text),
        created_by=by, created_at=clock.now(),
    )  # fmt: skip
    with transaction.atomic():
        keep_plan(plan)
        add_sections(plan, sections)
        record(Act.PLAN_ADDED, actor=actor_name(by), rows=[plan], number=plan.number)
    return plan


def keep_plan(plan: Plan) -> None:
    """The plan's row written; a second of the same number is refused in words."""
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as error:
        raise Refused(
            _("Đã có văn bản số %(number)s ngày %(day)s của %(issuer)s.")
            % {"number": plan.number, "day": f"{plan.issued_on:%d/%m/%Y}", "issuer": plan.issuer.name}
        ) from error


def add_sections(plan: Plan, sections: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Section]:
    """Sections in order behind those the plan has, by (number, title)."""
    last = plan.sections.aggregate(last=Max("position"))["last"] or 0
    made = [
        Section(plan=plan, position=place, number=number[:20], title=title[:500])
        for place, (number, title) in enumerate(dict.fromkeys(sections), start=last + 1)
    ]
    Section.objects.bulk_create(made)
    return dict(zip(dict.fromkeys(sections), made, strict=True))


def edit_plan(
    *, plan: Plan, by: User, sections: Sequence[tuple[str, str]] | None = None, **fields: Any
) -> None:
    """Some of what a plan says of itself, corrected; the rest stays as it is now.

    Its sections keep their tasks; only empty ones may go.
    """
    unknown = set(fields) - set(EDITABLE)
    if unknown:
        raise TypeError(f"a plan has no {', '.join(sorted(unknown))} to edit")
    values = {name: _tidied(name, value) for name, value in fields.items()}
    with transaction.atomic():
        kept = _locked(plan, PlanState.DRAFT, PlanState.IN_FORCE)
        changed = sorted(name for name, value in values.items() if getattr(kept, name) != value)
        for name in changed:
            setattr(kept, name, values[name])
        issuing.check_days(kept.starts_on, kept.ends_on)
        if kept.parent and "parent" in changed:
            above = [kept.parent.pk, *(one.pk for one in queries.ancestors(kept.parent))]
            issuing.check_no_circle(plan.pk, above)
        kept.doubts = []
        keep_plan(kept)
        if sections is not None:
            _set_sections(kept, sections)
        record(Act.PLAN_EDITED, actor=actor_name(by), rows=[kept], changed=changed)


def _tidied(name: str, value: Any) -> Any:
    if name == "legal_bases":
        return [clean(line) for line in value]
    return clean(value) if name in ("number", "title", "text") else value


def _set_sections(plan: Plan, wanted: Sequence[tuple[str, str]]) -> None:
    """Sections stay the same rows while their place stands; one that tasks stand in is not taken away."""
    have = list(queries.sections_of(plan))
    for section in have[len(wanted) :]:
        if section.tasks.exists():
            raise Refused(_("Mục “%(title)s” còn nhiệm vụ nên không bỏ được.") % {"title": section.title})
        section.delete()
    for section, (number, title) in zip(have, wanted, strict=False):
        Section.objects.filter(pk=section.pk).update(number=number[:20], title=title[:500])
    Section.objects.bulk_create(
        Section(plan=plan, position=place, number=number[:20], title=title[:500])
        for place, (number, title) in enumerate(
            wanted[len(have) :], start=(have[-1].position if have else 0) + 1
        )
    )


def add_plan_task(
    *, plan: Plan, section: Section | None, number: str, content: str, starts_on: dt.date | None,
    due_on: dt.date | None, cadence: str, timing: str, product: str, budget: str, parent: Task | None = None,
    carried: Sequence[Carried], by: User,
) -> Task:  # fmt: skip
    """A task typed into a plan that is still a draft, behind the others."""
    with transaction.atomic():
        _locked(plan, PlanState.DRAFT)
        last = plan.tasks.aggregate(last=Max("position"))["last"] or 0
        task = Task.objects.create(
            plan=plan, section=section, parent=parent, position=last + 1, number=number,
            content=clean(content), starts_on=starts_on, due_on=due_on, cadence=cadence, timing=timing,
            product=product, budget=budget,
        )  # fmt: skip
        set_carried(task, carried)
        record(Act.PLAN_TASK_ADDED, actor=actor_name(by), rows=[task, plan])
    return task


@transaction.atomic
def add_agreed_task(
    *, plan: Plan, content: str, lead: Agency, starts_on: dt.date, due_on: dt.date, by: User
) -> Task:
    """A task that a meeting agreed on, at the end of a plan in force; it begins no earlier than it."""
    _locked(plan, PlanState.IN_FORCE)
    last = plan.tasks.aggregate(last=Max("position"))["last"] or 0
    task = Task.objects.create(
        plan=plan, position=last + 1, content=clean(content), starts_on=max(starts_on, plan.starts_on),
        due_on=due_on,
    )  # fmt: skip
    Assignment.objects.create(task=task, part=Part.LEADS, agency=lead)
    record(Act.PLAN_TASK_ADDED, actor=actor_name(by), rows=[task, plan])
    return task


def set_carried(task: Task, carried: Iterable[Carried]) -> None:
    """Who carries a task from now on; an agency stands once in each part."""
    task.assignments.all().delete()
    once = {(one.part, one.agency.pk if one.agency else one.named_as): one for one in carried}
    Assignment.objects.bulk_create(
        Assignment(task=task, part=one.part, agency=one.agency, named_as=one.named_as[:300])
        for one in once.values()
    )


def put_in_force(*, plan: Plan, by: User) -> None:
    """The plan begins: every task in it has been confirmed by a person."""
    with transaction.atomic():
        kept = Plan.objects.select_for_update().get(pk=plan.pk)
        counts = queries.counts_of(kept.tasks.all())
        issuing.check_may_start(
            state=kept.state,
            kind=kept.kind,
            number=kept.number,
            proposed=counts.get(TaskState.PROPOSED, 0),
            tasks=sum(counts.values()),
        )
        Plan.objects.filter(pk=kept.pk).update(state=PlanState.IN_FORCE)
        record(Act.PLAN_PUT_IN_FORCE, actor=actor_name(by), rows=[kept], tasks=sum(counts.values()))


def close_plan(*, plan: Plan, by: User) -> None:
    """The plan has ended; its tasks stay as they stand."""
    with transaction.atomic():
        kept = _locked(plan, PlanState.IN_FORCE)
        Plan.objects.filter(pk=kept.pk).update(state=PlanState.CLOSED)
        record(Act.PLAN_CLOSED, actor=actor_name(by), rows=[kept])


def _locked(plan: Plan, *states: PlanState) -> Plan:
    kept = Plan.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=plan.pk)
    if kept.state not in states:
        raise issuing.WrongState(
            _("Việc này không làm được khi kế hoạch ở trạng thái: %(state)s.")
            % {"state": kept.get_state_display()}
        )
    return kept


def copy_forward(*, plan: Plan, number: str, title: str, issued_on: dt.date, years: int, by: User) -> Plan:
    """The plan for so many years later: sections and tasks as proposals, days moved, agencies that ended
    replaced by those that took over, each with a doubt."""
    copy = Plan(
        kind=plan.kind, wrapper=plan.wrapper, number=clean(number), title=clean(title), issued_on=issued_on,
        issuer=plan.issuer, lead=plan.lead, parent=plan.parent, copied_from=plan,
        starts_on=shift_day(plan.starts_on, years), ends_on=shift_day(plan.ends_on, years),
        legal_bases=plan.legal_bases, created_by=by, created_at=clock.now(),
    )  # fmt: skip
    with transaction.atomic():
        register = queries.register(plan.issuer_id)
        day = max(issued_on, copy.starts_on)
        doubts: list[str] = []
        for part in ("issuer", "lead"):
            heir, doubt = _heir(register, getattr(plan, part), day)
            setattr(copy, part, heir or getattr(plan, part))
            doubts += [doubt] if doubt else []
        copy.doubts = doubts
        keep_plan(copy)
        copied = _copy_tasks(plan, copy, register, day, years)
        record(Act.PLAN_COPIED, actor=actor_name(by), rows=[copy, plan], tasks=copied)
    return copy


def _copy_tasks(plan: Plan, copy: Plan, register: queries.Register, day: dt.date, years: int) -> int:
    sections = {
        section.pk: Section.objects.create(
            plan=copy, position=section.position, number=section.number, title=section.title
        )
        for section in queries.sections_of(plan)
    }
    made: dict[int, Task] = {}
    rows: list[Assignment] = []
    for task in queries.tasks_of(plan).exclude(state=TaskState.CANCELLED):
        carried, doubts = _carried_forward(task, register, day)
        made[task.pk] = Task.objects.create(
            plan=copy, section=sections.get(task.section_id or 0), parent=made.get(task.parent_id or 0),
            position=task.position, number=task.number, content=shift_years(task.content, years),
            starts_on=task.starts_on and shift_day(task.starts_on, years),
            due_on=task.due_on and shift_day(task.due_on, years),
            cadence=task.cadence, timing=shift_years(task.timing, years), product=task.product,
            budget=task.budget, state=TaskState.PROPOSED, source=task.content, doubts=doubts,
        )  # fmt: skip
        rows += [
            Assignment(task=made[task.pk], part=one.part, agency=one.agency, named_as=one.named_as)
            for one in carried
        ]
    Assignment.objects.bulk_create(rows)
    return len(made)


def _carried_forward(task: Task, register: queries.Register, day: dt.date) -> tuple[list[Carried], list[str]]:
    """Who carries the task in the new year, and what a person should look at."""
    carried: dict[tuple[str, object], Carried] = {}
    doubts = []
    for one in task.carriers:  # type: ignore[attr-defined]
        agency, doubt = _heir(register, one.agency, day) if one.agency else (None, "")
        if doubt:
            doubts.append(doubt)
        named_as = one.named_as or (one.agency.name if one.agency else "")
        carried.setdefault((one.part, agency.pk if agency else named_as), Carried(one.part, agency, named_as))
    return list(carried.values()), doubts


def _heir(register: queries.Register, agency: Agency, day: dt.date) -> tuple[Agency | None, str]:
    """The agency itself while it exists, else the one body that took over; None when that is not clear."""
    if register.bodies[agency.pk].exists_on(day) or agency.valid_from > day:
        return agency, ""
    heirs = register.heirs(agency.pk, day)
    if len(heirs) == 1:
        heir = Agency.objects.get(pk=heirs.pop())
        return heir, _("%(old)s đã kết thúc; thay bằng cơ quan kế tục %(new)s.") % {
            "old": agency.name, "new": heir.name,
        }  # fmt: skip
    if heirs:
        return None, _("%(old)s đã kết thúc và có nhiều cơ quan kế tục; hãy chọn.") % {"old": agency.name}
    return None, _("%(old)s đã kết thúc, chưa ghi cơ quan kế tục.") % {"old": agency.name}
