"""What a line may be to a reading, and what each choice costs.

The prices, in the unit of ``sequence``: a slip in the numbering, a mark taken for words, a quotation never
closed, an instruction swallowed by a quotation. Here the document's own text; ``moves_quoted`` has what
stands in quotations, ``moves_behind`` what stands behind the provisions.
"""

from __future__ import annotations

from danban.lawtext import moves_behind, moves_quoted
from danban.lawtext.marks import ALPHABET, ARTICLE, CLAUSE, POINT, SECTION, SUBPOINT, Event, Mark
from danban.lawtext.moves_quoted import SWALLOWED
from danban.lawtext.reading import AMENDING, ANNOUNCED, Act, Move, Quoted, Stage, State, instruction
from danban.lawtext.sequence import advanced, step_cost
from danban.lawtext.signs import Sign

LETTER_L = Mark(POINT, ALPHABET.index("l") + 1, 0, "l", 0)
"""What "1)" after k) is: the digit typed for the letter."""
_L, _K = LETTER_L.value, ALPHABET.index("k") + 1
FIRST = Mark(CLAUSE, 1, 0, "1", 0)
"""What "l." or "I." is where the first clause is due: a letter typed for the digit."""

STRAY_CLOSE = 2.5
BARE_QUOTE = 2.5
FIRST_ARTICLE = 6.0
_STRAY = Sign.INLINE | Sign.UNENDED
"""A mark within words that nothing closes: hardly a quotation."""
_PROVISIONS = (Stage.BODY, Stage.OUTLINE)
_OF_THE_PAGE = Sign.SIGNS | Sign.APPENDS | Sign.REGULATES | Sign.ENCLOSED | Sign.NOTES


def moves_of(state: State, event: Event) -> list[Move]:
    """The moves from a state at an event, with their prices."""
    if event.signs & Sign.FORCED:
        return [_forced(state, event.mark)]
    if state.quoted is not None:
        return _in_quote(state, state.quoted, event)
    if event.mark is None:
        return _plain(state, event.signs)
    if state.stage >= Stage.BACK:
        return moves_behind.marked(state, event, event.mark)
    return _marked(state, event, event.mark)


def stage_after(stage: Stage, mark: Mark) -> Stage:
    """Where the paper stands once ``mark`` has opened: an outline stays one until an article comes."""
    return stage if stage is Stage.OUTLINE and mark.level != ARTICLE else Stage.BODY


def _marked(state: State, event: Event, mark: Mark) -> list[Move]:
    """A numbered line of this document, perhaps."""
    signs = event.signs
    if signs & Sign.QUOTE_START:
        return _quoted_mark(state, mark, signs)
    if mark.bare and state.stage is not Stage.OUTLINE:
        return _inner_heading(state, mark, signs)
    own_price = step_cost(state.own, mark)
    moves = [*_own_moves(state, event, mark, own_price), _as_words(state, mark, signs)]
    awaited = _awaited(state, mark)
    if awaited or state.instructed == ANNOUNCED:
        price = _bare_quote_price(own_price, signs, awaited)
        moves.append(moves_quoted.begin(state, mark, signs, price, marked=False))
    if mark.loose or mark.bare:
        moves += _mistyped(state, mark, signs)
    return moves


def _inner_heading(state: State, mark: Mark, signs: int) -> list[Move]:
    """ "II. MỤC TIÊU" inside an article: a heading under which the clauses count anew."""
    moves: list[Move] = [(2.0 if state.stage is Stage.FRONT else 0.6, state, Act.WORDS, False)]
    if state.own.article and mark.level == SECTION:
        own = state.own._replace(clause=0, clause_suffix=0, point=0, point_suffix=0)
        moves.append((0.5, State(state.stage, own, None, instruction(signs)), Act.HEAD, False))
        if mark.value == 1:
            moves += _mistyped(state, mark, signs)
    return moves


def _mistyped(state: State, mark: Mark, signs: int) -> list[Move]:
    """ "1)" after k) is the letter l; "l." or "I." where the first clause is due is the digit 1."""
    own = state.own
    if mark.level == CLAUSE and mark.value == 1 and own.point == _K:
        new = State(state.stage, advanced(own, LETTER_L), None, instruction(signs))
        return [(0.3, new, Act.OPEN_L, False)]
    letter = (mark.level == POINT and mark.value == _L) or (mark.level == SECTION and mark.value == 1)
    due = not own.clause and not own.point and (own.article or state.stage is Stage.OUTLINE)
    if letter and due and (mark.level == POINT or own.article):
        return [(1.0, State(state.stage, advanced(own, FIRST), None, instruction(signs)), Act.OPEN_1, False)]
    return []


def _own_moves(state: State, event: Event, mark: Mark, price: float) -> list[Move]:
    """It is the next unit of this document, which costs ``price`` by its number alone."""
    signs = event.signs
    price += mark.loose * 0.5 + _out_of_place(state, mark) + _stray_close(signs)
    if _awaited(state, mark) and not signs & (Sign.AMENDS | Sign.FINAL):
        price += 2.0
    own = advanced(state.own, mark)
    stage = stage_after(state.stage, mark)
    new = State(stage, own, None, instruction(signs), event.target)
    if not signs & Sign.OPENS:
        return [(price, new, Act.OPEN, False)]
    announced = 2.4 if signs & _STRAY == _STRAY else 0.0 if signs & Sign.AMENDS else 1.0
    inside = State(stage, own, _begun(signs), AMENDING, event.target)
    return [(price + announced, inside, Act.OPEN, False), (price + 2.5 - announced, new, Act.OPEN, False)]


