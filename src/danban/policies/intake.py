"""What becomes of a file: lines, provisions, doubts, the secrecy verdict. Pure, runs in the sandbox.

Everything in and out is plain JSON. A provision is a row ``{"unit", "number", "address", "heading",
"text", "parent"}``: ``parent`` is the place of its parent in the list, or -1. A pair of an alignment is
``[old place or -1, new place or -1, change]``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from danban import lawtext
from danban.lawtext import Document, Node, ReadError, Unit
from danban.policies import secrecy
from danban.policies.pairing import Pair, Row, pairs

LONGEST_ADDRESS = 120
LONGEST_NUMBER = 20
SKIPPED = frozenset({Unit.TOC, Unit.PAGE})

Line = dict[str, Any]


def read_draft(data: bytes, *, kind: str, before: Sequence[Row] = ()) -> dict[str, Any]:
    """A new file read and parsed; ``before`` holds the rows of the last released version.

    The answer has "refused" (a sentence, or ""), "verdict", "reasons" and, unless the file is refused
    or marked secret, "lines", "doubts", "notes", "rows", "pairs".
    """
    source, answer = read_and_judge(data, kind)
    if source is None:
        return answer
    kinds = {n: line.kind for n, line in enumerate(source.lines, start=1) if line.kind}
    return answer | _parsed(lawtext.parse(source), kinds, {}, before)


def read_and_judge(data: bytes, kind: str) -> tuple[lawtext.Source | None, dict[str, Any]]:
    """The words of a file, with "refused", "verdict", "reasons"; no words of one refused or marked secret."""
    try:
        source = lawtext.read(data, f"tep.{kind}")
    except ReadError as error:
        return None, {"refused": str(error), "verdict": secrecy.Level.PASS, "reasons": []}
    beside = [*source.marginal, *(margins(data) if kind == "docx" else ())]
    verdict = secrecy.judge([line.text for line in source.lines], beside)
    answer = {"refused": "", "verdict": verdict.level, "reasons": list(verdict.reasons)}
    return None if verdict.level is secrecy.Level.BLOCK else source, answer


def read_again(_data: bytes, *, lines: Sequence[Line], before: Sequence[Row] = ()) -> dict[str, Any]:
    """The same lines parsed anew after an officer said what some of them are (``"set"`` in a line)."""
    chosen = {line["n"]: line["set"] for line in lines if line.get("set")}
    kinds = {line["n"]: line["kind"] for line in lines if line.get("kind")}
    document = _document(lines)
    right = {line["n"]: line["right"] for line in lines if line.get("right")}
    return _parsed(document, kinds, chosen, before, right)


def _document(lines: Sequence[Line]) -> Document:
    """Kept lines parsed with what people said of them."""
    # A person's word goes before what the file said of the line (a cell of a table, a footnote).
    again = (lawtext.SourceLine(ln["text"], "" if ln.get("set") else ln.get("kind", "")) for ln in lines)
    overrides = {ln["n"]: (Unit(ln["set"][0]), ln["set"][1]) for ln in lines if ln.get("set")}
    return lawtext.parse(lawtext.Source("lines", tuple(again)), overrides)


def consolidate(_data: bytes, *, base: Sequence[Line], draft: Sequence[Line]) -> dict[str, Any]:
    """The base text as it reads with a draft that amends it: "rows", "done", "left"; see Consolidation."""
    applied = lawtext.apply(_document(base), _document(draft))
    return {
        "rows": rows_of(applied.document),
        "done": [{"at": one.at, "target": one.target, "action": one.action} for one in applied.applied],
        "left": [{"at": one.at, "sentence": one.sentence, "reason": one.reason} for one in applied.unapplied],
    }


def align_again(_data: bytes, *, rows: Sequence[Row], before: Sequence[Row]) -> list[Pair]:
    return pairs(before, rows) if before else []


def _parsed(
    document: Document,
    kinds: Mapping[int, str],
    chosen: Mapping[int, Any],
    before: Sequence[Row],
    right: Mapping[int, Any] | None = None,
) -> dict[str, Any]:
    rows = rows_of(document)
    lines = [_line(line, kinds.get(line.number, ""), chosen.get(line.number)) for line in document.lines]
    for number, said in (right or {}).items():
        lines[number - 1]["right"] = said
    doubts = [_doubt(doubt, lines[doubt.line - 1]) for doubt in document.doubts if doubt.line not in chosen]
    return {
        "lines": lines,
        "doubts": doubts,
        "notes": list(document.notes),
        "rows": rows,
        "pairs": pairs(before, rows) if before else [],
    }


def _doubt(doubt: lawtext.Doubt, line: Line) -> dict[str, Any]:
    """A doubt with what it proposes; ``dismissed`` when a person said of it: this is right."""
    made = {
        "line": doubt.line,
        "code": doubt.code,
        "message": doubt.message,
        "suggestion": doubt.suggestion,
        "proposal": _proposal(doubt.code, line["text"]),
    }
    return {**made, "dismissed": True} if said_of(made, line) in line.get("right", ()) else made


def said_of(doubt: Mapping[str, Any], line: Mapping[str, Any]) -> list[str]:
    """What a person dismisses: this doubt of this line as it is read now; read otherwise, it is new."""
    return [doubt["code"], doubt["message"], line["unit"], line["label"]]


def _line(line: lawtext.Line, kind: str, chosen: Any) -> Line:
    made: Line = {
        "n": line.number,
        "text": line.text,
        "unit": line.unit,
        "label": line.label,
        "address": line.address,
        "quoted": line.quoted,
    }
    if kind:
        made["kind"] = kind
    if chosen:
        made["set"] = list(chosen)
    return made


_MARKS = (
    (Unit.ARTICLE, re.compile(r"[Đđ]i[ềê]u\s+(\d{1,3}[a-zđ]?)\b", re.IGNORECASE)),
    (Unit.CLAUSE, re.compile(r"(\d{1,3}[a-zđ]?)\.(?!\d)")),
    (Unit.POINT, re.compile(r"([a-zđ]\d{0,2})\s*\)")),
)


_D_FOR_DD = re.compile(r"d\s*\)")


def _proposal(code: str, text: str) -> list[str]:
    """What a doubtful line could be instead, as [unit, number]; [] when that is unclear."""
    if code == "digit":
        return [Unit.POINT, "l"]
    if code == "repeat" and _D_FOR_DD.match(text.strip()):
        return [Unit.POINT, "đ"]
    if code != "order":
        return []
    for unit, mark in _MARKS:
        if match := mark.match(text.strip()):
            return [unit, match[1]]
    return []


def rows_of(document: Document) -> list[Row]:
    """The provisions of a document in reading order; what is empty or only of the page is left out."""
    texts = {line.number: line.text for line in document.lines}
    rows: list[Row] = []
    seen: set[str] = set()
    root = document.root
    if root.text.strip():
        rows.append(_row(Unit.TEXT, "", "", "", root.text.strip("\n"), -1))
    for child in root.children:
        _add(child, -1, rows, texts, seen)
    return rows


def _add(node: Node, parent: int, rows: list[Row], texts: Mapping[int, str], seen: set[str]) -> None:
    if node.unit in SKIPPED:
        return
    address = node.address if len(node.address) <= LONGEST_ADDRESS and node.address not in seen else ""
    seen.add(address)
    text = "\n".join([node.text, *(texts[number] for number in _quoted_lines(node.quoted))]).strip("\n")
    place = parent
    if node.address or node.heading.strip() or text.strip():
        place = len(rows)
        rows.append(_row(node.unit, node.number[:LONGEST_NUMBER], address, node.heading, text, parent))
    for child in node.children:
        _add(child, place, rows, texts, seen)


def _row(unit: str, number: str, address: str, heading: str, text: str, parent: int) -> Row:
    return {
        "unit": unit,
        "number": number,
        "address": address,
        "heading": heading,
        "text": text,
        "parent": parent,
    }


def _quoted_lines(quoted: Sequence[Node]) -> list[int]:
    """Numbers of the lines that a provision quotes from another document, in order."""
    return sorted(number for top in quoted for node in top.walk() for number in node.lines)


_WORD_PART = re.compile(
    r"(word/(?!theme|styles|settings|fontTable|numbering|webSettings).*|docProps/\w+)\.xml"
)


def margins(data: bytes) -> Iterator[str]:
    """What stands beside the text of a .docx: headers, footers, text boxes, watermarks, captions."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if _WORD_PART.fullmatch(name):
                parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
                yield from _beside(etree.fromstring(archive.read(name), parser), name != "word/document.xml")


def _beside(root: Any, whole: bool) -> Iterator[str]:
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        if tag == "textpath":
            yield element.get("string", "")
        elif tag == "docPr":
            yield from (element.get("descr", ""), element.get("title", ""))
        elif tag in ("txbxContent", "txBody") or (
            whole and tag in ("p", "tc", "title", "subject", "keywords")
        ):
            yield "\n".join(_paragraphs(element))


def _paragraphs(element: Any) -> Iterator[str]:
    """The text of each paragraph in an element, or the element's own text when it has none."""
    found = [node for node in element.iter(etree.Element) if etree.QName(node).localname == "p"]
    for node in found or [element]:
        yield "".join(text for text in node.itertext() if text.strip() or text == " ")
