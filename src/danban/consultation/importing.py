"""From the rows of a table to comments: which column is what, and what is wrong with a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danban.common.columns import day_in, heading_of, words_of
from danban.common.text import clean
from danban.consultation import rules
from danban.consultation.places import Outline, PlaceUnclear
from danban.consultation.states import CommenterKind

COLUMNS = {
    "place": ("dieu khoan", "dieu", "dieu khoan diem", "vi tri"),
    "text": ("noi dung", "noi dung gop y", "noi dung y kien", "y kien", "y kien gop y", "gop y"),
    "kind": ("loai chu the", "chu the", "loai nguoi gop y"),
    "name": ("ten", "ho ten", "ho va ten", "ten chu the", "chu the gop y", "nguoi gop y"),
    "how": ("cach thu", "hinh thuc", "nguon"),
    "received": ("ngay nhan", "ngay"),
}
"""What a column may be headed, folded; the first is what our own template says."""

KINDS = {
    "": CommenterKind.PERSON,
    "ca nhan": CommenterKind.PERSON,
    "cong dan": CommenterKind.PERSON,
    "nguoi dan": CommenterKind.PERSON,
    "to chuc": CommenterKind.ORGANISATION,
    "hoi": CommenterKind.ORGANISATION,
    "hiep hoi": CommenterKind.ORGANISATION,
    "doanh nghiep": CommenterKind.BUSINESS,
    "cong ty": CommenterKind.BUSINESS,
    "hop tac xa": CommenterKind.BUSINESS,
    "co quan nha nuoc": CommenterKind.AGENCY,
    "co quan": CommenterKind.AGENCY,
}

Rows = Iterable[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Line:
    """One good row. ``provision`` is an id, None for the whole draft."""

    row: int
    provision: int | None
    text: str
    kind: CommenterKind
    name: str
    how: str
    received_on: dt.date


@dataclass(frozen=True, slots=True)
class Bad:
    """One row that cannot be kept, with why; its words are not repeated."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What rows are read against: the draft, the days of the window, and what a row may leave out."""

    outline: Outline
    opens_on: dt.date
    today: dt.date
    how: str


def sort_out(rows: Rows, facts: Facts) -> tuple[list[Line], list[Bad]]:
    """The good rows and the bad ones; ImportRefused when there is no column with the comments."""
    listed = list(rows)
    heading, columns = _columns(listed)
    good: list[Line] = []
    bad: list[Bad] = []
    for number, cells in listed[heading + 1 :]:
        named = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        try:
            good.append(_line(number, named, facts))
        except PlaceUnclear as error:
            bad.append(Bad(number, str(error)))
        except rules.CommentRefused as refusal:
            bad.append(Bad(number, refusal.message))
    return good, bad


def _columns(rows: list[tuple[int, list[str]]]) -> tuple[int, dict[str, int]]:
    found = heading_of(rows, COLUMNS, {"text"})
    if found is None:
        raise rules.ImportRefused(
            _("Không thấy cột “nội dung” trong 10 dòng đầu. Hãy tải tệp mẫu và chép các ý kiến vào đó.")
        )
    return found


def _line(number: int, named: Mapping[str, str], facts: Facts) -> Line:
    text = clean(named["text"])
    rules.check_text(text, rules.OFFICE_TEXT_MAX)
    kind = KINDS.get(words_of(named.get("kind", "")))
    if kind is None:
        raise rules.CommentRefused(
            _("Không hiểu loại chủ thể; viết: cá nhân, tổ chức, doanh nghiệp hoặc cơ quan nhà nước.")
        )
    return Line(
        row=number,
        provision=facts.outline.find(clean(named.get("place", ""))),
        text=text,
        kind=kind,
        name=clean(named.get("name", ""))[: rules.NAME_MAX],
        how=clean(named.get("how", ""))[: rules.HOW_MAX] or facts.how,
        received_on=_day(named.get("received", ""), facts),
    )


def _day(written: str, facts: Facts) -> dt.date:
    """The day of receipt; today when the row leaves it out."""
    if not written:
        return facts.today
    try:
        day = day_in(written)
    except ValueError as error:
        raise rules.CommentRefused(_("Không hiểu ngày nhận; viết như 31/03/2026.")) from error
    rules.check_received(day, opens_on=facts.opens_on, today=facts.today)
    return day
