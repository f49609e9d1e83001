"""Word files on zipfile and lxml alone: the body in order, list labels resolved, changes accepted.

One line a paragraph, cells of tables included. A line break inside a paragraph is a space, unless a marked
unit begins behind it ("1. …" typed with Shift+Enter). What is set aside is said in the notes.

ECMA-376 part 1: 17.3 (paragraphs), 17.9 (numbering), 17.11 (footnotes), 17.13.5 (tracked changes).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from danban.lawtext.encoding import plain_lines
from danban.lawtext.marks import mark_of
from danban.lawtext.numbering import Numbering, style_of
from danban.lawtext.source import ReadError, Source, SourceLine

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
P, PPR, T, TBL, TR, TC = (W + name for name in ("p", "pPr", "t", "tbl", "tr", "tc"))
TAB, PTAB, BR, CR, HYPHEN = (W + name for name in ("tab", "ptab", "br", "cr", "noBreakHyphen"))
TEXT_BOX, MOVED_AWAY = W + "txbxContent", W + "moveFrom"
_DRAWN = (TAB, PTAB, BR, CR, HYPHEN)
_ASIDE = (TEXT_BOX, MOVED_AWAY, FALLBACK)
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_MARGINAL = ("header", "footer", "comments", "footnotes", "endnotes")
_CHANGES = "w:ins|w:del|w:rPrChange|w:pPrChange|w:moveFrom"
_CAREFUL = f"{_CHANGES}|w:numPr|w:txbxContent|w:commentReference|mc:Fallback"
_NAMED = re.compile(rf"<({_CAREFUL})\b".encode())
_LOOKS = re.compile(
    rb"<w:(?:spacing|ind|widowControl|snapToGrid|jc|shd|keepNext|keepLines|adjustRightInd|contextualSpacing"
    rb"|textAlignment|bookmarkStart|bookmarkEnd|proofErr|lastRenderedPageBreak)(?: [^<>]*)?/>"
)
_EDITS = re.compile(rb' (?:w:rsid\w*|w14:\w+Id)="[0-9A-F]{8}"')
"""Numbers of editing sessions and paragraphs: more attributes than a file has words."""
_CONTENTS = re.compile(rb'"(?:TOC|toc|Mclc)')
_TOC_STYLE = re.compile(r"(?:TOC|toc) ?\d|(?:TOC|toc)Heading|Mclc\d")
_USUAL = W[1:-1].encode()
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
LARGEST = 300_000_000
"""Bytes of all parts unpacked; no draft comes near, a zip bomb goes beyond."""
SHOWN_CHANGES = 20

Raw = tuple[str, str]
"""Words of a paragraph and its kind: "", "table", "toc" or "footnote"."""


def parse_xml(data: bytes) -> Any:
    """Untrusted XML: no entities, no network, no giant trees; the strict dialect named as the usual."""
    if _STRICT in data[:4000]:
        data = data.replace(_STRICT, _USUAL)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, collect_ids=False
    )
    return etree.fromstring(data, parser)


def read_docx(data: bytes) -> Source:
    """The lines of a .docx; ReadError when it is broken, locked with a password, or no Word file."""
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise ReadError("Tệp Word này đặt mật khẩu hoặc là tệp .doc cũ. Hãy bỏ mật khẩu và lưu dạng .docx.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise ReadError("Tệp Word này bung ra quá lớn, không đọc.")
            return _read(archive)
    except (
        zipfile.BadZipFile,
        KeyError,
        etree.XMLSyntaxError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise ReadError(
            "Tệp Word bị hỏng, không mở được. Hãy mở bằng Word, lưu lại dạng .docx rồi thử lại."
        ) from error


def _read(archive: zipfile.ZipFile) -> Source:
    names = set(archive.namelist())

    def part(name: str, *unread: str) -> Any:
        return _plain_tree(archive.read(name), *unread) if name in names else None

    data = archive.read("word/document.xml")
    named = _named(data)
    styles = archive.read("word/styles.xml") if "word/styles.xml" in names else b""
    numbered_styles = _plain_tree(styles, "w:rPr") if styles and "w:numPr" in _named(styles) else None
    lists = numbered_styles is not None or "w:numPr" in named
    numbering = Numbering(part("word/numbering.xml", "w:pPr", "w:rPr") if lists else None, numbered_styles)
    walker = _Body(numbering, data, named)
    document = _plain_tree(data, "w:rPr" if walker.needs_properties else "w:pPr", "w:rPr", named=named)
    _draw(document)
    walker.blocks(document.find(W + "body"), "")
    raws = [*walker.raws, *_footnotes(part("word/footnotes.xml"))]
    marginal = [
        text
        for name in sorted(names)
        if name.startswith("word/") and name[5:].startswith(_MARGINAL) and name.endswith(".xml")
        for text in plain_lines(map(_words, _draw(parse_xml(archive.read(name))).iter(P)))
        if text.strip()
    ]
    notes = tuple(_notes(document)) if named & {"w:ins", "w:del", "w:commentReference"} else ()
    return Source("docx", tuple(_lines(raws)), notes, tuple(marginal))


def _plain_tree(data: bytes, *unread: str, named: frozenset[str] | None = None) -> Any:
    """The tree of a part without what nobody reads: how letters and paragraphs look, most of a file.

    Where these hold more than looks, tracked changes, the tree is whole. ``named``: see ``_named``.
    """
    if (_named(data) if named is None else named) & {"w:rPrChange", "w:pPrChange", "w:del"}:
        return parse_xml(data)
    plain = data
    for tag in dict.fromkeys((*unread, "w:tabs")):
        first, *rest = plain.split(f"<{tag}>".encode())
        end = f"</{tag}>".encode()
        plain = first + b"".join([piece.partition(end)[2] for piece in rest])
    plain = _EDITS.sub(b"", _LOOKS.sub(b"", plain)).replace(b' xml:space="preserve"', b"")
    try:
        return parse_xml(plain)
    except etree.XMLSyntaxError:
        return parse_xml(data)


def _named(data: bytes) -> frozenset[str]:
    """Which elements that ask for care a part has: asking its bytes once is cheaper than walking its tree.

    All of them when the part does not use the usual prefix, since then its bytes do not tell.
    """
    if b'xmlns:w="' not in data[:8000]:
        return frozenset(_CAREFUL.split("|"))
    return frozenset(map(bytes.decode, _NAMED.findall(data)))


def _lines(raws: list[Raw]) -> Iterator[SourceLine]:
    """Paragraphs as lines, their encoding settled over the whole text at once."""
    texts: list[str] = []
    kinds: list[str] = []
    for raw, kind in raws:
        for piece in _pieces(raw) if "\n" in raw else (raw,):
            texts.append(piece)
            kinds.append(kind)
    for text, kind in zip(plain_lines(texts), kinds, strict=True):
        yield SourceLine(text, kind)


def _pieces(raw: str) -> Iterator[str]:
    held = ""
    for piece in raw.split("\n"):
        if held and mark_of(piece):
            yield held
            held = piece
        else:
            held = f"{held} {piece}".strip() if held else piece
    yield held


class _Body:
    """Walks paragraphs and tables in order; ``raws`` grows. Text boxes follow the paragraph holding them."""

    def __init__(self, numbering: Numbering, data: bytes, named: frozenset[str]) -> None:
        self.raws: list[Raw] = []
        self._numbering = numbering
        self._has_asides = bool(named & {"w:txbxContent", "w:moveFrom", "mc:Fallback"})
        self._has_deletions = "w:del" in named
        self._has_lists = "w:numPr" in named or numbering.has_styles
        self._has_contents = _CONTENTS.search(data) is not None
        self.needs_properties = self._has_deletions or self._has_lists or self._has_contents
        self._joined = ""

    def blocks(self, parent: Any, kind: str) -> None:
        for child in parent if parent is not None else ():
            tag = child.tag
            if tag == P:
                self._paragraph(child, kind)
            elif tag == TBL:
                self._table(child, kind)
            elif tag in _WRAPPERS:
                self.blocks(child, "toc" if _is_contents(child) else kind)

    def _paragraph(self, paragraph: Any, kind: str) -> None:
        aside = self._has_asides and next(paragraph.iter(*_ASIDE), None) is not None
        text = words_of(paragraph) if aside else _words(paragraph)
        if self.needs_properties and len(paragraph) and (properties := paragraph[0]).tag == PPR:
            if self._has_deletions and _mark_deleted(properties):
                self._joined += text
                return
            label = self._numbering.label(properties) if self._has_lists else ""
            if label and text.strip() and not self._joined:
                text = f"{label} {text}"
            if self._has_contents and _TOC_STYLE.match(style_of(properties)):
                kind = "toc"
        self.raws.append((self._joined + text, kind))
        self._joined = ""
        if aside:
            for box in paragraph.iter(TEXT_BOX):
                if not any(above.tag == FALLBACK for above in box.iterancestors()):
                    self.blocks(box, kind)

    def _table(self, table: Any, kind: str) -> None:
        inside = "table" if _is_grid(table) else kind
        for row in table.iter(TR):
            if next(row.iterancestors(TBL)) is table:
                for cell in row.iter(TC):
                    if next(cell.iterancestors(TBL)) is table:
                        self.blocks(cell, inside)


def _is_grid(table: Any) -> bool:
    """A table of data; a frame of two cells that places the letterhead or the signature is not."""
    rows = table.findall(TR)
    return not (len(rows) <= 3 and all(len(row.findall(TC)) <= 2 for row in rows))


def _is_contents(block: Any) -> bool:
    gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _mark_deleted(properties: Any) -> bool:
    """A tracked deletion of the paragraph's end: accepted, it runs on into the next paragraph."""
    run = properties.find(W + "rPr")
    return run is not None and run.find(W + "del") is not None


