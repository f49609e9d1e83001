"""Tasks as an iCalendar file (RFC 5545): a whole-day entry on the day each is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from danban.common import clock
from danban.common.site import public_address
from danban.plan.models import Task
from danban.plan.queries.work import words_of
from danban.plan.states import TaskState

if TYPE_CHECKING:
    from icalendar import Event


def calendar_file(tasks: Iterable[Task]) -> bytes:
    """UTF-8 bytes. The same task keeps its UID, so that a moved day moves its entry."""
    from icalendar import Calendar  # a web process that gives no calendar need not carry it

    site = public_address()
    made = Calendar()
    made.add("prodid", "-//Dân Bàn//vi")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Nhiệm vụ theo kế hoạch"))
    for task in tasks:
        made.add_component(_entry(task, site))
    return bytes(made.to_ical())


def _entry(task: Task, site: str) -> Event:
    from icalendar import Event

    assert task.due_on is not None
    entry = Event()
    done = task.state == TaskState.DONE
    entry.add("uid", f"nhiem-vu-{task.pk}@{site.partition('//')[2]}")
    entry.add("dtstamp", clock.now().astimezone(dt.UTC))
    entry.add("sequence", task.revision)
    entry.add("dtstart", task.due_on)
    entry.add("dtend", task.due_on + dt.timedelta(days=1))
    entry.add("summary", f"{_('Xong') if done else _('Hạn')}: {words_of(task)}")
    entry.add("description", f"{task.plan.number}. {task.get_state_display()}")
    entry.add("url", f"{site}{reverse('plan:task', args=[task.pk])}")
    entry.add("transp", "TRANSPARENT")
    return entry
