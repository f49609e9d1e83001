"""A table out of a file, as text. Runs in the sandbox: nothing of Django, plain values only."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from typing import Any

MOST_ROWS = 20_000
MOST_COLUMNS = 30


def read_table(data: bytes, *, kind: str) -> dict[str, Any]:
    """``{"rows": [[number, [cell, …]], …], "cut": bool}`` of the first sheet; empty rows are left out.

    ``kind`` is "xlsx" or "txt"; ``number`` is the row as the file's own programme counts it; ``cut`` says
    that there were more than MOST_ROWS.
    """
    source = _of_xlsx(data) if kind == "xlsx" else _of_text(data)
    rows: list[tuple[int, list[str]]] = []
    for number, cells in source:
        if not any(cells):
            continue
        if len(rows) == MOST_ROWS:
            return {"rows": rows, "cut": True}
        rows.append((number, cells))
    return {"rows": rows, "cut": False}


def _of_xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # here: a CSV needs no such weight

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    # The size a file claims may be a million empty rows; what is read is what is there.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        yield number, [_as_text(cell) for cell in row]


def _of_text(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    for row in lines:
        yield lines.line_num, [cell.strip() for cell in row[:MOST_COLUMNS]]


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _decoded(data: bytes) -> str:
    """UTF-8, with or without its mark; UTF-16 with one; what Excel on Windows saves for Vietnamese else."""
    for code in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1258"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _delimiter(text: str) -> str:
    """Whatever the heading row holds most of: Excel writes semicolons in Viet Nam."""
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def numbered(rows: Iterable[list[Any]]) -> list[tuple[int, list[str]]]:
    """What came back through the sandbox, typed again."""
    return [(int(number), [str(cell) for cell in cells]) for number, cells in rows]
