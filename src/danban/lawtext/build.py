"""From decisions to the tree: every line gets its unit and its one place.

The search has said which marked lines open units and where quotations run; here plain lines find their
home (heading, preamble, signature, table …), units nest, and each gets an address that is unique.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from danban.lawtext.address import LEVELS, slug_of_number
from danban.lawtext.draft import Draft
from danban.lawtext.marks import ARTICLE, POINT, SUBPOINT, SUBSECTION, UNITS, Event, Mark, mark_of
from danban.lawtext.moves import FIRST, LETTER_L
from danban.lawtext.quotation import Quotation
from danban.lawtext.reading import Act, Decision
from danban.lawtext.signs import Sign, appendix_number
from danban.lawtext.tree import Line, Unit

_SET_APART = (Unit.TABLE, Unit.FOOTNOTE, Unit.PAGE, Unit.TOC)
_NO_MORE = (Event(-1, None, 0), Decision(Act.WORDS))
_MEANT = {Act.OPEN_L: LETTER_L, Act.OPEN_1: FIRST}
_OPEN, _WORDS, _QUOTE = Act.OPEN, Act.WORDS, Act.QUOTE


class Builder:
    """Walks the lines once; ``lines`` and ``root`` are its result, ``opened`` the own units in order."""

    def __init__(self, *, consolidated: bool) -> None:
        self.consolidated = consolidated
        self.root = Draft(Unit.DOCUMENT)
        self.lines: list[Line] = []
        self.opened: list[tuple[int, Mark, Draft]] = []
        self._base = self._main = self.root
        self._stack: list[Draft] = [self.root]
        self._loose: Unit | None = Unit.PREAMBLE
        self._quotation = Quotation()
        self._quoting = False
        self._heading = False
        self._seen: dict[str, int] = {}
        self._regulations = 0
        self._appendices = 0
        self._colon = False
        self._attached: frozenset[int] = frozenset()

    def run(
        self,
        texts: Sequence[str],
        kinds: Mapping[int, Unit],
        forced: Mapping[int, tuple[Unit, str]],
        decided: Iterable[tuple[Event, Decision]],
    ) -> None:
        """``texts`` in order; ``kinds`` and ``forced`` by line number; ``decided`` in order of lines."""
        decided = list(decided)
        self._attached = _really_attached(decided)
        rest = iter(decided)
        event, decision = next(rest, _NO_MORE)
        for number, text in enumerate(texts, start=1):
            at_event = event.at + 1 == number
            if at_event:
                if number in forced:
                    self._forced(number, text, event.mark, *forced[number])
                else:
                    self._event(number, text, event, decision)
            elif number in kinds:
                self._set_apart(number, text, kinds[number])
            elif self._quoting:
                self._quoted_line(number, text, None)
            else:
                self._plain(number, text)
            if at_event:
                event, decision = next(rest, _NO_MORE)

    # Lines that the search decided about.

    def _event(self, number: int, text: str, event: Event, decision: Decision) -> None:
        act, mark = decision.act, event.mark
        if act is _OPEN and mark is not None:
            self._leave_quote()
            self._open(number, text, mark)
        elif act is _WORDS:
            if decision.left:
                self._leave_quote()
            if mark is not None:
                self._heading = False
            self._plain(number, text)
        elif act is _QUOTE:
            self._quoted_line(number, text, mark)
        elif mark is None:
            self._leave_quote()
            form = act is Act.APPEND and bool(event.signs & Sign.LOOSE)
            if form and self._base.unit is Unit.APPENDIX:
                self._plain(number, text)
            else:
                self._page(number, text, act)
        else:
            self._leave_quote()
            if act is Act.RESTART:
                self._restart()
            if act is Act.HEAD:
                self._inner_heading(number, text)
            else:
                meant = _MEANT.get(act)
                self._open(number, text, meant._replace(rest=mark.rest) if meant else mark)
        self._quoting = decision.inside
        if not decision.inside:
            self._quotation.end()

    def _leave_quote(self) -> None:
        self._quoting = False
        self._quotation.end()

    def _forced(self, number: int, text: str, mark: Mark | None, unit: Unit, label: str) -> None:
        """What a person said a line is."""
        self._leave_quote()
        if mark is not None:
            self._open(
                number,
                text,
                mark._replace(number=label, rest=_after_label(text, label, mark.level)),
                exact=True,
            )
        elif unit is Unit.APPENDIX:
            self._page(number, text, Act.APPEND)
        elif unit is Unit.REGULATION:
            self._page(number, text, Act.ATTACH)
        elif unit in _SET_APART:
            self._set_apart(number, text, unit)
        elif unit is Unit.SIGNATURE:
            self._page(number, text, Act.SIGN)
        elif unit is Unit.QUOTE:
            self._quoted_line(number, text, None)
        elif unit is Unit.HEADING:
            self._heading_line(number, text)
        else:
            self._text_line(number, text)

    def _open(self, number: int, text: str, mark: Mark, *, exact: bool = False) -> None:
        level = mark.level
        if level == POINT and mark.suffix and not exact and self._is_subpoint(mark):
            level = SUBPOINT
        if self._base.unit is Unit.APPENDIX and not exact:
            self._base = self._main
            self._stack = [self._main]
        kept = self._stack
        decimal = mark.level == SUBPOINT and mark.suffix > 0
        while len(kept) > 1 and (kept[-1].level < 0 or kept[-1].level >= (POINT if decimal else level)):
            kept.pop()
        address = self._address(kept[-1], level, mark.number)
        made = Draft(UNITS[level], level, mark.number, address)
        made.lines.append(number)
        kept[-1].children.append(made)
        kept.append(made)
        rest = text[mark.rest :].strip()
        if level == ARTICLE:
            made.rest = rest
        elif rest:
            (made.heading if level < ARTICLE else made.parts).append(rest)
        self._heading = level <= ARTICLE and not rest
        self._loose = None
        if level == POINT:
            self._colon = text.rstrip()[-1:] == ":"
        self.opened.append((number, mark, made))
        self.lines.append(Line(number, text, UNITS[level], mark.number, address))

    def _is_subpoint(self, mark: Mark) -> bool:
        """ "b1)" under an open b) is a part of b, unless a consolidated text inserted it as a point."""
        last = self._stack[-1]
        point = next((draft for draft in reversed(self._stack) if draft.level == POINT), None)
        if point is None or point.number[:1] != mark.number[:1]:
            return last.level == SUBPOINT and last.number[:1] == mark.number[:1]
        return self._colon or not self.consolidated

    def _address(self, parent: Draft, level: int, number: str) -> str:
        slug = slug_of_number(number)
        if not slug:
            return ""
        if level == ARTICLE:
            above = self._base.address
            joint = "/"
        else:
            above = parent.address or self._base.address
            joint = "/" if above == self._base.address else "."
        step = f"{LEVELS[level]}-{slug}"
        address = f"{above}{joint}{step}" if above else step
        times = self._seen.get(address, 0) + 1
        self._seen[address] = times
        return f"{address}_{times}" if times > 1 else address

    def _page(self, number: int, text: str, act: Act) -> None:
        if act is Act.NOTE and self._base.unit is Unit.APPENDIX:
            self._plain(number, text)
        elif act is Act.NOTE:
            self._loose = Unit.FOOTNOTE
            self._loose_line(number, text)
        elif act is Act.SIGN:
            self._loose = Unit.APPENDIX if self._base.unit is Unit.APPENDIX else Unit.SIGNATURE
            self._loose_line(number, text)
        elif act is Act.ATTACH and number not in self._attached:
            self._unattached(number, text)
        elif act is Act.APPEND:
            self._appendices += 1
            printed = appendix_number(text)
            self._attach(
                Unit.APPENDIX, number, text, printed, f"phu-luc-{slug_of_number(printed) or self._appendices}"
            )
        else:
            self._regulations += 1
            self._attach(Unit.REGULATION, number, text, "", f"quy-dinh-{self._regulations}")

    def _unattached(self, number: int, text: str) -> None:
        """ "QUY CHUẨN …", "QUY TRÌNH …" without articles: inside an appendix its words, else as one."""
        if self._base.unit is Unit.APPENDIX:
            self._loose = Unit.APPENDIX
            self._loose_line(number, text)
        else:
            self._page(number, text, Act.APPEND)

    def _attach(self, unit: Unit, number: int, text: str, printed: str, address: str) -> None:
        times = self._seen.get(address, 0) + 1
        self._seen[address] = times
        made = Draft(unit, -1, printed, f"{address}_{times}" if times > 1 else address)
        made.heading.append(text.strip())
        made.lines.append(number)
        self.root.children.append(made)
        self._base = made
        if unit is Unit.REGULATION:
            self._main = made
        self._stack = [made]
        self._loose = unit
        self._heading = True
        self.lines.append(Line(number, text, unit, printed, made.address))

    def _restart(self) -> None:
        """Units that begin again without a title read before: an attached regulation all the same."""
        if self._base.unit is not Unit.REGULATION or self._base.children:
            self._regulations += 1
            made = Draft(Unit.REGULATION, -1, "", f"quy-dinh-{self._regulations}")
            self.root.children.append(made)
            self._base = self._main = made
            self._stack = [made]

    # Lines of plain words.

    def _plain(self, number: int, text: str) -> None:
        if self._heading and (bare := text.strip()) and self._names(bare):
            self._heading_line(number, text)
        elif self._loose is not None:
            self._loose_line(number, text)
        else:
            self._text_line(number, text)

    def _names(self, bare: str) -> bool:
        """Whether a line under "Chương II", "Điều 5" alone or "QUY CHẾ" is the title that belongs to it."""
        home = self._stack[-1]
        if home.unit is Unit.ARTICLE:
            return not home.parts and not home.heading and len(bare) <= 150 and bare[-1] not in ".:;,"
        if home.unit in (Unit.REGULATION, Unit.APPENDIX):
            return not bare.startswith("(") and len(home.heading) < 5
        if home.level < 0 or home.level > SUBSECTION:
            return False
        return not home.heading or (bare.isupper() and home.heading[-1].isupper())

    def _heading_line(self, number: int, text: str) -> None:
        home = self._stack[-1]
        home.heading.append(text.strip())
        home.lines.append(number)
        self.lines.append(Line(number, text, Unit.HEADING, "", home.address))

    def _inner_heading(self, number: int, text: str) -> None:
        """ "II. MỤC TIÊU" between the clauses of an article: words of the article's own."""
        while len(self._stack) > 1 and (self._stack[-1].level < 0 or self._stack[-1].level > ARTICLE):
            self._stack.pop()
        home = self._stack[-1]
        made = Draft(Unit.TEXT)
        home.children.append(made)
        made.parts.append(text)
        made.lines.append(number)
        self._heading = False
        self.lines.append(Line(number, text, Unit.HEADING, "", home.address))

    def _text_line(self, number: int, text: str) -> None:
        if self._heading and text.strip():
            self._heading = False
        home = self._stack[-1]
        address = home.address
        if home.children and home.children[-1].unit in (Unit.TABLE, Unit.TEXT):
            if home.children[-1].unit is Unit.TABLE:
                home.children.append(Draft(Unit.TEXT))
            home = home.children[-1]
        home.parts.append(text)
        home.lines.append(number)
        self.lines.append(Line(number, text, Unit.TEXT, "", address))

    def _loose_line(self, number: int, text: str) -> None:
        unit = self._loose
        assert unit is not None
        if unit in (Unit.REGULATION, Unit.APPENDIX):
            if text.strip():
                self._heading = False
            self._base.parts.append(text)
            self._base.lines.append(number)
            kind = Unit.APPENDIX if unit is Unit.APPENDIX else Unit.TEXT
            self.lines.append(Line(number, text, kind, "", self._base.address))
            return
        if self._stack[-1].unit is not unit:
            home = self._base if unit is Unit.SIGNATURE and self._base.unit is Unit.REGULATION else self.root
            made = Draft(unit)
            home.children.append(made)
            self._stack = [home, made]
        self._stack[-1].parts.append(text)
        self._stack[-1].lines.append(number)
        self.lines.append(Line(number, text, unit))

    def _set_apart(self, number: int, text: str, unit: Unit) -> None:
        """A table's cell, a footnote, a page's furniture, a line of the contents: its own node here."""
        home = self._stack[-1]
        if not (home.children and home.children[-1].unit is unit):
            home.children.append(Draft(unit))
        made = home.children[-1]
        made.parts.append(text)
        made.lines.append(number)
        self.lines.append(Line(number, text, unit, "", "", self._quoting))

    def _quoted_line(self, number: int, text: str, mark: Mark | None) -> None:
        self._heading = False
        self.lines.append(self._quotation.line(self._stack[-1], number, text, mark))


