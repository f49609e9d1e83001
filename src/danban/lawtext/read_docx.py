"""Word files on zipfile and lxml alone: the body in order, list labels resolved, changes accepted.

ECMA-376 part 1: 17.3 (paragraphs), 17.9 (numbering), 17.13.5 (tracked changes).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from danban.lawtext.encoding import lines_of
from danban.lawtext.numbering import Numbering
from danban.lawtext.source import ReadError, Source, SourceLine

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIP = frozenset(
    {W + "del", W + "moveFrom", W + "pPr", W + "rPr", MC_FALLBACK, W + "instrText", W + "footnoteReference"}
)
_MARGINAL = ("header", "footer", "comments", "footnotes", "endnotes")


def parse_xml(data: bytes) -> Any:
    """Untrusted XML: no entities, no network, no giant trees."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(data, parser)


def read_docx(data: bytes) -> Source:
    """The lines of a .docx: one a paragraph, table cells marked, footnotes after the body."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ReadError(
            "Tệp Word bị hỏng, không mở được. Hãy mở bằng Word, lưu lại dạng .docx rồi thử lại."
        ) from error


def _read(archive: zipfile.ZipFile) -> Source:
    names = set(archive.namelist())

    def part(name: str) -> Any:
        return parse_xml(archive.read(name)) if name in names else None

    document = parse_xml(archive.read("word/document.xml"))
    numbering = Numbering(part("word/numbering.xml"), part("word/styles.xml"))
    lines = [
        SourceLine(text, kind)
        for raw, kind in _blocks(document.find(W + "body"), numbering, "")
        for text in lines_of(raw)
    ]
    lines += [SourceLine(text, "footnote") for text in _footnotes(part("word/footnotes.xml"))]
    marginal = []
    for name in sorted(names):
        if name.startswith("word/") and name[5:].startswith(_MARGINAL) and name.endswith(".xml"):
            root = parse_xml(archive.read(name))
            marginal += [
                text
                for paragraph in root.iter(W + "p")
                for text in lines_of(_text(paragraph))
                if text.strip()
            ]
    return Source("docx", tuple(lines), tuple(_notes(document)), tuple(marginal))


def _blocks(parent: Any, numbering: Numbering, kind: str) -> Iterator[tuple[str, str]]:
    """Paragraphs and tables in order, those in text boxes right after the paragraph that holds them."""
    for child in parent if parent is not None else ():
        if child.tag == W + "p":
            label = numbering.label(child)
            text = _text(child)
            yield (f"{label} {text}" if label and text.strip() else text), kind
            for box in child.iter(W + "txbxContent"):
                if not any(above.tag == MC_FALLBACK for above in box.iterancestors()):
                    yield from _blocks(box, numbering, kind)
        elif child.tag == W + "tbl":
            for cell in child.iter(W + "tc"):
                if next(cell.iterancestors(W + "tbl")) is child:
                    yield from _blocks(cell, numbering, "table" if _is_grid(child) else kind)
        elif child.tag in (
            W + "sdt",
            W + "sdtContent",
            W + "ins",
            W + "moveTo",
            W + "customXml",
            W + "smartTag",
        ):
            yield from _blocks(child, numbering, kind)


def _is_grid(table: Any) -> bool:
    """A table of data; a frame of two cells that places the letterhead or the signature is not."""
    rows = table.findall(W + "tr")
    return not (len(rows) <= 3 and all(len(row.findall(W + "tc")) <= 2 for row in rows))


def _text(paragraph: Any) -> str:
    """The words of a paragraph in the accepted view, without those of text boxes."""
    parts: list[str] = []
    _collect(paragraph, parts)
    return "".join(parts)


def _collect(element: Any, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag == W + "t":
            parts.append(child.text or "")
        elif tag in (W + "tab", W + "ptab"):
            parts.append(" ")
        elif tag in (W + "br", W + "cr"):
            parts.append("\n" if child.get(W + "type") in (None, "textWrapping") else " ")
        elif tag == W + "noBreakHyphen":
            parts.append("-")
        elif tag in _SKIP or tag == W + "txbxContent":
            continue
        else:
            _collect(child, parts)


def _footnotes(root: Any) -> Iterator[str]:
    for note in root.iter(W + "footnote") if root is not None else ():
        if note.get(W + "type") is None:
            for paragraph in note.iter(W + "p"):
                yield from (text for text in lines_of(_text(paragraph)) if text.strip())


def _notes(document: Any) -> Iterator[str]:
    """What a reader should know of the file: changes that were accepted, comments left in."""
    inserted = len(document.findall(f".//{W}ins"))
    deleted = len(document.findall(f".//{W}del"))
    if inserted or deleted:
        yield f"Tệp còn dấu vết sửa (Track Changes): {inserted} chỗ thêm, {deleted} chỗ bỏ; đã đọc như khi chấp nhận tất cả."
    comments = len(document.findall(f".//{W}commentReference"))
    if comments:
        yield f"Tệp còn {comments} ghi chú bên lề của người soạn; chúng không thuộc văn bản."
