"""Marks in a less common dress, "a." for "a)", "1)" or "1/" for "1.": a run of them vouches for each.

One such line may be anything. When the next one dressed like it bears the next number, and no wider unit
stands between them, both are units of a drafter with habits of his own; not where plain "1." or "a)" has
been used already, for then it is a list inside.
"""

from __future__ import annotations

from collections.abc import Sequence

from danban.lawtext.marks import ARTICLE, CLAUSE, POINT, Event, Mark
from danban.lawtext.sequence import FOLLOWING
from danban.lawtext.signs import Sign


def steadied(texts: Sequence[str], events: list[Event]) -> list[Event]:
    """The events, with the marks of runs as good as the common ones."""
    last: dict[tuple[int, str], int] = {}
    plain: set[int] = set()
    for place, event in enumerate(events):
        mark = event.mark
        if mark is None or mark.level > POINT:
            continue
        if mark.level <= ARTICLE:
            last.clear()
            plain.clear()
        elif not mark.loose:
            plain = {CLAUSE} if mark.level == CLAUSE else plain | {POINT}
            if mark.level == CLAUSE:
                last.clear()
        elif mark.level not in plain and mark.rest < len(texts[event.at]):
            dress = (mark.level, texts[event.at][: mark.rest].rstrip()[-1:])
            before = last.get(dress)
            if before is not None and _follows(events[before].mark, mark):
                events[before] = _steady(events[before])
                events[place] = _steady(event)
            if mark.level == CLAUSE:
                last.pop((POINT, dress[1]), None)
            last[dress] = place
    return events


def _follows(before: Mark | None, mark: Mark) -> bool:
    if before is None or mark.suffix:
        return False
    if mark.level == POINT:
        return FOLLOWING.get((before.value, mark.value)) == 0
    return mark.value == before.value + 1


def _steady(event: Event) -> Event:
    assert event.mark is not None
    return event._replace(mark=event.mark._replace(loose=0.0))


def with_unended(events: list[Event]) -> list[Event]:
    """The events, with those marked that open a quotation which no mark closes before the next one opens."""
    closed = False
    for place in range(len(events) - 1, -1, -1):
        signs = events[place].signs
        if signs & Sign.CLOSES:
            closed = True
        elif signs & Sign.OPENS:
            if not closed:
                events[place] = events[place]._replace(signs=signs | Sign.UNENDED)
            closed = False
    return events
