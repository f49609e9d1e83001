"""Evidence is looked at again, agencies are reminded; a job a letter, so that a retry repeats none."""

from __future__ import annotations

from django.db import transaction

from danban.accounts.models import User
from danban.accounts.queries import people_with
from danban.accounts.states import Permission
from danban.common.jobs import every, handles, later
from danban.plan import mail
from danban.plan.actions import recheck, remind
from danban.plan.models import Reminder

every(900, "evidence.recheck")(recheck)
every(3600, "plan.remind")(remind)


@handles("plan.letters")
@transaction.atomic
def letters(agency: int | None, reminders: list[int]) -> None:
    """Ask for a letter to each officer of the agency, or (None) to each who watches over the plans."""
    if agency is None:
        people = people_with(Permission.PLAN_EDIT)
    else:
        people = people_with(Permission.TASK_WORK, agency=agency)
    for user in people.values_list("pk", flat=True):
        later("plan.letter", user=user, reminders=reminders)


@handles("plan.letter")
def letter(user: int, reminders: list[int]) -> None:
    """Send one letter, unless its reader has left."""
    reader = User.objects.filter(pk=user, is_active=True).first()
    if reader:
        rows = (
            Reminder.objects.filter(pk__in=reminders).select_related("task", "agency").order_by("day", "pk")
        )
        mail.send_reminders(user=reader, reminders=list(rows))
