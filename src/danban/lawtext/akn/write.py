"""The tree of a document as Akoma Ntoso 3.0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from danban.lawtext.akn.identity import UNKNOWN_DATE, Identity, identity_of
from danban.lawtext.akn.names import ELEMENTS, NAMESPACE, QUOTED, REPEAT, eid_of, printed
from danban.lawtext.tree import Document, Node, Unit

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = f"{{{NAMESPACE}}}"
_ATTACHED = (Unit.APPENDIX, Unit.REGULATION)

Element = etree._Element


def to_akn(
    document: Document, *, identity: Identity | None = None, lineage: Mapping[str, str] | None = None
) -> bytes:
    """The document in UTF-8.

    ``identity`` says which document it is (read from its head when not given); ``lineage`` maps
    addresses to identities that survive renumbering, written as ``wId``.
    """
    return _Writer(identity or identity_of(document), lineage or {}).run(document.root)


class _Writer:
    """Writes one document; every eId is used once."""

    def __init__(self, identity: Identity, lineage: Mapping[str, str]) -> None:
        self.identity = identity
        self.lineage = lineage
        self.used: dict[str, int] = {}

    def run(self, root: Node) -> bytes:
        tree = etree.Element(f"{_TAG}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
        kind = "bill" if self.identity.is_draft else "act"
        top = _add(tree, kind, name=self.identity.subtype, contains="originalVersion")
        self._meta(top, "")
        self._whole(top, root, "body")
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")

    def _whole(self, top: Element, node: Node, body_name: str) -> None:
        """Preamble, body, conclusions and attachments of a document or of a part that is one itself."""
        children = list(node.children)
        attached: list[Node] = []
        first = next((i for i, c in enumerate(children) if c.unit in _ATTACHED), len(children))
        children, attached = children[:first], children[first:]
        if children and children[0].unit is Unit.PREAMBLE:
            opening = children.pop(0)
            preamble = _add(top, "preamble")
            self._words(preamble, opening, "")
            for child in opening.children:
                _paragraphs(_add(preamble, "container", name=str(child.unit)), child.text)
        closing = children.pop() if len(children) > 1 and children[-1].unit is Unit.SIGNATURE else None
        self._body(_add(top, body_name), node, children)
        if closing is not None:
            self._words(_add(top, "conclusions"), closing, "")
        if attached:
            self._attachments(_add(top, "attachments"), attached)

    def _body(self, body: Element, node: Node, children: Iterable[Node]) -> None:
        if node.text or node.quoted or body.tag == f"{_TAG}mainBody":
            self._words(_add(_add(body, "hcontainer", name="own"), "content"), node, "")
        for child in children:
            self._node(body, child, "")
        if not len(body):
            _add(_add(_add(body, "hcontainer", name="own"), "content"), "p")

    def _attachments(self, holder: Element, attached: Iterable[Node]) -> None:
        for number, node in enumerate(attached, start=1):
            eid = self._fresh(eid_of(node.address) if node.address else f"att_{number}")
            attachment = _add(holder, "attachment", eId=eid)
            if node.number:
                _add(attachment, "num").text = _clean(node.number)
            if node.heading:
                _add(attachment, "heading").text = _clean(node.heading)
            inside = _add(attachment, "doc", name=str(node.unit), contains="originalVersion")
            self._meta(inside, f"/!{eid}")
            self._whole(inside, node, "mainBody")

    def _node(self, parent: Element, node: Node, inside: str) -> None:
        """One node. ``inside`` is the eId of the quotation it stands in, "" in the document's own text."""
        element = ELEMENTS.get(node.unit)
        made = _add(parent, element) if element else _add(parent, "hcontainer", name=str(node.unit))
        eid = ""
        if node.address:
            eid = self._fresh(f"{inside}__{eid_of(node.address)}" if inside else eid_of(node.address))
            made.set("eId", eid)
            if not inside and node.address in self.lineage:
                made.set("wId", self.lineage[node.address])
        if node.number:
            _add(made, "num").text = _clean(printed(node.unit, node.number))
        if node.heading:
            _add(made, "heading").text = _clean(node.heading)
        if node.children:
            if node.text or node.quoted:
                self._words(_add(made, "intro"), node, eid or inside)
            for child in node.children:
                self._node(made, child, inside)
        else:
            self._words(_add(made, "content"), node, eid or inside)

    def _words(self, block: Element, node: Node, eid: str) -> None:
        """A node's own words; what it quotes hangs on the last line as an amendment."""
        last = _paragraphs(block, node.text)
        if not node.quoted:
            return
        place = self._fresh(f"{eid or 'root'}__mod_1")
        mod = _add(last, "mod", eId=place)
        mod.text, last.text = last.text, None
        quotation = self._fresh(f"{place}{QUOTED}1")
        structure = _add(mod, "quotedStructure", eId=quotation, startQuote="“", endQuote="”")
        for quoted in node.quoted:
            self._node(structure, quoted, quotation)

    def _fresh(self, eid: str) -> str:
        """The eId, or with ``~2``, ``~3`` … when the document has used it."""
        times = self.used.get(eid, 0) + 1
        self.used[eid] = times
        return f"{eid}{REPEAT}{times}" if times > 1 else eid

    def _meta(self, top: Element, part: str) -> None:
        """Work, expression and manifestation; ``part`` names an attachment."""
        identity = self.identity
        meta = _add(top, "meta")
        block = _add(meta, "identification", source="#danban")
        work = _add(block, "FRBRWork")
        _frbr(work, identity.work, part, identity.date, "ban-hanh", identity.author)
        _add(work, "FRBRcountry", value="vn")
        _add(work, "FRBRsubtype", value=identity.subtype)
        if identity.number:
            _add(work, "FRBRnumber", value=_clean(identity.number))
        if identity.title:
            _add(work, "FRBRname", value=_clean(identity.title))
        expression = _add(block, "FRBRExpression")
        dated = identity.expression_date or identity.date
        _frbr(expression, identity.expression, part, dated, "ban-nay", identity.author)
        _add(expression, "FRBRlanguage", language="vie")
        manifestation = _add(block, "FRBRManifestation")
        _frbr(manifestation, f"{identity.expression}.akn", part, dated, "xuat-ban", "danban")
        if not part:
            references = _add(meta, "references", source="#danban")
            _add(
                references,
                "TLCOrganization",
                eId="danban",
                href="/ontology/organization/vn/danban",
                showAs="Dân Bàn",
            )
            href = f"/ontology/organization/vn/{identity.author}"
            _add(references, "TLCOrganization", eId=identity.author, href=href, showAs=identity.author)


def _frbr(level: Element, uri: str, part: str, date: str, date_name: str, author: str) -> None:
    _add(level, "FRBRthis", value=f"{uri}{part or '/!main'}")
    _add(level, "FRBRuri", value=uri)
    _add(level, "FRBRdate", date=date, name=date_name if date != UNKNOWN_DATE else "khong-ro")
    _add(level, "FRBRauthor", href=f"#{author}")


def _add(parent: Element, tag: str, /, **attributes: str) -> Element:
    return etree.SubElement(parent, _TAG + tag, attributes)


def _paragraphs(block: Element, text: str) -> Element:
    """One ``p`` for each line; the last one."""
    made = block
    for line in text.split("\n"):
        made = etree.SubElement(block, f"{_TAG}p")
        made.text = _clean(line)
    return made


def _clean(text: str) -> str:
    """Text that XML can carry: characters it forbids become U+FFFD."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
