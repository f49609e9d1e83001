"""What may be done to the Council, its meetings and its lists. Plain values in, a decision out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from danban.accounts.states import AgencyKind, Level
from danban.common import clock
from danban.common.errors import Refused
from danban.council.states import MEETING_MOVES, MeetingKind, MeetingState

REASON_MAX = 2_000
WORDS_MAX = 5_000
COURSE_MAX = 100_000

Term = tuple[dt.date, dt.date | None, str]


class TermsOverlap(Refused):
    """A person sits once in the Council at any day."""


class WrongMove(Refused):
    """The meeting, minutes or list is not at the step where this is done."""


class SamePerson(Refused):
    """Minutes are approved by somebody who did not write them."""


class ChangedMeanwhile(Refused):
    """Somebody else changed it since the page was opened."""


def check_council_agency(kind: str, level: str) -> None:
    """Raises Refused unless the body can be a Coordination Council.

    Since Decision 26/2025/QĐ-TTg there are Councils for the dissemination of law at the centre and in the
    provinces only.
    """
    if kind != AgencyKind.COORDINATION_COUNCIL or level not in (Level.CENTRAL, Level.PROVINCE):
        raise Refused(_("Từ năm 2025 Hội đồng phối hợp chỉ có ở trung ương và cấp tỉnh."))


def overlap(begin: dt.date, end: dt.date | None, terms: Iterable[Term]) -> Term | None:
    """The first of the terms (first day, last day or None, what to call it) that shares a day with these."""
    for other in terms:
        begins, ends, _name = other
        if (end is None or begins <= end) and (ends is None or begin <= ends):
            return other
    return None


def check_terms(begin: dt.date, end: dt.date | None, terms: Iterable[Term]) -> None:
    """Raises TermsOverlap naming the earlier term."""
    if found := overlap(begin, end, terms):
        first, last, decision = found
        when = f"{first:%d/%m/%Y}–{last:%d/%m/%Y}" if last else _("từ %(d)s") % {"d": f"{first:%d/%m/%Y}"}
        raise TermsOverlap(
            _(
                "Người này đã là thành viên (%(when)s, theo %(decision)s). "
                "Hãy cho thôi nhiệm kỳ cũ trước, hoặc chọn ngày sau đó."
            )
            % {"when": when, "decision": decision}
        )


def check_move(state: str, to: MeetingState) -> None:
    if to not in MEETING_MOVES[MeetingState(state)]:
        raise WrongMove(
            _("Cuộc họp đang ở bước “%(state)s” nên không làm việc này được.")
            % {"state": MeetingState(state).label}
        )


def check_times(*, kind: str, starts_at: dt.datetime, ends_at: dt.datetime | None, place: str) -> None:
    """A circulation needs the day answers are due, the others a place; nothing ends before it begins."""
    if ends_at is not None and ends_at < starts_at:
        raise Refused(_("Giờ kết thúc phải sau giờ bắt đầu."))
    if kind == MeetingKind.CIRCULATION:
        if ends_at is None:
            raise Refused(_("Lấy ý kiến bằng phiếu cần có hạn trả lời."))
    elif not place:
        raise Refused(_("Hãy ghi địa điểm họp."))


def check_held(*, starts_at: dt.datetime, ends_at: dt.datetime | None, kind: str, now: dt.datetime) -> None:
    """A meeting is held once it has begun; a circulation once the answers were due."""
    if kind == MeetingKind.CIRCULATION and ends_at is not None and now < ends_at:
        raise WrongMove(_("Chưa hết hạn trả lời phiếu."))
    if now < starts_at:
        raise WrongMove(_("Chưa đến giờ họp nên chưa thể ghi là đã họp."))


def is_ahead(*, kind: str, starts_at: dt.datetime, ends_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether those invited still have something to come to, or to answer."""
    return (ends_at if kind == MeetingKind.CIRCULATION and ends_at else starts_at) > now


def when_and_where(*, kind: str, starts_at: dt.datetime, ends_at: dt.datetime | None, place: str) -> str:
    """What an invitation asks for, in one line; a circulation only asks for an answer in time."""
    if kind == MeetingKind.CIRCULATION and ends_at:
        return f"trả lời trước {clock.hours(ends_at)}"
    return f"{clock.hours(starts_at, ends_at)}, {place}"


def check_second_person(writer: int, approver: int) -> None:
    if writer == approver:
        raise SamePerson(_("Bạn là người soạn biên bản. Cần một người khác duyệt."))


def check_due(due_on: dt.date, *, held_on: dt.date, starts_on: dt.date, ends_on: dt.date, plan: str) -> None:
    """Raises Refused for a task due before it was given, or outside the plan that is to hold it."""
    if due_on < held_on:
        raise Refused(_("Hạn hoàn thành không thể trước ngày họp."))
    if not starts_on <= due_on <= ends_on:
        raise Refused(
            _("Hạn %(due)s nằm ngoài thời gian của kế hoạch %(plan)s (%(begin)s–%(end)s).")
            % {
                "due": f"{due_on:%d/%m/%Y}",
                "plan": plan,
                "begin": f"{starts_on:%d/%m/%Y}",
                "end": f"{ends_on:%d/%m/%Y}",
            }
        )


def check_decision_day(decided_on: dt.date, *, held_on: dt.date, today: dt.date) -> None:
    if not held_on <= decided_on <= today:
        raise Refused(_("Ngày quyết định phải từ ngày họp đến hôm nay."))
