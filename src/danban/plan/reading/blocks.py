"""A plan's file as paragraphs and tables. A cell that is merged over rows or columns is one object there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from danban.common.text import clean
from danban.lawtext.encoding import to_unicode
from danban.lawtext.numbering import Numbering
from danban.lawtext.read_docx import (
    BR,
    CR,
    FALLBACK,
    HYPHEN,
    MOVED_AWAY,
    PPR,
    PTAB,
    TAB,
    TBL,
    TC,
    TEXT_BOX,
    TR,
    P,
    T,
    W,
    parse_xml,
)

VAL = W + "val"
_DRAWN = {TAB: " ", PTAB: " ", BR: "\n", CR: "\n", HYPHEN: "-"}
_ASIDE = frozenset({TEXT_BOX, MOVED_AWAY, FALLBACK, PPR})
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell, its paragraphs as lines. Two cells with the same words are not the same."""

    text: str
    place: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length; the same ``Cell`` stands at every place it is merged over."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def cells(self) -> list[Cell]:
        """Each cell once, in reading order."""
        return list(dict.fromkeys(cell for row in self.rows for cell in row))


Block = str | Table


def text_blocks(text: str) -> list[Block]:
    return [line for raw in text.splitlines() if (line := clean(raw))]


def docx_blocks(data: bytes) -> list[Block]:
    """The body in order; what floats beside it (text boxes) follows the paragraph that holds it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        document = parse_xml(archive.read("word/document.xml"))
        parts = [
            parse_xml(archive.read(name)) if name in names else None
            for name in ("word/numbering.xml", "word/styles.xml")
        ]
    _to_unicode(document)
    reader = _Reader(Numbering(*parts))
    return list(reader.blocks(document.find(W + "body")))


def _to_unicode(document: Any) -> None:
    """Plans kept since before Unicode come in TCVN3 or VNI; which, all the words together tell."""
    runs = [run for run in document.iter(T) if run.text]
    texts = to_unicode("\n".join(run.text.replace("\n", " ") for run in runs)).split("\n")
    for run, text in zip(runs, texts, strict=False):
        run.text = text


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._cells = 0

    def blocks(self, parent: Any, *, in_cell: bool = False) -> Iterator[Block]:
        for child in parent if parent is not None else ():
            if child.tag == P:
                yield from self._paragraph(child, in_cell)
            elif child.tag == TBL:
                yield from self._table(child)
            elif child.tag not in (PPR, W + "tcPr", W + "sectPr"):
                yield from self.blocks(child, in_cell=in_cell)

    def _paragraph(self, paragraph: Any, in_cell: bool) -> Iterator[Block]:
        """An empty paragraph in a cell may still have a number that Word draws: the column STT."""
        words = _words(paragraph)
        text = clean(words if in_cell else words.replace("\n", " "))
        properties = paragraph.find(PPR)
        label = self._numbering.label(properties) if properties is not None else ""
        if text or (label and in_cell):
            yield f"{label} {text}".strip()
        for box in paragraph.iter(TEXT_BOX):
            if not any(above.tag == FALLBACK for above in box.iterancestors()):
                yield from self.blocks(box)

    def _table(self, table: Any) -> Iterator[Block]:
        rows: list[list[Cell]] = []
        for row in _own(table, TR, TBL):
            rows.append(self._row(row, rows[-1] if rows else []))
        width = max((len(row) for row in rows), default=0)
        if width <= 2 and len(rows) <= 3:  # a frame that places the letterhead or the signature
            for cell in dict.fromkeys(cell for row in rows for cell in row):
                yield from (line for line in cell.text.splitlines() if line)
        elif width:
            empty = [self._cell("") for _ in range(width)]
            yield Table(tuple((*row, *empty[len(row) :]) for row in rows))

    def _row(self, row: Any, above: list[Cell]) -> list[Cell]:
        before = row.find(f"{W}trPr/{W}gridBefore")
        cells = [self._cell("") for _ in range(min(_number(before, 0), MOST_COLUMNS))]
        for one in _own(row, TC, TR):
            span = max(1, _number(one.find(f"{W}tcPr/{W}gridSpan"), 1))
            merge = one.find(f"{W}tcPr/{W}vMerge")
            lines = "\n".join(self._lines(one))
            goes_on = merge is not None and merge.get(VAL) != "restart" and len(cells) < len(above)
            cell = above[len(cells)] if goes_on and not lines else self._cell(lines)
            cells.extend([cell] * min(span, MOST_COLUMNS - len(cells)))
        return cells

    def _lines(self, cell: Any) -> Iterator[str]:
        for block in self.blocks(cell, in_cell=True):
            if isinstance(block, Table):
                yield from (one.text for one in block.cells if one.text)
            else:
                yield block

    def _cell(self, text: str) -> Cell:
        self._cells += 1
        return Cell(text, self._cells)


def _words(paragraph: Any) -> str:
    """The words of a paragraph, its line breaks kept; without text boxes and text moved elsewhere."""
    parts: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == T:
            parts.append(element.text or "")
        elif element.tag in _DRAWN:
            parts.append(_DRAWN[element.tag])
        elif element.tag not in _ASIDE:
            waiting.extend(reversed(element))
    return "".join(parts)


def _own(parent: Any, tag: str, holder: str) -> list[Any]:
    """Elements of a table or row itself, not of one inside it."""
    return [one for one in parent.iter(tag) if next(one.iterancestors(holder)) is parent]


def _number(element: Any, otherwise: int) -> int:
    value = element.get(VAL, "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 4 else otherwise
