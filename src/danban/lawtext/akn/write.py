"""The tree of a document as Akoma Ntoso 3.0, written as text from the first element to the last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

from danban.lawtext.akn.identity import UNKNOWN_DATE, Identity, identity_of
from danban.lawtext.akn.names import ELEMENTS, NAMESPACE, QUOTED, REPEAT, eid_of, printed
from danban.lawtext.tree import Document, Node, Unit

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATTACHED = (Unit.APPENDIX, Unit.REGULATION)


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
        self.out: list[str] = ["<?xml version='1.0' encoding='UTF-8'?>\n"]
        self.write = self.out.append

    def run(self, root: Node) -> bytes:
        kind = "bill" if self.identity.is_draft else "act"
        self.write(f'<akomaNtoso xmlns="{NAMESPACE}">')
        self.write(_opened(kind, name=self.identity.subtype, contains="originalVersion"))
        self._meta("")
        self._whole(root, "body")
        self.write(f"</{kind}></akomaNtoso>")
        return "".join(self.out).encode()

    def _whole(self, node: Node, body_name: str) -> None:
        """Preamble, body, conclusions and attachments of a document or of a part that is one itself."""
        children = list(node.children)
        first = next((i for i, c in enumerate(children) if c.unit in _ATTACHED), len(children))
        children, attached = children[:first], children[first:]
        if children and children[0].unit is Unit.PREAMBLE:
            opening = children.pop(0)
            self.write("<preamble>")
            self._words(opening, "")
            for child in opening.children:
                self.write(_opened("container", name=child.unit))
                self._paragraphs(child.text)
                self.write("</container>")
            self.write("</preamble>")
        closing = children.pop() if len(children) > 1 and children[-1].unit is Unit.SIGNATURE else None
        self._body(body_name, node, children)
        if closing is not None:
            self._block("conclusions", closing, "")
        if attached:
            self._attachments(attached)

    def _body(self, name: str, node: Node, children: Iterable[Node]) -> None:
        self.write(f"<{name}>")
        if node.text or node.quoted or not children or name == "mainBody":
            self.write('<hcontainer name="own">')
            self._block("content", node, "")
            self.write("</hcontainer>")
        for child in children:
            self._node(child, "")
        self.write(f"</{name}>")

    def _attachments(self, attached: Iterable[Node]) -> None:
        self.write("<attachments>")
        for number, node in enumerate(attached, start=1):
            eid = self._fresh(eid_of(node.address) if node.address else f"att_{number}")
            self.write(_opened("attachment", eId=eid))
            self._named(node.number, node.heading)
            self.write(_opened("doc", name=node.unit, contains="originalVersion"))
            self._meta(f"/!{eid}")
            self._whole(node, "mainBody")
            self.write("</doc></attachment>")
        self.write("</attachments>")

    def _node(self, node: Node, inside: str) -> None:
        """One node. ``inside`` is the eId of the quotation it stands in, "" in the document's own text."""
        element = ELEMENTS.get(node.unit)
        names = {} if element else {"name": str(node.unit)}
        element = element or "hcontainer"
        eid = ""
        if node.address:
            eid = self._fresh(f"{inside}__{eid_of(node.address)}" if inside else eid_of(node.address))
            names["eId"] = eid
            if not inside and node.address in self.lineage:
                names["wId"] = self.lineage[node.address]
        self.write(_opened(element, **names))
        self._named(printed(node.unit, node.number) if node.number else "", node.heading)
        if node.children:
            if node.text or node.quoted:
                self._block("intro", node, eid or inside)
            for child in node.children:
                self._node(child, inside)
        else:
            self._block("content", node, eid or inside)
        self.write(f"</{element}>")

    def _named(self, number: str, heading: str) -> None:
        if number:
            self.write(f"<num>{_clean(number)}</num>")
        if heading:
            self.write(f"<heading>{_clean(heading)}</heading>")

    def _block(self, name: str, node: Node, eid: str) -> None:
        self.write(f"<{name}>")
        self._words(node, eid)
        self.write(f"</{name}>")

    def _words(self, node: Node, eid: str) -> None:
        """A node's own words; what it quotes hangs on the last line as an amendment."""
        if not node.quoted:
            self._paragraphs(node.text)
            return
        before, line_end, last = node.text.rpartition("\n")
        if line_end:
            self._paragraphs(before)
        place = self._fresh(f"{eid or 'root'}__mod_1")
        quotation = self._fresh(f"{place}{QUOTED}1")
        self.write(f"<p>{_opened('mod', eId=place)}{_clean(last)}")
        self.write(_opened("quotedStructure", eId=quotation, startQuote="“", endQuote="”"))
        for quoted in node.quoted:
            self._node(quoted, quotation)
        self.write("</quotedStructure></mod></p>")

    def _paragraphs(self, text: str) -> None:
        """One ``p`` for each line."""
        lines = _clean(text).replace("\n", "</p><p>")
        self.write(f"<p>{lines}</p>")

    def _fresh(self, eid: str) -> str:
        """The eId, or with ``~2``, ``~3`` … when the document has used it."""
        times = self.used.get(eid, 0) + 1
        self.used[eid] = times
        return f"{eid}{REPEAT}{times}" if times > 1 else eid

    def _meta(self, part: str) -> None:
        """Work, expression and manifestation; ``part`` names an attachment."""
        identity = self.identity
        dated = identity.expression_date or identity.date
        work = _frbr(identity.work, part, identity.date, "ban-hanh", identity.author)
        work += _empty("FRBRcountry", value="vn") + _empty("FRBRsubtype", value=identity.subtype)
        if identity.number:
            work += _empty("FRBRnumber", value=identity.number)
        if identity.title:
            work += _empty("FRBRname", value=identity.title)
        expression = _frbr(identity.expression, part, dated, "ban-nay", identity.author)
        expression += _empty("FRBRlanguage", language="vie")
        manifestation = _frbr(f"{identity.expression}.akn", part, dated, "xuat-ban", "danban")
        self.write(
            f'<meta><identification source="#danban"><FRBRWork>{work}</FRBRWork>'
            f"<FRBRExpression>{expression}</FRBRExpression>"
            f"<FRBRManifestation>{manifestation}</FRBRManifestation></identification>"
        )
        if not part:
            organization = "/ontology/organization/vn/"
            ours = _empty("TLCOrganization", eId="danban", href=f"{organization}danban", showAs="Dân Bàn")
            author = identity.author
            theirs = _empty("TLCOrganization", eId=author, href=f"{organization}{author}", showAs=author)
            self.write(f'<references source="#danban">{ours}{theirs}</references>')
        self.write("</meta>")


def _frbr(uri: str, part: str, date: str, date_name: str, author: str) -> str:
    return (
        _empty("FRBRthis", value=f"{uri}{part or '/!main'}")
        + _empty("FRBRuri", value=uri)
        + _empty("FRBRdate", date=date, name=date_name if date != UNKNOWN_DATE else "khong-ro")
        + _empty("FRBRauthor", href=f"#{author}")
    )


def _opened(element: str, **attributes: str) -> str:
    named = [f' {name}="{_attribute(value)}"' for name, value in attributes.items()]
    return f"<{element}{''.join(named)}>"


def _empty(element: str, **attributes: str) -> str:
    return f"{_opened(element, **attributes)[:-1]}/>"


def _attribute(value: str) -> str:
    return _clean(value).replace('"', "&quot;")


def _clean(text: str) -> str:
    """Text that XML can carry: characters it forbids become U+FFFD."""
    if not text.isprintable():
        text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text).replace("\r", "&#13;")
    return escape(text, quote=False)
