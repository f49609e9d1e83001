"""The base text while it is being amended: a tree that can change, found by address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from danban.lawtext.address import Address, slug_of_number
from danban.lawtext.cite.scope import Scope
from danban.lawtext.tree import Document, Node, Unit

REPEALED = "(Được bãi bỏ)"
STEPS = {Unit.ARTICLE: "dieu", Unit.CLAUSE: "khoan", Unit.POINT: "diem", Unit.SUBPOINT: "tiet"}
_CLOSES = re.compile(r"[”\"»]\s*[.;,]?\s*[”\"»]?\s*[.;,]?\s*$")


@dataclass(slots=True, eq=False)
class Part:
    """A node that can change. ``parent`` is None at the root."""

    unit: Unit
    number: str
    heading: str
    text: str
    address: str
    parent: Part | None = None
    children: list[Part] = field(default_factory=list)
    quoted: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Part]:
        yield self
        for child in self.children:
            yield from child.walk()

    def node(self) -> Node:
        children = tuple(child.node() for child in self.children)
        return Node(self.unit, self.number, self.heading, self.text, self.address, (), children, self.quoted)


class Base:
    """The base document: its parts and where each address stands now."""

    def __init__(self, document: Document) -> None:
        self.root = _part(document.root, None)
        self.fronts = Scope(document).fronts
        self.index = {part.address: part for part in self.root.walk() if part.address}

    def find(self, path: str) -> Part | None:
        """The part a cited path means: in the attached regulation first when that is the body of the text."""
        return next((self.index[front + path] for front in self.fronts if front + path in self.index), None)

    def parent_for(self, path: str) -> Part | None:
        """The part that a provision with this path would stand in."""
        head, dot, _ = path.rpartition(".")
        return self.find(head) if dot else None

    def replace(self, part: Part, new: Node) -> None:
        """Other words, other parts inside; the place and its address stay."""
        self._forget(part)
        made = _part(new, part.parent)
        part.heading, part.text, part.children = made.heading, made.text, made.children
        part.quoted = made.quoted
        for child in part.children:
            child.parent = part
        self._place(part, part.address)

    def insert(self, path: str, new: Node) -> Part | None:
        """A new part in legal order among its kind; None when there is nowhere to put it."""
        if new.unit is Unit.ARTICLE:
            return self._insert_article(path, new)
        parent = self.parent_for(path)
        if parent is None:
            return None
        made = _part(new, parent)
        address = f"{parent.address}.{path.rpartition('.')[2]}"
        parent.children.insert(self._position(parent.children, address, new.unit), made)
        self._place(made, address)
        return made

    def _insert_article(self, path: str, new: Node) -> Part | None:
        for front in self.fronts:
            address = front + path
            key = Address.parse(address)
            articles = [
                p
                for p in self.root.walk()
                if p.unit is Unit.ARTICLE and p.address.startswith(front or "dieu")
            ]
            earlier = [p for p in articles if Address.parse(p.address) < key]
            if not earlier or earlier[-1].parent is None:
                continue
            home = earlier[-1].parent
            made = _part(new, home)
            home.children.insert(home.children.index(earlier[-1]) + 1, made)
            self._place(made, address)
            return made
        return None

    @staticmethod
    def _position(siblings: list[Part], address: str, unit: Unit) -> int:
        """After the last of its kind that comes before it; before the rest of its kind."""
        key = Address.parse(address)
        after = [
            i
            for i, p in enumerate(siblings)
            if p.unit is unit and p.address and Address.parse(p.address) < key
        ]
        if after:
            return after[-1] + 1
        return next((i for i, p in enumerate(siblings) if p.unit is unit), len(siblings))

    def repeal(self, part: Part) -> None:
        """The number stays, so that the others keep theirs."""
        self._forget(part)
        part.heading, part.text, part.children, part.quoted = "", REPEALED, [], ()
        self.index[part.address] = part

    def reword(self, part: Part, old: str, new: str, *, heading_only: bool) -> int:
        """Change words in a part and all inside it, whatever their capitals when none is exact; how often."""
        pattern = re.compile(re.escape(old))
        return self._reword(part, pattern, new, heading_only) or self._reword(
            part, re.compile(re.escape(old), re.IGNORECASE), new, heading_only
        )

    def _reword(self, part: Part, pattern: re.Pattern[str], new: str, heading_only: bool) -> int:
        part.heading, times = _changed(part.heading, pattern, new)
        if heading_only:
            return times
        part.text, more = _changed(part.text, pattern, new)
        return times + more + sum(self._reword(child, pattern, new, False) for child in part.children)

    def _forget(self, part: Part) -> None:
        for each in part.walk():
            self.index.pop(each.address, None)

    def _place(self, part: Part, address: str) -> None:
        """Give a part and all inside it their addresses."""
        part.address = address
        self.index[address] = part
        seen: dict[str, int] = {}
        for child in part.children:
            slug = slug_of_number(child.number)
            if child.unit not in STEPS or not slug:
                child.address = ""
                continue
            own = f"{address}.{STEPS[child.unit]}-{slug}"
            seen[own] = seen.get(own, 0) + 1
            self._place(child, own if seen[own] == 1 else f"{own}_{seen[own]}")


def _part(node: Node, parent: Part | None) -> Part:
    made = Part(node.unit, node.number, node.heading, node.text, node.address, parent, [], node.quoted)
    made.children = [_part(child, made) for child in node.children]
    return made


def _changed(text: str, pattern: re.Pattern[str], new: str) -> tuple[str, int]:
    """The text with other words, and how often; dropped words leave no double space behind."""
    changed, times = pattern.subn(lambda _: new, text)
    if times and not new:
        changed = re.sub(r" {2,}", " ", re.sub(r" +([,.;:])", r"\1", changed)).strip()
    return changed, times


def unquoted(node: Node) -> Node:
    """A quoted provision without the marks that open it and close it after its last word."""
    if node.children:
        return node._replace(children=(*node.children[:-1], unquoted(node.children[-1])))
    text = node.text or node.heading
    if node.unit is Unit.QUOTE:
        text = text.lstrip().removeprefix("“").removeprefix("«").removeprefix('"').lstrip()
        if text != node.text and not _closes_more(text):
            return node._replace(text=text)
    if not _closes_more(text) and text.count('"') % 2 == 0:
        return node
    bare = _CLOSES.sub("", text)
    return node._replace(text=bare) if node.text else node._replace(heading=bare)


def _closes_more(text: str) -> bool:
    """Whether more quotation marks close than open in it."""
    return text.count("”") + text.count("»") > text.count("“") + text.count("«")
