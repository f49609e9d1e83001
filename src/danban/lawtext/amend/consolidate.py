"""Carry out the orders of an amending document on its base text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from danban.lawtext.address import Address, slug_of_number
from danban.lawtext.akn.identity import identity_of
from danban.lawtext.amend.base import STEPS, Base, Part, unquoted
from danban.lawtext.amend.orders import Order, Orders, Unclear, Verb
from danban.lawtext.diff.folding import tokens
from danban.lawtext.reprint import reprint
from danban.lawtext.tree import Document, Node, Unit


@dataclass(frozen=True, slots=True)
class Done:
    """One change made: ``at`` in the amending document, ``target`` in the consolidated text.

    ``action`` is replaced, added, repealed, words, heading or opening.
    """

    at: str
    target: str
    action: str


@dataclass(frozen=True, slots=True)
class Unapplied:
    """One order that was not carried out, with its words and the reason in Vietnamese."""

    at: str
    sentence: str
    reason: str

    def __str__(self) -> str:
        place = Address.parse(self.at).in_words() if self.at else "văn bản sửa đổi"
        return f"{place} (“{self.sentence[:160]}”): {self.reason}"


@dataclass(frozen=True, slots=True)
class Applied:
    """The consolidated text, what was changed in it, and what could not be."""

    document: Document
    applied: tuple[Done, ...]
    unapplied: tuple[Unapplied, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.document.lines)


def apply(base: Document, amending: Document) -> Applied:
    """The base text as it reads with the amendments. Repealed provisions keep their number and say so."""
    worker = _Worker(base)
    for order in Orders(worker.names_base).read(amending):
        worker.carry_out(order)
    document = reprint(worker.base.root.node(), title=base.title, notes=base.notes)
    return Applied(document, tuple(worker.done), tuple(worker.left))


_NAMED = re.compile(
    r"\b(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Pháp lệnh)\s+(?!này\b)"
    r"(?:số\s*)?(?P<words>[^“”\";:]*)"
)
_NUMBER = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][\wĐ-]*")
_NAME_ENDS = re.compile(r"\s(?:số|ngày|năm|đã|được|và|như|\d)\b|[,.(]")


class _Worker:
    """The base as it changes, and the two lists."""

    def __init__(self, document: Document) -> None:
        self.base = Base(document)
        self.number = identity_of(document).number.casefold()
        self.title = tokens(document.title)
        self.done: list[Done] = []
        self.left: list[Unapplied] = []

    def names_base(self, words: str) -> bool:
        """Whether the document named in some words can be the base; true when they name none."""
        named = _NAMED.search(words)
        if named is None:
            return True
        number = _NUMBER.search(named["words"])
        if number and self.number:
            return number[0].casefold() == self.number
        name = tokens(_NAME_ENDS.split(named["words"], maxsplit=1)[0])
        if not name or not self.title:
            return True
        return name == self.title[-len(name) :] or " ".join(self.title) in " ".join(name)

    def carry_out(self, order: Order | Unclear) -> None:
        if isinstance(order, Unclear):
            self.left.append(Unapplied(order.at, order.sentence, order.reason))
        elif order.verb is Verb.REPEAL:
            for path in order.places:
                self._repeal(order, path)
        elif order.verb is Verb.WORDS:
            self._reword(order)
        else:
            self._new_text(order)

    def _fail(self, order: Order, reason: str) -> None:
        self.left.append(Unapplied(order.at, order.sentence, reason))

    def _missing(self, order: Order, path: str) -> None:
        self._fail(order, f"Văn bản gốc không có {Address.parse(path).in_words()}.")

    def _repeal(self, order: Order, path: str) -> None:
        part = self.base.find(path)
        if part is None:
            self._missing(order, path)
            return
        self.base.repeal(part)
        self.done.append(Done(order.at, part.address, "repealed"))

    def _reword(self, order: Order) -> None:
        parts = [(path, self.base.find(path)) for path in order.places] or [("", self.base.root)]
        for path, part in parts:
            if part is None:
                self._missing(order, path)
                continue
            heading_only = order.part == "heading"
            if self.base.reword(part, order.old_words, order.new_words, heading_only=heading_only):
                self.done.append(Done(order.at, part.address, "words"))
            else:
                place = Address.parse(path).in_words() if path else "văn bản gốc"
                self._fail(order, f"Không thấy cụm từ “{order.old_words}” tại {place}.")

    def _new_text(self, order: Order) -> None:
        last: Part | None = None
        for node in order.quoted:
            node = unquoted(node)
            if node.unit is Unit.QUOTE:
                last = self._plain_text(order, node, last)
            elif node.unit not in STEPS:
                self._fail(order, "Chưa thay được phần, chương, mục; hãy sửa bằng tay.")
            else:
                last = self._provision(order, node)

    def _plain_text(self, order: Order, node: Node, last: Part | None) -> Part | None:
        """Quoted words without a number: a heading, an opening, the words of the one place named."""
        if last is not None:
            last.text = f"{last.text}\n{node.text}" if last.text else node.text
            return last
        part = self.base.find(order.places[-1]) if len(order.places) == 1 else None
        if part is None:
            self._fail(order, "Không rõ đoạn trích thay cho chỗ nào.")
            return None
        if order.part == "heading" and part.unit is Unit.ARTICLE:
            part.heading = node.text
        elif order.part:
            part.text = node.text
        else:
            self.base.replace(part, Node(part.unit, part.number, "", node.text))
        self.done.append(Done(order.at, part.address, order.part or "replaced"))
        return part

    def _provision(self, order: Order, node: Node) -> Part | None:
        path = self._path(order, node)
        if not path:
            self._fail(order, f"Không rõ “{node.number}” thuộc điều, khoản nào.")
            return None
        part = self.base.find(path)
        if part is not None and order.part == "heading" and node.unit is Unit.ARTICLE:
            return self._heading_and_some(order, node, part)
        if part is not None:
            if order.verb is Verb.ADD:
                self._fail(order, f"Văn bản gốc đã có {Address.parse(path).in_words()}.")
                return None
            self.base.replace(part, node)
            self.done.append(Done(order.at, part.address, "replaced"))
            return part
        if order.verb is Verb.CHANGE and not order.adds and not self._follows(path):
            self._missing(order, path)
            return None
        made = self.base.insert(path, node)
        if made is None:
            self._fail(order, f"Văn bản gốc không có chỗ cho {Address.parse(path).in_words()}.")
            return None
        self.done.append(Done(order.at, made.address, "added"))
        return made

    def _heading_and_some(self, order: Order, node: Node, part: Part) -> Part:
        """ "Sửa đổi tên Điều và khoản 2 Điều 5": the article is quoted with those clauses only."""
        part.heading = node.heading or node.text
        self.done.append(Done(order.at, part.address, "heading"))
        inner = replace(order, part="")
        for child in node.children:
            if child.unit in STEPS:
                self._provision(inner, child)
        return part

    def _path(self, order: Order, node: Node) -> str:
        """Where a quoted provision goes: the place named with its number, else inside one that is named."""
        step = f"{STEPS[node.unit]}-{slug_of_number(node.number)}"
        if node.unit is Unit.ARTICLE:
            return step
        exact = [path for path in order.places if path.rpartition(".")[2] == step]
        if exact:
            return exact[0]
        above = "dieu" if node.unit is Unit.CLAUSE else "khoan"
        homes = dict.fromkeys(
            home for path in order.places for home in _ancestors(path) if _kind(home) == above
        )
        if not homes and node.unit is Unit.POINT:
            homes = dict.fromkeys(
                home for path in order.places for home in _ancestors(path) if _kind(home) == "dieu"
            )
        return f"{next(iter(homes))}.{step}" if len(homes) == 1 else ""

    def _follows(self, path: str) -> bool:
        """Whether a number goes on where the base ends, so that "sửa đổi, bổ sung" means to add it."""
        parent = self.base.parent_for(path)
        if parent is None:
            return False
        key = Address.parse(f"{parent.address}.{path.rpartition('.')[2]}")
        same = [c for c in parent.children if c.address and _kind(c.address) == _kind(path)]
        return bool(same) and all(Address.parse(c.address) < key for c in same)


def _ancestors(path: str) -> Iterator[str]:
    """The path itself and every wider one."""
    while path:
        yield path
        path = path.rpartition(".")[0]


def _kind(path: str) -> str:
    return path.rpartition(".")[2].rpartition("/")[2].partition("-")[0]
