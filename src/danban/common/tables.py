"""Tables that leave the house as CSV: Excel opens them in Vietnamese and never runs a cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


class _Line:
    """What csv.writer writes to: it hands the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def safe_cell(text: str) -> str:
    """Text that a spreadsheet opening a CSV file reads as text, never as a formula (ASVS 1.2.10)."""
    return f"'{text}" if text.startswith(RUNS_AS_FORMULA) else text


def csv_lines(headings: Iterable[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of a CSV file, one at a time (BOM, all quoted, formula-safe)."""
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    yield BOM + writer.writerow(list(headings))
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])
