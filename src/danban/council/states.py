"""The words of the Council: who sits in it, how it meets, what comes of a meeting."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seat(models.TextChoices):
    CHAIR = "chair", _("Chủ tịch Hội đồng")
    VICE_CHAIR = "vice_chair", _("Phó Chủ tịch Hội đồng")
    STANDING = "standing", _("Ủy viên thường trực")
    MEMBER = "member", _("Ủy viên")
    SECRETARY = "secretary", _("Thư ký")


class MeetingKind(models.TextChoices):
    """A circulation is a meeting on paper: members answer a form by a day."""

    MEETING = "meeting", _("Cuộc họp")
    WORKSHOP = "workshop", _("Hội thảo chuyên đề")
    CIRCULATION = "circulation", _("Lấy ý kiến bằng phiếu")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Đang chuẩn bị")
    INVITED = "invited", _("Đã mời")
    HELD = "met", _("Đã họp")
    CANCELLED = "cancelled", _("Đã hủy")


MEETING_MOVES = {
    MeetingState.PLANNED: {MeetingState.INVITED, MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.INVITED: {MeetingState.INVITED, MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.HELD: set(),
    MeetingState.CANCELLED: set(),
}


class Reply(models.TextChoices):
    """What an invited party said of coming."""

    NONE = "", _("Chưa trả lời")
    COMING = "coming", _("Sẽ dự")
    DECLINED = "declined", _("Không dự được")


class Stance(models.TextChoices):
    FOR = "for", _("Tán thành")
    AGAINST = "against", _("Không tán thành")
    OTHER = "other", _("Ý kiến khác")


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    APPROVED = "approved", _("Đã duyệt")


class ConclusionKind(models.TextChoices):
    TASK = "task", _("Giao nhiệm vụ")
    LIST_DECISION = "list_decision", _("Quyết định danh mục chính sách")
    DIRECTIVE = "directive", _("Ban hành văn bản chỉ đạo")


class ListState(models.TextChoices):
    """A decided list never changes; the Council changes its mind by a new list."""

    DRAFT = "draft", _("Đang lập")
    DECIDED = "decided", _("Đã quyết định")


class Act(StrEnum):
    COUNCIL_ESTABLISHED = "council.established"
    MEMBER_RECOGNISED = "council.member-recognised"
    MEMBER_RELIEVED = "council.member-relieved"
    MEETING_PLANNED = "meeting.planned"
    MEETING_EDITED = "meeting.edited"
    MEETING_HELD = "meeting.held"
    MEETING_CANCELLED = "meeting.cancelled"
    AGENDA_ADDED = "meeting.agenda-added"
    AGENDA_REMOVED = "meeting.agenda-removed"
    PAPER_ADDED = "meeting.paper-added"
    PAPER_REMOVED = "meeting.paper-removed"
    PARTIES_ADDED = "meeting.parties-added"
    PARTY_REMOVED = "meeting.party-removed"
    INVITATIONS_SENT = "meeting.invitations-sent"
    INVITATION_ANSWERED = "meeting.invitation-answered"
    ATTENDANCE_NOTED = "meeting.attendance-noted"
    OPINIONS_NOTED = "meeting.opinions-noted"
    MINUTES_WRITTEN = "minutes.written"
    MINUTES_APPROVED = "minutes.approved"
    CONCLUSION_ADDED = "conclusion.added"
    CONCLUSION_REMOVED = "conclusion.removed"
    CONCLUSION_ASSIGNED = "conclusion.assigned"
    LIST_DRAFTED = "policy-list.drafted"
    LIST_CHANGED = "policy-list.changed"
    LIST_DISCARDED = "policy-list.discarded"
    LIST_DECIDED = "policy-list.decided"
    DIRECTIVE_ISSUED = "directive.issued"
