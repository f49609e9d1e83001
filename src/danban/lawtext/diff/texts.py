"""The words of provisions as the aligner compares them, each line of the document read once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from danban.lawtext.diff.folding import squeeze, tokens
from danban.lawtext.tree import Node, Unit

_ROOM = 1 << 24
# Running heads, contents and footnotes are not the rule's words, and every source has its own.
_FURNITURE = frozenset({Unit.PAGE, Unit.TOC, Unit.FOOTNOTE})


def full_text(node: Node) -> str:
    """All words of a provision as printed, line by line, without its own number."""
    return "\n".join(part for part in _parts(node) if part)


def _parts(node: Node) -> Iterator[str]:
    yield node.heading
    yield node.text
    for child in inside(node):
        yield f"{printed_number(child)} {full_text(child)}".strip()


def inside(node: Node) -> tuple[Node, ...]:
    """What a node holds, quoted structures first as they stand in the text, without the page's furniture."""
    children = node.children
    if any(child.unit in _FURNITURE for child in children):
        children = tuple(child for child in children if child.unit not in _FURNITURE)
    return (*node.quoted, *children) if node.quoted else children


def printed_number(node: Node) -> str:
    """The number as it stands before the words: "2.", "đ)", "Điều 5."; "" for what has none."""
    if not node.number:
        return ""
    if node.unit is Unit.CLAUSE:
        return f"{node.number}."
    if node.unit in (Unit.POINT, Unit.SUBPOINT):
        return f"{node.number})"
    return f"Điều {node.number}." if node.unit is Unit.ARTICLE else ""


class Texts:
    """Squeezed text and pairs of neighbouring syllables of any node, built from those of its children.

    A pair is one whole number; the same pair has the same number in everything one ``Texts`` reads.
    """

    def __init__(self) -> None:
        self._syllables: dict[str, int] = {"": 0}
        self._texts: dict[int, str] = {}
        self._pairs: dict[int, list[int]] = {}

    def text(self, node: Node) -> str:
        found = self._texts.get(id(node))
        if found is None:
            parts = [squeeze(node.heading), squeeze(node.text)]
            parts += [f"{printed_number(child)} {self.text(child)}" for child in inside(node)]
            found = self._texts[id(node)] = " ".join(part for part in parts if part)
        return found

    def pairs(self, node: Node) -> list[int]:
        """Neighbouring syllables of the heading, the text and each child, numbers left out."""
        found = self._pairs.get(id(node))
        if found is None:
            found = self._of(node.heading) + self._of(node.text)
            for child in inside(node):
                found += self.pairs(child)
            self._pairs[id(node)] = found
        return found

    def _of(self, text: str) -> list[int]:
        """The first syllable is paired with the start, so that a single word still counts."""
        if not text:
            return []
        known = self._syllables
        numbers = [known.setdefault(syllable, len(known)) for syllable in tokens(text)]
        return [before * _ROOM + after for before, after in pairwise((0, *numbers))]
