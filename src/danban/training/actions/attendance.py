"""Who was there: once for each registration, however often and however late a phone says so."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import CITIZEN, actor_name, record
from danban.common import clock
from danban.common.text import clean
from danban.training import rules
from danban.training.models import Attendance, Registration, Session
from danban.training.queries import registration_named, registration_with_code
from danban.training.states import Act, Place, Presence, SessionState

HERE = (SessionState.OPEN, SessionState.HELD)


def attend(*, session: Session, room_code: str, who: str) -> Attendance:
    """A phone in the room says that ``who`` (a personal code, or a full name) is there.

    The code of the room proves when it was read, so a phone that was offline may send it later; what comes
    again gives the first record. Raises TrainingRefused; then nothing was written.
    """
    now = clock.now()
    code = rules.parse_room(room_code)
    shown = code and rules.shown_at(
        code, session.pk, starts_at=session.starts_at, ends_at=session.ends_at, now=now
    )
    if session.state not in HERE or not shown:
        raise rules.TrainingRefused(
            _("Mã trên màn hình không đúng hoặc đã quá lâu. Hãy quét lại mã đang hiện trong phòng.")
        )
    registration = _found(session, who)
    return _once(
        Attendance(
            registration=registration,
            how=Presence.CODE,
            shown_at=shown,
            received_at=now,
            late=rules.is_late(shown, now),
        ),
        CITIZEN,
    )


def mark_present(*, registration: Registration, by: User) -> Attendance:
    """An officer saw the person there."""
    now = clock.now()
    session = registration.session
    if session.state not in HERE or now < session.starts_at - rules.BEFORE:
        raise rules.TrainingRefused(_("Chỉ điểm danh khi buổi đã mở và đến giờ."))
    if registration.place == Place.WITHDRAWN:
        raise rules.TrainingRefused(_("Người này đã rút đăng ký."))
    seen = Attendance(
        registration=registration,
        how=Presence.OFFICER,
        shown_at=now,
        received_at=now,
        entered_by=by,
    )
    return _once(seen, actor_name(by))


def _found(session: Session, who: str) -> Registration:
    who = clean(who)
    code = rules.parse_personal(who)
    registration = registration_with_code(code) if code else registration_named(session, who)
    if registration is None or registration.session_id != session.pk:
        raise rules.TrainingRefused(
            _(
                "Không tìm thấy trong danh sách của buổi này. Gõ mã cá nhân 10 chữ và số, "
                "hoặc đúng họ tên đã đăng ký; nếu chưa đăng ký thì đăng ký trước."
            )
        )
    if registration.place == Place.WITHDRAWN:
        raise rules.TrainingRefused(_("Đăng ký này đã rút. Hãy hỏi ban tổ chức."))
    return registration


def _once(attendance: Attendance, actor: str) -> Attendance:
    """No look beforehand: the key decides between two that arrive at once."""
    registration = attendance.registration
    try:
        with transaction.atomic():
            attendance.save(force_insert=True)
            record(
                Act.ATTENDED,
                actor=actor,
                rows=[registration, registration.session],
                how=attendance.how,
                late=attendance.late,
            )
    except IntegrityError:
        return Attendance.objects.select_related("registration__person").get(registration=registration)
    return attendance
