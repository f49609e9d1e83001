"""The best whole reading: which marks open units of this document, which are quoted, which are words.

A line alone cannot tell: "2. …" may continue this document's clauses, belong to text that an amending
provision quotes, or be a row of a table. So readings are carried side by side, each with its cost:
a slip in the numbering, a mark taken for words, a quotation never closed, an instruction swallowed by
a quotation. Readings that stand at the same place are merged (only the cheapest way there matters),
hopeless ones are dropped; where a mark plainly continues the numbering there is one reading and no search.

Linear in the number of lines: at most ``WIDTH`` readings are kept, each with a constant number of moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from danban.lawtext.marks import ALPHABET, ARTICLE, CHAPTER, CLAUSE, PART, POINT, SUBPOINT, Event, Mark, Sign
from danban.lawtext.sequence import FOLLOWING, NOTHING, Own, advanced, step_cost

WIDTH = 12
MARGIN = 8.0
LEAD = 2.5
LOOK_AHEAD = 40


class Stage(IntEnum):
    """Where in the paper: before the first unit, in the provisions, behind them, under the title of what
    may be an attached regulation, under its "(Ban hành kèm theo …)"."""

    FRONT = 0
    BODY = 1
    BACK = 2
    TITLED = 3
    ATTACHED = 4


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


class Quoted(NamedTuple):
    """An open quotation: whether a mark opened it, where its own numbering stands, whether it
    amends in turn, and whether a quotation of its own is open inside."""

    marked: bool
    article: int = 0
    clause: int = 0
    point: int = 0
    amending: bool = False
    nested: bool = False


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

    at: int
    act: Act
    inside: bool
    left: bool


Trail = tuple["Trail | None", Decision]
Reading = tuple[float, State, "Trail | None"]
Move = tuple[float, State, Act, bool]

LETTER_L = Mark(POINT, ALPHABET.index("l") + 1, 0, "l", 0)
"""What "1)" after k) is: the digit typed for the letter."""
_K = ALPHABET.index("k") + 1
AMENDING, ANNOUNCED = 1, 2

# Costs, in the unit of ``sequence``.
UNCLOSED = 4.0
UNCLOSED_AT_END = 9.0
SWALLOWED = 4.0
IGNORED_CLOSE = 4.0
STRAY_CLOSE = 2.5
BARE_QUOTE = 2.5


def best_reading(events: Sequence[Event], *, has_articles: bool) -> list[Decision]:
    """One decision for each event, those of the cheapest reading."""
    beam: list[Reading] = [(0.0, State(Stage.FRONT if has_articles else Stage.BODY, NOTHING), None)]
    moves = _Moves(has_articles)
    for place, event in enumerate(events):
        if len(beam) == 1 or _settled(beam, event):
            cost, state, trail = beam[0]
            sure = _sure(state, event, events, place)
            if sure is not None:
                beam = [(cost, sure, (trail, Decision(event.at, Act.OPEN, False, False)))]
                continue
        beam = _advance(beam, event, moves)
    return _unwind(min(beam, key=_final_cost)[2])


def _settled(beam: list[Reading], event: Event) -> bool:
    """Whether the best reading leads so far that a mark which plainly continues it ends the search.

    Readings with an open quotation stay: whether it was left too early shows only where it closes.
    """
    best = beam[0]
    if beam[1][0] - best[0] < LEAD or event.mark is None or best[1].quoted is not None:
        return False
    return all(state.quoted is None for _, state, _ in beam)


def _final_cost(reading: Reading) -> float:
    return reading[0] + (UNCLOSED_AT_END if reading[1].quoted is not None else 0.0)


def _unwind(trail: Trail | None) -> list[Decision]:
    decisions = []
    while trail is not None:
        trail, decision = trail
        decisions.append(decision)
    decisions.reverse()
    return decisions


def _advance(beam: list[Reading], event: Event, moves: _Moves) -> list[Reading]:
    reached: dict[State, Reading] = {}
    for cost, state, trail in beam:
        for price, new, act, left in moves.of(state, event):
            total = cost + price
            known = reached.get(new)
            if known is None or total < known[0]:
                decision = Decision(event.at, act, new.quoted is not None, left)
                reached[new] = (total, new, (trail, decision))
    best = sorted(reached.values(), key=_cost)
    limit = best[0][0] + MARGIN
    return [reading for reading in best[:WIDTH] if reading[0] <= limit]


def _cost(reading: Reading) -> float:
    return reading[0]


def _sure(state: State, event: Event, events: Sequence[Event], place: int) -> State | None:
    """The state after a mark that plainly continues the numbering; None when there is something to weigh."""
    mark = event.mark
    if mark is None or mark.loose or state.quoted is not None or state.stage is not Stage.BODY:
        return None
    if event.signs & ~(Sign.AMENDS | Sign.FINAL | Sign.INSTRUCTS | Sign.QUOTE_END) or state.instructed:
        return None
    own = state.own
    if step_cost(own, mark) or (mark.level == CLAUSE and not own.article):
        return None
    if _comes_again(mark, events, place):
        return None
    return State(Stage.BODY, advanced(own, mark), None, instruction(event.signs), event.target)


def _comes_again(mark: Mark, events: Sequence[Event], place: int) -> bool:
    """The same number stands again before its successor: one of the two is something else."""
    level, value, suffix = mark[:3]
    for later in events[place + 1 : place + 1 + LOOK_AHEAD]:
        other = later.mark
        if other is None:
            continue
        if other.level < level:
            return False
        if other.level == level:
            return other.value == value and other.suffix == suffix
    return False


def instruction(signs: int) -> int:
    """How plainly a line announces quoted text: not at all, by its verb, by "như sau:"."""
    if signs & Sign.INSTRUCTS:
        return ANNOUNCED
    return AMENDING if signs & Sign.AMENDS else 0


class _Moves:
    """The moves from a state at an event, with their prices."""

    def __init__(self, has_articles: bool) -> None:
        self.has_articles = has_articles

    def of(self, state: State, event: Event) -> list[Move]:
        if event.signs & Sign.FORCED:
            return [_forced(state, event.mark)]
        if state.quoted is not None:
            return self._in_quote(state, state.quoted, event)
        if event.mark is None:
            return self._plain(state, event.signs)
        if state.stage >= Stage.BACK:
            return self._behind(state, event, event.mark)
        return self._marked(state, event, event.mark)

    # A line without a number.

    def _plain(self, state: State, signs: int) -> list[Move]:
        if signs & (Sign.SIGNS | Sign.APPENDS | Sign.REGULATES | Sign.ENCLOSED):
            return _page_moves(state, signs)
        instructed = max(state.instructed, instruction(signs))
        stay = state._replace(instructed=instructed)
        if state.stage is not Stage.BODY or not signs & (Sign.QUOTE_START | Sign.OPENS):
            return [(_stray_close(signs), stay, Act.WORDS, False)]
        inside = stay._replace(quoted=Quoted(True))
        if signs & Sign.OPENS and signs & Sign.QUOTE_START:
            return [
                (0.0 if state.instructed else 1.5, inside, Act.QUOTE, False),
                (4.0, stay, Act.WORDS, False),
            ]
        if signs & Sign.OPENS:
            return [(0.0 if instructed else 2.0, inside, Act.WORDS, False), (2.5, stay, Act.WORDS, False)]
        if state.instructed:
            return [(0.0, stay, Act.QUOTE, False), (1.0, stay, Act.WORDS, False)]
        return [(0.0, stay, Act.WORDS, False)]

    # A numbered line of this document, perhaps.

    def _marked(self, state: State, event: Event, mark: Mark) -> list[Move]:
        signs = event.signs
        if signs & Sign.QUOTE_START:
            return self._quoted_mark(state, mark, signs)
        moves = [*self._own_moves(state, event, mark), self._as_words(state, mark, signs)]
        if state.instructed == ANNOUNCED or _awaited(state, mark):
            price = self._bare_quote_price(state, mark, signs)
            moves.append(_quote_move(state, mark, signs, price, marked=False))
        if mark.level == CLAUSE and mark.value == 1 and mark.loose and state.own.point == _K:
            new = State(Stage.BODY, advanced(state.own, LETTER_L), None, instruction(signs))
            moves.append((0.3, new, Act.OPEN_L, False))
        return moves

    def _bare_quote_price(self, state: State, mark: Mark, signs: int) -> float:
        """A quotation that no mark opens: cheap where the awaited unit stands, dear where our own goes on."""
        awaited = _awaited(state, mark)
        price = 0.5 if awaited else BARE_QUOTE
        if step_cost(state.own, mark) < 1:
            price += SWALLOWED if signs & (Sign.AMENDS | Sign.FINAL) else 0.0 if awaited else 1.0
        return price

    def _own_moves(self, state: State, event: Event, mark: Mark) -> list[Move]:
        signs = event.signs
        price = step_cost(state.own, mark) + mark.loose * 0.5 + self._out_of_place(state, mark)
        price += _stray_close(signs)
        if _awaited(state, mark) and not signs & (Sign.AMENDS | Sign.FINAL):
            price += 2.0
        new = State(Stage.BODY, advanced(state.own, mark), None, instruction(signs), event.target)
        if not signs & Sign.OPENS:
            return [(price, new, Act.OPEN, False)]
        announced = 0.0 if signs & Sign.AMENDS else 1.0
        inside = new._replace(quoted=Quoted(True), instructed=AMENDING)
        return [(price + announced, inside, Act.OPEN, False), (price + 2.5 - announced, new, Act.OPEN, False)]

    def _out_of_place(self, state: State, mark: Mark) -> float:
        """Clauses and points before any article, in a document that has articles."""
        if mark.level >= CLAUSE and self.has_articles and not state.own.article:
            return 5.0
        if mark.level == POINT and not (state.own.article or state.own.clause):
            return 1.0
        return 0.0

    def _as_words(self, state: State, mark: Mark, signs: int) -> Move:
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

    def _quoted_mark(self, state: State, mark: Mark, signs: int) -> list[Move]:
        """ "“2. …": the quotation that an instruction announced, or a stray quotation mark."""
        quote = _quote_move(state, mark, signs, 0.0 if state.instructed else 2.0, marked=True)
        price = step_cost(state.own, mark) + mark.loose * 0.5 + 6.0
        opened = State(Stage.BODY, advanced(state.own, mark), None, instruction(signs))
        return [quote, (price, opened, Act.OPEN, False), (4.0, state, Act.WORDS, False)]

    # Behind the provisions: signature, appendices, forms, attached regulations.

    def _behind(self, state: State, event: Event, mark: Mark) -> list[Move]:
        attached = state.stage is Stage.ATTACHED
        begin = {Stage.ATTACHED: 0.5, Stage.TITLED: 4.0}.get(state.stage, 7.0)
        ignored = 0.0
        if mark.level == ARTICLE:
            ignored = 2.0 if attached or mark.value == state.own.article + 1 else 0.1
        elif mark.level < ARTICLE and attached:
            ignored = 1.0
        stay = (ignored, state, Act.WORDS, False)
        if event.signs & Sign.QUOTE_START or mark.level > ARTICLE:
            return [stay]
        moves: list[Move] = [stay]
        again = State(Stage.BODY, advanced(NOTHING, mark))
        first = mark.value == 1 and (mark.level in (PART, CHAPTER, ARTICLE) or attached)
        if first:
            moves.append((begin, again, Act.RESTART, False))
        resumed = State(Stage.BODY, advanced(state.own, mark), None, instruction(event.signs))
        price = step_cost(state.own, mark)
        if price < 1:
            moves.append((price + 4.0, resumed, Act.OPEN, False))
        return moves

    # Inside a quotation.

    def _in_quote(self, state: State, quoted: Quoted, event: Event) -> list[Move]:
        mark, signs = event.mark, event.signs
        if mark is None:
            return self._plain_in_quote(state, quoted, signs)
        price = _inner_cost(quoted, mark)
        inner = _inner_after(quoted, mark)
        own_price = step_cost(state.own, mark) + self._out_of_place(state, mark)
        fits = own_price < 1.0 and not signs & Sign.QUOTE_START
        if fits and signs & (Sign.AMENDS | Sign.FINAL) and mark.level >= ARTICLE and not quoted.amending:
            price += SWALLOWED
        elif fits and not quoted.marked:
            price += 1.0
        moves = _closing_moves(state, inner, signs, price)
        if fits:
            leave = (UNCLOSED if quoted.marked else 1.0) + own_price + mark.loose * 0.5
            own_moves = self._own_moves(state._replace(quoted=None, target=None), event, mark)
            moves += [(leave + cost - own_price, new, act, quoted.marked) for cost, new, act, _ in own_moves]
        return moves

    def _plain_in_quote(self, state: State, quoted: Quoted, signs: int) -> list[Move]:
        if signs & Sign.SIGNS and not signs & Sign.LOOSE:
            left = state._replace(stage=Stage.BACK, quoted=None, instructed=0)
            return [
                (UNCLOSED if quoted.marked else 0.5, left, Act.SIGN, quoted.marked),
                (3.0, state, Act.QUOTE, False),
            ]
        return _closing_moves(state, quoted, signs, 0.0)


def _forced(state: State, mark: Mark | None) -> Move:
    """A person has said what the line is: a unit of this document, or none of its units."""
    if mark is None:
        return (0.0, state, Act.WORDS, False)
    return (0.0, State(Stage.BODY, advanced(state.own, mark)), Act.OPEN, False)


def _awaited(state: State, mark: Mark) -> bool:
    """Whether the mark is the very unit that the amending line just read announces."""
    return bool(state.instructed) and state.target == (mark.level, mark.value)


def _stray_close(signs: int) -> float:
    """A closing mark at a line's end outside any quotation: something was read wrongly before."""
    return STRAY_CLOSE if signs & Sign.CLOSES and signs & Sign.QUOTE_END else 0.0


