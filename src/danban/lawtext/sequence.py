"""Where a document's numbering stands, and what it costs to go on with a given number.

One unit of cost is about one slip that a careful drafter makes in a long document: 0 continues plainly,
some 2 to 4 is a repeat or a gap, more is hardly the same series.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from danban.lawtext.marks import ALPHABET, ARTICLE, CHAPTER, CLAUSE, DOUBLED, PART, POINT, SUBPOINT, Mark


class Own(NamedTuple):
    """Where this document's own numbering stands (0: none yet).

    ``above`` counts part, chapter, section and subsection.
    """

    above: tuple[int, ...] = (0, 0, 0, 0)
    article: int = 0
    article_suffix: int = 0
    clause: int = 0
    clause_suffix: int = 0
    point: int = 0
    point_suffix: int = 0


NOTHING = Own()
LETTER_D = ALPHABET.index("d") + 1


def _steps_of_letters() -> dict[tuple[int, int], float]:
    """Costs of one letter after another: f, j, w, z may be used or not; đ is often typed d, or left out."""
    index = {letter: place for place, letter in enumerate(ALPHABET, start=1)}
    steps = {(one, one + 1): 0.3 for one in range(1, len(ALPHABET))}
    legal = [index[letter] for letter in ALPHABET if letter not in "fjwz"]
    steps |= dict.fromkeys(pairwise(legal), 0.0)
    steps |= {(one + DOUBLED, two + DOUBLED): 0.0 for one, two in pairwise(legal)}
    steps |= {(index[last], index["a"] + DOUBLED): 0.0 for last in "vxyz"}
    slips = {("d", "d"): 2.0, ("d", "e"): 1.5, ("đ", "đ"): 3.0}
    return steps | {(index[one], index[two]): cost for (one, two), cost in slips.items()}


FOLLOWING = _steps_of_letters()


def step_cost(own: Own, mark: Mark) -> float:
    """What it costs to take ``mark`` as the next unit of a document whose numbering stands at ``own``."""
    level = mark.level
    if level == POINT:
        return _point_cost(own, mark)
    if level == CLAUSE:
        return _series_cost(own.clause, own.clause_suffix, mark, restart=7.0)
    if level == ARTICLE:
        return _article_cost(own, mark)
    if level == SUBPOINT:
        if mark.suffix:
            return 0.0 if mark.value == own.clause else 5.0
        return 0.0 if own.point or own.clause else 0.5
    return _division_cost(own, mark)


def _series_cost(last: int, suffix: int, mark: Mark, restart: float) -> float:
    value = mark.value
    if mark.suffix:
        if value == last and mark.suffix == suffix + 1:
            return 0.6
        return 2.5 + min(max(value - last - 1, 0), 6) * 0.8 if value >= last else 6.0
    if value == last + 1:
        return 0.0
    if value == last:
        return 3.0
    if value == 1:
        return restart
    if value > last:
        return 1.8 + min(value - last - 1, 6) * 0.8
    return 9.0


def _article_cost(own: Own, mark: Mark) -> float:
    cost = _series_cost(own.article, own.article_suffix, mark, restart=12.0)
    if not own.article and mark.value > 1:
        return 3.0
    return cost * 1.4 if cost > 1 else cost


def _point_cost(own: Own, mark: Mark) -> float:
    last, value = own.point, mark.value
    if mark.suffix:
        if value == last:
            return 0.2 if mark.suffix == own.point_suffix + 1 else 2.0
        return 3.5
    if not last:
        return 0.0 if value == 1 else 2.5 + min(value - 1, 6) * 0.5
    known = FOLLOWING.get((last, value))
    if known is not None:
        return known
    if value == 1:
        return 4.5
    if value > last:
        return 3.0 + min(value - last - 1, 6) * 0.5
    return 3.0 if value == last else 7.0


def _division_cost(own: Own, mark: Mark) -> float:
    last = own.above[mark.level]
    if mark.value == last + 1 or (mark.level > CHAPTER and mark.value == 1):
        return 0.0
    if mark.suffix and mark.value in (last, last + 1):
        return 1.0
    if mark.level == CHAPTER and mark.value == 1 and own.above[PART]:
        return 0.5
    return 4.0


def advanced(own: Own, mark: Mark) -> Own:
    """The numbering after ``mark``: what is deeper begins anew; articles run through the document, chapters
    often through its parts, and "1.2" has points of its own.

    A second d) is đ): e) follows it without a gap.
    """
    level, value, suffix = mark[:3]
    above, article, article_suffix, clause, clause_suffix, point, _ = own
    if level == POINT:
        again = value == point == LETTER_D and not suffix
        return Own(above, article, article_suffix, clause, clause_suffix, value + again, suffix)
    if level == CLAUSE:
        return Own(above, article, article_suffix, value, suffix)
    if level == ARTICLE:
        return Own(above, value, suffix)
    if level == SUBPOINT:
        return Own(above, article, article_suffix, clause, clause_suffix) if suffix else own
    if level == PART:
        return Own((value, above[CHAPTER], 0, 0), article, article_suffix)
    return Own((*above[:level], value, 0, 0, 0)[:4], article, article_suffix)
