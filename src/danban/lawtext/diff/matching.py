"""Which old provisions became which new ones, at one level of the tree.

Same text first (free), then the assignment with the greatest total likeness, then a second look for
provisions that were joined or divided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from danban.lawtext.diff.likeness import Likeness, Vector, dice, share, without


@dataclass(frozen=True, slots=True)
class Item:
    """One provision as the matcher sees it. ``place`` is 0 at the document's start, 1 at its end."""

    text: str
    pairs: Sequence[int]
    number: str = ""
    heading: frozenset[str] = frozenset()
    parent: frozenset[str] = frozenset()
    place: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts beside the words, and how much likeness makes two provisions counterparts."""

    heading: float
    place: float
    parent: float
    number: float
    enough: float


ARTICLES = Weights(heading=0.35, place=0.08, parent=0.05, number=0.0, enough=0.44)
INSIDE = Weights(heading=0.20, place=0.12, parent=0.0, number=0.08, enough=0.38)

# Joined or divided: most of the lone provision must be found in the other, beyond what the
# other's own counterpart already explains.
NEAR = 0.10
_ROUNDS = 8
MOSTLY, NEARLY_ALL = 0.50, 0.80
OWN_PART, OWN_FOUND = 0.20, 0.42
BEYOND_PART, BEYOND_SHARED, BEYOND_FOUND = 0.25, 0.30, 0.50


@dataclass(slots=True)
class Link:
    """Indices of old and new provisions that belong together; the closest counterpart first."""

    old: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)


def match(
    old: Sequence[Item],
    new: Sequence[Item],
    weights: Weights,
    forced: Iterable[tuple[int | None, int | None]] = (),
) -> list[Link]:
    """Links that hold every index of either side exactly once. ``forced`` pairs are a person's word."""
    links, free_old, free_new = _forced(old, new, forced)
    _same_text(old, new, links, free_old, free_new)
    if free_old and free_new:
        _alike(old, new, weights, links, (free_old, free_new))
    links += [Link(old=[row]) for row in sorted(free_old)]
    links += [Link(new=[column]) for column in sorted(free_new)]
    return links


def _alike(
    old: Sequence[Item],
    new: Sequence[Item],
    weights: Weights,
    links: list[Link],
    free: tuple[set[int], set[int]],
) -> None:
    """Link what is alike among the free; whatever has its own twin needs no second look."""
    rows, columns = sorted(free[0]), sorted(free[1])
    some_old, some_new = [old[row] for row in rows], [new[column] for column in columns]
    likeness = Likeness([item.pairs for item in some_old], [item.pairs for item in some_new])
    scores = _scores(some_old, some_new, weights, likeness)
    found = [Link([row], [column]) for row, column in _assign(scores)]
    left_old = set(range(len(rows))) - {row for link in found for row in link.old}
    left_new = set(range(len(columns))) - {column for link in found for column in link.new}
    if found:
        _join_and_divide(likeness, found, left_old, left_new)
    links += [Link([rows[r] for r in link.old], [columns[c] for c in link.new]) for link in found]
    free[0].intersection_update(rows[row] for row in left_old)
    free[1].intersection_update(columns[column] for column in left_new)


def _forced(
    old: Sequence[Item], new: Sequence[Item], forced: Iterable[tuple[int | None, int | None]]
) -> tuple[list[Link], set[int], set[int]]:
    """A person's pairs as links; pairs that share a side become one link."""
    links: list[Link] = []
    for row, column in forced:
        link = next((found for found in links if row in found.old or column in found.new), None)
        if link is None:
            link = Link()
            links.append(link)
        if row is not None and row not in link.old:
            link.old.append(row)
        if column is not None and column not in link.new:
            link.new.append(column)
    taken_old = {row for link in links for row in link.old}
    taken_new = {column for link in links for column in link.new}
    return links, set(range(len(old))) - taken_old, set(range(len(new))) - taken_new


