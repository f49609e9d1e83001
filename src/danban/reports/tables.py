"""The synthesis table as a spreadsheet. It streams: one row in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter

from danban.reports.states import Column

CELL_MAX = 32_767
CUT = " […] (xem đủ trong bản .csv)"
WIDTHS = {
    Column.GROUP: 30,
    Column.COMMENTER: 28,
    Column.CONTENT: 70,
    Column.ANSWER: 70,
    Column.POINT: 34,
    Column.PLACE: 24,
}


def write_xlsx(
    out: IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    figures: Iterable[tuple[str, int]],
) -> None:
    """A workbook of two sheets: the opinions, and the totals. Every text is written as text."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Tổng hợp")
    for i, column in enumerate(columns):
        sheet.set_column(i, i, WIDTHS.get(column, 16))
        sheet.write_string(0, i, column.value, head)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows, start=1):
        for i, cell in enumerate(row):
            sheet.write_string(last, i, _fitting(cell), body)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    _figures(book, figures, body)
    book.close()


def _figures(book: Any, figures: Iterable[tuple[str, int]], body: Any) -> None:
    sheet = book.add_worksheet("Tổng số")
    sheet.set_column(0, 0, 60)
    for i, (label, n) in enumerate(figures):
        sheet.write_string(i, 0, label, body)
        sheet.write_number(i, 1, n)


def _fitting(cell: str) -> str:
    """A cell holds 32,767 characters; a longer text says that it goes on."""
    return cell if len(cell) <= CELL_MAX else cell[: CELL_MAX - len(CUT)] + CUT
