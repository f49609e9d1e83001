"""From lines to the tree of a document.

Marks are recognised line by line (``marks``), the best whole reading is chosen (``search``), the tree is
built (``build``), and what looks wrong is said (``doubts``). Never raises on any text; linear in its
length; every line lands in exactly one node, which each parse checks for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from danban.lawtext import contents
from danban.lawtext.build import Builder
from danban.lawtext.doubts import doubts_of
from danban.lawtext.encoding import tidy_text
from danban.lawtext.marks import UNITS, Event, Mark, event_of, mark_of
from danban.lawtext.search import best_reading
from danban.lawtext.series import steadied, with_unended
from danban.lawtext.signs import QUOTE_MARKS, Sign
from danban.lawtext.source import Source
from danban.lawtext.tree import Document, Line, Node, Unit

Overrides = Mapping[int, tuple[Unit, str]]

_AS_PRINTED = {
    Unit.PART: "Phần {}",
    Unit.CHAPTER: "Chương {}",
    Unit.SECTION: "Mục {}",
    Unit.SUBSECTION: "Tiểu mục {}",
    Unit.ARTICLE: "Điều {}.",
    Unit.CLAUSE: "{}.",
    Unit.POINT: "{})",
    Unit.SUBPOINT: "({})",
}


def parse(source: Source | str, overrides: Overrides | None = None) -> Document:
    """The document in a source or a text.

    ``overrides`` is a person's word: line number (from 1) → what the line is and its number. Everything
    else is read anew around it.
    """
    forced = overrides or {}
    if isinstance(source, Source):
        originals = [line.text for line in source.lines]
        kinds = {n: Unit(line.kind) for n, line in enumerate(source.lines, start=1) if line.kind}
        whole = "\n".join(originals)
    else:
        originals, kinds, whole = source.split("\n"), {}, source
    tidied = tidy_text(whole)
    texts = originals if tidied == whole else tidied.split("\n")
    quote_marks = [mark for mark in QUOTE_MARKS if mark in tidied]
    events = list(_events(texts, kinds, forced, quote_marks))
    listed = contents.listed_lines(texts, events)
    if listed:
        kinds = kinds | dict.fromkeys(listed, Unit.TOC)
        events = [event for event in events if event.at + 1 not in listed]
    events = steadied(texts, events)
    if quote_marks:
        events = with_unended(events)
    decisions = best_reading(events)
    builder = Builder(consolidated=_is_consolidated(texts))
    builder.run(texts, kinds, forced, zip(events, decisions, strict=True))
    if texts is not originals:
        builder.lines = [
            line if line.text == text else Line(line.number, text, *line[2:])
            for line, text in zip(builder.lines, originals, strict=True)
        ]
    root = builder.root.node()
    _check_conservation(root, len(originals))
    doubts = doubts_of(texts, events, decisions, builder.opened)
    notes = source.notes if isinstance(source, Source) else ()
    return Document(root, tuple(builder.lines), doubts, _title(texts), notes)


def render_text(document: Document) -> str:
    """The text that was read, line for line."""
    return "\n".join(line.text for line in document.lines)


def _events(
    texts: Sequence[str], kinds: Mapping[int, Unit], forced: Overrides, quote_marks: Sequence[str]
) -> Iterator[Event]:
    for index, text in enumerate(texts):
        number = index + 1
        if number in forced:
            yield Event(index, _forced_mark(*forced[number]), Sign.FORCED)
        elif text and number not in kinds and (event := event_of(index, text, quote_marks)):
            yield event


def _forced_mark(unit: Unit, label: str) -> Mark | None:
    """What the search must know of a unit a person named; None for what opens no provision."""
    if unit not in UNITS:
        return None
    level = UNITS.index(unit)
    mark = mark_of(_AS_PRINTED[unit].format(label))
    return mark if mark and mark.level == level else Mark(level, 0, 0, label, 0)


def _is_consolidated(texts: Sequence[str]) -> bool:
    """A consolidated text ("văn bản hợp nhất") says so at its head; its inserted units keep their numbers."""
    head = "\n".join(texts[:40]).lower()
    return "hợp nhất" in head or "vbhn" in head


def _check_conservation(root: Node, count: int) -> None:
    """Every line in exactly one node; a failure here is an error of ours, never of the text."""
    seen = bytearray(count + 1)
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for number in node.lines:
            seen[number] += 1
        waiting += node.children
        waiting += node.quoted
    if seen.count(1) != count:
        raise AssertionError(f"{count - seen.count(1)} of {count} lines are not in exactly one node")


_KINDS = (
    "NGHỊ ĐỊNH",
    "QUYẾT ĐỊNH",
    "NGHỊ QUYẾT",
    "THÔNG TƯ",
    "LUẬT",
    "BỘ LUẬT",
    "PHÁP LỆNH",
    "KẾ HOẠCH",
    "CHỈ THỊ",
    "HIẾN PHÁP",
)


def _title(texts: Sequence[str]) -> str:
    """What the document is about: the line under its kind in capitals, near its head."""
    found = False
    for text in texts[:60]:
        bare = text.strip()
        if found and bare:
            return "" if mark_of(bare) else bare
        found = found or bare in _KINDS
    return ""