def _same_text(
    old: Sequence[Item], new: Sequence[Item], links: list[Link], free_old: set[int], free_new: set[int]
) -> None:
    """Provisions whose words are the same: the one of the same number first, else in order."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for column in sorted(free_new):
        waiting[new[column].text].append(column)
    for same_number in (True, False):
        for row in sorted(free_old):
            columns = waiting.get(old[row].text, [])
            found = next((c for c in columns if not same_number or new[c].number == old[row].number), None)
            if found is None:
                continue
            columns.remove(found)
            free_old.discard(row)
            free_new.discard(found)
            links.append(Link([row], [found]))


def _scores(
    old: Sequence[Item], new: Sequence[Item], weights: Weights, likeness: Likeness
) -> dict[tuple[int, int], float]:
    """(row, column) → score, only of pairs that are alike enough to be counterparts."""
    scores: dict[tuple[int, int], float] = {}
    for row, one in enumerate(old):
        least = weights.enough - (weights.heading if one.heading else 0.0) - weights.parent
        for column, cosine in likeness.cosines(row).items():
            other = new[column]
            score = cosine + weights.place * (1 - abs(one.place - other.place))
            if one.number == other.number:
                score += weights.number
            if score < least:
                continue
            score += weights.heading * dice(one.heading, other.heading)
            score += weights.parent * dice(one.parent, other.parent)
            if score >= weights.enough:
                scores[row, column] = score
    return scores


def _assign(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """One-to-one pairs of great total score: the best pair first, then exchanges while they gain."""
    partner: dict[int, int] = {}
    holder: dict[int, int] = {}
    ranked = sorted(scores, key=lambda pair: (-scores[pair], pair))
    for row, column in ranked:
        if row not in partner and column not in holder:
            partner[row], holder[column] = column, row
    for _ in range(_ROUNDS):
        if not _exchange(scores, ranked, partner, holder):
            break
    return sorted(partner.items())


def _exchange(
    scores: dict[tuple[int, int], float],
    ranked: Sequence[tuple[int, int]],
    partner: dict[int, int],
    holder: dict[int, int],
) -> bool:
    """Try every unused pair: free both ends, let those left alone take each other, keep what gains."""
    gained = False
    for row, column in ranked:
        if partner.get(row) == column:
            continue
        left_column, left_row = partner.get(row), holder.get(column)
        before = scores.get((row, left_column), 0.0) if left_column is not None else 0.0
        before += scores.get((left_row, column), 0.0) if left_row is not None else 0.0
        rest = None if left_row is None or left_column is None else scores.get((left_row, left_column))
        if scores[row, column] + (rest or 0.0) <= before + 1e-9:
            continue
        gained = True
        partner[row], holder[column] = column, row
        if left_row is not None:
            partner.pop(left_row)
        if left_column is not None:
            holder.pop(left_column)
        if rest is not None and left_row is not None and left_column is not None:
            partner[left_row], holder[left_column] = left_column, left_row
    return gained


def _join_and_divide(
    likeness: Likeness, links: Sequence[Link], free_old: set[int], free_new: set[int]
) -> None:
    """Second pass: a lone old provision may live on in a new one, a lone new one may stem from an old one."""
    by_new = {link.new[0]: link for link in links}
    by_old = {link.old[0]: link for link in links}
    near = {row: likeness.cosines(row) for row in {*by_old, *free_old}} if by_old else {}
    for row in sorted(free_old):
        homes = [by_new[c] for c, cosine in near.get(row, {}).items() if cosine >= NEAR and c in by_new]
        part = likeness.old[row]
        chosen = _best_home(
            (_lives_in(part, likeness.new[h.new[0]], [likeness.old[r] for r in h.old]), h)
            for h in homes
            if len(h.new) == 1
        )
        if chosen:
            chosen.old.append(row)
            free_old.discard(row)
    for column in sorted(free_new):
        homes = [link for row, link in by_old.items() if near[row].get(column, 0.0) >= NEAR]
        part = likeness.new[column]
        chosen = _best_home(
            (_lives_in(part, likeness.old[h.old[0]], [likeness.new[c] for c in h.new]), h)
            for h in homes
            if len(h.old) == 1
        )
        if chosen:
            chosen.new.append(column)
            free_new.discard(column)


def _best_home(found: Iterable[tuple[float, Link]]) -> Link | None:
    share, home = max(found, key=lambda pair: pair[0], default=(0.0, None))
    return home if share > 0 else None


def _lives_in(part: Vector, whole: Vector, others: Sequence[Vector]) -> float:
    """How surely ``part`` is a piece of ``whole`` beside its pieces ``others``; 0 when it is not.

    Either most of the part is found there, and not only what the others bring; or the part holds
    most of what the whole has beyond the others, however much was added to it.
    """
    found = share(part, whole)
    own = without(part, others)
    if found >= MOSTLY:
        small = sum(own.values()) < OWN_PART * sum(part.values())
        if (found >= NEARLY_ALL) if small else (share(own, whole) >= OWN_FOUND):
            return found
    beyond = without(whole, others)
    large = sum(beyond.values()) >= BEYOND_PART * sum(whole.values())
    return found if large and found >= BEYOND_SHARED and share(beyond, part) >= BEYOND_FOUND else 0.0
