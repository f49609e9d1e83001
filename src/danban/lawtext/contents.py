"""Contents lists: a table at the head of a long document repeats every heading, and opens nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from danban.lawtext.marks import ARTICLE, CLAUSE, Event

_LEADER = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|_{4,})\s*\d{0,4}\s*$")
_LAST_OF_LEADER = frozenset(" .…_0123456789")
_TAIL = 60
"""A leader and its page number are looked for in the last so many letters of a line."""
LEAST = 3


def listed_lines(texts: Sequence[str], events: Sequence[Event]) -> frozenset[int]:
    """Numbers of the lines that belong to a contents list.

    A list is found by its leaders ("Điều 5. … ...... 12"), or by a run of at least ``LEAST`` article
    headings with nothing of theirs between, all of which come again later.
    """
    heads = [event for event in events if event.mark is not None and event.mark.level < CLAUSE]
    leaders = {event.at + 1 for event in heads if _has_leader(texts[event.at])}
    articles = [event for event in events if event.mark is not None and event.mark.level == ARTICLE]
    last_first = max((place for place, event in enumerate(articles) if _is_first(event)), default=0)
    if len(leaders) < LEAST and last_first < LEAST:
        return frozenset()
    listed = set(leaders) if len(leaders) >= LEAST else set()
    listed |= _repeated_run(texts, events, articles, last_first)
    return frozenset(listed | _wrapped(texts, events, listed))


def _has_leader(text: str) -> bool:
    return text[-1:] in _LAST_OF_LEADER and _LEADER.search(text[-_TAIL:]) is not None


def _is_first(event: Event) -> bool:
    return event.mark is not None and event.mark.value == 1 and not event.mark.suffix


def _heading(text: str) -> str:
    return text.rstrip(" .…_0123456789").lstrip().casefold()


def _repeated_run(
    texts: Sequence[str], events: Sequence[Event], articles: Sequence[Event], last_first: int
) -> set[int]:
    """The lines of the first run of headings, from its first to its last, when all of it comes again."""
    if last_first < LEAST or not _is_first(articles[0]):
        return set()
    run = []
    later = {_heading(texts[event.at]) for event in articles[1:]}
    for place, event in enumerate(articles[:last_first]):
        if place and _is_first(event):
            break
        if _heading(texts[event.at]) not in later:
            return set()
        run.append(event)
    begin, end = run[0].at, run[-1].at
    inside = [event for event in events if begin <= event.at <= end]
    below = sum(1 for event in inside if event.mark is not None and event.mark.level >= CLAUSE)
    if len(run) < LEAST or below > len(run) // 10 or end - begin > len(run) * 4:
        return set()
    return set(range(_begin(events, begin) + 1, end + 2))


def _begin(events: Sequence[Event], index: int) -> int:
    """The chapter headings right above the first article belong to the list too."""
    for event in reversed([event for event in events if event.at < index]):
        if event.mark is None or event.mark.level >= ARTICLE or index - event.at > 4:
            break
        index = event.at
    return index


def _wrapped(texts: Sequence[str], events: Sequence[Event], listed: set[int]) -> set[int]:
    """Lines between two listed ones: headings of the list that run over a line."""
    marked = {event.at + 1 for event in events}
    ordered = sorted(listed)
    between = set()
    for one, two in pairwise(ordered):
        if 1 < two - one <= 4:
            between |= {number for number in range(one + 1, two) if number not in marked}
    return between
