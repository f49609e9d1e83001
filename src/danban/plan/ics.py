"""Tasks as an iCalendar file: a whole-day entry on the day each is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from danban.common.ics import calendar
from danban.common.site import public_link
from danban.plan.models import Task
from danban.plan.queries.work import words_of
from danban.plan.states import TaskState


def calendar_file(tasks: Iterable[Task]) -> bytes:
    return calendar(map(_entry, tasks), name=_("Nhiệm vụ theo kế hoạch"))


def _entry(task: Task) -> dict[str, Any]:
    assert task.due_on is not None
    done = task.state == TaskState.DONE
    return {
        "uid": f"nhiem-vu-{task.pk}",
        "sequence": task.revision,
        "dtstart": task.due_on,
        "dtend": task.due_on + dt.timedelta(days=1),
        "summary": f"{_('Xong') if done else _('Hạn')}: {words_of(task)}",
        "description": f"{task.plan.number}. {task.get_state_display()}",
        "url": public_link("plan:task", task.pk),
        "transp": "TRANSPARENT",
    }
