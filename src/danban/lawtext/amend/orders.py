"""What an amending document orders: its sentences as plain values.

The forms are those of Decree 78/2025/NĐ-CP on drafting: "Sửa đổi, bổ sung khoản 2 Điều 5 như sau: …",
"Bổ sung khoản 5a vào sau khoản 5", "Bãi bỏ điểm c khoản 1 Điều 7", "Thay thế cụm từ “A” bằng cụm từ “B”
tại …".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from danban.lawtext.cite import Citer
from danban.lawtext.tree import Document, Node, Unit


class Verb(StrEnum):
    """What is ordered."""

    CHANGE = "change"
    ADD = "add"
    REPEAL = "repeal"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Order:
    """One order. ``at`` is its address in the amending document, ``sentence`` its words.

    ``places`` are addresses in the base text, ``quoted`` the new provisions; for changed words
    ``old_words`` and ``new_words``. ``part`` is "heading" or "opening" when only that is meant.
    """

    verb: Verb
    at: str
    sentence: str
    places: tuple[str, ...] = ()
    quoted: tuple[Node, ...] = ()
    old_words: str = ""
    new_words: str = ""
    part: str = ""
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """A sentence that orders something, and why it is no ``Order``."""

    at: str
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Context:
    """What a provision hands down to those inside it."""

    place: str = ""
    verb: Verb | None = None
    words: tuple[tuple[str, str], ...] = ()


_VERBS = {
    "sửa đổi, bổ sung": Verb.CHANGE,
    "sửa đổi": Verb.CHANGE,
    "bổ sung": Verb.ADD,
    "bãi bỏ": Verb.REPEAL,
    "hủy bỏ": Verb.REPEAL,
    "huỷ bỏ": Verb.REPEAL,
    "bỏ": Verb.REPEAL,
    "thay thế": Verb.CHANGE,
    "thay": Verb.CHANGE,
}
_VERB = "|".join(_VERBS)
_STARTS = re.compile(rf"\W*(?:{_VERB})\b", re.IGNORECASE)
_SEGMENT = re.compile(rf"(?:^\W*|[;,.]\s*(?:và\s+)?|\bvà\s+|\bđược\s+)({_VERB})\b", re.IGNORECASE)
_PLACE_FIRST = re.compile(
    rf"\W*(?:Khoản|Điểm|Điều|Tên|Tiêu đề|Đoạn|Cụm từ|Các)\b[^:]{{0,160}}?\bđược\s+(?:{_VERB})\b",
    re.IGNORECASE,
)
"""The other order of words: "Khoản 2 Điều 5 được sửa đổi như sau: …"."""
_SPEAKS = r"[“\"«]([^”\"»]*)[”\"»]"
_NAMES_WORDS = re.compile(rf"(?:cụm\s+)?từ(?:\s+ngữ)?\s+{_SPEAKS}", re.IGNORECASE)
_PAIR = re.compile(
    rf"{_SPEAKS}\s*(?:(?:tại|ở)\s[^“\"]*?)?(?:bằng|thành)\s+(?:các\s+)?(?:cụm\s+)?(?:từ\s+)?{_SPEAKS}",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"bổ sung\s+(?:cụm\s+)?từ\s+{_SPEAKS}\s*(?:vào\s+)?(?P<side>sau|trước)\s+(?:cụm\s+)?từ\s+{_SPEAKS}",
    re.IGNORECASE,
)
_ANY_WORDS = re.compile(_SPEAKS)
_HEADING = re.compile(r"\b(?:tên|tiêu đề)\s+(?:của\s+)?(?:Điều|khoản|điều)", re.IGNORECASE)
_OPENING = re.compile(r"đoạn\s+(?:mở đầu|đầu|thứ nhất)|lời dẫn|phần mở đầu", re.IGNORECASE)

_INLINE = re.compile(
    r"như sau\s*:\s*[“\"«]"
    r"(?:Điều\s+(?P<article>\d+[a-zđ]?)\s*[.:]|(?P<clause>\d+[a-zđ]?)\s*\.(?!\d)|(?P<point>[a-zđ]\d?)\s*\))?"
    r"\s*(?P<words>[^“]*?)[”\"»]\W*$"
)

_citer = Citer()


class Orders:
    """Reads the orders of one amending document. ``is_base`` says whether a named document is the base."""

    def __init__(self, is_base: Callable[[str], bool]) -> None:
        self.is_base = is_base

    def read(self, amending: Document) -> Iterator[Order | Unclear]:
        for article in amending.articles():
            yield from self._node(article, _Context())

    def _node(self, node: Node, context: _Context) -> Iterator[Order | Unclear]:
        sentence = " ".join(part for part in (node.heading, node.text.replace("\n", " ")) if part)
        starts = bool(_STARTS.match(sentence) or _PLACE_FIRST.match(sentence))
        listed = context.verb is not None and not starts
        if not starts and not listed and not node.quoted:
            for child in node.children:
                yield from self._node(child, _Context(context.place))
            return
        bare = _ANY_WORDS.sub(lambda m: " " * len(m[0]), sentence)
        if not self.is_base(bare):
            yield Unclear(node.address, sentence, "Chỉ dẫn này sửa văn bản khác.")
            return
        found = list(self._orders(node, sentence, bare, context))
        yield from found
        inner = self._handed_down(sentence, bare, context, found)
        for child in node.children:
            yield from self._node(child, inner)
        if not found and not node.children:
            yield Unclear(node.address, sentence, "Không đọc được chỉ dẫn này sửa chỗ nào.")

    def _orders(self, node: Node, sentence: str, bare: str, context: _Context) -> Iterator[Order]:
        words = _words_in(sentence)
        if words and not node.quoted:
            places = self._places(bare, context)
            part = "heading" if _HEADING.search(bare) else ""
            if places or not node.children:
                for old, new in words:
                    yield Order(Verb.WORDS, node.address, sentence, places, (), old, new, part)
            return
        if context.words and not node.quoted:
            places = self._places(bare, context, own_only=True)
            for old, new in context.words if places else ():
                yield Order(Verb.WORDS, node.address, sentence, places, (), old, new)
            return
        yield from self._segments(node, sentence, bare, context)

    def _segments(self, node: Node, sentence: str, bare: str, context: _Context) -> Iterator[Order]:
        """One sentence may repeal one clause and change another."""
        marks = list(_SEGMENT.finditer(bare))
        verbs = [_VERBS[mark[1].lower()] for mark in marks] or [context.verb or Verb.CHANGE]
        starts = [mark.start() for mark in marks] or [0]
        if _PLACE_FIRST.match(bare):
            starts[0] = 0
        ends = [*starts[1:], len(bare)]
        base = self._base_place(bare, context.place)
        for verb, start, end in zip(verbs, starts, ends, strict=True):
            if verb is Verb.REPEAL:
                places = self._cited(bare[start:end], base)
                if places:
                    yield Order(Verb.REPEAL, node.address, sentence, places)
        quoted = node.quoted or _quoted_inline(sentence)
        if quoted:
            changes = Verb.CHANGE in verbs
            part = "heading" if _HEADING.search(bare) else "opening" if _OPENING.search(bare) else ""
            yield Order(
                verb=Verb.CHANGE if changes else Verb.ADD,
                at=node.address,
                sentence=sentence,
                places=self._cited(bare, base) or ((context.place,) if context.place else ()),
                quoted=quoted,
                part=part,
                adds=Verb.ADD in verbs,
            )

    def _handed_down(self, sentence: str, bare: str, context: _Context, found: list[Order]) -> _Context:
        """The place and, for lists ("Bãi bỏ các quy định sau:"), the verb for what stands inside."""
        places = self._places(bare, context, own_only=True)
        place = places[0] if len(places) == 1 else context.place
        words = () if found else tuple(_words_in(sentence))
        opening = _SEGMENT.match(bare)
        verb = _VERBS[opening[1].lower()] if opening else context.verb
        lists = verb is Verb.REPEAL and not found
        if words:
            return _Context(place, Verb.WORDS, words)
        return _Context(place, Verb.REPEAL if lists else None, context.words)

    def _places(self, bare: str, context: _Context, *, own_only: bool = False) -> tuple[str, ...]:
        """Addresses a sentence names; the handed-down place when it names none."""
        places = self._cited(bare, self._base_place(bare, context.place))
        if places or own_only or not context.place:
            return places
        return (context.place,)

    def _base_place(self, bare: str, place: str) -> str:
        """Where loose numbers belong: "Bổ sung điểm c vào sau điểm b khoản 2 Điều 5" → khoản 2 Điều 5."""
        named = self._cited(bare, "")
        articles = {address.partition(".")[0] for address in named}
        return named[-1] if len(articles) == 1 else place

    def _cited(self, text: str, place: str) -> tuple[str, ...]:
        cited = _citer.cite(text, at=place)
        found = [(ref.start, ref.address) for ref in cited.refs]
        found += [
            (other.start, a) for other in cited.external for a in other.addresses if self.is_base(other.text)
        ]
        return tuple(dict.fromkeys(address for _, address in sorted(found)))


def _words_in(sentence: str) -> list[tuple[str, str]]:
    """Pairs (old words, new words) of a sentence that changes wording."""
    return [pair for pair in _any_words_in(sentence) if pair[0].strip()]


def _any_words_in(sentence: str) -> list[tuple[str, str]]:
    if not _NAMES_WORDS.search(sentence):
        return []
    beside = [
        (m[3], f"{m[3]} {m[1]}" if m["side"].lower() == "sau" else f"{m[1]} {m[3]}")
        for m in _BESIDE.finditer(sentence)
    ]
    if beside:
        return beside
    pairs = [(m[1], m[2]) for m in _PAIR.finditer(sentence)]
    if pairs:
        return pairs
    if re.match(r"\W*(?:bãi bỏ|bỏ|hủy bỏ|huỷ bỏ)\b", sentence, re.IGNORECASE):
        return [(m[1], "") for m in _ANY_WORDS.finditer(sentence)]
    return []


def _quoted_inline(sentence: str) -> tuple[Node, ...]:
    """A quotation on the line of the order itself: "Sửa đổi tên Điều 35 như sau: “Điều 35. Trách nhiệm”"."""
    match = _INLINE.search(sentence)
    if match is None:
        return ()
    words = match["words"].strip()
    if match["article"]:
        return (Node(Unit.ARTICLE, match["article"], heading=words),)
    if match["clause"]:
        return (Node(Unit.CLAUSE, match["clause"], text=words),)
    if match["point"]:
        return (Node(Unit.POINT, match["point"], text=words),)
    return (Node(Unit.QUOTE, text=words),)
