"""PDF files with a text layer: wrapped lines are joined again; heads, page numbers and footnotes set apart.

pdfium gives the lines as drawn. Where a line begins and ends on the page, and how large its letters are,
tells a new paragraph from a line that goes on.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from danban.lawtext.encoding import tidy_text
from danban.lawtext.marks import ARTICLE, POINT, SUBPOINT, mark_of
from danban.lawtext.source import ReadError, Source, SourceLine

_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
_ENDS = re.compile(r"[.;:?!”\"/]\s*(?:\[\d+\])?\s*$")
_GLUED = re.compile(r"(?<=[^\W\d_])\d{1,3}(?![\d\w])|(?<=[^\W\d_][.,;:”])\d{1,3}(?=\s*$)")
_NOTE = re.compile(r"\s*(?:\[\d+\]|\d{1,3}|\*)\s*\S")
LEAST_LETTERS_A_PAGE = 60
LONG = 40
"""A line of at least so many letters shows where the margins are."""


class _Drawn(NamedTuple):
    """A line as drawn: words, left and right edge, height of the baseline, size of its letters (points)."""

    text: str
    left: float
    right: float
    base: float
    size: float


class _Page(NamedTuple):
    lines: list[_Drawn]
    left: float
    right: float


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
        pages = [_page_of(document, index) for index in range(len(document))]
    except pdfium.PdfiumError as error:
        raise ReadError("Tệp PDF bị hỏng, không đọc được trang nào đó.") from error
    finally:
        document.close()
    letters = sum(len(line.text) for page in pages for line in page.lines)
    if letters < LEAST_LETTERS_A_PAGE * max(1, len(pages)):
        raise ReadError("Tệp PDF này là bản quét, không có chữ. Hãy tải tệp .docx, hoặc PDF xuất từ Word.")
    return Source("pdf", tuple(_joined(pages)))


def _page_of(document: pdfium.PdfDocument, index: int) -> _Page:
    page = document[index]
    text_page = page.get_textpage()
    try:
        lines = list(_drawn(text_page))
    finally:
        text_page.close()
        page.close()
    long = [line for line in lines if len(line.text) >= LONG] or lines
    left = min((line.left for line in long), default=0.0)
    right = max((line.right for line in long), default=0.0)
    return _Page(lines, left, right)


def _drawn(text_page: pdfium.PdfTextPage) -> Iterator[_Drawn]:
    text = text_page.get_text_range()
    measure = _Measure(text_page.raw)
    place = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = place + len(line) - len(line.lstrip())
            yield _line_at(measure, first, bare)
        place += len(line) + 1


def _line_at(measure: _Measure, first: int, bare: str) -> _Drawn:
    last = first + len(bare) - 1
    left, base, _ = measure.box(first)
    _, _, right = measure.box(last)
    size = measure.size(first + len(bare) // 2)
    return _Drawn(_notes_marked(measure, first, bare, size), left, right, base, size)


def _notes_marked(measure: _Measure, first: int, text: str, size: float) -> str:
    """A footnote's number stands small and high behind a word: "điều chỉnh12" → "điều chỉnh[12]"."""

    def marked(match: re.Match[str]) -> str:
        small = measure.size(first + match.start()) < size * 0.8
        return f"[{match[0]}]" if small else match[0]

    return _GLUED.sub(marked, text) if any(map(str.isdigit, text)) else text


class _Measure:
    """Boxes and sizes of characters of one page, by index."""

    def __init__(self, page: object) -> None:
        self._page = page
        self._left, self._right = ctypes.c_double(), ctypes.c_double()
        self._bottom, self._top = ctypes.c_double(), ctypes.c_double()

    def box(self, index: int) -> tuple[float, float, float]:
        """(left, bottom, right) of a character in points."""
        raw.FPDFText_GetCharBox(self._page, index, self._left, self._right, self._bottom, self._top)
        return self._left.value, self._bottom.value, self._right.value

    def size(self, index: int) -> float:
        """The size a character is drawn in; files that scale their letters say 1, then the box counts."""
        size = float(raw.FPDFText_GetFontSize(self._page, index))
        if size > 2:
            return size
        raw.FPDFText_GetCharBox(self._page, index, self._left, self._right, self._bottom, self._top)
        return self._top.value - self._bottom.value


def _joined(pages: Sequence[_Page]) -> Iterator[SourceLine]:
    """Paragraphs in order; what stands at the foot of a page comes after the paragraph it interrupts."""
    heads = _running_heads(pages)
    body_size = _body_size(pages)
    open_text, open_line, aside = "", None, list[SourceLine]()
    for page in pages:
        notes_from = _notes_from(page.lines, body_size)
        for place, line in enumerate(page.lines):
            if _is_furniture(line, place, len(page.lines), heads):
                aside.append(SourceLine(tidy_text(line.text), "page"))
            elif place >= notes_from:
                _add_note(aside, line)
            elif open_line is not None and _goes_on(open_text, open_line, line, page):
                open_text, open_line = f"{open_text} {line.text}", line
            else:
                if open_line is not None:
                    yield SourceLine(tidy_text(open_text))
                    yield from aside
                    aside = []
                open_text, open_line = line.text, line
    if open_line is not None:
        yield SourceLine(tidy_text(open_text))
    yield from aside


def _body_size(pages: Sequence[_Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _head_key(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip())


def _running_heads(pages: Sequence[_Page]) -> set[str]:
    """Lines that stand at the top or the bottom of many pages, numbers apart."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_head_key(line.text) for line in (*page.lines[:2], *page.lines[-2:])})
    return {key for key, count in edges.items() if len(pages) >= 4 and count > len(pages) * 0.3}


def _is_furniture(line: _Drawn, place: int, count: int, heads: set[str]) -> bool:
    if 2 <= place < count - 2:
        return False
    return _PAGE_NUMBER.fullmatch(line.text.strip()) is not None or _head_key(line.text) in heads


def _notes_from(lines: Sequence[_Drawn], body_size: float) -> int:
    """Where the footnotes of a page begin: small letters from a number on to the page's end."""
    place = len(lines)
    begin = place
    while place and lines[place - 1].size < body_size * 0.93:
        place -= 1
        if _NOTE.match(lines[place].text):
            begin = place
    return begin


def _add_note(aside: list[SourceLine], line: _Drawn) -> None:
    """A footnote's lines are one, until the next begins with its number."""
    text = tidy_text(line.text)
    if aside and aside[-1].kind == "footnote" and not re.match(r"\d{1,3}\s|\[\d+\]", text):
        aside[-1] = SourceLine(f"{aside[-1].text} {text}", "footnote")
    else:
        aside.append(SourceLine(text, "footnote"))


def _goes_on(text: str, before: _Drawn, line: _Drawn, page: _Page) -> bool:
    """Whether a line continues the paragraph before it."""
    first = line.text[:1]
    width = max(page.right - page.left, 1.0)
    indented = line.left > page.left + 12
    full = before.right > page.right - width * 0.08
    mark = mark_of(line.text)
    if mark is not None and mark.level < ARTICLE and not mark.bare:
        return False
    if text.isupper() or line.text.isupper():
        return False
    if mark is not None and (indented or _ENDS.search(text)) and mark.level <= SUBPOINT:
        return False
    if first.islower() and not (mark is not None and mark.level == POINT):
        return True
    if indented:
        return False
    return full or not _ENDS.search(text)
