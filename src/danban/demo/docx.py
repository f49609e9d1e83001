"""Turns a draft kept as plain text into the .docx an officer would upload.

Form: Decree 78/2025/NĐ-CP for legal documents (A4, Times New Roman, 14 pt, margins 20/20/30/20 mm).
In the text a tab parts the cells of a table row. Rows that hold the national title or "Nơi nhận:"
are laid out side by side without borders; any other rows are a ruled table with a head row.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import groupby

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

# Fills a paragraph: (paragraph, words, row, column).
Fill = Callable[[Paragraph, str, int, int], None]

FONT = "Times New Roman"
# Millimetres of the 160 between the margins.
HEAD_WIDTHS = (62, 98)
PRICE_WIDTHS = (15, 80, 33, 32)
CENTRE = WD_ALIGN_PARAGRAPH.CENTER

TITLES = frozenset({"QUYẾT ĐỊNH", "NGHỊ QUYẾT", "QUY ĐỊNH", "PHỤ LỤC"})
HEADED = re.compile(r"(Chương [IVXL]+|Mục \d+)$")
ARTICLE = re.compile(r"Điều \d+\. ")
ITALIC = re.compile(r"(Căn cứ |Xét |Theo đề nghị |\(Kèm theo |Nghị quyết này được .*thông qua)")
SIGNATURE_CAPTIONS = frozenset({"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"})


def build_docx(text: str) -> bytes:
    """The .docx bytes of a draft: one paragraph or table row for each line that is not blank."""
    document = _blank_page()
    first_title_seen = False
    under_title = ""
    for shape, group in groupby(text.splitlines(), key=_shape):
        lines = list(group)
        if shape == "table":
            _table(document, [line.split("\t") for line in lines], page_break=first_title_seen)
        if shape != "lines":
            continue
        for line in lines:
            _paragraph(document, line, under_title)
            under_title = _heading_below(line, under_title)
            first_title_seen = first_title_seen or line in TITLES
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _shape(line: str) -> str:
    """What a line belongs to; a blank line parts two tables that follow each other."""
    if not line.strip():
        return "blank"
    return "table" if "\t" in line else "lines"


def _heading_below(line: str, under_title: str) -> str:
    """Whether the next line is still part of a heading: "title" after a title, "unit" after Chương, Mục."""
    if line in TITLES:
        return "title"
    if HEADED.match(line):
        return "unit"
    return ""


def _blank_page() -> DocxDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    return document


def _paragraph(document: DocxDocument, line: str, under_title: str) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line)
    run.italic = bool(ITALIC.match(line))
    centred = line in TITLES or line == "DỰ THẢO" or bool(under_title) or bool(HEADED.match(line))
    if centred or line.startswith("(Kèm theo "):
        paragraph.alignment = CENTRE
        run.bold = not run.italic
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        run.bold = bool(ARTICLE.match(line))
    paragraph.paragraph_format.keep_with_next = bool(run.bold)
    paragraph.paragraph_format.page_break_before = line == "PHỤ LỤC"


def _table(document: DocxDocument, rows: list[list[str]], *, page_break: bool) -> None:
    if rows[0][1].startswith("CỘNG HÒA"):
        table = _side_by_side(document, rows, _fill_letterhead)
        table.cell(0, 0).paragraphs[0].paragraph_format.page_break_before = page_break
    elif rows[0][0] == "Nơi nhận:":
        _side_by_side(document, rows, _fill_signature)
    else:
        _ruled(document, rows)
    document.add_paragraph()


def _side_by_side(document: DocxDocument, rows: list[list[str]], fill: Fill) -> Table:
    """Two columns in one row, as official papers set their head and their foot."""
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, HEAD_WIDTHS)
    for column, cell in enumerate(table.rows[0].cells):
        for number, words in enumerate(row[column] for row in rows):
            if words:
                fill(_next_paragraph(cell), words, number, column)
    return table


def _fill_letterhead(paragraph: Paragraph, words: str, number: int, column: int) -> None:
    paragraph.alignment = CENTRE
    run = paragraph.add_run(words)
    run.font.size = Pt(12)
    run.bold = number < 2
    run.italic = column == 1 and number == 2
    run.underline = column == 1 and number == 1


def _fill_signature(paragraph: Paragraph, words: str, number: int, column: int) -> None:
    run = paragraph.add_run(words)
    if column == 1:
        paragraph.alignment = CENTRE
        run.bold = words in SIGNATURE_CAPTIONS
        return
    run.font.size = Pt(12 if number == 0 else 11)
    run.bold = run.italic = number == 0
    paragraph.paragraph_format.space_after = Pt(0)


def _ruled(document: DocxDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            run = _next_paragraph(cell).add_run(words)
            run.font.size = Pt(13)
            run.bold = number == 0
    if len(rows[0]) == len(PRICE_WIDTHS):
        _set_widths(table, PRICE_WIDTHS)


def _set_widths(table: Table, widths: tuple[int, ...]) -> None:
    """Widths in millimetres, on columns for LibreOffice and on cells for Word."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _next_paragraph(cell: _Cell) -> Paragraph:
    """The cell's first paragraph while it is empty, then new ones."""
    first = cell.paragraphs[0]
    return cell.add_paragraph() if first.text else first
