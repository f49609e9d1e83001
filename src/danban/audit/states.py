"""What a check of the audit can find."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    CHANGED = "changed", _("Mục nhật ký bị sửa nội dung")
    REMOVED = "removed", _("Mục nhật ký bị xóa")
    INSERTED = "inserted", _("Mục nhật ký bị chèn ngoài đường ghi chính thức")
    REORDERED = "reordered", _("Thứ tự các mục bị đổi")
    TRUNCATED = "truncated", _("Phần cuối của chuỗi bị cắt")
    REWRITTEN = "rewritten", _("Chuỗi bị tính lại: khác với đầu chuỗi đã niêm")
    HEADS_DAMAGED = "heads damaged", _("Tệp đầu chuỗi (heads.log) bị sửa")
    TRIGGER_MISSING = "trigger missing", _("Cơ sở dữ liệu thiếu chốt chống sửa, xóa")
