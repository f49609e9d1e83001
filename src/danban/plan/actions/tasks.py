"""Work on a task: started, noted, blocked and freed, declared, cancelled, edited, split."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.common import clock
from danban.common.errors import Refused
from danban.common.text import clean
from danban.plan import rules
from danban.plan.actions.base import locked, tell
from danban.plan.actions.settling import settle_task
from danban.plan.models import Assignment, Note, Task
from danban.plan.states import Act, NoteKind, Part, TaskState

WORDS_MAX = 4_000
A_DOUBLE_CLICK = dt.timedelta(minutes=1)
PLAIN = ("content", "starts_on", "due_on", "cadence", "timing", "product", "budget")
PARTS = {"leads": Part.LEADS, "coordinating": Part.COORDINATES}


def _move(task: Task, to: TaskState) -> Task:
    held = locked(task)
    rules.check_not_over(held.plan.state)
    if to is not TaskState.CANCELLED and held.state != TaskState.CANCELLED:
        rules.check_workable(held.plan.state, held.state)
    rules.check_move(held.state, to)
    if held.state == TaskState.DONE:
        raise rules.WrongMove(_("Minh chứng còn cho thấy nhiệm vụ đã xong. Hãy rút minh chứng trước."))
    held.state = to
    held.save(update_fields=["state"])
    return held


def add_note(task: Task, kind: NoteKind, text: str, by: User | None) -> Note:
    """A note of some words; its act is recorded by the caller."""
    words = clean(text)[:WORDS_MAX]
    if not words:
        raise Refused(_("Hãy viết vài lời để người khác hiểu."))
    return Note.objects.create(task=task, kind=kind, text=words, by=by, at=clock.now())


@transaction.atomic
def start_task(*, task: Task, by: User) -> Task:
    """The lead agency has begun, or begins again after a declaration or an obstacle."""
    held = _move(task, TaskState.WORKING)
    tell(Act.TASK_STARTED, task=held, by=by)
    return held


@transaction.atomic
def note_progress(*, task: Task, text: str, by: User) -> Note:
    """Say how far it is; the state stays."""
    held = locked(task)
    rules.check_workable(held.plan.state, held.state)
    just = held.notes.filter(kind=NoteKind.PROGRESS, by=by, at__gt=clock.now() - A_DOUBLE_CLICK)
    if just.filter(text=clean(text)[:WORDS_MAX]).exists():
        raise Refused(_("Lời này vừa được ghi rồi, không cần ghi lần nữa."))
    note = add_note(held, NoteKind.PROGRESS, text, by)
    tell(Act.TASK_NOTED, task=held, by=by, rows=[note])
    return note


@transaction.atomic
def block_task(*, task: Task, reason: str, by: User) -> Task:
    """It cannot go on, and why."""
    held = _move(task, TaskState.BLOCKED)
    note = add_note(held, NoteKind.BLOCKED, reason, by)
    tell(Act.TASK_BLOCKED, task=held, by=by, rows=[note])
    return held


@transaction.atomic
def unblock_task(*, task: Task, text: str, by: User) -> Task:
    """The obstacle is gone."""
    if locked(task).state != TaskState.BLOCKED:
        raise rules.WrongMove(_("Nhiệm vụ này không bị vướng. Hãy tải lại trang để xem bước hiện tại."))
    held = _move(task, TaskState.WORKING)
    note = add_note(held, NoteKind.UNBLOCKED, text, by)
    tell(Act.TASK_UNBLOCKED, task=held, by=by, rows=[note])
    return held


@transaction.atomic
def declare_done(*, task: Task, text: str, by: User) -> Task:
    """A word that it is done; until evidence shows it, it stays a declaration."""
    held = _move(task, TaskState.DECLARED)
    note = add_note(held, NoteKind.DECLARED, text, by)
    tell(Act.TASK_DECLARED, task=held, by=by, rows=[note])
    return held


@transaction.atomic
def cancel_task(*, task: Task, reason: str, by: User) -> Task:
    """It will not be done, and why."""
    held = _move(task, TaskState.CANCELLED)
    note = add_note(held, NoteKind.PROGRESS, reason, by)
    tell(Act.TASK_CANCELLED, task=held, by=by, rows=[note])
    return held


@transaction.atomic
def resume_task(*, task: Task, reason: str, by: User) -> Task:
    """A cancelled task is owed again."""
    if locked(task).state != TaskState.CANCELLED:
        raise rules.WrongMove(_("Nhiệm vụ này vẫn đang được thực hiện."))
    held = _move(task, TaskState.PLANNED)
    note = add_note(held, NoteKind.PROGRESS, reason, by)
    tell(Act.TASK_RESUMED, task=held, by=by, rows=[note])
    return held


@transaction.atomic
def edit_task(*, task: Task, revision: int, values: Mapping[str, Any], by: User) -> Task:
    """Save fields of a task: those of ``PLAIN``, "leads" and "coordinating" (agencies).

    ``revision`` is the one the officer saw. Raises EditedMeanwhile when another saved since then, with
    nothing written; WrongDates for a day before its plan; WrongMove when the plan has ended.
    """
    held = locked(task)
    rules.check_not_over(held.plan.state)
    if held.revision != revision:
        raise rules.EditedMeanwhile(
            _("Trong lúc anh/chị sửa, người khác đã lưu nhiệm vụ này. Hãy xem chỗ khác nhau rồi lưu lại.")
        )
    before = task_values(held)
    plain = {name: values[name] for name in PLAIN if name in values}
    new: dict[str, Any] = {
        name: clean(value) if isinstance(value, str) else value for name, value in plain.items()
    }
    if not new.get("content", held.content):
        raise Refused(_("Hãy ghi nội dung nhiệm vụ."))
    days = (new.get("starts_on", held.starts_on), new.get("due_on", held.due_on))
    rules.check_dates(*days, held.plan.starts_on, held.plan.ends_on)
    for name, value in new.items():
        setattr(held, name, value)
    held.revision = revision + 1
    held.save(update_fields=[*new, "revision"])
    for name, part in PARTS.items():
        if name in values:
            _assign(held, part, values[name])
    after = task_values(held)
    changed = [name for name in before if before[name] != after[name]]
    tell(Act.TASK_EDITED, task=held, by=by, fields=changed, revision=held.revision, due_on=held.due_on)
    # Another cadence or other days ask for other evidence.
    return settle_task(task=held, by=by)


def task_values(task: Task) -> dict[str, Any]:
    """The fields that ``edit_task`` saves, as plain values: days as ISO text, agencies as sorted ids."""
    carried: dict[str, list[int]] = {part: [] for part in PARTS.values()}
    rows = task.assignments.filter(agency__isnull=False).order_by("agency_id")
    for part, agency in rows.values_list("part", "agency_id"):
        carried[part].append(agency)
    values = {name: getattr(task, name) for name in PLAIN}
    days = {name: day.isoformat() if day else "" for name, day in values.items() if name.endswith("_on")}
    return values | days | {name: carried[part] for name, part in PARTS.items()}


def _assign(task: Task, part: Part, agencies: Collection[Agency]) -> None:
    """These bodies and no others carry the part; names that nobody has matched yet stay."""
    kept = {agency.pk for agency in agencies}
    present = task.assignments.filter(part=part, agency__isnull=False)
    present.exclude(agency__in=kept).delete()
    known = set(present.values_list("agency_id", flat=True))
    Assignment.objects.bulk_create(
        Assignment(task=task, part=part, agency=agency) for agency in agencies if agency.pk not in known
    )


@transaction.atomic
def split_task(
    *, task: Task, content: str, due_on: dt.date | None, agencies: Collection[Agency], by: User
) -> Task:
    """A part of the task as a task of its own, led by these bodies."""
    held = locked(task)
    rules.check_workable(held.plan.state, held.state)
    words = clean(content)
    if not words:
        raise Refused(_("Hãy ghi nội dung nhiệm vụ."))
    rules.check_dates(None, due_on, held.plan.starts_on, held.plan.ends_on)
    last = held.children.aggregate(last=Max("position"))["last"] or held.position
    Task.objects.filter(plan=held.plan_id, position__gt=last).update(position=F("position") + 1)
    part = Task.objects.create(
        plan=held.plan,
        section_id=held.section_id,
        parent=held,
        position=last + 1,
        content=words,
        due_on=due_on,
    )
    for agency in agencies:
        Assignment.objects.create(task=part, part=Part.LEADS, agency=agency)
    tell(Act.TASK_SPLIT, task=held, by=by, rows=[part], due_on=due_on)
    return part
