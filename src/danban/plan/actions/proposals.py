"""What a person does with the tasks a reader proposed: accept, revise, merge, drop. No word is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common.errors import Refused
from danban.common.text import clean
from danban.plan import issuing
from danban.plan.actions.documents import Carried, set_carried
from danban.plan.models import Plan, Section, Task
from danban.plan.proposing import LONGEST
from danban.plan.queries import documents as queries
from danban.plan.states import Act, Part, PlanState, TaskState


def accept_proposal(*, task: Task, by: User) -> None:
    """The task as proposed is the plan's."""
    with transaction.atomic():
        kept = _proposal(task)
        _accept([kept])
        record(Act.PROPOSAL_ACCEPTED, actor=actor_name(by), rows=[kept], doubts=len(kept.doubts))


def accept_sure_proposals(*, plan: Plan, by: User) -> int:
    """All tasks without a doubt, and within the days of the plan, at once; how many."""
    with transaction.atomic():
        kept = Plan.objects.select_for_update().get(pk=plan.pk)
        sure = [
            task
            for task in kept.tasks.filter(state=TaskState.PROPOSED, doubts=[])
            if not _outside(task, kept)
        ]
        _accept(sure)
        if sure:
            record(Act.PROPOSAL_ACCEPTED, actor=actor_name(by), rows=[kept, *sure], doubts=0)
    return len(sure)


def _outside(task: Task, plan: Plan) -> list[str]:
    return issuing.outside(task.starts_on, task.due_on, plan_starts=plan.starts_on, plan_ends=plan.ends_on)


def _accept(tasks: Sequence[Task]) -> None:
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(
        state=TaskState.PLANNED, doubts=[], revision=F("revision") + 1
    )


def revise_proposal(
    *, task: Task, revision: int, section: Section | None, number: str, content: str,
    starts_on: dt.date | None, due_on: dt.date | None, cadence: str, timing: str, product: str, budget: str,
    carried: Sequence[Carried], by: User,
) -> None:  # fmt: skip
    """The task as a person has corrected it, and so confirmed. ChangedMeanwhile when ``revision`` is old."""
    with transaction.atomic():
        kept = _in_draft(task)
        if kept.revision != revision:
            raise issuing.ChangedMeanwhile(
                _("Người khác vừa sửa nhiệm vụ này. Nội dung bạn gõ còn nguyên dưới đây; hãy so rồi lưu lại.")
            )
        kept.section, kept.number, kept.content = section, number, clean(content)
        kept.starts_on, kept.due_on, kept.cadence, kept.timing = starts_on, due_on, cadence, timing
        kept.product, kept.budget = product, budget
        kept.state, kept.doubts = TaskState.PLANNED, []
        kept.revision += 1
        kept.save()
        set_carried(kept, carried)
        record(Act.PROPOSAL_REVISED, actor=actor_name(by), rows=[kept], revision=kept.revision)


def merge_proposal(*, task: Task, by: User) -> Task:
    """The task goes into the one before it, with all its words; that one waits to be confirmed again."""
    with transaction.atomic():
        kept = _proposal(task)
        before = queries.task_before(kept)
        if before is None:
            raise Refused(_("Không có nhiệm vụ nào đứng trước để gộp vào."))
        before.content = f"{before.content}\n{kept.content}".strip()
        before.source = f"{before.source}\n{kept.source}".strip()
        for name in ("timing", "product", "budget"):
            have, new = getattr(before, name), getattr(kept, name)
            setattr(
                before, name, "; ".join(dict.fromkeys(one for one in (have, new) if one))[: LONGEST[name]]
            )
        _span(before, kept)
        before.doubts = list(dict.fromkeys([*before.doubts, *kept.doubts]))
        before.state = TaskState.PROPOSED
        before.revision += 1
        before.save()
        carried = [
            Carried(Part(one.part), one.agency, one.named_as)
            for each in (before, kept)
            for one in each.assignments.select_related("agency").order_by("id")
        ]
        set_carried(before, carried)
        kept.children.update(parent=before)
        record(Act.PROPOSALS_MERGED, actor=actor_name(by), rows=[before, kept])
        kept.delete()
    return before


def _span(before: Task, more: Task) -> None:
    """From the first start to the last deadline of two tasks."""
    before.starts_on = min(filter(None, [before.starts_on, more.starts_on]), default=None)
    before.due_on = max(filter(None, [before.due_on, more.due_on]), default=None)
    if before.starts_on and before.due_on and before.due_on < before.starts_on:
        before.starts_on = None


def drop_proposal(*, task: Task, reason: str, by: User) -> None:
    """No task after all; its words stay with the plan, with the reason."""
    reason = clean(reason)
    if not reason:
        raise Refused(_("Hãy ghi lý do bỏ nhiệm vụ này."))
    with transaction.atomic():
        kept = _proposal(task)
        plan = kept.plan
        plan.unused = [*plan.unused, {"words": kept.source or kept.content, "why": reason}]
        plan.save(update_fields=["unused"])
        kept.children.update(parent=kept.parent)
        record(Act.PROPOSAL_DROPPED, actor=actor_name(by), rows=[kept, plan], reason=reason)
        kept.delete()


def _in_draft(task: Task) -> Task:
    """The task of a draft plan, the plan locked first so that two officers go one after the other."""
    plan = Plan.objects.select_for_update().get(pk=task.plan_id)
    kept = Task.objects.select_related("plan", "parent").filter(pk=task.pk).first()
    if kept is None:
        raise issuing.WrongState(_("Nhiệm vụ này vừa được người khác gộp hoặc bỏ."))
    if plan.state != PlanState.DRAFT:
        raise issuing.WrongState(_("Kế hoạch đã được đưa vào thực hiện; hãy sửa ở trang của nhiệm vụ."))
    return kept


def _proposal(task: Task) -> Task:
    kept = _in_draft(task)
    if kept.state != TaskState.PROPOSED:
        raise issuing.WrongState(_("Nhiệm vụ này đã được xác nhận."))
    return kept
