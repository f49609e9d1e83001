"""Moves into, inside and out of quoted text: another document's units, which jump as they please."""

from __future__ import annotations

from danban.lawtext.marks import ARTICLE, CLAUSE, POINT, Mark
from danban.lawtext.reading import AMENDING, Act, Move, Quoted, Stage, State
from danban.lawtext.sequence import FOLLOWING
from danban.lawtext.signs import Sign

UNCLOSED = 4.0
UNENDED = 2.0
SWALLOWED = 4.0
IGNORED_CLOSE = 4.0
UNIT_IN_WORDS = 2.0
"""A unit inside a quotation that began within a line: those are phrases."""


def begin(state: State, mark: Mark, signs: int, price: float, *, marked: bool) -> Move:
    """Begin a quotation at this line, and end it here when the line closes it."""
    closed = signs & Sign.QUOTE_END and not signs & Sign.OPENS
    if closed and (marked or signs & Sign.CLOSES):
        return (price, State(state.stage, state.own, state.quoted, AMENDING), Act.QUOTE, False)
    opened = Quoted(marked, amending=bool(signs & Sign.AMENDS), unended=bool(signs & Sign.UNENDED))
    inside = _after(opened, mark)
    if state.target == (mark.level, mark.value):
        inside = inside._replace(named=True)
    stage = state.stage if state.stage is Stage.OUTLINE else Stage.BODY
    return (price, State(stage, state.own, inside, AMENDING), Act.QUOTE, False)


def plain(state: State, quoted: Quoted, signs: int) -> list[Move]:
    """A line without a number in a quotation."""
    if signs & Sign.SIGNS and not signs & Sign.LOOSE:
        left = state._replace(stage=Stage.BACK, quoted=None, instructed=0)
        return [
            (leaving(quoted) if quoted.marked else 0.5, left, Act.SIGN, quoted.marked),
            (3.0, state, Act.QUOTE, False),
        ]
    return _going_on(state, quoted, signs, 0.0)


def marked(state: State, quoted: Quoted, mark: Mark, signs: int, fits: bool) -> list[Move]:
    """A numbered line of the quotation; ``fits`` when this document's own numbering goes on with it too."""
    price = _step_cost(quoted, mark) + mark.loose * 0.5
    if fits and signs & (Sign.AMENDS | Sign.FINAL) and mark.level >= ARTICLE and not quoted.amending:
        price += SWALLOWED
    elif fits and not quoted.marked and not (quoted.named and mark.level == POINT):
        price += 1.0
    if quoted.inline:
        price += UNIT_IN_WORDS
    return _going_on(state, _after(quoted, mark), signs, price)


def _going_on(state: State, quoted: Quoted, signs: int, price: float) -> list[Move]:
    """Stay in the quotation or end it with this line, as its closing marks say."""
    opens = bool(signs & Sign.QUOTE_START and signs & Sign.OPENS)
    nested = quoted.nested
    if quoted.amending and opens:
        nested, close, stay = True, None, 0.0
    elif signs & Sign.CLOSES and nested:
        nested, close, stay = False, 2.0, 0.0
    elif signs & Sign.CLOSES:
        close, stay = (0.0, IGNORED_CLOSE) if signs & Sign.QUOTE_END or quoted.inline else (2.0, 1.0)
    elif not signs & Sign.QUOTE_END:
        close, stay = None, 1.0 if opens else 0.0
    elif not signs & Sign.QUOTE_START:
        close, stay = 4.0, 0.0
    else:
        close, stay = (2.0, 0.0) if quoted.amending else (0.5, 1.5)
    if nested is not quoted.nested:
        quoted = quoted._replace(nested=nested)
    stage, own, _, instructed, target = state
    inside = (price + stay, State(stage, own, quoted, instructed, target), Act.QUOTE, False)
    if close is None:
        return [inside]
    return [(price + close, State(stage, own, None, AMENDING, target), Act.QUOTE, False), inside]


def _step_cost(quoted: Quoted, mark: Mark) -> float:
    """Quoted text is a choice of another document's units: jumps are common, steps still better."""
    if mark.level == ARTICLE:
        return 0.0 if not quoted.article or mark.value in (quoted.article, quoted.article + 1) else 1.5
    if mark.level == CLAUSE:
        return 0.0 if not quoted.clause or mark.value in (quoted.clause, quoted.clause + 1) else 1.0
    if mark.level == POINT:
        known = FOLLOWING.get((quoted.point, mark.value), 1.0)
        return 0.0 if not quoted.point or mark.suffix or mark.value == 1 else min(known, 1.0)
    return 0.0


def _after(quoted: Quoted, mark: Mark) -> Quoted:
    level, value = mark.level, mark.value
    if level == ARTICLE:
        return Quoted(quoted[0], value, 0, 0, *quoted[4:6], False, *quoted[7:])
    if level == CLAUSE:
        return Quoted(*quoted[:2], value, 0, *quoted[4:6], False, *quoted[7:])
    if level == POINT:
        return Quoted(*quoted[:3], value, *quoted[4:])
    return quoted


def leaving(quoted: Quoted) -> float:
    """What it costs to leave a quotation that nothing closes: less where no closing mark comes anyway."""
    if not quoted.marked or quoted.inline:
        return 1.0
    return UNENDED if quoted.unended else UNCLOSED
