"""Two versions of a document, provision beside provision.

``align`` pairs articles first, then what stands inside paired articles, so that an identity given to
a provision in the old version can be carried to the new one. A person's correction overrides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from danban.lawtext.diff.folding import plain_spelling, tokens
from danban.lawtext.diff.matching import ARTICLES, INSIDE, Item, Link, Weights, match
from danban.lawtext.diff.texts import Texts
from danban.lawtext.tree import PROVISION_UNITS, Document, Node, Unit


class Change(StrEnum):
    """What became of a provision. ``RENUMBERED`` and ``MOVED`` keep every word."""

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    EDITED = "edited"
    MERGED = "merged"
    SPLIT = "split"
    NEW = "new"
    REPEALED = "repealed"
    ORTHOGRAPHY = "orthography"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Entry:
    """Provisions that belong together. ``flags`` say what else happened: renumbered, moved, edited …

    Addresses are in reading order; which of several is the closest counterpart, ``Pair.carries`` says.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    change: Change
    flags: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A provision and its counterpart at any level; ``None`` where there is none.

    ``carries`` is true for the one pair over which the lineage of the old provision goes on; of two
    provisions joined, the second has a counterpart too, but its lineage ends there.
    """

    old: str | None
    new: str | None
    unit: Unit
    change: Change
    carries: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """``articles`` stand in the order of the new version, the repealed where they stood in the old one."""

    articles: tuple[Entry, ...]
    provisions: tuple[Pair, ...]

    def carried(self) -> dict[str, str]:
        """New address → old address whose lineage it carries on."""
        return {pair.new: pair.old for pair in self.provisions if pair.carries and pair.new and pair.old}

    def as_json(self) -> dict[str, list[dict[str, object]]]:
        """Plain values for ``danban lawtext diff``."""
        return {
            "articles": [
                {
                    "old": [*e.old],
                    "new": [*e.new],
                    "change": str(e.change),
                    "flags": [str(f) for f in e.flags],
                }
                for e in self.articles
            ],
            "provisions": [
                {"old": p.old, "new": p.new, "unit": str(p.unit), "change": str(p.change)}
                for p in self.provisions
            ],
        }


# Shorter sentences ("Hộ nghèo;") stand in many articles without having moved.
LONG_ENOUGH = 40

Overrides = Iterable[tuple[str, str]]


def align(old: Document, new: Document, *, overrides: Overrides = ()) -> Alignment:
    """Align two versions.

    ``overrides`` are pairs (old address, new address) that an officer decided; "" on one side says that
    the other has no counterpart; two pairs that share a side are a merge or a split.
    """
    return _Aligner(old, new, tuple(overrides)).run()


@dataclass(frozen=True, slots=True)
class _Place:
    """A node with the division it stands in (None at the top)."""

    node: Node
    division: Node | None


_DIVISIONS = (Unit.PART, Unit.CHAPTER, Unit.SECTION, Unit.SUBSECTION, Unit.REGULATION)


def places_of(document: Document) -> list[_Place]:
    """The articles in order; in a document without articles the outermost provisions."""
    found = list(_places(document.root, None, lambda node: node.unit is Unit.ARTICLE))
    return found or list(_places(document.root, None, lambda node: node.unit in (Unit.CLAUSE, Unit.POINT)))


def _places(node: Node, division: Node | None, wanted: Callable[[Node], bool]) -> Iterator[_Place]:
    for child in node.children:
        if wanted(child):
            if child.address:
                yield _Place(child, division)
        else:
            yield from _places(child, child if child.unit in _DIVISIONS else division, wanted)


class _Aligner:
    """One alignment being made; the texts of nodes are read once."""

    def __init__(self, old: Document, new: Document, overrides: tuple[tuple[str, str], ...]) -> None:
        self.old, self.new = old, new
        self.overrides = overrides
        self.texts = Texts()
        self.pairs: list[Pair] = []
        self.decided = {address for pair in overrides for address in pair if address}
        self.gone: list[Node] = []
        self.come: list[Node] = []

    def run(self) -> Alignment:
        old, new = places_of(self.old), places_of(self.new)
        links = self._match(old, new, ARTICLES)
        images = _images(old, new, links)
        entries = []
        for link in _in_order(links):
            befores, afters = [old[i] for i in link.old], [new[i] for i in link.new]
            entry = self._entry(link, old, new, images)
            entries.append(entry)
            self._pairs(befores, afters, entry.change)
        self._carry_across()
        self._divisions(images)
        return Alignment(tuple(entries), tuple(self.pairs))

    def _match(self, old: Sequence[_Place], new: Sequence[_Place], weights: Weights = INSIDE) -> list[Link]:
        places = (
            {p.node.address: i for i, p in enumerate(old)},
            {p.node.address: i for i, p in enumerate(new)},
        )
        forced = [
            (places[0].get(before), places[1].get(after))
            for before, after in self.overrides
            if (before in places[0] or not before) and (after in places[1] or not after) and (before or after)
        ]
        return match(self._items(old), self._items(new), weights, forced)

    def _items(self, places: Sequence[_Place]) -> list[Item]:
        last = max(len(places) - 1, 1)
        items = []
        for index, place in enumerate(places):
            items.append(
                Item(
                    text=self.texts.text(place.node),
                    pairs=self.texts.pairs(place.node),
                    number=place.node.number,
                    heading=frozenset(tokens(place.node.heading)),
                    parent=frozenset(tokens(place.division.heading)) if place.division else frozenset(),
                    place=index / last,
                )
            )
        return items

    def _entry(
        self, link: Link, all_old: Sequence[_Place], all_new: Sequence[_Place], images: _Images
    ) -> Entry:
        old, new = [all_old[i] for i in link.old], [all_new[i] for i in link.new]
        addresses = (
            tuple(all_old[i].node.address for i in sorted(link.old)),
            tuple(all_new[i].node.address for i in sorted(link.new)),
        )
        change = self._change([p.node for p in old], [p.node for p in new])
        if not old or not new:
            return Entry(*addresses, change)
        flags = []
        if old[0].node.number != new[0].node.number:
            flags.append(Change.RENUMBERED)
        if images.moved(old[0].division, new[0].division):
            flags.append(Change.MOVED)
        if change is Change.UNCHANGED and flags:
            change = flags.pop()
        return Entry(*addresses, change, tuple(flags))

    def _change(self, old: Sequence[Node], new: Sequence[Node]) -> Change:
        """What became of the words; the number is not looked at."""
        if not old or not new:
            return Change.NEW if new else Change.REPEALED
        if len(old) > 1 or len(new) > 1:
            return Change.MERGED if len(old) > 1 else Change.SPLIT
        before, after = self.texts.text(old[0]), self.texts.text(new[0])
        if before == after:
            return Change.UNCHANGED
        if self.texts.pairs(old[0]) != self.texts.pairs(new[0]):
            return Change.EDITED
        before, after = plain_spelling(before), plain_spelling(after)
        if before == after:
            return Change.ORTHOGRAPHY
        return Change.CASE if before.casefold() == after.casefold() else Change.EDITED

    def _pairs(self, old: Sequence[_Place], new: Sequence[_Place], change: Change) -> None:
        """The pairs of one link and, when both sides are there, of everything inside it."""
        if not old or not new:
            for place in (*old, *new):
                self._alone(place.node, change)
            return
        for index, place in enumerate(old):
            self.pairs.append(
                Pair(place.node.address, new[0].node.address, place.node.unit, change, index == 0)
            )
        for place in new[1:]:
            self.pairs.append(Pair(old[0].node.address, place.node.address, place.node.unit, change))
        inside_old, inside_new = _inside(old), _inside(new)
        if not inside_old and not inside_new:
            return
        for link in _in_order(self._match(inside_old, inside_new)):
            befores, afters = [inside_old[i] for i in link.old], [inside_new[i] for i in link.new]
            found = self._change([p.node for p in befores], [p.node for p in afters])
            renumbered = befores and afters and befores[0].node.number != afters[0].node.number
            self._pairs(
                befores, afters, Change.RENUMBERED if renumbered and found is Change.UNCHANGED else found
            )

    def _alone(self, node: Node, change: Change) -> None:
        home = self.gone if change is Change.REPEALED else self.come
        home += [each for each in node.walk() if each.address and each.unit in PROVISION_UNITS]

    def _carry_across(self) -> None:
        """What stands word for word in another article now has moved; the rest is gone or new."""
        waiting: dict[tuple[Unit, str], list[Node]] = {}
        for node in self.come:
            waiting.setdefault((node.unit, self.texts.text(node)), []).append(node)
        moved: set[int] = set()
        for node in self.gone:
            text = self.texts.text(node)
            same = [] if self._decided(node) else waiting.get((node.unit, text), [])
            if (
                len(same) == 1
                and not self._decided(same[0])
                and len(text) >= LONG_ENOUGH
                and id(same[0]) not in moved
            ):
                moved.add(id(same[0]))
                self.pairs.append(Pair(node.address, same[0].address, node.unit, Change.MOVED, True))
            else:
                self.pairs.append(Pair(node.address, None, node.unit, Change.REPEALED))
        self.pairs += [
            Pair(None, node.address, node.unit, Change.NEW) for node in self.come if id(node) not in moved
        ]

    def _decided(self, node: Node) -> bool:
        """Whether a person has said what became of it, or of what it stands in."""
        steps = node.address.split(".")
        return any(".".join(steps[:n]) in self.decided for n in range(1, len(steps) + 1))

    def _divisions(self, images: _Images) -> None:
        """Chapters, sections and appendices: by where their articles went, else by their heading."""
        old = [
            _Place(n, None)
            for n in self.old.root.walk()
            if n.unit in (*_DIVISIONS, Unit.APPENDIX) and n.address
        ]
        new = [
            _Place(n, None)
            for n in self.new.root.walk()
            if n.unit in (*_DIVISIONS, Unit.APPENDIX) and n.address
        ]
        for befores, afters in images.paired(old, new):
            change = self._heading_change(befores, afters)
            for index, place in enumerate(befores or afters):
                self.pairs.append(
                    Pair(
                        place.node.address if befores else None,
                        afters[0].node.address if afters else None,
                        place.node.unit,
                        change,
                        bool(befores and afters) and index == 0,
                    )
                )

    def _heading_change(self, old: Sequence[_Place], new: Sequence[_Place]) -> Change:
        heads = [[p.node._replace(children=(), quoted=()) for p in side] for side in (old, new)]
        change = self._change(*heads)
        renumbered = bool(old and new) and old[0].node.number != new[0].node.number
        return Change.RENUMBERED if renumbered and change is Change.UNCHANGED else change


class _Images:
    """Where the articles of each division went, and where those of each new division came from."""

    def __init__(self) -> None:
        self.forward: dict[int, Counter[int]] = {}
        self.backward: dict[int, Counter[int]] = {}

    def add(self, old: Node | None, new: Node | None) -> None:
        self.forward.setdefault(id(old), Counter())[id(new)] += 1
        self.backward.setdefault(id(new), Counter())[id(old)] += 1

    def moved(self, old: Node | None, new: Node | None) -> bool:
        """Into a division that is not what its own became, nor one its own was divided into."""
        image, source = self._most(self.forward, id(old)), self._most(self.backward, id(new))
        return image != id(new) and source != id(old)

    def paired(
        self, old: Sequence[_Place], new: Sequence[_Place]
    ) -> Iterator[tuple[list[_Place], list[_Place]]]:
        """Divisions that are each other's image; those left over by the same unit and heading."""
        free = {id(p.node): p for p in new}
        left = []
        for place in old:
            image = self._most(self.forward, id(place.node))
            if image in free and self._most(self.backward, image) == id(place.node):
                yield [place], [free.pop(image)]
            else:
                left.append(place)
        for place in left:
            key = _head(place.node)
            found = next((i for i, p in free.items() if _head(p.node) == key), None)
            if found is None:
                found = next((i for i, p in free.items() if p.node.address == place.node.address), None)
            yield [place], ([free.pop(found)] if found is not None else [])
        for place in free.values():
            yield [], [place]

    @staticmethod
    def _most(counts: dict[int, Counter[int]], key: int) -> int | None:
        found = counts.get(key)
        return found.most_common(1)[0][0] if found else None


def _head(node: Node) -> tuple[Unit, str]:
    return node.unit, plain_spelling(node.heading).casefold() or node.number


def _images(old: Sequence[_Place], new: Sequence[_Place], links: Sequence[Link]) -> _Images:
    images = _Images()
    for link in links:
        if link.old and link.new:
            images.add(old[link.old[0]].division, new[link.new[0]].division)
    return images


def _inside(places: Sequence[_Place]) -> list[_Place]:
    return [
        _Place(c, None) for p in places for c in p.node.children if c.unit in PROVISION_UNITS and c.address
    ]


def _in_order(links: Sequence[Link]) -> list[Link]:
    """By place in the new version; what is gone follows the old neighbour before it."""
    anchors = {row: min(link.new) for link in links if link.new for row in link.old}

    def key(link: Link) -> tuple[int, int, int]:
        if link.new:
            return (min(link.new), 0, 0)
        row = min(link.old)
        before = next((anchors[r] for r in range(row - 1, -1, -1) if r in anchors), -1)
        return (before, 1, row)

    return sorted(links, key=key)
