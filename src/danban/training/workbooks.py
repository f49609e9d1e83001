"""Tables to fill and tables that leave the house, as .xlsx. In Vietnamese always."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import override

from danban.training.models import Recognition, Registration
from danban.training.rules import personal_code
from danban.training.states import Duty, Place

LAST_ROW = 20_000
Column = tuple[str, int, str]
"""Heading, width, and a hint for who fills it."""

PEOPLE = (
    ("Họ và tên", 30, "Đủ họ, tên đệm và tên."),
    ("Cơ quan", 40, "Tên đầy đủ."),
    ("Chức vụ", 26, "Có thể để trống."),
)
PEOPLE_OUT = (
    *PEOPLE,
    ("Chỗ", 16, ""),
    ("Có mặt", 18, ""),
    ("Mã cá nhân", 16, ""),
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


def people_rows(registrations: Iterable[Registration]) -> Iterator[list[str]]:
    """Who comes to a session, with the personal codes that an officer hands out."""
    with override("vi"):
        places = {value: str(label) for value, label in Place.choices}
    for one in registrations:
        present = getattr(one, "attendance", None)
        yield [
            one.person.full_name,
            one.person.agency_name,
            one.position,
            places[one.place],
            f"{timezone.localtime(present.shown_at):%H:%M %d/%m/%Y}" if present else "",
            personal_code(one.key),
        ]


def write_register(out: IO[bytes], terms: Iterable[Recognition]) -> None:
    _write(out, "Sổ", TERMS, register_rows(terms))


def write_people(out: IO[bytes], registrations: Iterable[Registration]) -> None:
    _write(out, "Người dự", PEOPLE_OUT, people_rows(registrations))


def _write(out: IO[bytes], name: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Every cell is written as text, one row in memory at a time."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name)
    for column, (heading, width, _hint) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()


def _template(
    name: str,
    columns: Sequence[Column],
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
