"""From lines to the tree of a document. Every line lands in exactly one node; nothing raises."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from danban.lawtext import grammar
from danban.lawtext.read import Source, SourceLine
from danban.lawtext.reading import RANK, Reader
from danban.lawtext.tree import Document, Doubt, Line, Node, Unit

LONGEST_HEADING = 300


def parse(source: Source | str, overrides: Mapping[int, tuple[Unit, str]] | None = None) -> Document:
    """The document in a source or a text. ``overrides``: line number → (unit, number), a person's word."""
    lines = source.lines if isinstance(source, Source) else tuple(SourceLine(t) for t in source.split("\n"))
    reader = Reader(overrides=dict(overrides or {}))
    for number, line in enumerate(lines, start=1):
        reader.take(number, unicodedata.normalize("NFC", line.text), line.kind)
    reader.finish()
    root = _tree(reader.lines)
    doubts = [*reader.doubts, *_repeats(reader.lines)]
    return Document(
        root=root,
        lines=tuple(reader.lines),
        doubts=tuple(sorted(doubts, key=lambda doubt: doubt.line)),
        title=_title(reader.lines),
        notes=source.notes if isinstance(source, Source) else (),
    )


def render_text(document: Document) -> str:
    """The text that was read, line for line."""
    return "\n".join(line.text for line in document.lines)


@dataclass(slots=True)
class _Draft:
    """A node while it is being filled."""

    unit: Unit
    number: str = ""
    address: str = ""
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    children: list[_Draft] = field(default_factory=list)
    quoted: list[_Draft] = field(default_factory=list)

    def node(self) -> Node:
        return Node(
            unit=self.unit,
            number=self.number,
            heading=" ".join(self.heading),
            text="\n".join(self.text).strip("\n"),
            address=self.address,
            lines=tuple(self.lines),
            children=tuple(child.node() for child in self.children),
            quoted=tuple(child.node() for child in self.quoted),
        )


LOOSE = (Unit.PREAMBLE, Unit.SIGNATURE, Unit.APPENDIX, Unit.REGULATION, Unit.TOC)


def _tree(lines: Iterable[Line]) -> Node:
    root = _Draft(Unit.DOCUMENT)
    base, stack = root, [root]
    quotes: list[_Draft] = []
    for line in lines:
        if line.quoted:
            quotes = _quote(stack[-1], quotes, line)
            continue
        quotes = []
        if line.unit in RANK:
            stack = _open(base, stack, line)
        elif line.unit is Unit.REGULATION or (line.unit is Unit.APPENDIX and line.address):
            base = _Draft(line.unit, line.label, line.address, lines=[line.number])
            base.heading.append(line.text.strip())
            root.children.append(base)
            stack = [base]
        else:
            _keep(root, base, stack, line)
    return root.node()


def _open(base: _Draft, stack: list[_Draft], line: Line) -> list[_Draft]:
    """Open a unit under the nearest one of higher rank."""
    kept = [base]
    for draft in stack[1:]:
        if draft.unit in RANK and RANK[draft.unit] < RANK[line.unit]:
            kept.append(draft)
    made = _Draft(line.unit, line.label, line.address, lines=[line.number])
    rest = _rest(line)
    if (line.unit is Unit.ARTICLE and not _is_heading(rest)) or line.unit in (Unit.CLAUSE, Unit.POINT, Unit.SUBPOINT):
        made.text.append(rest)
    elif rest:
        made.heading.append(rest)
    kept[-1].children.append(made)
    return [*kept, made]


def _rest(line: Line) -> str:
    mark = grammar.mark_of(line.text)
    return mark.rest.strip() if mark else line.text.strip()


def _is_heading(rest: str) -> bool:
    """An article's heading names it; a sentence that ends or goes on is its text."""
    return len(rest) <= LONGEST_HEADING and rest[-1:] not in ".;:,"


def _keep(root: _Draft, base: _Draft, stack: list[_Draft], line: Line) -> None:
    """A line that opens nothing belongs to the unit before it, or to a loose run of its own."""
    home = stack[-1]
    if line.unit is Unit.HEADING:
        home.heading.append(line.text.strip())
    elif line.unit in LOOSE and home.unit is not line.unit:
        if base.unit in (Unit.REGULATION, Unit.APPENDIX) and line.unit in (Unit.PREAMBLE, Unit.APPENDIX):
            home = base
            (home.heading if line.unit is Unit.PREAMBLE and line.text.strip() else home.text).append(
                line.text.strip()
            )
        else:
            home = _Draft(line.unit)
            (base if line.unit is Unit.PREAMBLE else root).children.append(home)
            stack[:] = [base if line.unit is Unit.PREAMBLE else root, home]
            home.text.append(line.text)
    else:
        home.text.append(line.text)
    home.lines.append(line.number)


def _quote(holder: _Draft, quotes: list[_Draft], line: Line) -> list[_Draft]:
    """A quoted line: into the quoted structure of the provision that quotes it."""
    if line.unit in RANK:
        kept = [draft for draft in quotes if draft.unit in RANK and RANK[draft.unit] < RANK[line.unit]]
        inner, _ = grammar.strip_quote(line.text)
        mark = grammar.mark_of(inner)
        made = _Draft(line.unit, line.label, line.address, lines=[line.number])
        made.text.append(mark.rest if mark else inner)
        (kept[-1].children if kept else holder.quoted).append(made)
        return [*kept, made]
    if not quotes:
        made = _Draft(Unit.QUOTE, lines=[line.number])
        made.text.append(line.text)
        holder.quoted.append(made)
        return [made]
    quotes[-1].text.append(line.text)
    quotes[-1].lines.append(line.number)
    return quotes


def _title(lines: Iterable[Line]) -> str:
    """The line after the document's type in capitals, before its first unit."""
    kinds = ("NGHỊ ĐỊNH", "QUYẾT ĐỊNH", "NGHỊ QUYẾT", "THÔNG TƯ", "LUẬT", "BỘ LUẬT", "PHÁP LỆNH", "KẾ HOẠCH")
    found = ""
    for line in lines:
        if line.unit is not Unit.PREAMBLE:
            break
        bare = line.text.strip()
        if found and bare:
            return bare
        if bare in kinds:
            found = bare
    return ""


def _repeats(lines: Iterable[Line]) -> list[Doubt]:
    """Two units with one address: the second cannot be cited."""
    seen: dict[str, int] = {}
    doubts = []
    for line in lines:
        if not line.address or line.quoted:
            continue
        if line.address in seen and line.unit in RANK:
            message = f"Trùng với dòng {seen[line.address]}: cùng là {line.address}."
            doubts.append(Doubt(line.number, "duplicate", message, "Sửa số của một trong hai."))
        seen.setdefault(line.address, line.number)
    return doubts
