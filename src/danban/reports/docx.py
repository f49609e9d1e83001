"""The synthesis table as the paper an officer signs: Decree 30's page, Decree 78's four columns.

python-docx makes the page around the table once; the rows are streamed into it as text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from docx.shared import Pt

from danban.common import paper as page
from danban.reports import streamed
from danban.reports.docx_rows import table_rows
from danban.reports.states import Column
from danban.reports.synthesis import Block

SHARES = {Column.GROUP: 20, Column.DRAFT: 24, Column.COMMENTER: 18, Column.CONTENT: 32, Column.ANSWER: 30}


@dataclass(frozen=True)
class Paper:
    """The words around the table. ``figures`` are the lines under "1."; ``year`` is that of the date line."""

    agency: str
    superior: str
    place: str
    year: int
    subject: str
    basis: tuple[str, ...]
    course: str
    figures: tuple[str, ...]


def write_docx(out: IO[bytes], paper: Paper, blocks: Iterable[Block], columns: Sequence[Column]) -> None:
    """Write the paper; memory does not grow with the number of blocks."""
    widths = column_widths(columns)
    streamed.write(out, _skeleton(paper, columns, widths), [table_rows(blocks, columns, widths)])


def column_widths(columns: Sequence[Column]) -> list[int]:
    """Widths in twentieths of a point; together the width between the margins."""
    return page.shared_out(page.usable_width(lying=True), [SHARES[column] for column in columns])


def _skeleton(paper: Paper, columns: Sequence[Column], widths: Sequence[int]) -> Any:
    document = page.begin(
        title=f"Bản tổng hợp ý kiến {paper.subject}",
        author=paper.agency,
        created=dt.date(paper.year, 1, 1),
        lying=True,
    )
    page.head(
        document,
        page.Head(agency=paper.agency, superior=paper.superior, place=paper.place, year=paper.year),
    )
    _opening(document, paper)
    streamed.room_for_rows(page.empty_table(document, [column.value for column in columns], widths))
    page.signatures(
        document,
        page.Signature(("THỦ TRƯỞNG", "CƠ QUAN CHỦ TRÌ SOẠN THẢO"), note="(Ký, ghi rõ họ tên, đóng dấu)"),
    )
    return document


def _opening(document: Any, paper: Paper) -> None:
    title = (
        ("BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH", Pt(12), Pt(0)),
        ("Ý KIẾN GÓP Ý, PHẢN BIỆN XÃ HỘI", Pt(0), Pt(0)),
        (f"đối với {paper.subject}", Pt(0), Pt(10)),
    )
    for words, before, after in title:
        paragraph = page.line(document, words, 14, bold=True)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = before, after
    for words in paper.basis:
        page.running(document, words, italic=True)
    page.running(document, paper.course)
    page.running(
        document,
        "1. Tổng số cơ quan, tổ chức, cá nhân được lấy ý kiến, đã góp ý và tổng số ý kiến:",
        bold=True,
    )
    for words in paper.figures:
        page.running(document, words)
    page.heading(document, "2. Kết quả cụ thể như sau:")
