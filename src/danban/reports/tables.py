"""The synthesis table as CSV and as a spreadsheet. Both stream: one row in memory at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import xlsxwriter

from danban.reports.rules import safe_cell
from danban.reports.states import Column

BOM = "\ufeff"
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


class _Line:
    """What csv.writer writes to: it hands the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of a CSV file of the synthesis table."""
    return lines_of([column.value for column in columns], rows)


def lines_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of a CSV file that Excel opens in Vietnamese (BOM) and never runs (quoted, formula-safe)."""
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    yield BOM + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


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