def _quote_move(state: State, mark: Mark, signs: int, price: float, *, marked: bool) -> Move:
    """Begin a quotation at this line, and end it here when the line closes it."""
    closed = signs & Sign.QUOTE_END and not signs & Sign.OPENS
    if closed and (marked or signs & Sign.CLOSES):
        return (price, state._replace(instructed=AMENDING, target=None), Act.QUOTE, False)
    inside = _inner_after(Quoted(marked, amending=bool(signs & Sign.AMENDS)), mark)
    return (price, State(Stage.BODY, state.own, inside, AMENDING), Act.QUOTE, False)


def _closing_moves(state: State, quoted: Quoted, signs: int, price: float) -> list[Move]:
    """Stay in the quotation or end it with this line, as its closing marks say."""
    if quoted.amending and signs & Sign.QUOTE_START and signs & Sign.OPENS:
        return [(price, state._replace(quoted=quoted._replace(nested=True)), Act.QUOTE, False)]
    state = state._replace(quoted=quoted)
    out = state._replace(quoted=None, instructed=AMENDING)
    if signs & Sign.CLOSES:
        close, stay = (0.0, IGNORED_CLOSE) if signs & Sign.QUOTE_END else (2.0, 1.0)
        if quoted.nested:
            state, close, stay = state._replace(quoted=quoted._replace(nested=False)), 2.0, 0.0
    elif signs & Sign.QUOTE_END and signs & Sign.QUOTE_START:
        close, stay = 0.5, 1.5
        if quoted.amending:
            close, stay = 2.0, 0.0
    elif signs & Sign.QUOTE_END:
        close, stay = 4.0, 0.0
    else:
        stay = 1.0 if signs & Sign.QUOTE_START and signs & Sign.OPENS else 0.0
        return [(price + stay, state, Act.QUOTE, False)]
    return [(price + close, out, Act.QUOTE, False), (price + stay, state, Act.QUOTE, False)]