def _draw(tree: Any) -> Any:
    """The tree with tabs, breaks and hyphens turned to text, so that paragraphs are read by ``w:t`` alone."""
    for element in tree.iter(*_DRAWN):
        if element.tag == HYPHEN:
            element.text = "-"
        elif element.tag in (BR, CR):
            element.text = "\n" if element.get(W + "type") in (None, "textWrapping") else " "
        elif element.getparent().tag != W + "tabs":
            element.text = " "
        element.tag = T
    return tree


def _words(paragraph: Any) -> str:
    """The words of a paragraph as accepted: inserted text stands in ``w:t``, deleted in ``w:delText``."""
    return "".join([element.text or "" for element in paragraph.iter(T)])


def words_of(paragraph: Any) -> str:
    """The same without text boxes, text moved elsewhere, and drawings' second versions."""
    parts: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == T:
            parts.append(element.text or "")
        elif element.tag not in _ASIDE:
            waiting.extend(reversed(element))
    return "".join(parts)


def _footnotes(root: Any) -> Iterator[Raw]:
    for note in _draw(root).iter(W + "footnote") if root is not None else ():
        if note.get(W + "type") is None:
            for paragraph in note.iter(P):
                text = _words(paragraph)
                if text.strip():
                    yield text, "footnote"


def _deleted_words(change: Any) -> str:
    return "".join(part.text or "" for part in change.iter(W + "delText"))


def _notes(document: Any) -> Iterator[str]:
    """What a reader should know of the file: changes that were accepted, comments left in."""
    inserted = [words for change in document.iter(W + "ins") if (words := _words(change))]
    deleted = [words for change in document.iter(W + "del") if (words := _deleted_words(change))]
    if inserted or deleted:
        yield (
            f"Tệp còn dấu vết sửa (Track Changes): {len(inserted)} chỗ thêm, {len(deleted)} chỗ bỏ; "
            "đã đọc như khi chấp nhận tất cả."
        )
        for what, changes in (("Đã bỏ", deleted), ("Đã thêm", inserted)):
            yield from (f"{what}: “{one.strip()}”" for one in changes[:SHOWN_CHANGES] if one.strip())
    comments = sum(1 for _ in document.iter(W + "commentReference"))
    if comments:
        yield f"Tệp còn {comments} ghi chú bên lề của người soạn; chúng không thuộc văn bản."
