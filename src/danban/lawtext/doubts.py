"""What looks wrong in a document that was read: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from danban.lawtext.draft import Draft
from danban.lawtext.marks import ALPHABET, ARTICLE, CLAUSE, DOUBLED, POINT, SUBPOINT, Event, Mark
from danban.lawtext.reading import Act, Decision
from danban.lawtext.sequence import NOTHING, Own, advanced, step_cost
from danban.lawtext.signs import Sign
from danban.lawtext.tree import Doubt

_NAMES = ("Phần {}", "Chương {}", "Mục {}", "Tiểu mục {}", "Điều {}", "khoản {}", "điểm {}", "tiết {}")
_SKIPPED = "fjwz"
_NO_ARTICLE_YET = 1_000
"""In place of the last clause's number, where a chapter has begun and no article of it."""

_OPENING = (Act.OPEN, Act.RESTART, Act.OPEN_L, Act.OPEN_1)
_MISTYPED = {
    Act.OPEN_L: ("Chữ số “1” đứng ở chỗ của chữ “l”; đã đọc là điểm l.", "Sửa “1)” thành “l)”."),
    Act.OPEN_1: ("Chữ cái đứng ở chỗ của chữ số “1”; đã đọc là khoản 1.", "Sửa chữ cái thành “1.”."),
}
_ENDING = (Act.SIGN, Act.APPEND, Act.ATTACH)

Opened = tuple[int, Mark, Draft]


def doubts_of(
    texts: Sequence[str], events: Sequence[Event], decisions: Sequence[Decision], opened: Sequence[Opened]
) -> tuple[Doubt, ...]:
    """All doubts in order of lines; none about a line that a person has settled."""
    heads, explained = _lost_heads(events, decisions)
    settled = {event.at + 1 for event in events if event.signs & Sign.FORCED}
    found = [
        *heads,
        *(doubt for doubt in _of_numbers(opened, events, decisions) if doubt.line not in explained),
        *_of_quotes(events, decisions),
        *(doubt for doubt in _of_words(events, decisions) if doubt.line not in explained),
    ]
    open_ones = [doubt for doubt in found if doubt.line not in settled]
    return tuple(sorted(open_ones, key=lambda doubt: doubt.line))


def name_of(mark: Mark) -> str:
    """ "Điều 5", "điểm đ": a mark in words."""
    return _NAMES[mark.level].format(mark.number)


def _of_numbers(
    opened: Sequence[Opened], events: Sequence[Event], decisions: Sequence[Decision]
) -> Iterator[Doubt]:
    special = {
        event.at + 1: decision.act
        for event, decision in zip(events, decisions, strict=True)
        if decision.act is Act.RESTART or decision.act in _MISTYPED
    }
    heads = iter([e.at + 1 for e, d in zip(events, decisions, strict=True) if d.act is Act.HEAD])
    head = next(heads, 0)
    own = NOTHING
    for line, mark, draft in opened:
        act = special.get(line)
        if act is Act.RESTART:
            own = NOTHING
        while head and head < line:
            own = own._replace(clause=0, clause_suffix=0, point=0, point_suffix=0)
            head = next(heads, 0)
        if act in _MISTYPED:
            yield Doubt(line, "digit", *_MISTYPED[act])
        elif draft.level == mark.level and mark.level != SUBPOINT and step_cost(own, mark) >= 1:
            yield _number_doubt(line, own, mark)
        if draft.level == mark.level:
            own = advanced(own, mark)


