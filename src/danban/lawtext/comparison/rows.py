"""The rows of the table: one for each article, the words of both sides marked where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from danban.lawtext.address import Address
from danban.lawtext.diff import Alignment, Change, Entry, Piece, full_text, words
from danban.lawtext.diff.texts import printed_number
from danban.lawtext.tree import Document, Node

COLUMNS = ("Quy định cũ", "Dự thảo mới", "Ghi chú")
NOTES = {
    Change.UNCHANGED: "Giữ nguyên",
    Change.RENUMBERED: "Giữ nguyên nội dung",
    Change.MOVED: "Giữ nguyên nội dung",
    Change.EDITED: "Sửa đổi, bổ sung",
    Change.MERGED: "Gộp từ {old}",
    Change.SPLIT: "Tách thành {new}",
    Change.NEW: "Bổ sung mới",
    Change.REPEALED: "Bãi bỏ",
    Change.ORTHOGRAPHY: "Chỉ sửa chính tả, cách trình bày",
    Change.CASE: "Chỉ sửa chữ hoa, chữ thường",
}
SAME_WORDS = frozenset({Change.UNCHANGED, Change.RENUMBERED, Change.MOVED})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``old`` in pieces equal and deleted, ``new`` in pieces equal and inserted; () for no text."""

    entry: Entry
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    note: str


def rows(old: Document, new: Document, alignment: Alignment, *, only_changed: bool = False) -> Iterator[Row]:
    """The rows in the order of the new version."""
    nodes_old, nodes_new = _by_address(old), _by_address(new)
    for entry in alignment.articles:
        if only_changed and entry.change in SAME_WORDS:
            continue
        before, after = _text(entry.old, nodes_old), _text(entry.new, nodes_new)
        pieces = words(before, after)
        yield Row(
            entry,
            tuple(piece for piece in pieces if piece[0] != "insert"),
            tuple(piece for piece in pieces if piece[0] != "delete"),
            note_of(entry),
        )


def note_of(entry: Entry) -> str:
    """What the last column says: "Sửa đổi, bổ sung; đổi số từ Điều 5 thành Điều 6"."""
    old, new = _listed(entry.old), _listed(entry.new)
    parts = [NOTES[entry.change].format(old=old, new=new)]
    happened = {entry.change, *entry.flags}
    if Change.RENUMBERED in happened and entry.change not in (Change.MERGED, Change.SPLIT):
        parts.append(f"đổi số từ {old} thành {new}")
    if Change.MOVED in happened:
        parts.append("chuyển sang chương, mục khác")
    return "; ".join(parts)


def _by_address(document: Document) -> Mapping[str, Node]:
    return {node.address: node for node in document.root.walk() if node.address}


def _text(addresses: Sequence[str], nodes: Mapping[str, Node]) -> str:
    shown = (nodes[address] for address in addresses)
    return "\n".join(f"{printed_number(node)} {full_text(node)}".strip() for node in shown)


def _listed(addresses: Sequence[str]) -> str:
    """ "Điều 12, Điều 13 và Điều 15"."""
    names = [Address.parse(address).in_words() for address in addresses]
    return " và ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
