"""The table as .docx for the dossier: landscape A4, Times New Roman, heading row on every page.

Layout of Decree 30/2020/NĐ-CP (Appendix I). Added words are bold and underlined, dropped words struck
through, so that a black and white copy still tells them apart.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from danban.lawtext.comparison.rows import COLUMNS, Row, rows
from danban.lawtext.diff import Alignment, Piece
from danban.lawtext.tree import Document

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.section import Section

FONT = "Times New Roman"
# Twentieths of a point; A4 on its side less margins of 3 cm and 1.5 cm.
WIDTHS = (5900, 5900, 2480)
_MARGIN_MM = {"left": 30, "right": 15, "top": 20, "bottom": 20}
_STYLES = {"equal": "", "insert": '<w:b/><w:u w:val="single"/>', "delete": "<w:strike/>"}
_CLOSE = '<w:spacing w:before="40" w:after="40"/>'
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_docx(old: Document, new: Document, alignment: Alignment, *, only_changed: bool = False) -> bytes:
    """The file's bytes."""
    # python-docx takes a tenth of a second to load, and most processes never print a table.
    from docx.oxml import parse_xml

    paper = _paper(new.title)
    found = rows(old, new, alignment, only_changed=only_changed)
    table = parse_xml("".join(_table(found)))
    body = paper.element.body
    body.insert(len(body) - 1, table)
    data = io.BytesIO()
    paper.save(data)
    return data.getvalue()


def _paper(title: str) -> Paper:
    """An empty page of the right size with its title."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    paper = docx.Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(_MARGIN_MM["left"]), Mm(_MARGIN_MM["right"])
    section.top_margin, section.bottom_margin = Mm(_MARGIN_MM["top"]), Mm(_MARGIN_MM["bottom"])
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    for text, size in (("BẢNG SO SÁNH", 14), (title, 13)):
        if text:
            line = paper.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = line.add_run(_clean(text))
            run.bold, run.font.size = True, Pt(size)
    paper.core_properties.title = _clean(f"Bảng so sánh: {title}" if title else "Bảng so sánh")[:255]
    paper.core_properties.author = ""
    paper.core_properties.comments = ""
    paper.core_properties.language = "vi-VN"
    _number_pages(section)
    return paper


def _number_pages(section: Section) -> None:
    """Page numbers stand in the middle of the upper margin, the first page has none (Appendix I, II.7)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml

    section.different_first_page_header_footer = True
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = f'<w:fldSimple xmlns:w="{_NAMESPACE}" w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    line._p.append(parse_xml(field))


def _table(found: Iterable[Row]) -> Iterator[str]:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    yield (
        f'<w:tbl xmlns:w="{_NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    heads = "".join(
        _cell(width, f'<w:p><w:pPr>{_CLOSE}<w:jc w:val="center"/></w:pPr>' + _run(name, "<w:b/>") + "</w:p>")
        for name, width in zip(COLUMNS, WIDTHS, strict=True)
    )
    yield f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{heads}</w:tr>"
    for row in found:
        sides = (
            _paragraphs(row.old),
            _paragraphs(row.new),
            f"<w:p><w:pPr>{_CLOSE}</w:pPr>{_run(row.note, '')}</w:p>",
        )
        cells = "".join(_cell(width, inside) for width, inside in zip(WIDTHS, sides, strict=True))
        yield f"<w:tr>{cells}</w:tr>"
    yield "</w:tbl>"


def _cell(width: int, inside: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


def _paragraphs(pieces: Iterable[Piece]) -> str:
    """One paragraph for each line of a cell; a cell is never without one."""
    lines = [""]
    for op, text in pieces:
        for index, line in enumerate(text.split("\n")):
            if index:
                lines.append("")
            if line:
                lines[-1] += _run(line, _STYLES[op])
    return "".join(f'<w:p><w:pPr>{_CLOSE}<w:jc w:val="both"/></w:pPr>{line}</w:p>' for line in lines)


def _run(text: str, style: str) -> str:
    properties = f"<w:rPr>{style}</w:rPr>" if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r>'


def _clean(text: str) -> str:
    """Text that XML can carry."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
