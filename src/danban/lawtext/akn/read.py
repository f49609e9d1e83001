"""Akoma Ntoso back into a document. Made for what ``to_akn`` writes, kind to other producers."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from danban.lawtext.akn.names import NAMESPACE, UNITS, address_of, number_in
from danban.lawtext.reprint import reprint
from danban.lawtext.tree import Document, Node, Unit

_TAG = f"{{{NAMESPACE}}}"
_LARGEST = 64 * 1024 * 1024
_DEEPEST = 60
_BY_NAME = {str(unit): unit for unit in Unit}

Element = etree._Element


class AknError(ValueError):
    """Not an Akoma Ntoso document that can be read; the message is for people, in Vietnamese."""


def from_akn(data: bytes) -> Document:
    """The document; its lines are printed anew from the tree. AknError when it cannot be read."""
    if len(data) > _LARGEST:
        raise AknError("Tệp Akoma Ntoso quá lớn.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise AknError("Tệp không phải XML hợp lệ.") from error
    if getattr(tree.getroottree().docinfo, "doctype", ""):
        raise AknError("Tệp có khai báo DTD nên không được đọc.")
    top = next(tree.iterchildren(), None) if tree.tag == f"{_TAG}akomaNtoso" else None
    if top is None:
        raise AknError("Tệp không phải Akoma Ntoso 3.0.")
    root = _Reader().whole(top, Unit.DOCUMENT)
    name = top.find(f"{_TAG}meta/{_TAG}identification/{_TAG}FRBRWork/{_TAG}FRBRname")
    return reprint(root, title=(name.get("value") or "") if name is not None else "")


class _Reader:
    """Builds nodes; how deep they lie is watched."""

    def __init__(self) -> None:
        self.depth = 0

    def whole(self, top: Element, unit: Unit, number: str = "", heading: str = "", address: str = "") -> Node:
        """A document, or an attachment that is one."""
        children: list[Node] = []
        texts: list[str] = []
        quoted: tuple[Node, ...] = ()
        for part in top.iterchildren(tag=etree.Element):
            name = _name(part)
            if name in ("preamble", "preface"):
                children.append(self._loose(part, Unit.PREAMBLE))
            elif name == "conclusions":
                children.append(self._loose(part, Unit.SIGNATURE))
            elif name in ("body", "mainBody"):
                texts, quotes = _words_in(_own_blocks(part))
                quoted = tuple(self._node(each) for each in quotes)
                children += [self._node(c) for c in part.iterchildren(tag=etree.Element) if not _is_own(c)]
            elif name == "attachments":
                children += [self._attachment(a) for a in part.iterchildren(tag=etree.Element)]
        return Node(unit, number, heading, "\n".join(texts), address, (), tuple(children), quoted)

    def _attachment(self, attachment: Element) -> Node:
        inside = next(
            (c for c in attachment.iterchildren(tag=etree.Element) if _name(c) not in ("num", "heading")),
            None,
        )
        if inside is None:
            raise AknError("Phụ lục trong tệp Akoma Ntoso không có nội dung.")
        unit = _BY_NAME.get(inside.get("name") or "", Unit.APPENDIX)
        if unit not in (Unit.APPENDIX, Unit.REGULATION):
            body = inside.find(f"{_TAG}mainBody")
            return self._loose(body if body is not None else inside, unit)
        number, heading = _child_text(attachment, "num"), _child_text(attachment, "heading")
        return self.whole(inside, unit, number, heading, address_of(attachment.get("eId") or ""))

    def _loose(self, part: Element, unit: Unit) -> Node:
        """Preamble or signature: its paragraphs; named containers inside are nodes of their own."""
        texts, quotes = _words_in(p for p in part.iterchildren(tag=etree.Element) if _name(p) != "container")
        quoted = tuple(self._node(each) for each in quotes)
        inner = []
        for box in part.iterchildren(f"{_TAG}container"):
            kind = _BY_NAME.get(box.get("name") or "", Unit.TEXT)
            words = [_text(p) for p in box.iterchildren(tag=etree.Element)]
            inner.append(Node(kind, text="\n".join(words)))
        return Node(unit, text="\n".join(texts), children=tuple(inner), quoted=quoted)

    def _node(self, element: Element) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise AknError("Tệp Akoma Ntoso lồng quá nhiều tầng.")
        name = _name(element)
        unit = UNITS.get(name) or _BY_NAME.get(element.get("name") or "", Unit.TEXT)
        shown, heading = _child_text(element, "num"), _child_text(element, "heading")
        number = number_in(unit, shown)
        address = address_of(element.get("eId") or "")
        words, quotes = _words_of(element)
        inner_quotes = tuple(self._node(each) for each in quotes)
        children = tuple(
            self._node(child)
            for child in element.iterchildren(tag=etree.Element)
            if _name(child) not in ("num", "heading", "subheading", "intro", "content", "wrapUp")
        )
        self.depth -= 1
        return Node(unit, number, heading, "\n".join(words), address, (), children, inner_quotes)


def _words_of(element: Element) -> tuple[list[str], list[Element]]:
    """A provision's own lines and the provisions it quotes."""
    blocks = element.iterchildren(f"{_TAG}intro", f"{_TAG}content", f"{_TAG}wrapUp")
    return _words_in(p for block in blocks for p in block.iterchildren(tag=etree.Element))


def _words_in(blocks: Iterable[Element]) -> tuple[list[str], list[Element]]:
    """The lines of some paragraphs (none for a single empty one) and the provisions they quote."""
    words: list[str] = []
    quotes: list[Element] = []
    for p in blocks:
        words.append(_text(p))
        for structure in _structures(p):
            quotes += list(structure.iterchildren(tag=etree.Element))
    return ([] if words == [""] else words), quotes


def _own_blocks(body: Element) -> Iterable[Element]:
    """Paragraphs that belong to a body itself: its own, and those of the container named "own"."""
    for child in body.iterchildren(tag=etree.Element):
        if _name(child) == "p":
            yield child
        elif child.get("name") == "own":
            yield from child.iterfind(f"{_TAG}content/{_TAG}p")


def _structures(block: Element) -> Iterable[Element]:
    return block.iterfind(f"{_TAG}mod/{_TAG}quotedStructure")


def _text(block: Element) -> str:
    """The words of a block without those of what it quotes."""
    if block.find(f"{_TAG}mod/{_TAG}quotedStructure") is None:
        return "".join(str(text) for text in block.itertext())
    mod = block.find(f"{_TAG}mod")
    return (block.text or "") + ((mod.text or "") if mod is not None else "")


def _child_text(element: Element, name: str) -> str:
    found = element.find(f"{_TAG}{name}")
    return "".join(str(text) for text in found.itertext()) if found is not None else ""


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_own(element: Element) -> bool:
    return _name(element) == "p" or element.get("name") == "own"