def _begun(signs: int) -> Quoted:
    """A quotation that begins with this line, mostly behind words of our own."""
    return Quoted(True, inline=bool(signs & Sign.INLINE), unended=bool(signs & Sign.UNENDED))


def _out_of_place(state: State, mark: Mark) -> float:
    """Clauses and points before any article of a paper that has articles; an article in one that has none."""
    outline = state.stage is Stage.OUTLINE
    if mark.level < CLAUSE:
        return FIRST_ARTICLE if outline and mark.level == ARTICLE else 0.0
    if state.own.article:
        if mark.loose and mark.level == CLAUSE and state.own.point and not state.own.clause:
            return 4.0
        return 0.0
    if not outline:
        return 5.0
    return 1.0 if mark.level == POINT and not state.own.clause else 0.0


def _in_quote(state: State, quoted: Quoted, event: Event) -> list[Move]:
    """The quotation goes on, or it ended unnoticed and this document's own numbering does."""
    mark, signs = event.mark, event.signs
    if mark is None:
        return moves_quoted.plain(state, quoted, signs)
    number_price = step_cost(state.own, mark)
    own = not signs & Sign.QUOTE_START and not (mark.bare and state.stage is not Stage.OUTLINE)
    fits = own and number_price + _out_of_place(state, mark) < 1.0
    moves = moves_quoted.marked(state, quoted, mark, signs, fits)
    if fits:
        leaving = moves_quoted.leaving(quoted)
        outside = State(state.stage, state.own, None, state.instructed)
        moves += [
            (leaving + price, new, act, quoted.marked)
            for price, new, act, _ in _own_moves(outside, event, mark, number_price + mark.loose * 0.5)
        ]
    return moves


def _forced(state: State, mark: Mark | None) -> Move:
    """A person has said what the line is: a unit of this document, or none of its units."""
    if mark is None:
        return (0.0, state, Act.WORDS, False)
    return (0.0, State(stage_after(state.stage, mark), advanced(state.own, mark)), Act.OPEN, False)


def _plain(state: State, signs: int) -> list[Move]:
    """A line without a number."""
    if signs & _OF_THE_PAGE:
        return moves_behind.page(state, signs)
    instructed = max(state.instructed, instruction(signs))
    stay = state if instructed == state.instructed else state._replace(instructed=instructed)
    if state.stage not in _PROVISIONS or not signs & (Sign.QUOTE_START | Sign.OPENS):
        return [(_stray_close(signs), stay, Act.WORDS, False)]
    inside = stay._replace(quoted=_begun(signs))
    if signs & Sign.OPENS and signs & Sign.QUOTE_START and not signs & Sign.INLINE:
        return [
            (0.0 if state.instructed else 1.5, inside, Act.QUOTE, False),
            (4.0, stay, Act.WORDS, False),
        ]
    if signs & Sign.OPENS:
        price = 4.0 if signs & _STRAY == _STRAY else 0.0 if instructed else 2.0
        return [(price, inside, Act.WORDS, False), (2.5, stay, Act.WORDS, False)]
    if state.instructed:
        return [(0.0, stay, Act.QUOTE, False), (1.0, stay, Act.WORDS, False)]
    return [(0.0, stay, Act.WORDS, False)]


def _quoted_mark(state: State, mark: Mark, signs: int) -> list[Move]:
    """ "“2. …": the quotation that an instruction announced, or a stray quotation mark."""
    quote = moves_quoted.begin(state, mark, signs, 0.0 if state.instructed else 2.0, marked=True)
    price = step_cost(state.own, mark) + mark.loose * 0.5 + 6.0
    opened = State(stage_after(state.stage, mark), advanced(state.own, mark), None, instruction(signs))
    return [quote, (price, opened, Act.OPEN, False), (4.0, state, Act.WORDS, False)]


def _as_words(state: State, mark: Mark, signs: int) -> Move:
    if state.stage is Stage.FRONT and mark.level >= CLAUSE:
        price = 0.3
    elif mark.level == SUBPOINT:
        price = 0.6
    elif mark.level == ARTICLE:
        price = 9.0 - mark.loose * 3
    elif mark.level < ARTICLE:
        price = 5.0 - mark.loose
    else:
        price = max(0.4, 4.0 - mark.loose * 1.3)
    if signs & Sign.AMENDS and mark.level >= ARTICLE:
        price += 2.0
    return (price + _stray_close(signs), state, Act.WORDS, False)


def _awaited(state: State, mark: Mark) -> bool:
    """Whether the mark is the very unit that the amending line just read announces."""
    return bool(state.instructed) and state.target == (mark.level, mark.value)


def _bare_quote_price(own_price: float, signs: int, awaited: bool) -> float:
    """A quotation that no mark opens: cheap where the awaited unit stands, dear where our own goes on."""
    price = 0.5 if awaited else BARE_QUOTE
    if own_price < 1:
        price += SWALLOWED if signs & (Sign.AMENDS | Sign.FINAL) else 0.0 if awaited else 1.0
    return price


def _stray_close(signs: int) -> float:
    """A closing mark at a line's end outside any quotation: something was read wrongly before."""
    return STRAY_CLOSE if signs & Sign.CLOSES and signs & Sign.QUOTE_END else 0.0
