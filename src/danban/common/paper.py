"""A page of Decree 30/2020/NĐ-CP on administrative papers: plain values in, python-docx does the drawing.

Margins, letters and the order of the parts follow the decree's appendix I as read from a copy (A4; margins
20-25 mm above and below, 30-35 left, 15-20 right; Times New Roman; running text 13-14 pt). The pieces are
put together by whoever writes a kind of paper: ``begin``, ``head``, ``title``, ``running``, ``table``,
``signatures``, ``finish``.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt

FONT = "Times New Roman"
SHORT_SIDE, LONG_SIDE = Mm(210), Mm(297)
MARGINS = {"top": Mm(20), "bottom": Mm(20), "left": Mm(30), "right": Mm(20)}
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_PLACE = re.compile(r"(TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU)( \w{1,9}){1,4}$")
LEAST_SIGNING_ROOM = 3

_TWIP = 635
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the title. ``number`` is the whole line ("Số: 12/BB-HĐPH"), ``subject`` the line
    "V/v …" of an official letter; without ``place`` there is no date line; ``day`` None leaves room to
    write it in ``year``."""

    agency: str
    superior: str = ""
    number: str = ""
    subject: str = ""
    place: str = ""
    day: dt.date | None = None
    year: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines of authority and office ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), then the name."""

    office: tuple[str, ...]
    name: str = ""
    note: str = ""


# ── The whole ───────────────────────────────────────────────────────────────────────────────────


def begin(*, title: str, author: str, created: dt.date, lying: bool = False) -> Any:
    """An empty A4 document, standing or lying; the page number is centred at the top from page 2 on."""
    document = Document()
    document.core_properties.author = printable(author)[:255]
    document.core_properties.title = printable(title)[:255]
    document.core_properties.created = dt.datetime.combine(created, dt.time(), dt.UTC)
    _styles(document)
    _page(document.sections[0], lying=lying)
    return document


def finish(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def usable_width(*, lying: bool) -> Length:
    """The width between the margins."""
    return Length((LONG_SIDE if lying else SHORT_SIDE) - MARGINS["left"] - MARGINS["right"])


def shared_out(width: Length, shares: Sequence[int]) -> list[int]:
    """Widths of columns in twentieths of a point, in these shares of a whole width."""
    return [round(width.twips * share / sum(shares)) for share in shares]


def printable(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


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
    # The id by which rows name the style, whatever python-docx made of the name.
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


def _page(section: Any, *, lying: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG_SIDE, SHORT_SIDE) if lying else (SHORT_SIDE, LONG_SIDE)
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


# ── Above the text ──────────────────────────────────────────────────────────────────────────────


def head(document: Any, words: Head) -> None:
    """Agency and number at the left; name of the state, motto and date line at the right."""
    left, right = two_cells(document, 40)
    if words.superior:
        line(left, _body_name(words.superior), 13)
    line(left, _body_name(words.agency), 13, bold=True)
    width = usable_width(lying=_lies(document))
    rule(left, Length(width * 40 // 300))
    line(right, STATE_NAME, 13 if _lies(document) else 12, bold=True)
    line(right, MOTTO, 14 if _lies(document) else 13, bold=True)
    rule(right, Length(width * 60 // 400))
    if words.number:
        line(left, words.number, 13)
    if words.subject:
        line(left, words.subject, 12)
    if words.place:
        line(right, f"{words.place}, {date_line(words.day, words.year)}", 14, italic=True)


def place_of(province: str) -> str:
    """Where papers are dated: "Sông Mây" of "tỉnh Sông Mây"."""
    return province.removeprefix("tỉnh ").removeprefix("thành phố ")


def _body_name(name: str) -> str:
    """In capitals; the place stays on one line: "TỈNH SÔNG MÂY" is not torn after "TỈNH"."""
    return _PLACE.sub(lambda found: found[0].replace(" ", "\u00a0"), name.upper())


def date_line(day: dt.date | None, year: int = 0) -> str:
    """ "ngày 05 tháng 01 năm 2026": days to 9 and the months 1 and 2 with a nought; None leaves room."""
    if day is None:
        return f"ngày        tháng        năm {year}" if year else "ngày        tháng        năm"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def title(document: Any, kind: str, *about: str) -> None:
    """The kind of paper in capitals and, under it, what it is about; a short rule below."""
    first = line(document, kind.upper(), 14, bold=True)
    first.paragraph_format.space_before = Pt(12)
    for words in about:
        last = line(document, words, 14, bold=True)
        last.paragraph_format.keep_with_next = True
    rule(document, Length(usable_width(lying=_lies(document)) * 2 // 5))


# ── The text ────────────────────────────────────────────────────────────────────────────────────


def running(document: Any, words: str, *, bold: bool = False, italic: bool = False) -> Any:
    """A paragraph of running text: justified, first line indented."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    run = paragraph.add_run(printable(words))
    run.bold, run.italic = bold, italic
    return paragraph


def heading(document: Any, words: str) -> Any:
    """A heading in the text, kept with what follows it."""
    paragraph = running(document, words, bold=True)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def lines(document: Any, text: str) -> None:
    """Each line of a text as a paragraph of its own; empty lines are left out."""
    for words in filter(None, map(str.strip, text.split("\n"))):
        running(document, words)


