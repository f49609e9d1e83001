"""Letters about a session to those who registered and left an address."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from danban.common import clock
from danban.common.letters import to_each
from danban.training import mail, queries
from danban.training.models import Registration
from danban.training.states import SessionState


def _registered(session: int, **_about: Any) -> QuerySet[Registration]:
    return queries.reachable(session)


@to_each("training.letters", _registered)
def letter(reader: Registration, session: int, what: str, was: str = "") -> None:
    """Send one letter, unless the session was called off meanwhile, or it is over."""
    about = reader.session
    stands = (about.state == SessionState.CANCELLED) == (what == "cancelled")
    if stands and about.ends_at > clock.now():
        mail.write(reader, what=what, was=was)
