"""Cited places to addresses, in a draft and from a place in it; other documents kept apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from danban.lawtext.cite.chains import THIS, Place, chains, places
from danban.lawtext.cite.divisions import divisions
from danban.lawtext.cite.mentions import Mention, mentions
from danban.lawtext.cite.others import document_after, document_before, numbered_documents
from danban.lawtext.cite.scope import Scope, numbers_between, slug
from danban.lawtext.tree import Document


class Ref(NamedTuple):
    """A provision of the draft and where the text names it (characters of the text in NFC)."""

    address: str
    start: int
    end: int


class External(NamedTuple):
    """Another document: the words that cite it, its name, what of it (addresses there, often none), where."""

    text: str
    document: str
    addresses: tuple[str, ...]
    start: int
    end: int


class Cited(NamedTuple):
    """What a text cites, in its order, each provision once."""

    refs: tuple[Ref, ...]
    external: tuple[External, ...] = ()

    def as_json(self) -> dict[str, list[str]]:
        """Plain values for ``danban lawtext cite``; other documents in the words that cite them."""
        return {
            "refs": [ref.address for ref in self.refs],
            "external": [other.text for other in self.external],
        }


_NOTHING = Cited(())
_ADDRESS_OF_HERE = re.compile(
    r"(?P<front>.*/)?dieu-(?P<article>[^.]+)(?:\.khoan-(?P<clause>[^.]+))?(?:\.diem-(?P<point>[^.]+))?.*"
)
_SPEAKS_OF_IT = re.compile(r"(?:tại|của|theo|trong|thuộc)\s+$", re.IGNORECASE)


class Citer:
    """Reads many texts against one draft. Without a draft every well-formed citation counts."""

    def __init__(self, draft: Document | None = None) -> None:
        self.scope = Scope(draft) if draft else None
        self._own_name = self.scope.title if self.scope else ""

    def cite(self, text: str, *, at: str = "") -> Cited:
        """Citations of one text. ``at`` is the address the text stands in or speaks about."""
        text = unicodedata.normalize("NFC", text)
        found = mentions(text)
        wider = divisions(text, self.scope)
        if not found and not wider and "/" not in text:
            return _NOTHING
        refs: dict[str, Ref] = {}
        external: list[External] = []
        for run, gaps in chains(text, found) if found else ():
            self._run(text, run, places(text, run, gaps), at, refs, external)
        for address, start, end in wider:
            other, until = document_after(text, end, self._own_name)
            if other:
                external.append(External(text[start:until], other, (address,), start, until))
            else:
                refs.setdefault(address, Ref(address, start, end))
        if "/" in text:
            self._numbered(text, external)
        return Cited(tuple(refs.values()), tuple(external))

    def _run(
        self,
        text: str,
        run: Sequence[Mention],
        named: Sequence[Place],
        at: str,
        refs: dict[str, Ref],
        external: list[External],
    ) -> None:
        start, end = run[0].start, run[-1].end
        other, until = document_after(text, end, self._own_name)
        if not other and start > 12:
            other, start = document_before(text, start, external[-1].end if external else 0)
        if other:
            addresses = tuple(dict.fromkeys(a for place in _spread(named) if (a := _path(place))))
            external.append(External(text[start:until], other, addresses, start, until))
            return
        previous = ""
        for place in named:
            path = _path(place) or self._here(text, place, at)
            address = self.scope.find(path, at) if path and self.scope else path
            if not address:
                previous = ""
                continue
            if previous:
                for between in self._between(previous, address):
                    refs.setdefault(between, Ref(between, place.start, place.end))
            if address not in refs:
                refs[address] = Ref(address, place.start, place.end)
            previous = address if place.through else ""

    def _here(self, text: str, place: Place, at: str) -> str:
        """The path of a place named from where the text stands: "khoản này", "khoản 2 Điều này"."""
        here = _ADDRESS_OF_HERE.fullmatch(at) if at else None
        if here is None:
            return ""
        clause, point = place.clause, place.point
        whole = not clause and not point
        if whole and not _SPEAKS_OF_IT.search(text, max(0, place.start - 8), place.start):
            return ""
        if clause == THIS:
            clause = here["clause"] or ""
        if point == THIS:
            point = here["point"] or ""
            clause = clause or here["clause"] or ""
        return _joined(here["article"], slug(clause), slug(point))

    def _between(self, first: str, last: str) -> list[str]:
        if self.scope:
            return self.scope.between(first, last)
        head, _, number = first.rpartition("-")
        last_head, _, last_number = last.rpartition("-")
        if head != last_head:
            return []
        plain = {"dd": "đ"}
        inner = numbers_between(plain.get(number, number), plain.get(last_number, last_number))
        return [f"{head}-{slug(n)}" for n in inner]

    def _numbered(self, text: str, external: list[External]) -> None:
        """Documents named by number that no citation has claimed."""
        spans = [(o.start, o.end) for o in external]
        known = "".join(o.document for o in external)
        for name, start, end in numbered_documents(text):
            if name not in known and not any(a <= start < b for a, b in spans):
                external.append(External(name, name, (), start, end))


def _joined(article: str, clause: str, point: str) -> str:
    path = f"dieu-{article}"
    if clause:
        path += f".khoan-{clause}"
    return f"{path}.diem-{point}" if point else path


def _path(place: Place) -> str:
    """The path a place names by itself; "" when it rests on where the text stands."""
    article, clause, point = place.article, place.clause, place.point
    if not article or THIS in (article, clause, point):
        return ""
    return _joined(slug(article), slug(clause), slug(point))


def _spread(named: Sequence[Place]) -> Iterator[Place]:
    """Places with those a range leaves out filled in."""
    before: Place | None = None
    for place in named:
        if before is not None:
            level = next((i for i in (2, 1, 0) if place[i]), 0)
            for number in numbers_between(str(before[level]), str(place[level])):
                levels = [place.article, place.clause, place.point]
                levels[level] = number
                yield Place(levels[0], levels[1], levels[2], place.start, place.end)
        yield place
        before = place if place.through else None


_latest: tuple[Document | None, Citer] = (None, Citer())


def cite(text: str, *, draft: Document | None = None, at: str = "") -> Cited:
    """Citations of one text; for many texts against one draft the draft is read once."""
    global _latest
    known, citer = _latest
    if known is not draft:
        citer = Citer(draft)
        _latest = (draft, citer)
    return citer.cite(text, at=at)
