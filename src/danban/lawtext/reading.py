"""What a reading of a document is made of: where it stands, and what it has decided about each event."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from danban.lawtext.sequence import Own
from danban.lawtext.signs import Sign


class Stage(IntEnum):
    """Where in the paper: before the first article, in the provisions, in provisions without articles
    ("I. MỤC TIÊU", "1. …"), behind them, under the title of what may be an attached regulation, under its
    "(Ban hành kèm theo …)"."""

    FRONT = 0
    BODY = 1
    OUTLINE = 2
    BACK = 3
    TITLED = 4
    ATTACHED = 5


class Act(IntEnum):
    """What a reading makes of an event."""

    WORDS = 0
    OPEN = 1
    QUOTE = 2
    SIGN = 3
    APPEND = 4
    ATTACH = 5
    RESTART = 6
    OPEN_L = 7
    OPEN_1 = 8
    HEAD = 9
    NOTE = 10


class Quoted(NamedTuple):
    """An open quotation: whether a mark opened it, where its own numbering stands, whether it
    amends in turn, whether a quotation of its own is open inside, whether the unit being quoted
    is the very one that the instruction named, whether it began within a line, and whether another
    one opens before any closing mark comes."""

    marked: bool
    article: int = 0
    clause: int = 0
    point: int = 0
    amending: bool = False
    nested: bool = False
    named: bool = False
    inline: bool = False
    unended: bool = False


class State(NamedTuple):
    """A place in the reading. ``instructed``: quoted text is awaited (an amending verb stood there: 1,
    it even ended with "như sau:": 2), that of ``target`` first."""

    stage: Stage
    own: Own
    quoted: Quoted | None = None
    instructed: int = 0
    target: tuple[int, int] | None = None


class Decision(NamedTuple):
    """What was decided for an event. ``inside``: a quotation is open after it; ``left``: one is unclosed."""

    act: Act
    inside: bool = False
    left: bool = False


Move = tuple[float, State, Act, bool]
"""Its price, where it leads, what it makes of the event, and whether it leaves a quotation unclosed."""

AMENDING, ANNOUNCED = 1, 2


def instruction(signs: int) -> int:
    """How plainly a line announces quoted text: not at all, by its verb, by "như sau:"."""
    if signs & Sign.INSTRUCTS:
        return ANNOUNCED
    return AMENDING if signs & Sign.AMENDS else 0
