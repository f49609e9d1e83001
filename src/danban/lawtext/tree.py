"""The plain tree of a legal document. Frozen values, nothing of Django.

Two layers, so that nothing is ever lost:

* ``Line``: one source line and what it is. A parse holds exactly one ``Line``
  for each line read, in reading order (the conservation rule).
* ``Node``: one unit of the document and the lines it owns. Every line belongs
  to exactly one node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Unit(StrEnum):
    """What a line or a node is. The words of Decree 78/2025/NĐ-CP, Article 63, and of the page."""

    DOCUMENT = "document"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"
    SUBPOINT = "subpoint"
    HEADING = "heading"
    TEXT = "text"
    PREAMBLE = "preamble"
    QUOTE = "quote"
    TABLE = "table"
    APPENDIX = "appendix"
    REGULATION = "regulation"
    SIGNATURE = "signature"
    FOOTNOTE = "footnote"
    TOC = "toc"
    PAGE = "page"


PROVISION_UNITS = (
    Unit.PART,
    Unit.CHAPTER,
    Unit.SECTION,
    Unit.SUBSECTION,
    Unit.ARTICLE,
    Unit.CLAUSE,
    Unit.POINT,
    Unit.SUBPOINT,
)


class Line(NamedTuple):
    """One source line: ``number`` counts from 1; ``address`` is "" outside provisions."""

    number: int
    text: str
    unit: Unit
    label: str = ""
    address: str = ""
    quoted: bool = False


class Doubt(NamedTuple):
    """Something that looks wrong: where (source line), what (a code), in Vietnamese, what to do."""

    line: int
    code: str
    message: str
    suggestion: str = ""


class Node(NamedTuple):
    """One unit. ``number`` as printed ("5a", "đ", "II"); ``heading`` without the number.

    ``text`` is the unit's own words without its number and without its children.
    ``lines`` are the source line numbers it owns itself (children own theirs).
    ``quoted`` holds the nested structure of another document inside an amending provision.
    """

    unit: Unit
    number: str = ""
    heading: str = ""
    text: str = ""
    address: str = ""
    lines: tuple[int, ...] = ()
    children: tuple[Node, ...] = ()
    quoted: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it in reading order; quoted structures are not entered."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: its tree, every line once, and what the reader doubts."""

    root: Node
    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()

    def articles(self) -> list[Node]:
        """The document's own articles, in order, those of an attached regulation included."""
        return [node for node in self.root.walk() if node.unit is Unit.ARTICLE]

    def find(self, address: str) -> Node | None:
        """The node at an address such as ``dieu-5.khoan-2.diem-dd``, or None."""
        return next((node for node in self.root.walk() if node.address == address), None)
