"""The tree of a document written out: JSON, indented text, plain HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from danban.lawtext.tree import Document, Node, Unit

_WORDS = {
    Unit.PART: "Phần",
    Unit.CHAPTER: "Chương",
    Unit.SECTION: "Mục",
    Unit.SUBSECTION: "Tiểu mục",
    Unit.ARTICLE: "Điều",
    Unit.CLAUSE: "khoản",
    Unit.POINT: "điểm",
    Unit.SUBPOINT: "tiết",
}
_HEADED = frozenset(
    {Unit.PART, Unit.CHAPTER, Unit.SECTION, Unit.SUBSECTION, Unit.ARTICLE, Unit.REGULATION, Unit.APPENDIX}
)


def as_json(document: Document) -> dict[str, Any]:
    """``{"title", "notes", "doubts", "tree"}``; empty fields of a node are left out."""
    return {
        "title": document.title,
        "notes": list(document.notes),
        "doubts": [
            {"line": d.line, "code": d.code, "message": d.message, "suggestion": d.suggestion}
            for d in document.doubts
        ],
        "tree": _node_json(document.root),
    }


def _node_json(node: Node) -> dict[str, Any]:
    made: dict[str, Any] = {"unit": node.unit.value}
    for name in ("number", "heading", "text", "address"):
        if value := getattr(node, name):
            made[name] = value
    if node.lines:
        made["lines"] = list(node.lines)
    if node.children:
        made["children"] = [_node_json(child) for child in node.children]
    if node.quoted:
        made["quoted"] = [_node_json(child) for child in node.quoted]
    return made


def as_text(document: Document) -> str:
    """One line a unit, indented; quoted units behind a bar."""
    rows: list[str] = []
    for child in document.root.children:
        _rows(child, 0, "", rows)
    return "\n".join(rows)


def label_of(node: Node) -> str:
    """ "Điều 5", "khoản 2", "Phụ lục"; the unit's own name where it has no number."""
    word = _WORDS.get(node.unit)
    return f"{word} {node.number}" if word else f"[{node.unit.value}]"


def _rows(node: Node, depth: int, bar: str, rows: list[str]) -> None:
    words = node.heading or " ".join(node.text.split())
    short = words if len(words) <= 90 else f"{words[:89].rstrip()}…"
    rows.append(f"{'  ' * depth}{bar}{label_of(node)}: {short}".rstrip(": "))
    for child in node.quoted:
        _rows(child, depth + 1, "│ ", rows)
    for child in node.children:
        _rows(child, depth + 1, bar, rows)


def as_html(document: Document) -> str:
    """A plain page: headings for divisions and articles, addresses as ids, no style of its own."""
    body = "\n".join(_html(child, 2) for child in document.root.children)
    title = escape(document.title or "Văn bản")
    head = f'<meta charset="utf-8"><title>{title}</title>'
    page = f"<head>{head}</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>"
    return f'<!doctype html>\n<html lang="vi">{page}</html>'


def _html(node: Node, depth: int) -> str:
    place = f' id="{escape(node.address)}"' if node.address else ""
    parts = [f'<section class="{node.unit.value}"{place}>']
    level = min(depth, 6)
    number = _printed(node)
    if node.unit in _HEADED:
        parts.append(f"<h{level}>{escape(f'{number} {node.heading}'.strip())}</h{level}>")
        number = ""
    for place_, line in enumerate(node.text.split("\n") if node.text or number else ()):
        parts.append(f"<p>{escape(f'{number} {line}'.strip() if place_ == 0 else line)}</p>")
    if node.quoted:
        inner = "\n".join(_html(child, depth + 1) for child in node.quoted)
        parts.append(f"<blockquote>\n{inner}\n</blockquote>")
    parts += [_html(child, depth + 1) for child in node.children]
    return "\n".join([*parts, "</section>"])


def _printed(node: Node) -> str:
    if node.unit is Unit.CLAUSE:
        return f"{node.number}."
    if node.unit in (Unit.POINT, Unit.SUBPOINT):
        return f"{node.number})"
    return f"{label_of(node)}." if node.unit in _WORDS else ""
