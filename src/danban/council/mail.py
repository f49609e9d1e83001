"""The letter about a meeting: the invitation, that it was moved, that it was called off."""

from __future__ import annotations

from typing import Any

from danban.accounts.models import User
from danban.common import clock, ics, letters
from danban.common.site import public_link
from danban.council import rules
from danban.council.models import Meeting
from danban.council.states import MeetingKind, MeetingState


def write(meeting: Meeting, *, to: User, what: str, was: str = "") -> bool:
    """``what`` is "invited", "changed" (from what it ``was``) or "cancelled"."""
    paper = meeting.kind == MeetingKind.CIRCULATION
    asked = (meeting.ends_at or meeting.starts_at,) if paper else (meeting.starts_at, meeting.ends_at)
    words = {
        "meeting": meeting,
        "council": meeting.council,
        "paper": paper,
        "when": clock.hours(*asked),
        "was": was,
        "now": rules.when_and_where(
            kind=meeting.kind, starts_at=meeting.starts_at, ends_at=meeting.ends_at, place=meeting.place
        ),
        "agenda": meeting.agenda.all(),
        "link": public_link("council:meeting", meeting.pk),
    }
    entry = b"" if paper else ics.calendar([_entry(meeting)])
    return letters.send(f"council/mail/{what}.txt", words, to=to.email, calendar=entry)


def _entry(meeting: Meeting) -> dict[str, Any]:
    off = meeting.state == MeetingState.CANCELLED
    return {
        "uid": f"cuoc-hop-{meeting.pk}",
        "status": "CANCELLED" if off else "CONFIRMED",
        "dtstart": meeting.starts_at,
        "dtend": meeting.ends_at,
        "summary": f"Hủy: {meeting.title}" if off else meeting.title,
        "location": meeting.place,
        "url": public_link("council:meeting", meeting.pk),
    }
