"""One agency asks another for its part in a task, and is answered."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.common import clock
from danban.common.errors import Refused
from danban.common.jobs import later
from danban.common.text import clean
from danban.plan import rules
from danban.plan.actions.base import locked, tell
from danban.plan.actions.tasks import WORDS_MAX
from danban.plan.models import CoordinationRequest, Task
from danban.plan.states import Act


@transaction.atomic
def ask_coordination(
    *, task: Task, asking: Agency, asked: Agency, what: str, due_on: dt.date, by: User
) -> CoordinationRequest:
    """Ask a body that the plan names for this task; both see the request and its day."""
    held = locked(task)
    rules.check_workable(held.plan.state, held.state)
    words, today = clean(what)[:WORDS_MAX], clock.today()
    named = set(held.assignments.filter(agency__in=[asking, asked]).values_list("agency_id", flat=True))
    if asking == asked or named != {asking.pk, asked.pk}:
        raise Refused(_("Chỉ hỏi giữa các cơ quan chủ trì, phối hợp của nhiệm vụ này."))
    if not words:
        raise Refused(_("Hãy ghi rõ đề nghị cơ quan kia làm gì."))
    if due_on < today:
        raise rules.WrongDates("due_on", _("Hạn trả lời phải từ hôm nay trở đi."))
    waiting = CoordinationRequest.objects.filter(task=held, asking=asking, asked=asked, answered_on=None)
    if same := waiting.filter(what=words).first():
        raise Refused(
            _("Đề nghị này đã gửi ngày %(day)s và đang chờ trả lời.") % {"day": f"{same.asked_on:%d/%m/%Y}"}
        )
    request = CoordinationRequest.objects.create(
        task=held, asking=asking, asked=asked, what=words, asked_on=today, due_on=due_on, asked_by=by
    )
    tell(Act.COORDINATION_ASKED, task=held, by=by, rows=[request], due_on=due_on)
    later("plan.asked", request=request.pk)
    return request


@transaction.atomic
def answer_coordination(
    *, request: CoordinationRequest, answer: str, answered_on: dt.date, by: User
) -> CoordinationRequest:
    """The answer, with the day it was given (a letter may have come before it was entered here)."""
    held = (
        CoordinationRequest.objects.select_for_update(of=("self",)).select_related("task").get(pk=request.pk)
    )
    words = clean(answer)[:WORDS_MAX]
    if held.answered_on:
        raise Refused(_("Đề nghị này đã được trả lời."))
    if not words:
        raise Refused(_("Hãy viết câu trả lời."))
    if not held.asked_on <= answered_on <= clock.today():
        raise rules.WrongDates("answered_on", _("Ngày trả lời phải từ ngày hỏi đến hôm nay."))
    held.answer, held.answered_on, held.answered_by = words, answered_on, by
    held.save(update_fields=["answer", "answered_on", "answered_by"])
    tell(Act.COORDINATION_ANSWERED, task=held.task, by=by, rows=[held], answered_on=answered_on)
    later("plan.answered", request=held.pk)
    return held