def _lost_heads(events: Sequence[Event], decisions: Sequence[Decision]) -> tuple[list[Doubt], set[int]]:
    """Clauses that begin again at 1 within an article: the head of another article is probably missing.

    With the lines that this explains: the clauses that follow repeat numbers only because of it.
    """
    doubts: list[Doubt] = []
    explained: set[int] = set()
    article = clause = lost = 0
    for event, (act, inside, _) in zip(events, decisions, strict=True):
        mark = event.mark
        if act in _ENDING:
            article = 0
        if mark is None or inside or act not in (Act.OPEN, Act.WORDS, Act.HEAD, Act.OPEN_1):
            continue
        if mark.level == ARTICLE and act is Act.OPEN:
            article, lost, clause = mark.value, 0, 0
        elif act is Act.HEAD:
            clause = lost = 0
        elif act is Act.OPEN_1:
            clause = 1
        elif mark.level < ARTICLE and act is Act.OPEN:
            clause = _NO_ARTICLE_YET
        elif mark.level == CLAUSE and article and not (mark.loose or mark.suffix):
            if mark.value == 1 and clause > 1:
                lost += 1
                doubts.append(_lost_head(event.at + 1, article + lost))
                explained.add(event.at + 1)
            elif lost and mark.value == clause + 1:
                explained.add(event.at + 1)
            clause = mark.value
    return doubts, explained


def _lost_head(line: int, article: int) -> Doubt:
    return Doubt(
        line,
        "head",
        f"Khoản lại đánh số từ 1: có thể thiếu dòng đầu của một điều (Điều {article}?) ở trên dòng này.",
        "So với bản gốc, thêm dòng còn thiếu; nếu đây chỉ là một danh sách, hãy chọn lại loại cho dòng này.",
    )


def _number_doubt(line: int, own: Own, mark: Mark) -> Doubt:
    last, name = _last(own, mark.level), name_of(mark)
    if mark.value == last:
        letter = mark.level == POINT and mark.number == "d"
        suggestion = "Sửa “d)” thành “đ)”." if letter else "Sửa lại số thứ tự của một trong hai."
        return Doubt(line, "repeat", f"Số “{name}” lặp lại.", suggestion)
    if mark.value > last:
        missing = _NAMES[mark.level].format(_printed(last + 1, mark))
        if mark.value > last + 2 and mark.level != POINT:
            missing += f" đến {mark.value - 1}"
        return Doubt(
            line,
            "gap",
            f"Số thứ tự nhảy đến “{name}”, thiếu {missing}.",
            "Xem có thiếu hay sai số thứ tự không.",
        )
    return Doubt(
        line,
        "order",
        f"“{name}” đứng sau số lớn hơn nó.",
        "Xem lại số thứ tự, hoặc chọn lại loại cho dòng này.",
    )


def _last(own: Own, level: int) -> int:
    if level < ARTICLE:
        return own.above[level]
    return {ARTICLE: own.article, CLAUSE: own.clause, POINT: own.point}[level]


def _printed(value: int, mark: Mark) -> str:
    if mark.level != POINT:
        return str(value)
    letter = ALPHABET[(value - 1) % DOUBLED]
    if value > DOUBLED:
        return letter * 2
    return _printed(value + 1, mark) if letter in _SKIPPED else letter


def _of_quotes(events: Sequence[Event], decisions: Sequence[Decision]) -> Iterator[Doubt]:
    began = 0
    inside = False
    for event, decision in zip(events, decisions, strict=True):
        if decision.left and began:
            yield _unclosed(began)
        if decision.inside and not inside:
            began = event.at + 1
        inside = decision.inside
    if inside:
        yield _unclosed(began)


def _unclosed(began: int) -> Doubt:
    return Doubt(
        began,
        "unclosed",
        f"Đoạn trích dẫn bắt đầu ở dòng {began} không có dấu đóng ngoặc kép.",
        "Thêm dấu ” vào cuối đoạn trích dẫn.",
    )


def _of_words(events: Sequence[Event], decisions: Sequence[Decision]) -> Iterator[Doubt]:
    """Marks inside the provisions that were read as plain words."""
    body = False
    for event, decision in zip(events, decisions, strict=True):
        act, mark = decision.act, event.mark
        if act in _OPENING:
            body = True
        elif act in _ENDING:
            body = False
        elif body and mark is not None and act is Act.WORDS and _looks_like_a_unit(mark):
            message = f"“{name_of(mark)}” không nối tiếp số trước, nên được đọc là chữ thường."
            suggestion = "Nếu đây là một mục mới, hãy chọn lại loại cho dòng này."
            yield Doubt(event.at + 1, "order", message, suggestion)


def _looks_like_a_unit(mark: Mark) -> bool:
    return mark.loose == 0 and mark.level != SUBPOINT and not mark.bare
