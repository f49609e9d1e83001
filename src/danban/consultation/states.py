"""The words of a consultation: who speaks, by which channel, and where a comment stands."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommenterKind(models.TextChoices):
    PERSON = "person", _("Cá nhân")
    ORGANISATION = "organisation", _("Tổ chức")
    BUSINESS = "business", _("Doanh nghiệp")
    AGENCY = "agency", _("Cơ quan nhà nước")


class Channel(models.TextChoices):
    WEB = "web", _("Trên trang này")
    LETTER = "letter", _("Thư, văn bản giấy")
    EMAIL = "email", _("Thư điện tử")
    MEETING = "meeting", _("Hội nghị, họp dân")
    SPREADSHEET = "spreadsheet", _("Bảng tổng hợp gửi đến")
    SCAN = "scan", _("Bản quét")


class CommentState(models.TextChoices):
    RECEIVED = "received", _("Đã nhận")
    GROUPED = "grouped", _("Đang xem xét")
    ANSWERED = "answered", _("Đã trả lời")


COMMENT_MOVES = {
    CommentState.RECEIVED: {CommentState.GROUPED},
    CommentState.GROUPED: {CommentState.RECEIVED, CommentState.ANSWERED},
    CommentState.ANSWERED: {CommentState.GROUPED},
}


class Visibility(models.TextChoices):
    """PENDING until screened; HELD waits for an officer; WITHHELD has a recorded reason."""

    PENDING = "pending", _("Chờ kiểm tra")
    SHOWN = "shown", _("Công khai")
    HELD = "held", _("Cần cán bộ xem")
    WITHHELD = "withheld", _("Không công khai")


class WithheldReason(models.TextChoices):
    PERSONAL_DATA = "personal_data", _("Có thông tin cá nhân")
    INSULT = "insult", _("Xúc phạm người khác")
    SPAM = "spam", _("Quảng cáo, tin rác")
    SECRET = "secret", _("Có dấu hiệu lộ bí mật nhà nước")


class ProposalKind(models.TextChoices):
    """What one person asks and only a second one carries out (decision 12)."""

    WITHHOLD = "withhold", _("Không hiện ý kiến công khai")
    ERASE_CONTACT = "erase_contact", _("Xóa hẳn liên hệ của người góp ý")
    EXTEND = "extend", _("Gia hạn đợt lấy ý kiến")
    CANCEL = "cancel", _("Hủy đợt lấy ý kiến")


ON_COMMENTS = (ProposalKind.WITHHOLD, ProposalKind.ERASE_CONTACT)


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("Chờ người thứ hai")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    RETURNED = "returned", _("Đã trả lại")


class Position(models.TextChoices):
    """Where a body that was asked stands, in its own words; counted apart from its opinions."""

    AGREES = "agrees", _("Thống nhất")
    AGREES_WITH_REMARKS = "agrees_with_remarks", _("Thống nhất, có góp ý thêm")
    DISAGREES = "disagrees", _("Không thống nhất")
    NO_OPINION = "no_opinion", _("Không có ý kiến góp ý")


# Whoever has remarks or disagrees says something: their words are entered, or a file of them is kept.
SPEAKS = frozenset({Position.AGREES_WITH_REMARKS, Position.DISAGREES})


class Act(StrEnum):
    WINDOW_OPENED = "window.opened"
    WINDOW_EXTENDED = "window.extended"
    WINDOW_CANCELLED = "window.cancelled"
    WINDOW_CONCLUDED = "window.concluded"
    PROPOSAL_MADE = "proposal.made"
    PROPOSAL_RETURNED = "proposal.returned"
    COMMENT_RECEIVED = "comment.received"
    COMMENTS_IMPORTED = "comment.imported"
    COMMENT_SCREENED = "comment.screened"
    COMMENT_WITHHELD = "comment.withheld"
    COMMENT_SHOWN = "comment.shown"
    CONTACT_VIEWED = "contact.viewed"
    CONTACT_ERASED = "contact.erased"
    OPINION_REQUESTED = "opinion.requested"
    OPINION_ANSWERED = "opinion.answered"
    COMMENT_ENTERED = "comment.entered"
