"""A person's private calendar address: given, and taken back."""

from __future__ import annotations

from django.db import transaction

from danban.accounts.models import User
from danban.common import clock
from danban.plan.actions.base import tell
from danban.plan.models import CalendarLink
from danban.plan.states import Act


@transaction.atomic
def give_calendar(*, by: User) -> CalendarLink:
    """A new address; the one before it is nobody's from now on."""
    link = CalendarLink.objects.select_for_update().filter(user=by).first()
    if link is None:
        link = CalendarLink.objects.create(user=by, made_at=clock.now())
    else:
        link.number, link.live, link.made_at = link.number + 1, True, clock.now()
        link.save(update_fields=["number", "live", "made_at"])
    tell(Act.CALENDAR_GIVEN, task=None, by=by, rows=[link])
    return link


@transaction.atomic
def take_calendar_back(*, by: User) -> None:
    """No address of this person leads anywhere any more."""
    link = CalendarLink.objects.select_for_update().filter(user=by, live=True).first()
    if link is None:
        return
    link.live = False
    link.save(update_fields=["live"])
    tell(Act.CALENDAR_TAKEN_BACK, task=None, by=by, rows=[link])
