"""Line by line, what each line of a document is: the numbering decides between what a line may be.

``Counter`` follows one document's own numbering. A document quoted by an amending provision has a
counter of its own, so that its articles never become this draft's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from danban.lawtext import grammar
from danban.lawtext.address import slug_of_number as ascii_number
from danban.lawtext.grammar import LETTERS, Mark
from danban.lawtext.tree import Doubt, Line, Unit

DIVISIONS = (Unit.PART, Unit.CHAPTER, Unit.SECTION, Unit.SUBSECTION)
WORDS = {
    Unit.PART: "phan",
    Unit.CHAPTER: "chuong",
    Unit.SECTION: "muc",
    Unit.SUBSECTION: "tieu-muc",
    Unit.ARTICLE: "dieu",
    Unit.CLAUSE: "khoan",
    Unit.POINT: "diem",
    Unit.SUBPOINT: "tiet",
}
RANK = {unit: rank for rank, unit in enumerate(WORDS)}
SKIP_ALLOWED = 3


def _split(number: str) -> tuple[int, str]:
    digits = number.rstrip("abcdđefghijklmnopqrstuvwxyz")
    return int(digits or 0), number[len(digits) :]


def _next_letter(letter: str) -> str:
    place = LETTERS.find(letter)
    return LETTERS[place + 1] if 0 <= place < len(LETTERS) - 1 else ""


@dataclass(slots=True)
class Counter:
    """Where one document's numbering stands. Numbers are as printed; "" means none yet."""

    article: str = ""
    clause: str = ""
    point: str = ""
    open_at: dict[Unit, str] = field(default_factory=dict)
    ends_with_colon: bool = False

    def accepts(self, mark: Mark) -> tuple[bool, str]:
        """Whether a mark goes on the numbering, and a doubt code when it does with a slip."""
        if mark.unit is Unit.ARTICLE:
            return self._article(mark)
        if mark.unit is Unit.CLAUSE:
            return self._clause(mark)
        if mark.unit is Unit.POINT:
            return self._point(mark)
        if mark.unit is Unit.SUBPOINT:
            return bool(self.point), ""
        return True, ""

    def _article(self, mark: Mark) -> tuple[bool, str]:
        number, letter = _split(mark.number)
        last, last_letter = _split(self.article)
        if not mark.firm:
            return number == last + 1, ""
        if letter:
            return number in (last, last + 1), ""
        if number == last + 1 or (not self.article and number >= 1):
            return True, ""
        if number == last and not last_letter:
            return True, "repeat"
        if last < number <= last + SKIP_ALLOWED:
            return True, "gap"
        return False, "order"

    def _clause(self, mark: Mark) -> tuple[bool, str]:
        if not self.article:
            return False, ""
        number, letter = _split(mark.number)
        last, _ = _split(self.clause)
        if letter:
            return number in (last, last + 1), ""
        if number == last + 1:
            return True, ""
        if self.clause and last < number <= last + 2:
            return True, "gap"
        return False, "order"

    def _point(self, mark: Mark) -> tuple[bool, str]:
        if not self.article:
            return False, ""
        letter, digits = mark.number[0], mark.number[1:]
        last = self.point[:1]
        if digits:
            return bool(last) and letter in (last, _next_letter(last)), ""
        if not self.point:
            return letter == "a" or not self.clause, "" if letter == "a" else "gap"
        following = _next_letter(last)
        if letter == following:
            return True, ""
        if letter == last:
            return True, "repeat"
        if LETTERS.find(letter) in (LETTERS.find(last) + 2, LETTERS.find(last) + 3):
            return True, "gap"
        return False, "order"

    def open(self, mark: Mark) -> None:
        """Take the mark: what is deeper begins anew."""
        if mark.unit in DIVISIONS:
            for unit in DIVISIONS[DIVISIONS.index(mark.unit) :]:
                self.open_at.pop(unit, None)
            self.open_at[mark.unit] = mark.number
            self.clause = self.point = ""
        elif mark.unit is Unit.ARTICLE:
            self.article, self.clause, self.point = mark.number, "", ""
        elif mark.unit is Unit.CLAUSE:
            self.clause, self.point = mark.number, ""
        elif mark.unit is Unit.POINT:
            self.point = mark.number

    def address(self, mark: Mark) -> str:
        """The address of what the mark opens, in this document."""
        if mark.unit in DIVISIONS:
            above = [unit for unit in DIVISIONS if unit in self.open_at and RANK[unit] <= RANK[mark.unit]]
            return ".".join(f"{WORDS[unit]}-{ascii_number(self.open_at[unit])}" for unit in above)
        steps = [(Unit.ARTICLE, self.article), (Unit.CLAUSE, self.clause), (Unit.POINT, self.point)]
        if mark.unit is Unit.SUBPOINT:
            steps.append((Unit.SUBPOINT, mark.number))
        return ".".join(f"{WORDS[unit]}-{_path_safe(number)}" for unit, number in steps if number)


