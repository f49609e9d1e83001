"""What holds for training. Plain values in; a decision, or a refusal in words, out."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from danban.common import codes
from danban.common.errors import Refused
from danban.common.text import fold
from danban.training.states import SESSION_MOVES, Audience, Duty, SessionState

NAME_MAX = 120
REASON_MAX = 1_000
WINDOW = dt.timedelta(minutes=2)
"""How long one code stands on the screen of the room."""
GRACE = dt.timedelta(minutes=10)
"""A message that comes later than this after its code was shown is recorded as late."""
ACCEPTED_FOR = dt.timedelta(hours=24)
"""A phone without a connection may send this long after the code was shown."""
BEFORE, AFTER = dt.timedelta(hours=1), dt.timedelta(hours=1)
"""How long before and after its hours a session takes attendance."""
DISTRICT_ENDED = dt.date(2025, 7, 1)


class TrainingRefused(Refused):
    """The words say what is wrong and what to do."""


# People


def person_key(full_name: str, agency_id: int | None, agency_name: str) -> str:
    """The same for one name in one agency, however it is written."""
    body = f"agency:{agency_id}" if agency_id else f"name:{fold(agency_name)}"
    return f"{fold(full_name)}|{body}"


def check_person(full_name: str, agency_name: str) -> None:
    if len(fold(full_name).split()) < 2 or len(full_name) > NAME_MAX:
        raise TrainingRefused(_("Ghi đủ họ và tên."))
    if not agency_name:
        raise TrainingRefused(_("Chọn cơ quan, hoặc ghi tên cơ quan nếu không có trong danh sách."))


def initials(full_name: str) -> str:
    """ "N. V. A." for who did not agree to be named in public."""
    return " ".join(f"{word[0].upper()}." for word in full_name.split())


# Courses and sessions


def check_audiences(audiences: Iterable[str], today: dt.date, kept: Iterable[str] = ()) -> None:
    """The district tier has no body behind it since 01/07/2025: only what names it already (``kept``) may."""
    chosen = set(audiences)
    if not chosen or not chosen <= set(Audience.values):
        raise TrainingRefused(_("Chọn ít nhất một nhóm đối tượng."))
    if Audience.DISTRICT_RAPPORTEUR in chosen - set(kept) and today >= DISTRICT_ENDED:
        raise TrainingRefused(_("Cấp huyện không còn từ 01/07/2025; chọn nhóm cấp tỉnh hoặc cấp xã."))


def check_session(starts_at: dt.datetime, ends_at: dt.datetime, hours: Decimal) -> None:
    if ends_at <= starts_at:
        raise TrainingRefused(_("Giờ kết thúc phải sau giờ bắt đầu."))
    if not 0 < hours * 3600 <= Decimal((ends_at - starts_at).total_seconds()):
        raise TrainingRefused(_("Số giờ tính cho người dự không thể nhiều hơn thời gian của buổi."))


def check_move(now: str, to: SessionState) -> None:
    if to not in SESSION_MOVES[SessionState(now)]:
        raise TrainingRefused(
            _("Buổi tập huấn đang ở trạng thái “%(now)s” nên không chuyển sang “%(to)s” được.")
            % {"now": SessionState(now).label, "to": to.label}
        )


# Codes


def personal_code(key: uuid.UUID) -> str:
    """ "7KQM2-F0D9X": 50 bits, the same again for the same form."""
    mac = salted_hmac("danban.training.person", key.bytes, algorithm="sha256").digest()
    return codes.printed(mac, letters=10, group=5)


def parse_personal(typed: str) -> str | None:
    return codes.parsed(typed, letters=10, group=5)


def certificate_code(key: uuid.UUID) -> str:
    """80 bits, printed on the certificate."""
    mac = salted_hmac("danban.training.certificate", key.bytes, algorithm="sha256").digest()
    return codes.printed(mac, letters=16, group=4)


def parse_certificate(typed: str) -> str | None:
    return codes.parsed(typed, letters=16, group=4)


def hash_of(code: str) -> str:
    """What is kept of a code. Keyed: 50 bits could be tried through from a copy of the database."""
    return salted_hmac("danban.training.code", code, algorithm="sha256").hexdigest()


def room_code(session_id: int, moment: dt.datetime) -> str:
    """The code on the screen of the room at a moment: it proves by itself when it was shown."""
    number = int(moment.timestamp() // WINDOW.total_seconds())
    mac = salted_hmac("danban.training.room", f"{session_id}:{number}", algorithm="sha256").digest()
    return codes.printed(mac, letters=8, group=4)


def parse_room(typed: str) -> str | None:
    return codes.parsed(typed, letters=8, group=4)


def is_on(starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether the room shows its code: an hour before and after count."""
    return starts_at - BEFORE <= now <= ends_at + AFTER


