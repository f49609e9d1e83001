"""Formats and columns of the synthesis table, kinds and states of reports, what goes to the audit."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    DOCX = "docx", _("Văn bản (.docx)")
    XLSX = "xlsx", _("Bảng tính (.xlsx)")
    CSV = "csv", _("Dữ liệu (.csv)")


class Column(StrEnum):
    """A column of a table; the value is its heading in the official language, not the reader's."""

    GROUP = "Nhóm vấn đề / điều / khoản"
    DRAFT = "Nội dung dự thảo"
    COMMENTER = "Chủ thể góp ý"
    CONTENT = "Nội dung góp ý"
    ANSWER = "Ý kiến tiếp thu, giải trình"
    NUMBER = "Mã ý kiến"
    PLACE = "Điều, khoản"
    POINT = "Vấn đề"
    KIND = "Loại chủ thể"
    CHANNEL = "Kênh"
    RECEIVED = "Ngày nhận"
    DISPOSITION = "Kết quả"


# The four columns of the form of Decree 78/2025/NĐ-CP as seen in use (official heading not verified).
STATUTORY = (Column.GROUP, Column.COMMENTER, Column.CONTENT, Column.ANSWER)
WITH_DRAFT = (Column.GROUP, Column.DRAFT, Column.COMMENTER, Column.CONTENT, Column.ANSWER)
# One opinion a row, ready to be counted and filtered.
SHEET = (
    Column.NUMBER,
    Column.PLACE,
    Column.POINT,
    Column.COMMENTER,
    Column.KIND,
    Column.CHANNEL,
    Column.RECEIVED,
    Column.CONTENT,
    Column.DISPOSITION,
    Column.ANSWER,
)


class Unit(models.TextChoices):
    """What a figure is told in."""

    SHARE = "share", _("phần trăm")
    OPINIONS = "opinions", _("ý kiến")
    PEOPLE = "people", _("chủ thể")
    DAYS = "days", _("ngày")
    WORDS = "words", _("số từ")
    HOURS = "hours", _("giờ")


class Direction(models.TextChoices):
    """Which way is better. NEITHER: the figure tells something, more of it is no merit."""

    UP = "up", _("Càng cao càng tốt")
    DOWN = "down", _("Càng thấp càng tốt")
    NEITHER = "neither", _("Không có chiều tốt, xấu")


class Light(models.TextChoices):
    """Where a figure stands against what had to be reached by then. Never set by hand."""

    GOOD = "good", _("Đúng tiến độ")
    NEAR = "near", _("Hơi chậm")
    LATE = "late", _("Chậm")
    NONE = "none", _("Chưa đặt chỉ tiêu")


class ReportKind(models.TextChoices):
    HALF = "half", _("Báo cáo sáu tháng")
    YEARLY = "yearly", _("Báo cáo năm")


class ReportState(models.TextChoices):
    """An agency's report: asked for, written, handed to a second person, sent to Sở Tư pháp."""

    ASKED = "asked", _("Chưa gửi")
    SUBMITTED = "submitted", _("Chờ người thứ hai duyệt")
    RETURNED = "returned", _("Trả lại để sửa")
    SENT = "sent", _("Đã gửi")


REPORT_MOVES = {
    ReportState.ASKED: {ReportState.SUBMITTED},
    ReportState.SUBMITTED: {ReportState.SENT, ReportState.RETURNED},
    ReportState.RETURNED: {ReportState.SUBMITTED},
    ReportState.SENT: {ReportState.RETURNED},
}

WRITTEN_IN = (ReportState.ASKED, ReportState.RETURNED)


class Section(models.TextChoices):
    """The parts of a report that only an officer can write: no figure says them."""

    RESULTS = "results", _("Kết quả nổi bật, cách làm hay")
    DIFFICULTIES = "difficulties", _("Khó khăn, vướng mắc và nguyên nhân")
    NEXT = "next", _("Phương hướng, nhiệm vụ thời gian tới")
    PROPOSALS = "proposals", _("Đề xuất, kiến nghị")


class Act(StrEnum):
    REPORT_EXPORTED = "report.exported"
    TARGET_SET = "kpi-target.set"
    REPORT_REQUESTED = "report.requested"
    REPORT_REMINDED = "report.reminded"
    REPORT_TEXT_SAVED = "report.text-saved"
    REPORT_SUBMITTED = "report.submitted"
    REPORT_RETURNED = "report.returned"
    REPORT_SENT = "report.sent"
    REPORT_CLOSED = "report.closed"
    PAPER_EXPORTED = "report.paper-exported"
