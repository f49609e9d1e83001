"""Quoted lines: another document's structure under the provision that quotes it."""

from __future__ import annotations

from danban.lawtext.address import LEVELS, slug_of_number
from danban.lawtext.draft import Draft
from danban.lawtext.marks import ARTICLE, CLAUSE, UNITS, Mark
from danban.lawtext.tree import Line, Unit


class Quotation:
    """The quotation being read: its units from the outermost to the one that the next words belong to."""

    def __init__(self) -> None:
        self._open: list[Draft] = []

    def end(self) -> None:
        """What is quoted next is a quotation of its own."""
        if self._open:
            self._open = []

    def line(self, home: Draft, number: int, text: str, mark: Mark | None) -> Line:
        """A quoted line in its place; ``home`` is the provision that quotes it."""
        return self._words(home, number, text) if mark is None else self._unit(home, number, text, mark)

    def _unit(self, home: Draft, number: int, text: str, mark: Mark) -> Line:
        level = mark.level
        above = self._open
        while above and (above[-1].level < 0 or above[-1].level >= level):
            above.pop()
        step = f"{LEVELS[level]}-{slug_of_number(mark.number)}"
        front = above[-1].address if above and level != ARTICLE else ""
        made = Draft(UNITS[level], level, mark.number, f"{front}.{step}" if front else step)
        made.lines.append(number)
        rest = text[mark.rest :].strip()
        if level == ARTICLE:
            made.rest = rest
        elif rest:
            (made.heading if level < CLAUSE else made.parts).append(rest)
        (above[-1].children if above else home.quoted).append(made)
        above.append(made)
        return Line(number, text, made.unit, mark.number, made.address, True)

    def _words(self, home: Draft, number: int, text: str) -> Line:
        if not self._open:
            made = Draft(Unit.QUOTE)
            home.quoted.append(made)
            self._open = [made]
        last = self._open[-1]
        last.parts.append(text)
        last.lines.append(number)
        return Line(number, text, Unit.QUOTE, "", "", True)
