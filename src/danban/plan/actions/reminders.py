"""Agencies are reminded of what is due, Sở Tư pháp of what stands still; nothing is said twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from danban.common import clock
from danban.common.jobs import later
from danban.plan import rules
from danban.plan.actions.base import tell
from danban.plan.actions.tasks import add_note
from danban.plan.models import Reminder, Task
from danban.plan.queries import work
from danban.plan.states import OPEN, Act, NoteKind, PlanState, ReminderKind, TaskState

Key = tuple[int | None, int, str, dt.date]
"""Task, agency, kind, day: what is said once."""


@transaction.atomic
def remind() -> int:
    """Make the reminders that fell due and ask for their letters, all or none; how many were made."""
    today = clock.today()
    tasks = {task.pk: task for task in work.owed_in_force()}
    wanted = {*_of_tasks(tasks.values(), today), *_of_the_week(tasks.values(), today)}
    wanted -= _known(today)
    made = Reminder.objects.bulk_create(
        Reminder(task_id=task, agency_id=agency, kind=kind, day=day, made_at=clock.now())
        for task, agency, kind, day in sorted(wanted, key=lambda key: (key[3], key[0] or 0, key[1], key[2]))
    )
    if not made:
        return 0
    escalated = [one for one in made if one.kind == ReminderKind.ESCALATED]
    _note_escalations(escalated, tasks, today)
    _ask_for_letters([one for one in made if one.kind != ReminderKind.ESCALATED], escalated)
    tell(Act.TASKS_REMINDED, task=None, by=None, rows=made)
    return len(made)


def _of_tasks(tasks: Collection[Task], today: dt.date) -> Iterator[Key]:
    blocked = [task.pk for task in tasks if task.state == TaskState.BLOCKED]
    since = {pk: timezone.localdate(at) for pk, at in work.blocked_since(blocked).items()}
    for task in tasks:
        due = rules.reminders_due(task.due_on, today, settings.REMIND_DAYS) if task.due_on else []
        day = rules.escalates_on(
            due_on=task.due_on,
            blocked_on=since.get(task.pk),
            late_days=settings.ESCALATE_LATE_DAYS,
            blocked_days=settings.ESCALATE_BLOCKED_DAYS,
        )
        if day and day <= today:
            due.append((ReminderKind.ESCALATED, day))
        for kind, when in due:
            for agency in _carriers(task):
                yield task.pk, agency, kind, when


def _of_the_week(tasks: Iterable[Task], today: dt.date) -> Iterator[Key]:
    """One letter a week to each body with something late or due soon."""
    for task in tasks:
        if task.due_on and task.due_on <= today + rules.SOON:
            for agency in _carriers(task):
                yield None, agency, ReminderKind.DIGEST, rules.week_of(today)


def _carriers(task: Task) -> list[int]:
    """The bodies that lead a task; the plan's own lead where nobody was matched."""
    return [one.agency_id for one in task.leads] or [task.plan.lead_id]  # type: ignore[attr-defined]


def _known(today: dt.date) -> set[Key]:
    fields = ("task_id", "agency_id", "kind", "day")
    of_tasks = Reminder.objects.filter(task__state__in=OPEN, task__plan__state=PlanState.IN_FORCE)
    of_weeks = Reminder.objects.filter(task__isnull=True, day=rules.week_of(today))
    return {*of_tasks.values_list(*fields), *of_weeks.values_list(*fields)}


def _note_escalations(escalated: Iterable[Reminder], tasks: dict[int, Task], today: dt.date) -> None:
    with override("vi"):
        for pk in dict.fromkeys(one.task_id for one in escalated if one.task_id):
            late = rules.days_late(tasks[pk].state, tasks[pk].due_on, today)
            words = _("Quá hạn %(n)d ngày.") % {"n": late} if late else _("Vướng đã lâu, chưa gỡ được.")
            note = add_note(tasks[pk], NoteKind.ESCALATED, words, None)
            tell(Act.TASK_ESCALATED, task=tasks[pk], by=None, rows=[note], days_late=late)


def _ask_for_letters(to_agencies: Iterable[Reminder], to_justice: Iterable[Reminder]) -> None:
    by_agency: dict[int | None, list[int]] = defaultdict(list)
    for one in to_agencies:
        by_agency[one.agency_id].append(one.pk)
    for one in to_justice:
        by_agency[None].append(one.pk)
    for agency, reminders in by_agency.items():
        later("plan.letters", agency=agency, reminders=reminders)
