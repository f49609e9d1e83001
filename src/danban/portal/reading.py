"""A released version as blocks ready to be shown.

A released version never changes, so its blocks are made once and kept; only the counts
are filled in at each request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from danban.lawtext import Unit
from danban.policies.beside import label_of_unit
from danban.policies.models import Provision, Version
from danban.policies.queries import provisions_of

DIVISIONS = frozenset(
    {Unit.PART, Unit.CHAPTER, Unit.SECTION, Unit.SUBSECTION, Unit.REGULATION, Unit.APPENDIX}
)
PAGE_CHARACTERS = 60_000
"""A draft longer than this is shown chapter by chapter (about 50 KB on the wire with its frame)."""


@dataclass(frozen=True, slots=True)
class Block:
    """One article with all below it, one division's heading, or one run of other text.

    ``members`` are the ids of the provisions in it: their counts add up to the block's.
    """

    place: int
    address: str
    unit: str
    label: str
    heading: str
    html: str
    members: tuple[int, ...]
    characters: int
    chapter: str

    @property
    def is_article(self) -> bool:
        """An article that has a page of its own."""
        return self.unit == Unit.ARTICLE and bool(self.address)

    @property
    def is_division(self) -> bool:
        return self.unit in DIVISIONS


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of a long draft: the blocks from one chapter's heading to the next."""

    address: str
    label: str
    heading: str
    blocks: tuple[Block, ...]


def label_of(provision: Provision) -> str:
    """ "Điều 5", "Chương II"; "" for what has no number of its own."""
    return label_of_unit(provision.unit, provision.number)


def runs(provisions: list[Provision]) -> list[list[Provision]]:
    """Provisions cut into blocks: an article begins one and keeps what lies below it."""
    runs: list[list[Provision]] = []
    article: Provision | None = None
    for provision in provisions:
        inside = article is not None and provision.unit in (Unit.CLAUSE, Unit.POINT, Unit.SUBPOINT)
        if inside:
            runs[-1].append(provision)
            continue
        article = provision if provision.unit == Unit.ARTICLE else None
        runs.append([provision])
    return runs


def _block(place: int, run: list[Provision], chapter: str) -> Block:
    head = run[0]
    html = render_to_string("portal/_block.html", {"head": head, "label": label_of(head), "below": run[1:]})
    return Block(
        place=place,
        address=head.address,
        unit=head.unit,
        label=label_of(head),
        heading=head.heading,
        html=html,
        members=tuple(provision.pk for provision in run),
        characters=sum(len(provision.text) + len(provision.heading) for provision in run),
        chapter=chapter,
    )


def blocks_of(version: Version) -> tuple[Block, ...]:
    """All blocks of a released version in reading order."""
    return _blocks(version.pk, version.file_sha256, get_language() or "")


@lru_cache(maxsize=64)
def _blocks(version_id: int, _file_sha256: str, _language: str) -> tuple[Block, ...]:
    """Kept by id and file: a demo made anew uses ids again. By language: an appendix is named in it."""
    blocks: list[Block] = []
    chapter = ""
    for run in runs(list(provisions_of(version_id))):
        if run[0].unit in (Unit.CHAPTER, Unit.REGULATION, Unit.APPENDIX, Unit.PART):
            chapter = run[0].address
        blocks.append(_block(len(blocks), run, chapter))
    return tuple(blocks)


COUNT = "\x00"


def text_of(
    blocks: Iterable[Block], version: Version, slug: str, window_id: int, counts: Mapping[int | None, int]
) -> SafeString:
    """The blocks as HTML with their counts. ``window_id`` is that of the window open for them, else 0."""
    pieces = _pieces(version.pk, version.file_sha256, slug, window_id, get_language() or "")
    words = {0: gettext("Xem riêng điều này")}
    parts = []
    for block in blocks:
        before, after = pieces[block.place]
        parts.append(before)
        if after:
            count = sum([counts.get(member, 0) for member in block.members]) if counts else 0
            if count not in words:
                words[count] = ngettext("%(n)d góp ý", "%(n)d góp ý", count) % {"n": count}
            parts += (words[count], after)
    return mark_safe("".join(parts))  # noqa: S308 - rendered by our own templates


@lru_cache(maxsize=128)
def _pieces(
    version_id: int, file_sha256: str, slug: str, window_id: int, language: str
) -> tuple[tuple[str, str], ...]:
    """Each block's HTML before and after its count, in one language; only counts differ between requests."""
    pieces = []
    for block in _blocks(version_id, file_sha256, language):
        values = {"one": block, "slug": slug, "window_id": window_id, "count": COUNT}
        html = render_to_string("portal/_article.html", values) if block.is_article else block.html
        before, _count, after = html.partition(COUNT)
        pieces.append((before, after))
    return tuple(pieces)


def chapters_of(blocks: tuple[Block, ...]) -> list[Chapter]:
    """Blocks gathered by chapter; what comes before the first chapter is the opening."""
    chapters: list[Chapter] = []
    for block in blocks:
        if not chapters or (block.chapter and block.chapter != chapters[-1].address):
            titled = block if block.is_division else None
            chapters.append(
                Chapter(
                    address=block.chapter or "mo-dau",
                    label=titled.label if titled else gettext("Phần mở đầu"),
                    heading=titled.heading if titled else "",
                    blocks=(),
                )
            )
        last = chapters[-1]
        chapters[-1] = Chapter(last.address, last.label, last.heading, (*last.blocks, block))
    return chapters


def is_long(blocks: tuple[Block, ...]) -> bool:
    return sum(block.characters for block in blocks) > PAGE_CHARACTERS