def shown_at(
    code: str, session_id: int, *, starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime
) -> dt.datetime | None:
    """When a code began to be shown in the room of a session; None for one it never showed, or too long ago.

    Looks through the windows of the session only, the newest first: nothing is kept of codes.
    """
    moment = min(now, ends_at + AFTER)
    first = max(starts_at - BEFORE, now - ACCEPTED_FOR)
    while moment > first - WINDOW:
        if constant_time_compare(room_code(session_id, moment), code):
            step = WINDOW.total_seconds()
            return dt.datetime.fromtimestamp(moment.timestamp() // step * step, tz=dt.UTC)
        moment -= WINDOW
    return None


def is_late(shown: dt.datetime, received: dt.datetime) -> bool:
    return received > shown + WINDOW + GRACE


# Quiz and certificate


def count_right(answers: Mapping[int, int], right: Mapping[int, int]) -> int:
    """How many questions (by id) were answered with the right place."""
    return sum(answers.get(question) == place for question, place in right.items())


def is_pass(right: int, total: int, pass_mark: int) -> bool:
    """``pass_mark`` in percent of the questions, reached or passed; nothing asked is nothing passed."""
    return total > 0 and right * 100 >= pass_mark * total


def may_certify(*, attended: bool, has_quiz: bool, passed: bool) -> bool:
    """A certificate is for who was there and passed; a course without questions asks presence only."""
    return attended and (passed or not has_quiz)


# Registers


def check_term(
    *,
    duty: str,
    recognised_on: dt.date,
    recognised_by: str,
    dismissed_on: dt.date | None,
    dismissed_by: str,
    today: dt.date,
) -> None:
    """A term has a decision and a day at its beginning, and both at its end.

    Recognition and dismissal by decision: Circular 10/2016/TT-BTP.
    """
    if not recognised_by:
        raise TrainingRefused(_("Ghi số quyết định công nhận."))
    if recognised_on > today:
        raise TrainingRefused(_("Ngày công nhận không thể ở tương lai."))
    if dismissed_on is None and dismissed_by:
        raise TrainingRefused(_("Có số quyết định miễn nhiệm thì phải có ngày miễn nhiệm."))
    if dismissed_on is not None:
        if not dismissed_by:
            raise TrainingRefused(_("Ghi số quyết định miễn nhiệm."))
        if not recognised_on < dismissed_on <= today:
            raise TrainingRefused(_("Ngày miễn nhiệm phải sau ngày công nhận và không ở tương lai."))
    if duty == Duty.DISTRICT_RAPPORTEUR and (dismissed_on is None or dismissed_on > DISTRICT_ENDED):
        raise TrainingRefused(
            _("Báo cáo viên cấp huyện chỉ còn là lịch sử: phải có ngày miễn nhiệm, muộn nhất 01/07/2025.")
        )


Term = tuple[dt.date, dt.date | None]
"""From the first day until before the second; None: still on."""


def overlapping(terms: Iterable[Term], term: Term) -> Term | None:
    """The first of some terms that shares a day with another."""
    start, end = term
    for other in terms:
        begins, ends = other
        if (end is None or begins < end) and (ends is None or start < ends):
            return other
    return None


def refuse_overlap(terms: Iterable[Term], term: Term) -> None:
    clash = overlapping(terms, term)
    if clash is None:
        return
    begins, ends = clash
    span = (
        _("từ %(start)s đến trước %(end)s") % {"start": f"{begins:%d/%m/%Y}", "end": f"{ends:%d/%m/%Y}"}
        if ends
        else _("từ %(start)s và chưa miễn nhiệm") % {"start": f"{begins:%d/%m/%Y}"}
    )
    raise TrainingRefused(
        _("Người này đã được công nhận %(span)s. Các nhiệm kỳ không được trùng nhau.") % {"span": span}
    )
