"""Letters to who was invited to a meeting: members, and officers of the agencies."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from danban.accounts.models import User
from danban.common import clock
from danban.common.letters import to_each
from danban.council import mail, queries, rules
from danban.council.models import Meeting
from danban.council.states import MeetingState


def _invited(parties: list[int], **_about: Any) -> QuerySet[User]:
    return queries.people_of(parties)


@to_each("council.letters", _invited)
def letter(reader: User, meeting: int, parties: list[int], what: str, was: str) -> None:
    """Send one letter, unless the meeting was called off meanwhile, or it is over."""
    about = Meeting.objects.select_related("council").get(pk=meeting)
    stands = MeetingState.CANCELLED if what == "cancelled" else MeetingState.INVITED
    ahead = rules.is_ahead(kind=about.kind, starts_at=about.starts_at, ends_at=about.ends_at, now=clock.now())
    if about.state == stands and ahead:
        mail.write(about, to=reader, what=what, was=was)
