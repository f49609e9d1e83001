"""PDF files with a text layer: wrapped lines are joined again, running heads and page numbers set apart."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2 as pdfium

from danban.lawtext.marks import ARTICLE, mark_of
from danban.lawtext.encoding import lines_of
from danban.lawtext.source import ReadError, Source, SourceLine

_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
_ENDS = re.compile(r"[.;:?!”\"/]\s*$|^\W*$")
LEAST_LETTERS_A_PAGE = 60


def read_pdf(data: bytes) -> Source:
    """The lines of a PDF; ReadError for one that is encrypted, broken, or only pictures."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        secret = "assword" in str(error)
        raise ReadError(
            "Tệp PDF đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lại."
            if secret
            else "Tệp PDF bị hỏng, không mở được."
        ) from error
    try:
        pages = [_page_lines(document, index) for index in range(len(document))]
    finally:
        document.close()
    letters = sum(len(line) for page in pages for line in page)
    if letters < LEAST_LETTERS_A_PAGE * max(1, len(pages)):
        raise ReadError("Tệp PDF này là bản quét, không có chữ. Hãy tải tệp .docx, hoặc PDF xuất từ Word.")
    repeated = _running_heads(pages)
    lines: list[SourceLine] = []
    for page in pages:
        _add_page(lines, page, repeated)
    return Source("pdf", tuple(lines))


def _page_lines(document: pdfium.PdfDocument, index: int) -> list[str]:
    page = document[index]
    text_page = page.get_textpage()
    try:
        return [line for line in lines_of(text_page.get_text_bounded()) if line.strip()]
    finally:
        text_page.close()
        page.close()


def _running_heads(pages: list[list[str]]) -> set[str]:
    """Lines that stand at the top or the bottom of many pages, numbers apart."""
    edges = Counter(re.sub(r"\d+", "#", line.strip()) for page in pages for line in {*page[:2], *page[-2:]})
    return {line for line, count in edges.items() if len(pages) >= 4 and count > len(pages) * 0.5}


def _add_page(lines: list[SourceLine], page: list[str], repeated: set[str]) -> None:
    for place, line in enumerate(page):
        bare = line.strip()
        edge = place < 2 or place >= len(page) - 2
        if edge and (_PAGE_NUMBER.fullmatch(bare) or re.sub(r"\d+", "#", bare) in repeated):
            lines.append(SourceLine(bare, "page"))
        elif (before := _continues(lines, bare)) is not None:
            lines[before] = SourceLine(f"{lines[before].text} {bare}")
        else:
            lines.append(SourceLine(bare))


def _continues(lines: list[SourceLine], bare: str) -> int | None:
    """The line that this one goes on with, over page numbers between them; None when it begins anew."""
    before = len(lines) - 1
    while before >= 0 and lines[before].kind == "page":
        before -= 1
    if before < 0:
        return None
    text = lines[before].text
    if mark_of(bare) and (_ENDS.search(text) or mark_of(bare).level == ARTICLE):  # type: ignore[union-attr]
        return None
    if text.isupper() and not bare.isupper():
        return None
    if bare[:1].islower() or bare[:1] in ",;)":
        return before
    return before if not _ENDS.search(text) and len(text) > 60 and not bare.isupper() else None
