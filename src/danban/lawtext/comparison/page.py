"""The table as one HTML page without style or script: ``ins`` and ``del`` carry the change by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from danban.lawtext.comparison.rows import COLUMNS, rows
from danban.lawtext.diff import Alignment, Piece
from danban.lawtext.tree import Document

_TAGS = {
    "equal": ("", ""),
    "insert": ('<ins class="added">', "</ins>"),
    "delete": ('<del class="removed">', "</del>"),
}


def as_html(old: Document, new: Document, alignment: Alignment, *, only_changed: bool = False) -> str:
    """The page; each row has the class of its change: ``change-edited``, ``change-new`` …"""
    return "\n".join(_lines(old, new, alignment, only_changed))


def _lines(old: Document, new: Document, alignment: Alignment, only_changed: bool) -> Iterator[str]:
    title = escape(f"Bảng so sánh: {new.title}" if new.title else "Bảng so sánh")
    yield '<!DOCTYPE html>\n<html lang="vi">\n<head>'
    yield f'<meta charset="utf-8"><title>{title}</title></head>\n<body>'
    yield f'<h1>{title}</h1>\n<table class="comparison">\n<thead><tr>'
    yield "".join(f'<th scope="col">{name}</th>' for name in COLUMNS) + "</tr></thead>\n<tbody>"
    for row in rows(old, new, alignment, only_changed=only_changed):
        cells = f"<td>{_cell(row.old)}</td><td>{_cell(row.new)}</td><td>{escape(row.note)}</td>"
        yield f'<tr class="change-{row.entry.change}">{cells}</tr>'
    yield "</tbody>\n</table>\n</body>\n</html>"


def _cell(pieces: Iterable[Piece]) -> str:
    """A cell's words, a paragraph for each line; a marked run that spans lines is marked in each."""
    paragraphs = [""]
    for op, text in pieces:
        opening, closing = _TAGS[op]
        for index, line in enumerate(text.split("\n")):
            if index:
                paragraphs.append("")
            if line:
                paragraphs[-1] += f"{opening}{escape(line)}{closing}"
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)
