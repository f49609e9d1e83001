"""The best whole reading: which marks open units of this document, which are quoted, which are words.

A line alone cannot tell: "2. …" may continue this document's clauses, belong to text that an amending
provision quotes, or be a row of a table. So readings are carried side by side, each with its cost
(``moves``). Readings that stand at the same place are merged (only the cheapest way there matters),
hopeless ones are dropped; where a mark plainly continues the numbering there is one reading and no search.

Linear in the number of lines: at most ``WIDTH`` readings are kept, each with a constant number of moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from operator import itemgetter

from danban.lawtext.marks import ARTICLE, CLAUSE, Event, Mark
from danban.lawtext.moves import moves_of
from danban.lawtext.reading import Act, Decision, Stage, State, instruction
from danban.lawtext.sequence import NOTHING, advanced, step_cost
from danban.lawtext.signs import Sign

WIDTH = 12
MARGIN = 8.0
LEAD = 2.5
LOOK_AHEAD = 40
UNCLOSED_AT_END = 9.0
NO_ARTICLE_CAME = 4.0

Trail = tuple["Trail | None", Act, bool, bool]
"""The decisions so far, the last one first: a chain, since readings share their beginnings."""
Reading = tuple[float, State, Trail | None]

_cost = itemgetter(0)
_decision = cache(Decision)
_BODY, _OUTLINE, _OPEN = Stage.BODY, Stage.OUTLINE, Act.OPEN
_PLAIN_SIGNS = Sign.AMENDS | Sign.FINAL | Sign.INSTRUCTS | Sign.QUOTE_END


def best_reading(events: Sequence[Event]) -> list[Decision]:
    """One decision for each event, those of the cheapest reading.

    Whether the paper has articles at all, or clauses under bare headings, is a part of the reading.
    """
    beam: list[Reading] = [(0.0, State(stage, NOTHING), None) for stage in (Stage.OUTLINE, Stage.FRONT)]
    for place, event in enumerate(events):
        if event.mark is not None and (len(beam) == 1 or _settled(beam)):
            cost, state, trail = beam[0]
            sure = _sure(state, event, event.mark, events, place)
            if sure is not None:
                beam = [(cost, sure, (trail, _OPEN, False, False))]
                continue
        beam = _advance(beam, event)
    return _unwind(min(beam, key=_final_cost)[2])


def _settled(beam: list[Reading]) -> bool:
    """Whether the best reading leads so far that a mark which plainly continues it ends the search.

    Readings with an open quotation stay: whether it was left too early shows only where it closes.
    """
    if beam[1][0] - beam[0][0] < LEAD:
        return False
    return all(state.quoted is None for _, state, _ in beam)


def _final_cost(reading: Reading) -> float:
    cost, state, _ = reading
    if state.stage is Stage.FRONT:
        cost += NO_ARTICLE_CAME
    return cost + (UNCLOSED_AT_END if state.quoted is not None else 0.0)


def _unwind(trail: Trail | None) -> list[Decision]:
    decisions = []
    while trail is not None:
        trail, act, inside, left = trail
        decisions.append(_decision(act, inside, left))
    decisions.reverse()
    return decisions


def _advance(beam: list[Reading], event: Event) -> list[Reading]:
    reached: dict[State, Reading] = {}
    for cost, state, trail in beam:
        for price, new, act, left in moves_of(state, event):
            total = cost + price
            known = reached.get(new)
            if known is None or total < known[0]:
                reached[new] = (total, new, (trail, act, new.quoted is not None, left))
    if len(reached) == 1:
        return list(reached.values())
    best = sorted(reached.values(), key=_cost)
    limit = best[0][0] + MARGIN
    return [reading for reading in best[:WIDTH] if reading[0] <= limit]


def _sure(state: State, event: Event, mark: Mark, events: Sequence[Event], place: int) -> State | None:
    """The state after a mark that plainly continues the numbering; None when there is something to weigh."""
    stage, own, quoted, instructed, _ = state
    if mark.loose or instructed or quoted is not None or event.signs & ~_PLAIN_SIGNS:
        return None
    if stage is _BODY:
        if mark.bare or step_cost(own, mark) or (mark.level == CLAUSE and not own.article):
            return None
    elif stage is not _OUTLINE or mark.level == ARTICLE or step_cost(own, mark):
        return None
    if _comes_again(mark, events, place):
        return None
    return State(stage, advanced(own, mark), None, instruction(event.signs), event.target)


def _comes_again(mark: Mark, events: Sequence[Event], place: int) -> bool:
    """The same number stands again before its successor: one of the two is something else."""
    level, value, suffix = mark[:3]
    for later in events[place + 1 : place + 1 + LOOK_AHEAD]:
        other = later.mark
        if other is None or other.level > level:
            continue
        return other.level == level and other.value == value and other.suffix == suffix
    return False
