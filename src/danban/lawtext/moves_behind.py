"""Moves behind the provisions: signature, appendices, forms, attached regulations."""

from __future__ import annotations

from danban.lawtext.marks import ARTICLE, CHAPTER, PART, Event, Mark
from danban.lawtext.reading import Act, Move, Stage, State, instruction
from danban.lawtext.sequence import NOTHING, advanced, step_cost
from danban.lawtext.signs import Sign

_EVEN_AT_THE_HEAD = Sign.SIGNS | Sign.APPENDS
_BEGINNING_AGAIN = {Stage.ATTACHED: 0.5, Stage.TITLED: 4.0}


def page(state: State, signs: int) -> list[Move]:
    """Signature, appendix or attached regulation: on a line of its own."""
    words = (0.0, state, Act.WORDS, False)
    begun = state.own != NOTHING
    if (
        state.stage is Stage.FRONT
        or not (begun or signs & _EVEN_AT_THE_HEAD)
        or (signs & Sign.LOOSE and not begun)
    ):
        return [words]
    if signs & Sign.NOTES:
        return [(0.0, state, Act.NOTE, False)] if state.stage is Stage.BACK else [words]
    if signs & (Sign.REGULATES | Sign.ENCLOSED):
        return _attaching(state, signs, words)
    back = state._replace(stage=Stage.BACK, instructed=0)
    act = Act.APPEND if signs & Sign.APPENDS else Act.SIGN
    if state.stage >= Stage.BACK:
        return [(0.0, back, act, False)]
    if act is Act.APPEND and signs & Sign.LOOSE:
        return [words]
    if act is Act.APPEND or signs & Sign.LOOSE:
        return [(1.0, back, act, False), (1.0, state, Act.WORDS, False)]
    return [(0.0, back, act, False), (4.0, state, Act.WORDS, False)]


def _attaching(state: State, signs: int, words: Move) -> list[Move]:
    """The title of an attached regulation, then "(Ban hành kèm theo Quyết định số …)"."""
    if signs & Sign.ENCLOSED:
        if state.stage is not Stage.TITLED:
            return [words]
        return [(0.0, state._replace(stage=Stage.ATTACHED), Act.WORDS, False)]
    titled = state._replace(stage=Stage.TITLED, instructed=0)
    if state.stage < Stage.BACK:
        return [words] if signs & Sign.LOOSE else [words, (3.0, titled, Act.ATTACH, False)]
    return [(0.0, titled, Act.ATTACH, False)]


def marked(state: State, event: Event, mark: Mark) -> list[Move]:
    """A numbered line: of an appendix, of what is attached, or of provisions that come back."""
    attached = state.stage is Stage.ATTACHED
    ignored = 0.0
    if mark.level == ARTICLE:
        ignored = 2.0 if attached or mark.value == state.own.article + 1 else 0.1
    elif mark.level < ARTICLE and attached:
        ignored = 1.0
    moves: list[Move] = [(ignored, state, Act.WORDS, False)]
    if event.signs & Sign.QUOTE_START or mark.level > ARTICLE or (mark.bare and not attached):
        return moves
    if mark.value == 1 and (mark.level in (PART, CHAPTER, ARTICLE) or attached):
        again = State(Stage.OUTLINE if mark.bare else Stage.BODY, advanced(NOTHING, mark))
        moves.append((_BEGINNING_AGAIN.get(state.stage, 7.0), again, Act.RESTART, False))
    price = step_cost(state.own, mark)
    if price < 1 and not mark.bare:
        resumed = State(Stage.BODY, advanced(state.own, mark), None, instruction(event.signs))
        moves.append((price + 4.0, resumed, Act.OPEN, False))
    return moves
