"""Letters to officers: tasks they are reminded of, and what agencies ask of each other for a task."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from danban.accounts.models import User
from danban.common import clock, letters
from danban.common.site import public_link
from danban.plan.models import CoordinationRequest, Reminder, Task
from danban.plan.queries import work
from danban.plan.states import OPEN, Part, ReminderKind

AT_MOST = 20


def send_reminders(*, user: User, reminders: Sequence[Reminder]) -> bool:
    """One letter about all of them; False when nothing of it is owed any more.

    A task done since the reminder fell due is left out; a digest is written as the week stands now.
    """
    owed = [one for one in reminders if one.task and one.task.state in OPEN]
    digests = [one.agency_id for one in reminders if one.kind == ReminderKind.DIGEST]
    week = _week(digests) if digests else []
    if not owed and not week:
        return False
    kinds = {one.kind for one in owed}
    about = kinds.pop() if len(kinds) == 1 and not week else ReminderKind.DIGEST
    with override("vi"):
        subject = _("%(kind)s: %(n)d nhiệm vụ") % {
            "kind": ReminderKind(about).label,
            "n": len({one.task_id for one in owed} | {task.pk for task in week}),
        }
    words = {
        "subject": subject,
        "groups": [
            (kind.label, [_line(one.task) for one in owed if one.kind == kind and one.task][:AT_MOST])
            for kind in ReminderKind
            if any(one.kind == kind for one in owed)
        ],
        "week": [_line(task) for task in week[:AT_MOST]],
        "more": max(0, len(week) - AT_MOST),
        "home": public_link("plan:home"),
    }
    return letters.send("plan/mail/reminders.txt", words, to=user.email)


def send_request(*, user: User, request: CoordinationRequest) -> bool:
    """What another agency asks for, or, once there is one, the answer."""
    words = {
        "request": request,
        "task": work.words_of(request.task),
        "link": public_link("plan:request", request.pk),
    }
    return letters.send("plan/mail/coordination.txt", words, to=user.email)


def _week(agencies: Sequence[int]) -> list[Task]:
    """What these bodies lead that is late or due soon."""
    tasks = work.in_force(work.of_agencies(agencies, Part.LEADS))
    today = clock.today()
    return [*work.listed(tasks, "qua-han", today), *work.listed(tasks, "sap-den", today)]


def _line(task: Task) -> dict[str, object]:
    return {
        "words": work.words_of(task),
        "due_on": task.due_on,
        "link": public_link("plan:task", task.pk),
    }
