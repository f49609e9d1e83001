"""Evidence is looked at again, agencies are reminded; letters to who is reminded, asked or answered."""

from __future__ import annotations

from django.db.models import QuerySet

from danban.accounts.models import User
from danban.accounts.queries import people_with
from danban.accounts.states import Permission
from danban.common.jobs import every
from danban.common.letters import to_each
from danban.plan import mail
from danban.plan.actions import recheck, remind
from danban.plan.models import CoordinationRequest, Reminder
from danban.plan.queries import work

every(900, "evidence.recheck")(recheck)
every(3600, "plan.remind")(remind)


def _reminded(agency: int | None, reminders: list[int]) -> QuerySet[User]:
    """Each officer of the agency, or (None) each who watches over the plans."""
    if agency is None:
        return people_with(Permission.PLAN_EDIT)
    return people_with(Permission.TASK_WORK, agencies=[agency])


@to_each("plan.letters", _reminded)
def letter(reader: User, agency: int | None, reminders: list[int]) -> None:
    rows = Reminder.objects.filter(pk__in=reminders).select_related("task", "agency").order_by("day", "pk")
    mail.send_reminders(user=reader, reminders=list(rows))


def _request(pk: int) -> CoordinationRequest:
    return work.requests_between(None).get(pk=pk)


def _asked(request: int) -> QuerySet[User]:
    return people_with(Permission.TASK_WORK, agencies=[_request(request).asked_id])


def _asking(request: int) -> QuerySet[User]:
    """Who asked; the officers of their agency once they have left it."""
    asked = _request(request)
    officers = people_with(Permission.TASK_WORK, agencies=[asked.asking_id])
    asker = officers.filter(pk=asked.asked_by_id)
    return asker if asker.exists() else officers


@to_each("plan.asked", _asked)
def asked(reader: User, request: int) -> None:
    """Tell of a request, unless it was answered meanwhile."""
    about = _request(request)
    if about.answered_on is None:
        mail.send_request(user=reader, request=about)


@to_each("plan.answered", _asking)
def answered(reader: User, request: int) -> None:
    mail.send_request(user=reader, request=_request(request))
