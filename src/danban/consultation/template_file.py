"""The empty table that officers fill with comments from paper."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import override

from danban.consultation.places import Outline
from danban.consultation.states import CommenterKind

HEADINGS = (
    ("Điều khoản", 24, "Ví dụ: khoản 2 Điều 5. Để trống là góp ý về toàn bộ dự thảo."),
    ("Nội dung", 70, "Đúng lời người góp ý, mỗi dòng một ý kiến."),
    ("Loại chủ thể", 18, "Để trống là cá nhân."),
    ("Tên", 30, "Tên cá nhân được giữ kín; tên tổ chức, cơ quan được hiện công khai."),
    ("Cách thu", 36, "Ví dụ: Họp thôn 3 ngày 12/03/2026."),
    ("Ngày nhận", 14, "Ví dụ: 12/03/2026. Để trống là hôm nay."),
)
LAST_ROW = 20_000


def workbook(outline: Outline) -> bytes:
    """The .xlsx: one sheet to fill, one that names the places of this draft. In Vietnamese always."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book, override("vi"):
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        sheet = book.add_worksheet("Ý kiến")
        for column, (heading, width, hint) in enumerate(HEADINGS):
            sheet.set_column(column, column, width, day if heading == "Ngày nhận" else wrapped)
            sheet.write_string(0, column, heading, bold)
            sheet.write_comment(0, column, hint)
        kinds = [str(label) for _value, label in CommenterKind.choices]
        sheet.data_validation(1, 2, LAST_ROW, 2, {"validate": "list", "source": kinds})
        sheet.freeze_panes(1, 0)
        places = book.add_worksheet("Các điều khoản")
        places.set_column(0, 0, 40)
        places.set_column(1, 1, 80)
        headings = {place.pk: place.heading for place in outline.places}
        for row, (pk, label) in enumerate(outline.labels.items()):
            places.write_string(row, 0, label)
            places.write_string(row, 1, headings.get(pk, ""))
    return buffer.getvalue()
