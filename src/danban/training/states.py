"""The words of training: for whom, where a session stands, how someone was present, the registers."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organiser(models.TextChoices):
    OWN = "own", _("Tỉnh tự tổ chức")
    MINISTRY = "ministry", _("Bộ Tư pháp tổ chức, tỉnh cử người dự")


class Audience(models.TextChoices):
    """DISTRICT_RAPPORTEUR is history only: the district level ended on 30/06/2025."""

    LEGAL_OFFICER = "legal_officer", _("Công chức pháp chế")
    RAPPORTEUR = "rapporteur", _("Báo cáo viên pháp luật cấp tỉnh")
    DISTRICT_RAPPORTEUR = "district_rapporteur", _("Báo cáo viên pháp luật cấp huyện (đến 30/06/2025)")
    PROPAGANDIST = "propagandist", _("Tuyên truyền viên pháp luật cấp xã")
    OTHER = "other", _("Đối tượng khác")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Dự kiến")
    OPEN = "open", _("Đang nhận đăng ký")
    HELD = "took_place", _("Đã tổ chức")
    CANCELLED = "cancelled", _("Đã hủy")


SESSION_MOVES = {
    SessionState.PLANNED: {SessionState.OPEN, SessionState.CANCELLED},
    SessionState.OPEN: {SessionState.HELD, SessionState.CANCELLED},
    SessionState.HELD: set(),
    SessionState.CANCELLED: set(),
}


class Place(models.TextChoices):
    """What a person holds in a session."""

    SEAT = "seat", _("Có chỗ")
    WAITING = "waiting", _("Danh sách chờ")
    WITHDRAWN = "withdrawn", _("Đã rút")


class Source(models.TextChoices):
    WEB = "web", _("Tự đăng ký")
    OFFICER = "officer", _("Cán bộ thêm")
    IMPORT = "import", _("Nhập từ tệp")


class Presence(models.TextChoices):
    """How it is known that someone was there."""

    CODE = "code", _("Quét mã trong phòng")
    OFFICER = "officer", _("Cán bộ điểm danh")


class Duty(models.TextChoices):
    """What a person is recognised as. Not Decree 49/2024's tuyên truyền viên cơ sở: that is other work.

    Central rapporteurs are only known here, they are recognised elsewhere; the district tier is history.
    """

    CENTRAL_RAPPORTEUR = "central_rapporteur", _("Báo cáo viên pháp luật trung ương")
    RAPPORTEUR = "rapporteur", _("Báo cáo viên pháp luật cấp tỉnh")
    DISTRICT_RAPPORTEUR = "district_rapporteur", _("Báo cáo viên pháp luật cấp huyện (đến 30/06/2025)")
    PROPAGANDIST = "propagandist", _("Tuyên truyền viên pháp luật cấp xã")


class ActivityKind(models.TextChoices):
    TALK = "talk", _("Nói chuyện, phổ biến trực tiếp")
    COUNSEL = "counsel", _("Tư vấn, hòa giải")
    MATERIAL = "material", _("Viết bài, biên soạn tài liệu")
    OTHER = "other", _("Việc khác")


class Act(StrEnum):
    NEED_STATED = "need.stated"
    COURSE_MADE = "course.made"
    COURSE_EDITED = "course.edited"
    QUESTION_ADDED = "question.added"
    QUESTION_REMOVED = "question.removed"
    SESSION_PLANNED = "session.planned"
    SESSION_EDITED = "session.edited"
    SESSION_OPENED = "session.opened"
    SESSION_HELD = "session.held"
    SESSION_CANCELLED = "session.cancelled"
    MATERIAL_ADDED = "material.added"
    MATERIAL_REMOVED = "material.removed"
    REGISTERED = "registration.made"
    PEOPLE_IMPORTED = "registration.imported"
    REGISTRATION_WITHDRAWN = "registration.withdrawn"
    PEOPLE_EXPORTED = "registration.exported"
    CONTACT_VIEWED = "registration.contact-viewed"
    CONTACT_ERASED = "registration.contact-erased"
    ATTENDED = "attendance.recorded"
    QUIZ_TAKEN = "quiz.taken"
    FEEDBACK_GIVEN = "feedback.given"
    CERTIFICATE_ISSUED = "certificate.issued"
    CERTIFICATE_WITHDRAWN = "certificate.withdrawn"
    RECOGNISED = "register.recognised"
    DISMISSED = "register.dismissed"
    REGISTER_IMPORTED = "register.imported"
    REGISTER_EXPORTED = "register.exported"
    ACTIVITY_LOGGED = "register.activity"
