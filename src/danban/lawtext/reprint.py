"""From a tree without lines back to a document: its lines printed in reading order, each owned once."""

from __future__ import annotations

from danban.lawtext.diff.texts import printed_number
from danban.lawtext.tree import PROVISION_UNITS, Document, Line, Node, Unit

_DIVISIONS = {Unit.PART: "Phần", Unit.CHAPTER: "Chương", Unit.SECTION: "Mục", Unit.SUBSECTION: "Tiểu mục"}


def reprint(root: Node, *, title: str = "", notes: tuple[str, ...] = ()) -> Document:
    """The document of a tree whose nodes' ``lines`` are not to be trusted; everything else is kept."""
    printer = _Printer()
    return Document(printer.node(root, False), tuple(printer.lines), title=title, notes=notes)


class _Printer:
    """Prints nodes in reading order and remembers the lines each owns."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def node(self, node: Node, quoted: bool) -> Node:
        own = [self._line(node, text, unit, label, quoted) for text, unit, label in _printed(node, quoted)]
        inner = tuple([self.node(child, True) for child in node.quoted])
        children = tuple([self.node(child, quoted) for child in node.children])
        return node._replace(lines=tuple(own), children=children, quoted=inner)

    def _line(self, node: Node, text: str, unit: Unit, label: str, quoted: bool) -> int:
        number = len(self.lines) + 1
        self.lines.append(Line(number, text, unit, label, node.address, quoted))
        return number


def _printed(node: Node, quoted: bool) -> list[tuple[str, Unit, str]]:
    """The lines of a node itself as (text, unit, label)."""
    words = node.text.split("\n") if node.text else []
    plain = Unit.QUOTE if quoted else Unit.TEXT
    if node.unit in _DIVISIONS:
        opening = [(f"{_DIVISIONS[node.unit]} {node.number}".strip(), node.unit, node.number)]
        return [
            *opening,
            *([(node.heading, Unit.HEADING, "")] if node.heading else []),
            *[(text, plain, "") for text in words],
        ]
    if node.unit in PROVISION_UNITS:
        first = node.heading or (words.pop(0) if words else "")
        opening = [(f"{printed_number(node)} {first}".strip(), node.unit, node.number)]
        return [*opening, *[(text, plain, "") for text in words]]
    if node.unit in (Unit.APPENDIX, Unit.REGULATION):
        opening = [(node.heading, node.unit, node.number)] if node.heading else []
        follows = Unit.APPENDIX if node.unit is Unit.APPENDIX else Unit.TEXT
        return [*opening, *[(text, follows, "") for text in words]]
    own = plain if node.unit is Unit.DOCUMENT else node.unit
    heading = [(node.heading, own, node.number)] if node.heading else []
    return [*heading, *[(text, own, "") for text in words]]
