"""The words a comment is about: those its author read, and what they have become since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from danban.consultation.models import Comment
from danban.consultation.places import place_in_words
from danban.policies.comparison import Article, compare
from danban.policies.models import Provision, Version
from danban.policies.pairing import NEW, REPEALED, Pair
from danban.policies.queries import counterparts, latest_released, provisions_of, rows_among


@dataclass(frozen=True, slots=True)
class Words:
    """``now`` is None while there is no newer version; ``gone`` when the newer one no longer has it.

    ``beside`` holds both texts provision by provision, to show which words changed.
    """

    read: list[Provision]
    newer: Version | None
    now: list[Provision]
    beside: list[Article]

    @property
    def gone(self) -> bool:
        return self.newer is not None and not self.now

    @property
    def stayed(self) -> bool:
        """Every word is as its author read it, wherever it stands now."""
        same = all(part.old == part.new for article in self.beside for part in article.parts)
        return same and all(article.old_heading == article.new_heading for article in self.beside)

    @property
    def article_now(self) -> str:
        """The address of the article in which they stand now."""
        return self.now[0].address.partition(".")[0] if self.now else ""

    @property
    def place_now(self) -> str:
        """Where the words stand now, when that is elsewhere: "khoản 2 Điều 5"; else ""."""
        moved = self.now and self.now[0].address != self.read[0].address
        return place_in_words(self.now[0]) if moved else ""


def words_read(comment: Comment) -> Words | None:
    """Both texts of the provision a comment is about; None for the whole draft."""
    if comment.provision is None:
        return None
    newest = latest_released(comment.window.dossier)
    newer = newest if newest and newest.number > comment.version.number else None
    read = _with_below(comment.provision)
    if newer is None:
        return Words(read, None, [], [])
    became = counterparts(read, newer)
    head, _change = became[comment.provision.pk]
    now = _with_below(head) if head else []
    pairs = _pairs(read, now, {pk: (one.pk if one else None, said) for pk, (one, said) in became.items()})
    return Words(read, newer, now, compare(rows_among(read), rows_among(now), pairs))


def _pairs(
    read: Sequence[Provision], now: Sequence[Provision], became: dict[int, tuple[int | None, str]]
) -> list[Pair]:
    """What lies in the provision, pair by pair; what went elsewhere counts as gone from here."""
    place_of = {provision.pk: place for place, provision in enumerate(now)}
    pairs: list[Pair] = []
    for place, provision in enumerate(read):
        after, change = became[provision.pk]
        there = place_of.get(after, -1) if after is not None else -1
        pairs.append([place, there, change if there >= 0 else REPEALED])
    met = {pair[1] for pair in pairs}
    return pairs + [[-1, place, NEW] for place in range(len(now)) if place not in met]


def _with_below(provision: Provision) -> list[Provision]:
    """A provision and all that lies in it, in reading order."""
    if not provision.address:
        return [provision]
    inside = provisions_of(provision.version_id).filter(address__startswith=f"{provision.address}.")
    return [provision, *inside]
