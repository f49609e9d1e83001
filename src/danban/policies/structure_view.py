"""The review screen's own shapes: a page of lines, the tree beside it, what may be said of a line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from danban.policies.states import LineUnit

A_PAGE = 300
LONGEST_HEADING = 90

Line = Mapping[str, Any]

_DIVISIONS = ("regulation", "appendix", "part", "chapter", "section", "subsection")
_OPENERS = (*_DIVISIONS, "article")
_NUMBER = re.compile(r"(?:\S+\s+)?([0-9]{1,3}[a-zđ]?|[IVXLC]{1,6})\b|([a-zđ][0-9]?)\s*\)")


@dataclass(slots=True)
class Branch:
    """A division or an article in the tree; ``line`` is where it opens, ``page`` the page of that line."""

    line: int
    page: int
    title: str
    doubtful: bool = False
    articles: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as the screen shows it."""

    n: int
    text: str
    unit: str
    label: str
    doubtful: bool
    by_hand: bool
    right: bool
    quoted: bool


def page_of(line: int) -> int:
    """The page a line stands on; both count from 1."""
    return (max(line, 1) - 1) // A_PAGE + 1


def lines_shown(lines: Sequence[Line], page: int, doubtful: Iterable[int]) -> list[Shown]:
    """The lines of a page."""
    doubts = set(doubtful)
    start = (page - 1) * A_PAGE
    return [
        Shown(
            n=line["n"],
            text=line["text"],
            unit=line["unit"],
            label=_label(line),
            doubtful=line["n"] in doubts,
            by_hand=bool(line.get("set")),
            right=bool(line.get("right")),
            quoted=line["quoted"],
        )
        for line in lines[start : start + A_PAGE]
    ]


def _label(line: Line) -> str:
    """ "khoản 2" in the margin; nothing for what opens no unit, or belongs to a quoted document."""
    if line["quoted"] or line["unit"] not in LineUnit.values or not line["label"]:
        return ""
    return _named(line["unit"], line["label"])


def tree(lines: Sequence[Line], doubtful: Iterable[int]) -> list[Branch]:
    """Divisions with their articles; articles before the first division stand alone."""
    branches: list[Branch] = []
    opened: list[Branch] = []
    last: Branch | None = None
    for line in lines:
        if line["quoted"] or line["unit"] not in _OPENERS:
            if last and line["unit"] == "heading" and _is_division(last, lines):
                last.title = _short(f"{last.title} {line['text'].strip()}")
            continue
        last = Branch(line["n"], page_of(line["n"]), _short(line["text"].strip()))
        opened.append(last)
        inside = line["unit"] == "article" and branches and _is_division(branches[-1], lines)
        (branches[-1].articles if inside else branches).append(last)
    _mark(opened, sorted(doubtful))
    return branches


def _is_division(branch: Branch, lines: Sequence[Line]) -> bool:
    return lines[branch.line - 1]["unit"] in _DIVISIONS


def _mark(opened: Sequence[Branch], doubtful: Sequence[int]) -> None:
    """A branch is doubtful when a doubt lies between it and the next one."""
    place = 0
    for number in doubtful:
        while place + 1 < len(opened) and opened[place + 1].line <= number:
            place += 1
        if opened and opened[place].line <= number:
            opened[place].doubtful = True


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_HEADING else text[: LONGEST_HEADING - 1].rstrip() + "…"


def proposed(doubt: Mapping[str, Any]) -> str:
    """What the reader proposes for a doubtful line, in words: "Điểm đ"; "" when it proposes nothing."""
    return _named(*doubt["proposal"]) if doubt["proposal"] else ""


def said_of(line: Line) -> dict[str, Any] | None:
    """What an officer said of a line, as shown beside the undoing of it; None when nothing was said."""
    if line.get("set"):
        return {"n": line["n"], "words": _named(*line["set"])}
    return {"n": line["n"], "words": ""} if line.get("right") else None


def _named(unit: str, number: str) -> str:
    return f"{LineUnit(unit).label} {number}".strip()


def number_guess(line: Line) -> str:
    """The number a line seems to carry, to spare typing it."""
    if line["label"]:
        return str(line["label"])
    match = _NUMBER.match(line["text"].strip())
    return (match[1] or match[2] or "") if match else ""