def _inner_cost(quoted: Quoted, mark: Mark) -> float:
    """Quoted text is a choice of another document's units: jumps are common, steps still better."""
    if mark.level == ARTICLE:
        return 0.0 if not quoted.article or mark.value in (quoted.article, quoted.article + 1) else 1.5
    if mark.level == CLAUSE:
        return 0.0 if not quoted.clause or mark.value in (quoted.clause, quoted.clause + 1) else 1.0
    if mark.level == POINT:
        known = FOLLOWING.get((quoted.point, mark.value), 1.0)
        return 0.0 if not quoted.point or mark.suffix or mark.value == 1 else min(known, 1.0)
    return 0.0


def _inner_after(quoted: Quoted, mark: Mark) -> Quoted:
    if mark.level == ARTICLE:
        return quoted._replace(article=mark.value, clause=0, point=0)
    if mark.level == CLAUSE:
        return quoted._replace(clause=mark.value, point=0)
    if mark.level == POINT:
        return quoted._replace(point=mark.value)
    return quoted


def _page_moves(state: State, signs: int) -> list[Move]:
    """Signature, appendix or attached regulation: on a line of its own."""
    words = (0.0, state, Act.WORDS, False)
    if state.stage is Stage.FRONT:
        return [words]
    if signs & (Sign.REGULATES | Sign.ENCLOSED):
        return _attaching_moves(state, signs, words)
    back = state._replace(stage=Stage.BACK, instructed=0)
    act = Act.APPEND if signs & Sign.APPENDS else Act.SIGN
    if state.stage is not Stage.BODY:
        return [(0.0, back, act, False)]
    if act is Act.APPEND and signs & Sign.LOOSE:
        return [words]
    if act is Act.APPEND or signs & Sign.LOOSE:
        return [(1.0, back, act, False), (1.0, state, Act.WORDS, False)]
    return [(0.0, back, act, False), (4.0, state, Act.WORDS, False)]


def _attaching_moves(state: State, signs: int, words: Move) -> list[Move]:
    """The title of an attached regulation, then "(Ban hành kèm theo Quyết định số …)"."""
    if signs & Sign.ENCLOSED:
        if state.stage is not Stage.TITLED:
            return [words]
        return [(0.0, state._replace(stage=Stage.ATTACHED), Act.WORDS, False)]
    titled = state._replace(stage=Stage.TITLED, instructed=0)
    if state.stage is Stage.BODY:
        return [words] if signs & Sign.LOOSE else [words, (3.0, titled, Act.ATTACH, False)]
    return [(0.0, titled, Act.ATTACH, False)]