def _path_safe(number: str) -> str:
    return ascii_number(number)


PREAMBLE, BODY, SIGNED, APPENDIX = "preamble", "body", "signed", "appendix"

MESSAGES = {
    "gap": "Số thứ tự nhảy cóc trước “{label}”.",
    "repeat": "“{label}” lặp lại số đã có.",
    "order": "“{label}” không nối tiếp số trước, nên được đọc là chữ thường.",
    "unclosed": "Đoạn trích dẫn bắt đầu ở dòng {start} không có dấu đóng.",
}
SUGGESTIONS = {
    "gap": "Xem có thiếu mục trước đó không.",
    "repeat": "Xem lại số thứ tự; có thể là “đ)” viết thành “d)”.",
    "order": "Nếu đây là một mục mới, hãy chọn lại loại cho dòng này.",
    "unclosed": "Thêm dấu ” vào cuối đoạn trích dẫn.",
}
NAMES = {Unit.ARTICLE: "Điều {}", Unit.CLAUSE: "khoản {}", Unit.POINT: "điểm {})", Unit.SUBPOINT: "tiết {}"}


@dataclass(slots=True)
class Reader:
    """Reads lines in order; ``lines`` and ``doubts`` grow as it goes."""

    overrides: dict[int, tuple[Unit, str]]
    counter: Counter = field(default_factory=Counter)
    quoted: Counter | None = None
    quote_from: int = 0
    quote_marked: bool = False
    stage: str = PREAMBLE
    attachment: str = ""
    attachments: dict[str, int] = field(default_factory=dict)
    heading_follows: bool = False
    instructed: bool = False
    lines: list[Line] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def take(self, number: int, text: str, kind: str = "") -> None:
        """One source line; ``kind`` is what the file itself says of it: table, footnote, page, toc."""
        bare = text.strip()
        if kind in ("table", "footnote", "page", "toc"):
            self._add(number, text, Unit(kind), quoted=self.quoted is not None)
        elif number in self.overrides:
            self._forced(number, text)
        elif not bare:
            self._add(number, text, Unit.TEXT, quoted=self.quoted is not None)
        elif self.quoted is not None and not self._leaves_quote(number, bare):
            self._inside_quote(number, text, bare)
        else:
            self._own(number, text, bare)

    def finish(self) -> None:
        if self.quoted is not None:
            self._doubt(self.quote_from, "unclosed", start=self.quote_from)

    def _own(self, number: int, text: str, bare: str) -> None:
        if self._changes_stage(number, text, bare):
            return
        if self.stage == APPENDIX:
            self._add(number, text, Unit.APPENDIX)
        elif self.stage == SIGNED and grammar.mark_of(bare) is None:
            self._add(number, text, Unit.SIGNATURE)
        elif self.instructed and bare[:1] in grammar.OPENING:
            self._begin_quote(number, text, bare, marked=True)
        else:
            self._unit_or_text(number, text, bare)

    def _unit_or_text(self, number: int, text: str, bare: str) -> None:
        mark = grammar.mark_of(bare)
        if mark is None or (
            self.stage == SIGNED and mark.unit not in (Unit.ARTICLE, Unit.CHAPTER, Unit.PART)
        ):
            self._plain(number, text, bare)
            return
        accepted, code = self.counter.accepts(mark)
        if accepted and mark.unit in DIVISIONS and not self._plausible_division(mark, bare):
            accepted = False
        if not accepted:
            if code and mark.unit in (Unit.ARTICLE, Unit.CLAUSE, Unit.POINT) and self.stage == BODY:
                self._doubt(number, code, label=NAMES[mark.unit].format(mark.number))
            self._plain(number, text, bare)
            return
        if code == "repeat" and mark.unit is Unit.POINT and mark.number == "d":
            mark = mark._replace(number="đ")
        if code:
            self._doubt(number, code, label=NAMES[mark.unit].format(mark.number))
        self._open(number, text, mark)

    def _open(self, number: int, text: str, mark: Mark) -> None:
        self.stage = BODY
        self.counter.open(mark)
        path = self.counter.address(mark)
        address = f"{self.attachment}/{path}" if self.attachment else path
        self._add(number, text, mark.unit, label=mark.number, address=address)
        self.heading_follows = mark.unit in DIVISIONS and not mark.rest
        self.instructed = grammar.instructs(text)

    def _plain(self, number: int, text: str, bare: str) -> None:
        if self.heading_follows and self.stage == BODY:
            self._add(number, text, Unit.HEADING)
            self.heading_follows = self._heading_goes_on(bare)
            return
        unit = {PREAMBLE: Unit.PREAMBLE, SIGNED: Unit.SIGNATURE}.get(self.stage, Unit.TEXT)
        self._add(number, text, unit)
        if grammar.instructs(text):
            self.instructed = True
        elif bare[-1:] in ".;":
            self.instructed = False

    @staticmethod
    def _heading_goes_on(bare: str) -> bool:
        """A heading in capitals may run over more lines; one in ordinary letters does not."""
        return bare.isupper()

    def _plausible_division(self, mark: Mark, bare: str) -> bool:
        """ "Mục 2 ..." at the head of a sentence is no heading."""
        return len(bare) < 260 and not (mark.rest and bare[-1:] in ";,")

    def _changes_stage(self, number: int, text: str, bare: str) -> bool:
        if self.stage in (BODY, SIGNED) and grammar.opens_signature(bare) and self.counter.article:
            self._leave_units()
            self.stage = SIGNED
            self._add(number, text, Unit.SIGNATURE)
            return True
        if self.stage in (SIGNED, APPENDIX, BODY) and grammar.opens_regulation(bare) and self.counter.article:
            if self.stage != BODY:
                self._attach("quy-dinh")
                self.stage = PREAMBLE
                self._add(number, text, Unit.REGULATION, address=self.attachment)
                return True
        if self.stage in (SIGNED, APPENDIX, BODY) and self.counter.article:
            mark = grammar.opens_appendix(bare)
            if mark is not None and (self.stage != BODY or bare.isupper() or len(bare) < 40):
                self._attach("phu-luc")
                self.stage = APPENDIX
                self._add(number, text, Unit.APPENDIX, label=mark.number, address=self.attachment)
                return True
        return False

    def _attach(self, kind: str) -> None:
        self.attachments[kind] = self.attachments.get(kind, 0) + 1
        self.attachment = f"{kind}-{self.attachments[kind]}"
        self._leave_units()
        if kind == "quy-dinh":
            self.counter = Counter()

    def _leave_units(self) -> None:
        self.heading_follows = self.instructed = False

    def _begin_quote(self, number: int, text: str, bare: str, *, marked: bool) -> None:
        inner, _ = grammar.strip_quote(bare)
        if grammar.closes_quote(bare):
            self._quoted_line(number, text, inner, Counter())
            return
        self.quoted, self.quote_from, self.quote_marked = Counter(), number, marked
        self._quoted_line(number, text, inner, self.quoted)

    def _inside_quote(self, number: int, text: str, bare: str) -> None:
        inner, _ = grammar.strip_quote(bare)
        assert self.quoted is not None
        self._quoted_line(number, text, inner, self.quoted)
        if (grammar.closes_quote(bare) and bare.lstrip()[:1] != "“") or grammar.closes_quote(bare):
            self.quoted = None

    def _quoted_line(self, number: int, text: str, inner: str, counter: Counter) -> None:
        mark = grammar.mark_of(inner)
        if mark is None:
            self._add(number, text, Unit.QUOTE, quoted=True)
            return
        counter.open(mark)
        self._add(number, text, mark.unit, label=mark.number, address=counter.address(mark), quoted=True)

    def _leaves_quote(self, number: int, bare: str) -> bool:
        """A quotation that nobody closed ends where this document's own numbering plainly goes on."""
        mark = grammar.mark_of(bare)
        if mark is None or mark.unit not in (Unit.ARTICLE, Unit.CLAUSE, Unit.POINT):
            if grammar.opens_signature(bare) and number - self.quote_from > 3:
                return self._give_up_quote()
            return False
        accepted, code = self.counter.accepts(mark)
        assert self.quoted is not None
        inside, inside_code = self.quoted.accepts(mark)
        if not accepted or code or not grammar.amends(bare):
            return False
        if inside and not inside_code and mark.unit is not Unit.ARTICLE and not grammar.instructs(bare):
            return False
        return self._give_up_quote()

    def _give_up_quote(self) -> bool:
        self._doubt(self.quote_from, "unclosed", start=self.quote_from)
        self.quoted = None
        return True

    def _forced(self, number: int, text: str) -> None:
        """What an officer said a line is."""
        unit, label = self.overrides[number]
        if unit in RANK:
            self.quoted = None
            self._open(number, text, Mark(unit, label, ""))
        else:
            self._add(number, text, unit)

    def _add(
        self, number: int, text: str, unit: Unit, *, label: str = "", address: str = "", quoted: bool = False
    ) -> None:
        self.lines.append(Line(number, text, unit, label, address, quoted))

    def _doubt(self, line: int, code: str, **values: object) -> None:
        self.doubts.append(Doubt(line, code, MESSAGES[code].format(**values), SUGGESTIONS[code]))
