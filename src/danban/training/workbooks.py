"""Tables to fill and tables that leave the house, as .xlsx. In Vietnamese always."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter
from django.utils.translation import override

from danban.training.models import Recognition
from danban.training.states import Duty

LAST_ROW = 20_000

PEOPLE = (
    ("Họ và tên", 30, "Đủ họ, tên đệm và tên."),
    ("Cơ quan", 40, "Tên đầy đủ."),
    ("Chức vụ", 26, "Có thể để trống."),
)
TERMS = (
    ("Họ và tên", 30, "Đủ họ, tên đệm và tên."),
    ("Cơ quan", 40, "Tên đầy đủ như trong danh mục cơ quan."),
    ("Loại", 36, "Chọn trong danh sách."),
    ("Lĩnh vực", 30, "Lĩnh vực pháp luật người đó phổ biến."),
    ("Ngày công nhận", 16, "Ví dụ: 31/03/2026."),
    ("Số quyết định công nhận", 24, "Ví dụ: 215/QĐ-UBND."),
    ("Ngày miễn nhiệm", 16, "Để trống nếu đang giữ."),
    ("Số quyết định miễn nhiệm", 24, "Để trống nếu đang giữ."),
)
REGISTER = [heading for heading, _width, _hint in TERMS]


def people_template() -> bytes:
    return _template("Người dự", PEOPLE)


def register_template() -> bytes:
    with override("vi"):
        return _template("Sổ", TERMS, column=2, choices=[str(label) for _value, label in Duty.choices])


def register_rows(terms: Iterable[Recognition]) -> Iterator[list[str]]:
    """The register as rows of text, in the columns of the template: what went out can come in again."""
    with override("vi"):
        labels = {value: str(label) for value, label in Duty.choices}
    for term in terms:
        ended = f"{term.dismissed_on:%d/%m/%Y}" if term.dismissed_on else ""
        yield [
            term.person.full_name,
            term.agency.name,
            labels[term.duty],
            term.area,
            f"{term.recognised_on:%d/%m/%Y}",
            term.recognised_by,
            ended,
            term.dismissed_by,
        ]


def write_register(out: IO[bytes], terms: Iterable[Recognition]) -> None:
    """Every cell is written as text, one row in memory at a time."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Sổ")
    for column, (heading, width, _hint) in enumerate(TERMS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(register_rows(terms), start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()


def _template(
    name: str,
    columns: Sequence[tuple[str, int, str]],
    *,
    column: int = -1,
    choices: Sequence[str] = (),
) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        # Days and numbers of decisions stay as they were typed.
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(name)
        for place, (heading, width, hint) in enumerate(columns):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, heading, bold)
            sheet.write_comment(0, place, hint)
        if choices:
            sheet.data_validation(1, column, LAST_ROW, column, {"validate": "list", "source": list(choices)})
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()