def table(
    document: Any, headings: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[int]
) -> None:
    """A ruled table whose head is repeated on each page; a row is not torn over two unless it is long."""
    widths = shared_out(usable_width(lying=_lies(document)), shares)
    body = empty_table(document, headings, widths)
    for row in rows:
        cells = "".join(cell_xml(words_xml(words), width) for words, width in zip(row, widths, strict=True))
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if sum(map(len, row)) < 900 else ""
        body.append(parse_xml(f"<w:tr {nsdecls('w')}>{whole}{cells}</w:tr>"))
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)


def empty_table(document: Any, headings: Sequence[str], widths: Sequence[int]) -> Any:
    """The element of a table that has its head only; widths in twentieths of a point."""
    made = document.add_table(rows=1, cols=len(headings))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for grid, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.w = Length(width * _TWIP)
    for cell, words, width in zip(made.rows[0].cells, headings, widths, strict=True):
        cell.width = Length(width * _TWIP)
        paragraph = cell.paragraphs[0]
        paragraph.style = "Bảng"
        paragraph.alignment = CENTRE
        paragraph.add_run(words).bold = True
    properties = made.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
    return made._tbl


def cell_xml(content: str, width: int, merge: str = "") -> str:
    """A ``<w:tc>`` around paragraphs; ``merge`` is "", "restart" or "continue" (merged downwards)."""
    joined = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{joined}</w:tcPr>{content}</w:tc>'


def row_across(text: str, width: int, columns: int) -> str:
    """A heading over the whole width of a table, kept with the row under it."""
    words = words_xml(text, bold=True, keep=True)
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f'<w:gridSpan w:val="{columns}"/>{shade}</w:tcPr>{words}</w:tc></w:tr>'
    )


def words_xml(text: str, *, bold: bool = False, keep: bool = False) -> str:
    """A ``<w:p>`` a line, in the style of table text."""
    style = f'<w:pPr><w:pStyle w:val="Bng"/>{"<w:keepNext/>" if keep else ""}</w:pPr>'
    mark = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return (
        "".join(
            f'<w:p>{style}<w:r>{mark}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
            for words in escape(printable(text)).split("\n")
            if words
        )
        or "<w:p/>"
    )


# ── Below the text ──────────────────────────────────────────────────────────────────────────────


def signatures(document: Any, *signing: Signature, recipients: Sequence[str] = ()) -> None:
    """One signature at the right with "Nơi nhận" at its left; two side by side with "Nơi nhận" below.

    The last paragraph stays with them: nobody signs a page without words.
    """
    apart = document.add_paragraph()
    apart.paragraph_format.space_after = Pt(0)
    for paragraph in document.paragraphs[-2:]:
        paragraph.paragraph_format.keep_with_next = True
    left, right = two_cells(document, 48)
    if len(signing) == 2:
        _signature(left, signing[0])
        _signature(right, signing[1])
        if recipients:
            _recipients(document, recipients)
        return
    _signature(right, signing[0])
    if recipients:
        _recipients(left, recipients)


def _signature(cell: Any, signing: Signature) -> None:
    for words in signing.office:
        line(cell, words.upper(), 14, bold=True).paragraph_format.keep_with_next = True
    if signing.note:
        line(cell, signing.note, 13, italic=True)
    if signing.name:
        for _ in range(LEAST_SIGNING_ROOM):
            line(cell, "", 14).paragraph_format.keep_with_next = True
        line(cell, signing.name, 14, bold=True)


def _recipients(where: Any, recipients: Sequence[str]) -> None:
    """ "Nơi nhận:" 12 pt bold italic, the list 11 pt."""
    left = WD_ALIGN_PARAGRAPH.LEFT
    first = line(where, "Nơi nhận:", 12, bold=True, italic=True)
    first.alignment = left
    first.paragraph_format.keep_with_next = True
    for place, words in enumerate(recipients, start=1):
        ending = "." if place == len(recipients) else ";"
        line(where, f"- {words}{ending}", 11).alignment = left


# ── Pieces ──────────────────────────────────────────────────────────────────────────────────────


def two_cells(document: Any, left_share: int) -> tuple[Any, Any]:
    """A table without lines: two blocks side by side, each starting with no paragraph of its own."""
    made = document.add_table(rows=1, cols=2)
    made.autofit = False
    _without_padding(made)
    width = usable_width(lying=_lies(document))
    row = made.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    shares = (left_share, 100 - left_share)
    for cell, grid, share in zip(row.cells, made._tbl.tblGrid.gridCol_lst, shares, strict=True):
        cell.width = grid.w = Length(width * share // 100)
    return row.cells[0], row.cells[1]


def _without_padding(made: Any) -> None:
    """The name of the state fills its half of a standing page: not a millimetre is given away."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    made._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def line(where: Any, words: str, points: int, *, bold: bool = False, italic: bool = False) -> Any:
    """A centred line; the empty paragraph a new cell begins with is used first."""
    paragraph = _first_of(where) or where.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(printable(words))
    run.bold, run.italic = bold, italic
    run.font.size = Pt(points)
    return paragraph


def rule(where: Any, inset: Length) -> None:
    """The thin line under a name, drawn as the lower edge of an empty, small paragraph."""
    paragraph = where.add_paragraph()
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


def _first_of(where: Any) -> Any:
    """The paragraph of a cell in which nothing stands yet, or None."""
    if not hasattr(where, "width") or len(where.paragraphs) != 1:
        return None
    only = where.paragraphs[0]
    return None if only.runs else only


def _lies(document: Any) -> bool:
    return bool(document.sections[0].orientation == WD_ORIENT.LANDSCAPE)
