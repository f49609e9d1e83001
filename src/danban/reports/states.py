"""The formats and columns of the synthesis table, and what this app writes to the audit."""

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


class Act(StrEnum):
    REPORT_EXPORTED = "report.exported"
