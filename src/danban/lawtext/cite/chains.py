"""From mentions to whole places: which point belongs to which clause, which clause to which article.

Official order climbs ("điểm a khoản 2 Điều 5"), people also go down ("Điều 5 khoản 2 điểm a").
A chain is a run of mentions with nothing but joining words between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from danban.lawtext.cite.mentions import ARTICLE, CLAUSE, POINT, Mention

THIS = "này"


class Place(NamedTuple):
    """Numbers of a cited place; "" where that level is not named, ``THIS`` for the one the text is in.

    ``through`` is set on the first of a range: the place it runs to is the next one.
    """

    article: str
    clause: str
    point: str
    start: int
    end: int
    through: bool = False


_CLOSE = re.compile(r"[\s)]*(?:[,:]\s*)?(?:(?:của|tại|thuộc|cua|trong|ở|\()\s*)?")
_AND = re.compile(
    r"[\s)]*(?:[,;&]\s*(?:và|hoặc|va)?|và|hoặc|va|hoac|cùng|hay)\s*(?:(?:tại|của|theo|các|cac|cả|với)\s+){0,2}",
    re.IGNORECASE,
)
_TO = re.compile(r"[\s)]*(?:[–-]|đến|den|tới)\s*(?:hết\s+)?", re.IGNORECASE)
CLOSE, AND, TO = "close", "and", "to"


def gap_between(text: str, end: int, start: int) -> str:
    """How two mentions hang together: "close", "and", "to", or "" when they do not."""
    if start <= end:
        return CLOSE
    gap = text[end:start]
    if gap == " " or len(gap) > 24:
        return CLOSE if gap == " " else ""
    if gap == ", ":
        return CLOSE
    for pattern, kind in ((_CLOSE, CLOSE), (_AND, AND), (_TO, TO)):
        if pattern.fullmatch(gap):
            return kind
    return ""


def chains(text: str, found: Sequence[Mention]) -> Iterator[tuple[list[Mention], list[str]]]:
    """Runs of mentions and the gaps inside each run."""
    run, gaps = [found[0]], []
    for before, after in pairwise(found):
        gap = gap_between(text, before.end, after.start)
        if gap == TO and before.unit != after.unit:
            gap = CLOSE
        if gap:
            run.append(after)
            gaps.append(gap)
        else:
            yield run, gaps
            run, gaps = [after], []
    yield run, gaps


class _Open:
    """Units named and not yet placed, while a chain is read from left to right."""

    def __init__(self, text: str, run: Sequence[Mention], gaps: Sequence[str]) -> None:
        self.text, self.run, self.gaps = text, run, gaps
        self.points: list[Place] = []
        self.clauses: list[Place] = []
        self.done: list[Place] = []
        self.under = ""  # the article whose clauses are being named downwards
        self.under_clause = ""

    def read(self) -> list[Place]:
        for index, mention in enumerate(self.run):
            through = index < len(self.gaps) and self.gaps[index] == TO
            named = _named(mention, through)
            gap = self.gaps[index - 1] if index else ""
            if mention.unit == POINT:
                self._points(index, named, gap)
            elif mention.unit == CLAUSE:
                self._clauses(index, named, gap)
            else:
                self._articles(named)
        self._loose()
        return self.done

    def _points(self, index: int, named: list[Place], gap: str) -> None:
        listed_on = gap == AND and self.run[index - 1].unit == POINT
        if (
            self.under
            and self.under_clause
            and (gap == CLOSE or listed_on)
            and not self._climbs(index, CLAUSE)
        ):
            if self.done and not self.done[-1].point:
                self.done.pop()
            self.done += [p._replace(article=self.under, clause=self.under_clause) for p in named]
            return
        self.points += named

    def _clauses(self, index: int, named: list[Place], gap: str) -> None:
        inner = self.points
        if inner:
            first = named[0]
            named = [p._replace(clause=first.clause, end=first.end) for p in inner] + named[1:]
            self.points = []
            gap = self.gaps[index - 2] if index > 1 else ""
        if self.under and not self._climbs(index, ARTICLE):
            after_article = self.run[index - (2 if inner else 1)].unit == ARTICLE
            if gap == CLOSE or not after_article:
                if after_article and self.done and not self.done[-1].clause:
                    self.done.pop()
                self.done += [p._replace(article=self.under) for p in named]
                self.under_clause = named[-1].clause
                return
        self.clauses += named
        self.under_clause = ""

    def _climbs(self, index: int, unit: int) -> bool:
        """Whether the wider unit it belongs to follows: so in "khoản 5 Điều 6", not in "khoản 5, Điều 6"."""
        while index < len(self.gaps):
            after = self.run[index + 1]
            if after.unit == unit or (unit == CLAUSE and after.unit == ARTICLE):
                between = self.text[self.run[index].end : after.start]
                return self.gaps[index] == CLOSE and "," not in between
            if after.unit != self.run[index].unit and after.unit != CLAUSE:
                return False
            if self.gaps[index] == CLOSE and self.run[index].unit == CLAUSE:
                return False
            index += 1
        return False

    def _articles(self, named: list[Place]) -> None:
        first = named[0]
        waiting = self.clauses + self.points
        if waiting:
            self.done += [p._replace(article=first.article, end=first.end) for p in waiting]
            named = named[1:]
        self.done += named
        self.clauses, self.points = [], []
        self.under, self.under_clause = first.article if not named else named[-1].article, ""
        if waiting:
            self.under = ""

    def _loose(self) -> None:
        """What no article followed: it is of the article the text is in."""
        self.done += [p._replace(article=THIS) for p in self.clauses]
        self.done += [p._replace(article=THIS, clause=THIS) for p in self.points]


def _named(mention: Mention, through: bool) -> list[Place]:
    """One place for each number of a mention, with only its own level filled in."""
    numbers = mention.numbers or (THIS,)
    last = len(numbers) - 1
    places = []
    for index, number in enumerate(numbers):
        levels = ["", "", ""]
        levels[mention.unit] = number
        onward = index in mention.ranges or (through and index == last)
        places.append(Place(levels[0], levels[1], levels[2], mention.start, mention.end, onward))
    return places


def places(text: str, run: Sequence[Mention], gaps: Sequence[str]) -> list[Place]:
    """The places one chain names."""
    climbing = _climbing(run, gaps)
    return [climbing] if climbing else _Open(text, run, gaps).read()


def _climbing(run: Sequence[Mention], gaps: Sequence[str]) -> Place | None:
    """The commonest chain, read at once: "điểm a khoản 2 Điều 5", each level named once."""
    last = run[-1]
    if last.unit != ARTICLE or len(last.numbers) != 1 or len(run) > 3:
        return None
    levels = [last.numbers[0], "", ""]
    unit = ARTICLE
    for index in range(len(run) - 2, -1, -1):
        mention = run[index]
        if mention.unit <= unit or len(mention.numbers) != 1 or gaps[index] != CLOSE:
            return None
        unit = mention.unit
        levels[unit] = mention.numbers[0]
    return Place(levels[0], levels[1], levels[2], run[0].start, last.end)
