"""CSV and spreadsheet: formula-safe, complete, in little memory."""

from __future__ import annotations

import csv
import io
import tracemalloc

import openpyxl
import pytest

from danban.common.tables import BOM, csv_lines
from danban.reports import exports, queries
from danban.reports.states import SHEET, Column
from danban.reports.tables import CELL_MAX, write_xlsx

ATTACK = '=HYPERLINK("https://a.example","x")'


def read_csv(text):
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))


def test_csv_is_safe_and_whole(window, say):
    say(ATTACK)
    say('Dòng một\nDòng hai, có “dấu” và "ngoặc"; đủ cả.')
    text = "".join(exports.csv_of(window, SHEET))
    rows = read_csv(text)
    assert [row[Column.CONTENT] for row in rows] == [
        f"'{ATTACK}",
        'Dòng một\nDòng hai, có “dấu” và "ngoặc"; đủ cả.',
    ]
    assert list(rows[0]) == [column.value for column in SHEET]


def test_xlsx_holds_text_and_numbers_only(window, say):
    say(ATTACK)
    say("x" * (CELL_MAX + 5))
    out = io.BytesIO()
    exports.write_xlsx_of(out, window, queries.totals(window), SHEET)
    book = openpyxl.load_workbook(out)
    rows = list(book["Tổng hợp"].iter_rows())
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    content = [row[SHEET.index(Column.CONTENT)].value for row in rows[1:]]
    assert content[0] == ATTACK
    assert len(content[1]) == CELL_MAX
    assert content[1].endswith("(xem đủ trong bản .csv)")
    figures = {row[0].value: row[1].value for row in book["Tổng số"].iter_rows()}
    assert figures["Ý kiến nhận được"] == 2


def peak(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("write", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_rows(write, tmp_path):
    def rows(n):
        return (["Ý kiến về giờ thu gom rác. " * 20] * len(SHEET) for _ in range(n))

    def work(n):
        if write == "csv":
            return lambda: sum(len(line) for line in csv_lines(SHEET, rows(n)))
        return lambda: sheet(n)

    def sheet(n):
        with (tmp_path / f"{n}.xlsx").open("wb") as out:
            write_xlsx(out, SHEET, rows(n), [])

    work(10)()
    assert peak(work(3000)) < 2 * peak(work(300)) + 200_000


def test_opinions_stream_from_the_database(window, say, django_assert_num_queries):
    for n in range(3):
        say(f"Ý {n}.")
    with django_assert_num_queries(1):
        assert len(list(queries.opinions(window))) == 3
