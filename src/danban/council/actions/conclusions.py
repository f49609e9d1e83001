"""What a meeting concluded; a conclusion becomes a task of a plan."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common.errors import Refused
from danban.common.text import clean
from danban.council import rules
from danban.council.actions.reach import close_gap, held_fast, open_for_work
from danban.council.models import Conclusion, Meeting
from danban.council.states import Act, ConclusionKind, MeetingState
from danban.plan.actions import add_agreed_task
from danban.plan.models import Plan, Task
from danban.plan.states import PlanState


@transaction.atomic
def add_conclusion(
    *, meeting: Meeting, kind: str, text: str, agency: Agency | None, due_on: dt.date | None, by: User
) -> Conclusion:
    """A conclusion at the end of the list; a task names who does it by when."""
    meeting = open_for_work(meeting)
    if kind == ConclusionKind.TASK and (agency is None or due_on is None):
        raise Refused(_("Nhiệm vụ cần có cơ quan thực hiện và hạn hoàn thành."))
    if due_on and due_on < timezone.localdate(meeting.starts_at):
        raise Refused(_("Hạn hoàn thành không thể trước ngày họp."))
    last = meeting.conclusions.aggregate(last=Max("position"))["last"] or 0
    conclusion = Conclusion.objects.create(
        meeting=meeting,
        position=last + 1,
        kind=ConclusionKind(kind),
        text=clean(text),
        agency=agency,
        due_on=due_on,
    )
    record(Act.CONCLUSION_ADDED, actor=actor_name(by), rows=[conclusion, meeting], kind=kind)
    return conclusion


@transaction.atomic
def remove_conclusion(*, conclusion: Conclusion, by: User) -> None:
    """A conclusion nothing came of yet, while the minutes are being written."""
    meeting = open_for_work(conclusion.meeting)
    conclusion = Conclusion.objects.get(pk=conclusion.pk)
    if conclusion.task_id or conclusion.policy_list_id or conclusion.directive_id:
        raise Refused(_("Kết luận này đã được thực hiện nên không bỏ được."))
    record(Act.CONCLUSION_REMOVED, actor=actor_name(by), rows=[conclusion, meeting], kind=conclusion.kind)
    Conclusion.objects.filter(pk=conclusion.pk).delete()
    close_gap(meeting.conclusions.all(), conclusion.position)


@transaction.atomic
def assign_conclusion(*, conclusion: Conclusion, plan: Plan, by: User) -> Task:
    """The conclusion as a task of a plan in force, led by the agency it names. Once."""
    meeting = held_fast(conclusion.meeting)
    conclusion = Conclusion.objects.select_related("agency").get(pk=conclusion.pk)
    if conclusion.kind != ConclusionKind.TASK or conclusion.task_id:
        raise rules.WrongMove(_("Kết luận này đã thành nhiệm vụ, hoặc không phải là nhiệm vụ."))
    if meeting.state != MeetingState.HELD:
        raise rules.WrongMove(_("Hãy ghi là đã họp trước khi giao nhiệm vụ."))
    if plan.state != PlanState.IN_FORCE:
        raise rules.WrongMove(_("Kế hoạch này không còn thực hiện."))
    if conclusion.agency is None or conclusion.due_on is None:
        raise Refused(_("Nhiệm vụ cần có cơ quan thực hiện và hạn hoàn thành."))
    held_on = timezone.localdate(meeting.starts_at)
    rules.check_due(
        conclusion.due_on,
        held_on=held_on,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        plan=plan.number,
    )
    task = add_agreed_task(
        plan=plan,
        content=conclusion.text,
        lead=conclusion.agency,
        starts_on=held_on,
        due_on=conclusion.due_on,
        by=by,
    )
    conclusion.task = task
    conclusion.save(update_fields=["task"])
    record(Act.CONCLUSION_ASSIGNED, actor=actor_name(by), rows=[conclusion, task], due_on=conclusion.due_on)
    return task
