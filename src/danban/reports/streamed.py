"""Long tables in a paper: the page is made once, rows are streamed into their places as text.

Thousands of rows as elements of python-docx would take minutes and hundreds of megabytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import override
from docx.shared import Pt
from lxml import etree

from danban.common import paper

BODY = "word/document.xml"
MARK = b"<!--rows-->"
KEPT_WHOLE = 900
"""A row of fewer characters is not torn over two pages."""


def room_for_rows(table: Any) -> None:
    """A comment where the rows of a table go; the serialised page is cut there."""
    table.append(etree.Comment("rows"))


def write(out: IO[bytes], document: Any, tables: Sequence[Iterable[str]]) -> None:
    """Write a paper with the rows (``<w:tr>`` elements) of each table that has room for them, in order.

    Memory does not grow with the number of rows.
    """
    skeleton = zipfile.ZipFile(io.BytesIO(paper.finish(document)))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in skeleton.infolist():
            if item.filename != BODY:
                archive.writestr(item, skeleton.read(item))
        before, *pieces = skeleton.read(BODY).split(MARK)
        with archive.open(BODY, "w", force_zip64=True) as part:
            part.write(before)
            for rows, piece in zip(tables, pieces, strict=True):
                for row in rows:
                    part.write(row.encode())
                part.write(piece)


@dataclass
class LongPaper:
    """A paper under way and the rows still to be written into it."""

    document: Any
    rows: list[Iterable[str]] = field(default_factory=list)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[int]) -> None:
        """A ruled table on a standing page; ``rows`` are read only when the paper is written.

        A row of one cell is a heading across the table.
        """
        widths = paper.shared_out(paper.usable_width(lying=False), shares)
        room_for_rows(paper.empty_table(self.document, headings, widths))
        self.rows.append(_rows(rows, widths))
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def written(self) -> bytes:
        """The file; its words are in the official language whatever the reader's."""
        out = io.BytesIO()
        with override("vi"):
            write(out, self.document, self.rows)
        return out.getvalue()


def _rows(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for row in rows:
        if len(row) == 1:
            yield paper.row_across(row[0], sum(widths), len(widths))
            continue
        cells = "".join(
            paper.cell_xml(paper.words_xml(words), width) for words, width in zip(row, widths, strict=True)
        )
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if sum(map(len, row)) < KEPT_WHOLE else ""
        yield f"<w:tr>{whole}{cells}</w:tr>"
