"""From the paragraphs of a plan to proposed tasks: sentence by sentence, with the agency each names.

Purposes, requirements and what has no work in it stay as words in ``unused``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from danban.common.text import fold
from danban.plan.reading.bodies import opens_with_body, split_bodies
from danban.plan.reading.proposal import Heading, Part, Proposed, Unused
from danban.plan.reading.sentences import (
    clauses,
    lead_in,
    sentences,
    split_at_and,
    starts_with_verb,
    subject_of,
    verb_place,
    without_link,
)
from danban.plan.reading.timing import find_timing

_HEADING = re.compile(r"([IVXLC]+|[A-HĐ])\s*[.)/]\s+(\S.{2,250})$")
_ITEM = re.compile(r"(\d+(?:\.\d+)*[.)]|[a-zđ]\)|[-–+•*])\s+(?=\S)")
_LABEL = re.compile(
    r"(?:^|(?<=[;.,])\s*)(?:[-–+•*]\s*)?("
    r"(?:[Cc]ơ quan |[Đđ]ơn vị )?(?:[Cc]hủ trì|[Pp]hối hợp|[Tt]hực hiện)(?: thực hiện| chính)?"
    r"|[Nn]ội dung(?: thực hiện)?|[Tt]hời (?:gian|hạn)(?: thực hiện| hoàn thành)?|[Tt]iến độ(?: thực hiện)?"
    r"|[Ss]ản phẩm(?: dự kiến)?|[Kk]ết quả(?: thực hiện)?|[Kk]inh phí(?: thực hiện)?)\s*:\s*"
)
_FRAME = re.compile(
    r"(CỘNG H(?:OÀ|ÒA)|Độc lập\b|Số\s*:|ỦY BAN NHÂN DÂN|UBND [A-ZĐ]|TM\.|KT\.|CHỦ TỊCH|PHÓ CHỦ TỊCH"
    r"|KẾ HOẠCH$|QUYẾT ĐỊNH$|Căn cứ (?![Kk]ế hoạch này|nhiệm vụ|tình hình|chức năng)|Theo đề nghị "
    r"|[^,.;]{2,40}, ngày [\d./…]+ ?tháng|\((?:Kèm|Ban hành) )"
)
_FOOT = re.compile(r"Nơi nhận\b")
_AIM = re.compile(
    r"(?:Kế hoạch|Đề án|Việc)[^.;]{0,60}?(?:nhằm|yêu cầu|đề ra mục tiêu)|(?:nhằm|Nhằm)\b|[Mm]ục đích"
    r"|Yêu cầu|Mục tiêu"
)
_ISSUED = re.compile(
    r".{0,250}\bban hành (?:kèm theo )?(?:Kế hoạch|Quyết định)(?: số| này|.{0,200}\bnhư sau)", re.IGNORECASE
)
_NO_TASKS = re.compile(r"muc dich|yeu cau|quan diem|muc tieu|can cu|kinh phi|pham vi|doi tuong|noi nhan")
_TASKS = re.compile(r"noi dung|nhiem vu|hoat dong|giai phap|thuc hien")
_GIVEN = re.compile(
    r"(?:(?:UBND|Ủy ban nhân dân|Chủ tịch)[^,;]{0,40}? )?(?:giao|phân công|đề nghị|yêu cầu)\s+", re.IGNORECASE
)
_WITH = re.compile(r"phối hợp(?: chặt chẽ)?(?: cùng)? với\s+")
_STOP = re.compile(r"\s+(?:trong|để|nhằm|khi|theo|về|thông qua)\s+|[;.]")
_WITHIN = re.compile(r"\s*\(trong đó,?\s+[^()]{15,}\)[.;]?")
FRAME = "Phần đầu, phần cuối hoặc căn cứ của văn bản."
LONGEST_HEADING = 480


def read_prose(paragraphs: Sequence[str], *, title: Sequence[str] = (), only_named: bool = False) -> Part:
    """Tasks and unused words of paragraphs. ``title`` are the lines that name the plan; ``only_named``:
    beside a table of tasks, a sentence becomes a task only when it names who does it, and with a doubt."""
    reader = _Reader(only_named)
    for paragraph in paragraphs:
        if paragraph in title:
            reader.part.unused.append(Unused(paragraph, "Tên của kế hoạch."))
        else:
            reader.paragraph(paragraph)
    reader.heading.leave(reader.part.unused)
    return reader.part


class _Reader:
    def __init__(self, only_named: bool) -> None:
        self.part = Part()
        self.only_named = only_named
        self.heading = Heading()
        self.top = ("", "")
        self.why_not = ""
        self.holds = True
        self.subject: list[str] = []
        self.under: int | None = None

    def paragraph(self, text: str) -> None:
        if match := _HEADING.match(text):
            self._open(match[1], match[2], text)
        elif text.startswith("PHỤ LỤC") or _FOOT.match(text):
            self._leave(text, FRAME)
            self.why_not = FRAME if _FOOT.match(text) else ""
        elif self.why_not:
            for sentence in sentences(text):
                self._leave(sentence, self.why_not)
        elif self._labels(text):
            pass
        elif _FRAME.match(text):
            self._leave(text, FRAME)
        elif match := _ITEM.match(text):
            self._item(match[1], text[match.end() :], match[0])
        else:
            if not self.holds:
                self.heading.leave(self.part.unused)
                self.heading, self.holds = Heading(), True
            self._sentences(text)

    def _open(self, number: str, title: str, words: str) -> None:
        self.heading.leave(self.part.unused)
        self.heading = Heading(title[:LONGEST_HEADING], number, [words])
        self.top = (title[:LONGEST_HEADING], number)
        self.subject, self.under, self.holds = [], None, True
        said = fold(title)
        self.why_not = (
            "Mục không giao nhiệm vụ." if _NO_TASKS.search(said) and not _TASKS.search(said) else ""
        )

    def _leave(self, words: str, why: str) -> None:
        self.part.unused.append(Unused(words, why))

    def _labels(self, text: str) -> bool:
        """ "Cơ quan chủ trì: …; thời gian: …" says more of the task above."""
        marks = list(_LABEL.finditer(text))
        if not marks or marks[0].start() != 0 or not self.part.tasks:
            return False
        task = self.part.tasks[-1]
        task.words.append(text)
        for place, mark in enumerate(marks):
            end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
            _say(task, fold(mark[1]), text[mark.end() : end].strip(" ;.,"))
        return True

    def _item(self, number: str, text: str, marker: str) -> None:
        """A numbered line: a work, or the body whose works stand below."""
        number = number.strip(".)-–+•*")
        if number.isdecimal():
            self._back_to_top()
        who, colon, rest = text.partition(":")
        if opens_with_body(who) and verb_place(who) is None and len(who) < 200:
            self.subject = split_bodies(who.rstrip(" ."))
            if not rest.strip():
                self.heading.words.append(marker + text)
                return
            marker, text = marker + who + colon + " ", rest.strip()
        first = len(self.part.tasks)
        self._sentences(text, number, marker)
        if number.isdecimal() and len(self.part.tasks) > first:
            self.under = first

    def _back_to_top(self) -> None:
        """A new number: who stood under the last one no longer speaks, its heading neither."""
        self.under, self.subject = None, []
        words, self.heading.words = self.heading.words, []
        self.heading = Heading(*self.top, words)

    def _sentences(self, text: str, number: str = "", marker: str = "") -> None:
        for sentence in sentences(text):
            self._sentence(marker + sentence, sentence, number)
            marker, number = "", ""

    def _sentence(self, words: str, sentence: str, number: str) -> None:
        """``words`` are the sentence with the mark before it."""
        if _ISSUED.match(sentence):
            self._leave(words, "Giới thiệu văn bản.")
        elif _AIM.match(without_link(sentence)):
            self._leave(words, "Mục đích, yêu cầu của kế hoạch.")
        else:
            self._works(words, sentence, number)

    def _works(self, words: str, sentence: str, number: str) -> None:
        marker = words[: len(words) - len(sentence)]
        intro, listed = lead_in(sentence)
        if not intro and not self._has_work(sentence):
            self._leave(words, "Không thấy việc phải làm.")
            return
        outer, said = self.heading, []
        if intro:
            marker, said = "", [marker + intro]
            title = without_link(intro).rstrip(" :,")
            self.heading = self._heading_of(title, outer)
        subject = self.subject
        for place, clause in enumerate(clauses(listed)):
            more = self._clause(
                clause, marker if place == 0 else "", number if place == 0 else "", subject, said
            )
            subject = more or subject
            said = []
        if said:
            self._leave(said[0], "Không thấy việc phải làm.")
        if intro:
            self._close(outer)

    def _heading_of(self, title: str, outer: Heading) -> Heading:
        """A heading made of the words before a list; too long a one stays the heading above."""
        words, outer.words = outer.words, []
        if len(title) > LONGEST_HEADING:
            return Heading(outer.title, outer.number, words)
        return Heading(_end_trimmed(title), "", words)

    def _close(self, outer: Heading) -> None:
        """Behind the list its heading holds to the end of the paragraph, unless a numbered one is above."""
        self.holds = False
        if outer.number:
            outer.words, self.heading.words = self.heading.words, []
            self.heading = outer

    def _has_work(self, text: str) -> bool:
        said = without_link(text)
        if _GIVEN.match(said) or starts_with_verb(said):
            return True
        return bool(subject_of(said)[0])

    def _clause(
        self, clause: str, marker: str, number: str, subject: list[str], said: list[str]
    ) -> list[str]:
        """One clause as a task, or several; gives back who does it, for the clauses behind.

        ``said`` are words before the clause that belong to its first task.
        """
        intro, listed = lead_in(clause)
        inner = self.heading
        if intro:
            said = [*said, marker + intro]
            marker = ""
            self.heading = self._heading_of(without_link(intro).rstrip(" :,"), inner)
        doers = subject
        for piece in self._pieces(listed):
            doers = self._task(piece, marker, number, doers, said)
            marker, number, said = "", "", []
        if intro:
            inner.words, self.heading.words = self.heading.words, []
            self.heading = inner
        return doers

    def _pieces(self, clause: str) -> list[str]:
        """A clause with "(trong đó, …)" and "và tổ chức …" as works of their own."""
        match = _WITHIN.search(clause)
        if match and starts_with_verb(match[0].strip().lstrip("(")):
            whole = [clause[: match.start()], match[0].strip()]
            rest = clause[match.end() :].strip()
            pieces = [*whole, rest] if rest.strip(" .;/") else [whole[0], whole[1] + rest]
        else:
            pieces = [clause]
        return [part for piece in pieces for part in split_at_and(piece)]

    def _task(self, piece: str, marker: str, number: str, subject: list[str], said: list[str]) -> list[str]:
        words = [*said, marker + piece]
        text = without_link(piece.strip().lstrip("(")).strip(" ;/.")
        if piece.lstrip().startswith("("):
            text = text.rstrip(")")
        task = Proposed(content="", number=number, words=words)
        given = _GIVEN.match(text)
        rest = text[given.end() :] if given and opens_with_body(text[given.end() :]) else text
        who, rest = subject_of(rest)
        named = bool(who)
        if self.only_named and not (named or self.subject):
            for one in words:
                self._leave(one, "Phần lời bên cạnh bảng nhiệm vụ.")
            return subject
        if who:
            subject = split_bodies(who)
        task.lead = list(subject)
        rest = _with_whom(rest, task)
        task.content = _sentence_case(re.sub(r"^và ", "", rest.strip(" ;,.")))
        task.timing = find_timing(text)
        self._doubts(task, piece, named, subject)
        self.heading.over(task)
        task.parent = self.under if re.fullmatch(r"[a-zđ]?|\d+(\.\d+)+", number) and marker else None
        self.part.tasks.append(task)
        return subject

    def _doubts(self, task: Proposed, piece: str, named: bool, subject: list[str]) -> None:
        if self.only_named:
            task.doubt("Lấy từ phần lời, có thể trùng với một nhiệm vụ trong bảng.")
        if not task.lead:
            task.doubt("Câu không nêu cơ quan chủ trì.")
        elif not named and subject != self.subject:
            task.doubt("Cơ quan chủ trì lấy từ câu trước.")
        if piece.startswith("và "):
            task.doubt("Tách từ một câu có hai việc; xem lại cho đủ ý.")


def _with_whom(rest: str, task: Proposed) -> str:
    """Who coordinates, put into the task; "chủ trì, phối hợp với A, B" is taken off the content."""
    match = _WITH.search(rest)
    if not match:
        return re.sub(r"^chủ trì,?\s+(?=\w)", "", rest) if starts_with_verb(rest[8:].lstrip(" ,")) else rest
    tail = rest[match.end() :]
    ends = [place for place in (verb_place(tail), _found(_STOP, tail)) if place]
    end = min(ends, default=len(tail))
    if not opens_with_body(tail):
        return rest
    task.coordinating = split_bodies(tail[:end])
    led = re.fullmatch(r"(?:chủ trì|làm đầu mối),?\s*(?:và\s+)?", rest[: match.start()])
    return tail[end:] if led and tail[end:].strip(" .;") else rest


def _found(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return match.start() if match else None


def _say(task: Proposed, label: str, words: str) -> None:
    """What a label says of a task."""
    if "phoi hop" in label:
        task.coordinating += split_bodies(words)
    elif "chu tri" in label or (
        label.endswith("thuc hien") and label.startswith(("co quan", "don vi", "thuc hien"))
    ):
        task.lead = split_bodies(words)
        task.doubts = [one for one in task.doubts if "chủ trì" not in one]
    elif label.startswith("noi dung"):
        task.content = f"{task.content}: {words}".strip(": ")
    elif label.startswith(("thoi", "tien do")):
        task.timing = words
    elif label.startswith("kinh phi"):
        task.budget = words
    else:
        task.product = words


def _end_trimmed(title: str) -> str:
    return _sentence_case(
        re.sub(r",?\s*(?:bao gồm|gồm có|gồm|cụ thể là|cụ thể|như sau|như)$", "", title).strip(" ,:")
    )


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
