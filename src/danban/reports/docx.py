"""The synthesis table as the paper an officer signs: Decree 30's page, Decree 78's four columns.

python-docx makes the page around the table once; the rows are streamed into it as text.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from lxml import etree

from danban.reports.docx_rows import table_rows
from danban.reports.states import Column
from danban.reports.synthesis import Block

FONT = "Times New Roman"
PAGE = (Mm(297), Mm(210))
MARGINS = {"top": Mm(20), "bottom": Mm(20), "left": Mm(30), "right": Mm(20)}
USABLE = Length(PAGE[0] - MARGINS["left"] - MARGINS["right"])
SHARES = {Column.GROUP: 20, Column.DRAFT: 24, Column.COMMENTER: 18, Column.CONTENT: 32, Column.ANSWER: 30}
PLACE_OF_ROWS = b"<!--rows-->"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


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
    skeleton = zipfile.ZipFile(io.BytesIO(_skeleton(paper, columns, widths)))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in skeleton.infolist():
            if item.filename != "word/document.xml":
                archive.writestr(item, skeleton.read(item))
        before, after = skeleton.read("word/document.xml").split(PLACE_OF_ROWS)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(before)
            for row in table_rows(blocks, columns, widths):
                part.write(row.encode())
            part.write(after)


def column_widths(columns: Sequence[Column]) -> list[int]:
    """Widths in twentieths of a point; together the width between the margins."""
    total = sum(SHARES[column] for column in columns)
    return [round(USABLE.twips * SHARES[column] / total) for column in columns]


def _skeleton(paper: Paper, columns: Sequence[Column], widths: Sequence[int]) -> bytes:
    document = Document()
    document.core_properties.author = paper.agency
    document.core_properties.title = f"Bản tổng hợp ý kiến {paper.subject}"
    document.core_properties.created = dt.datetime(paper.year, 1, 1, tzinfo=dt.UTC)
    _styles(document)
    _page(document.sections[0])
    _letterhead(document, paper)
    _opening(document, paper)
    _table(document, columns, widths)
    _signature(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _face(normal, 14)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.1
    cell = document.styles.add_style("Bảng", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    cell.font.size = Pt(13)
    cell.paragraph_format.space_after = Pt(3)
    cell.paragraph_format.line_spacing = 1.0
    # The id by which streamed rows name the style, whatever python-docx made of the name.
    cell.element.set(qn("w:styleId"), "Bng")


def _face(style: Any, points: int) -> None:
    style.font.name = FONT
    style.font.size = Pt(points)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)


def _page(section: Any) -> None:
    """A4 lying, the page number centred at the top from page 2 on."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE
    section.top_margin, section.bottom_margin = MARGINS["top"], MARGINS["bottom"]
    section.left_margin, section.right_margin = MARGINS["left"], MARGINS["right"]
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    number._p.append(field)


def _letterhead(document: Any, paper: Paper) -> None:
    """Agency at the left; name of the state and motto at the right; the date line left open."""
    left, right = _two_cells(document, 40)
    if paper.superior:
        _line(left, paper.superior.upper(), 13)
    _line(left, paper.agency.upper(), 13, bold=True)
    _rule(left, Mm(35))
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", 14, bold=True)
    _rule(right, Mm(40))
    date = f"{paper.place}, ngày        tháng        năm {paper.year}".lstrip(", ")
    _line(right, date, 14, italic=True)


def _opening(document: Any, paper: Paper) -> None:
    title = (
        ("BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH", Pt(12), Pt(0)),
        ("Ý KIẾN GÓP Ý, PHẢN BIỆN XÃ HỘI", Pt(0), Pt(0)),
        (f"đối với {paper.subject}", Pt(0), Pt(10)),
    )
    for words, before, after in title:
        paragraph = _line(document, words, 14, bold=True)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = before, after
    for words in paper.basis:
        _running(document, words, italic=True)
    _running(document, paper.course)
    _running(
        document,
        "1. Tổng số cơ quan, tổ chức, cá nhân được lấy ý kiến, đã góp ý và tổng số ý kiến:",
        bold=True,
    )
    for words in paper.figures:
        _running(document, words)
    kept = _running(document, "2. Kết quả cụ thể như sau:", bold=True)
    kept.paragraph_format.keep_with_next = True


def _table(document: Any, columns: Sequence[Column], widths: Sequence[int]) -> None:
    table = document.add_table(rows=2, cols=len(columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for grid, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.w = Length(width * 635)
    for cell, column, width in zip(table.rows[0].cells, columns, widths, strict=True):
        cell.width = Length(width * 635)
        paragraph = cell.paragraphs[0]
        paragraph.style = "Bảng"
        paragraph.alignment = CENTRE
        paragraph.add_run(column.value).bold = True
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
    # etree.Comment is where the rows go; the serialised page is cut there.
    rows_here = table.rows[1]._tr
    rows_here.getparent().replace(rows_here, etree.Comment("rows"))


def _signature(document: Any) -> None:
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    _empty, right = _two_cells(document, 50)
    _line(right, "THỦ TRƯỞNG", 14, bold=True).paragraph_format.keep_with_next = True
    head = _line(right, "CƠ QUAN CHỦ TRÌ SOẠN THẢO", 14, bold=True)
    head.paragraph_format.keep_with_next = True
    _line(right, "(Ký, ghi rõ họ tên, đóng dấu)", 13, italic=True)


def _two_cells(document: Any, left_share: int) -> tuple[Any, Any]:
    """A table without lines: two blocks side by side, each starting with no paragraph of its own."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    shares = (left_share, 100 - left_share)
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, grid, share in zip(row.cells, table._tbl.tblGrid.gridCol_lst, shares, strict=True):
        cell.width = grid.w = Length(USABLE * share // 100)
    return row.cells[0], row.cells[1]


def _line(where: Any, words: str, points: int, *, bold: bool = False, italic: bool = False) -> Any:
    """A centred line; the empty paragraph a new cell begins with is used first."""
    first = where.paragraphs[0] if len(where.paragraphs) == 1 and not where.paragraphs[0].text else None
    paragraph = first if first is not None and hasattr(where, "width") else where.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic
    run.font.size = Pt(points)
    return paragraph


def _rule(cell: Any, inset: Length) -> None:
    """The thin line under a name, drawn as the lower edge of an empty, small paragraph."""
    paragraph = cell.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = inset
    layout.space_after = Pt(6)
    layout.line_spacing = Pt(3)
    edges = OxmlElement("w:pBdr")
    lower = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "auto")):
        lower.set(qn(f"w:{name}"), value)
    edges.append(lower)
    paragraph._p.get_or_add_pPr().insert_element_before(edges, "w:shd", "w:spacing", "w:ind", "w:jc")


def _running(document: Any, words: str, *, bold: bool = False, italic: bool = False) -> Any:
    """A paragraph of running text: justified, first line indented."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic
    return paragraph