def _really_attached(decided: Sequence[tuple[Event, Decision]]) -> frozenset[int]:
    """Line numbers of the titles under which units do begin again."""
    titles: set[int] = set()
    last = 0
    for event, decision in decided:
        if decision.act is Act.ATTACH:
            last = event.at + 1
        elif decision.act is Act.RESTART and last:
            titles.add(last)
        if decision.act in (Act.SIGN, Act.APPEND, Act.RESTART):
            last = 0
    return frozenset(titles)


_NAMED = re.compile(
    r"[\s(“\"]*(?:(?:phần|chương|tiểu mục|mục|điều|khoản|điểm|tiết)\s+(?:thứ\s+|số\s+)?)?", re.IGNORECASE
)


def _after_label(text: str, label: str, level: int) -> int:
    """Where the words begin after a number that a person gave: behind the number that the line bears.

    "d) Xe" said to be point đ, and "1) Xe" said to be point l, bear another one than was meant.
    """
    printed = mark_of(text)
    if printed and (printed.level == level or (label == "l" and printed.number == "1")):
        return printed.rest
    named = _NAMED.match(text)
    start = named.end() if named else 0
    if not label or text[start : start + len(label)].lower() != label.lower():
        return 0
    end = start + len(label)
    if text[end : end + 1].isalnum():
        return 0
    while end < len(text) and text[end] in ".):/- \t":
        end += 1
    return end
