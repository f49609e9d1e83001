"""The letter about a session to someone who left an address for that, and for nothing else."""

from __future__ import annotations

from typing import Any

from danban.common import clock, ics, letters
from danban.common.site import public_link
from danban.training import rules
from danban.training.actions.contacts import address_of
from danban.training.models import Registration, Session
from danban.training.states import Place, SessionState

WHY = "Ông/bà nhận thư này vì đã để lại địa chỉ khi đăng ký. Hòm thư này không nhận thư trả lời."


def write(registration: Registration, *, what: str, was: str = "") -> bool:
    """``what`` is "registered", "changed" (from what it ``was``) or "cancelled".

    The letter holds nothing of its reader but their code: neither their name nor their agency.
    """
    session = registration.session
    code = rules.personal_code(registration.key)
    link = public_link("training_public:mine", code)
    words = {
        "session": session,
        "course": session.course,
        "waiting": registration.place == Place.WAITING,
        "when": clock.hours(session.starts_at, session.ends_at),
        "was": was,
        "code": code,
        "link": link,
        "why": WHY,
    }
    return letters.send(
        f"training/mail/{what}.txt",
        words,
        to=address_of(registration),
        calendar=ics.calendar([_entry(session, link)]),
    )


def _entry(session: Session, link: str) -> dict[str, Any]:
    off = session.state == SessionState.CANCELLED
    return {
        "uid": f"tap-huan-{session.pk}",
        "status": "CANCELLED" if off else "CONFIRMED",
        "dtstart": session.starts_at,
        "dtend": session.ends_at,
        "summary": f"Hủy: {session.course.title}" if off else session.course.title,
        "location": session.place,
        "url": link,
    }
