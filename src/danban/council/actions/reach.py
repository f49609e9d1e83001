"""Rows held fast while an action works on them, and the guard that approved minutes close a meeting."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danban.common.jobs import later
from danban.council.models import Meeting, Minutes
from danban.council.rules import WrongMove
from danban.council.states import MeetingState, MinutesState


def held_fast(meeting: Meeting) -> Meeting:
    """The meeting, locked for this transaction."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("council", "chair", "secretary")
    return rows.get(pk=meeting.pk)


def open_for_work(meeting: Meeting) -> Meeting:
    """The meeting, locked; refused when it was cancelled or its minutes are approved."""
    meeting = held_fast(meeting)
    if meeting.state == MeetingState.CANCELLED:
        raise WrongMove(_("Cuộc họp đã hủy nên không sửa được nữa."))
    if Minutes.objects.filter(meeting=meeting, state=MinutesState.APPROVED).exists():
        raise WrongMove(_("Biên bản đã duyệt nên cuộc họp không sửa được nữa."))
    return meeting


def tell_invited(
    meeting: Meeting, what: str, *, parties: Collection[int] | None = None, was: str = ""
) -> None:
    """Ask for the letters to all who were written to, or to these of them."""
    if parties is None:
        parties = meeting.parties.filter(sent_on__isnull=False).values_list("pk", flat=True)
    later("council.letters", meeting=meeting.pk, parties=list(parties), what=what, was=was)


def close_gap(rows: QuerySet[Any], position: int) -> None:
    """What stood behind a place that fell empty moves up, one after the other, so that no two meet."""
    for row in rows.filter(position__gt=position).order_by("position"):
        row.position -= 1
        row.save(update_fields=["position"])
