"""From the rows of a table to people and terms: which column is what, and what is wrong with a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danban.common.columns import day_in, heading_of, words_of
from danban.common.fields import FIRST_YEAR, LAST_YEAR
from danban.common.text import clean
from danban.training import rules
from danban.training.states import Duty

Rows = Iterable[tuple[int, list[str]]]
Columns = Mapping[str, tuple[str, ...]]

PERSON_COLUMNS: Columns = {
    "name": ("ho va ten", "ho ten", "ten", "nguoi du"),
    "agency": ("co quan", "don vi", "co quan don vi", "noi cong tac"),
    "position": ("chuc vu", "chuc danh", "vi tri"),
}
TERM_COLUMNS: Columns = {
    "name": ("ho va ten", "ho ten", "ten"),
    "agency": ("co quan", "don vi", "co quan don vi", "noi cong tac"),
    "duty": ("loai", "la", "danh hieu"),
    "area": ("linh vuc", "linh vuc hoat dong", "dia ban linh vuc"),
    "recognised_on": ("ngay cong nhan",),
    "recognised_by": ("so quyet dinh cong nhan", "quyet dinh cong nhan", "qd cong nhan"),
    "dismissed_on": ("ngay mien nhiem",),
    "dismissed_by": ("so quyet dinh mien nhiem", "quyet dinh mien nhiem", "qd mien nhiem"),
}
"""What a column may be headed, folded."""

DUTIES = {
    "bao cao vien phap luat trung uong": Duty.CENTRAL_RAPPORTEUR,
    "bao cao vien trung uong": Duty.CENTRAL_RAPPORTEUR,
    "bao cao vien phap luat cap tinh": Duty.RAPPORTEUR,
    "bao cao vien phap luat": Duty.RAPPORTEUR,
    "bao cao vien cap tinh": Duty.RAPPORTEUR,
    "bao cao vien": Duty.RAPPORTEUR,
    "bao cao vien phap luat cap huyen": Duty.DISTRICT_RAPPORTEUR,
    "bao cao vien cap huyen": Duty.DISTRICT_RAPPORTEUR,
    "tuyen truyen vien phap luat cap xa": Duty.PROPAGANDIST,
    "tuyen truyen vien phap luat": Duty.PROPAGANDIST,
    "tuyen truyen vien": Duty.PROPAGANDIST,
}
_OTHER_WORK = "tuyen truyen vien co so"


@dataclass(frozen=True, slots=True)
class Bad:
    """One row that cannot be kept, with why; its words are not repeated."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    row: int
    full_name: str
    agency: str
    position: str


@dataclass(frozen=True, slots=True)
class TermLine:
    row: int
    full_name: str
    agency: str
    duty: str
    area: str
    recognised_on: dt.date
    recognised_by: str
    dismissed_on: dt.date | None
    dismissed_by: str


def people_in(rows: Rows) -> tuple[list[PersonLine], list[Bad]]:
    """Rows with a name and an agency; TrainingRefused when there is no column of names."""
    good: list[PersonLine] = []
    bad: list[Bad] = []
    for number, named in _named(rows, PERSON_COLUMNS):
        try:
            rules.check_person(named["name"], named["agency"])
        except rules.TrainingRefused as refusal:
            bad.append(Bad(number, refusal.message))
            continue
        good.append(PersonLine(number, named["name"], named["agency"][:200], named["position"][:120]))
    return good, bad


def terms_in(rows: Rows) -> tuple[list[TermLine], list[Bad]]:
    """Rows that can be read as terms; TrainingRefused when there is no column of names."""
    good: list[TermLine] = []
    bad: list[Bad] = []
    for number, named in _named(rows, TERM_COLUMNS):
        try:
            good.append(_term(number, named))
        except rules.TrainingRefused as refusal:
            bad.append(Bad(number, refusal.message))
    return good, bad


def _term(number: int, named: Mapping[str, str]) -> TermLine:
    recognised_on = _day(named["recognised_on"], _("Không hiểu ngày công nhận; viết như 31/03/2026."))
    if recognised_on is None:
        raise rules.TrainingRefused(_("Thiếu ngày công nhận."))
    return TermLine(
        row=number,
        full_name=named["name"],
        agency=named["agency"],
        duty=_duty(named["duty"]),
        area=named["area"],
        recognised_on=recognised_on,
        recognised_by=named["recognised_by"],
        dismissed_on=_day(named["dismissed_on"], _("Không hiểu ngày miễn nhiệm; viết như 31/03/2026.")),
        dismissed_by=named["dismissed_by"],
    )


def _duty(written: str) -> Duty:
    words = words_of(written)
    if words == _OTHER_WORK:
        raise rules.TrainingRefused(
            _("Tuyên truyền viên cơ sở (Nghị định 49/2024/NĐ-CP) không thuộc sổ này; đó là người khác.")
        )
    if words not in DUTIES:
        raise rules.TrainingRefused(
            _("Không hiểu loại; viết: báo cáo viên pháp luật cấp tỉnh hoặc tuyên truyền viên pháp luật.")
        )
    return DUTIES[words]


def _named(rows: Rows, columns: Columns) -> Iterable[tuple[int, dict[str, str]]]:
    """Each row after the heading, as cleaned cells by the name of their column."""
    listed = list(rows)
    heading, places = _columns(listed, columns)
    for number, cells in listed[heading + 1 :]:
        yield (
            number,
            {
                name: clean(cells[places[name]]) if places.get(name, len(cells)) < len(cells) else ""
                for name in columns
            },
        )


def _columns(rows: Sequence[tuple[int, list[str]]], columns: Columns) -> tuple[int, dict[str, int]]:
    found = heading_of(rows, columns, {"name", "agency"})
    if found is None:
        raise rules.TrainingRefused(
            _(
                "Không thấy hai cột “họ và tên” và “cơ quan” trong 10 dòng đầu. "
                "Hãy tải tệp mẫu và điền vào đó."
            )
        )
    return found


def _day(written: str, why: str) -> dt.date | None:
    if not written:
        return None
    try:
        day = day_in(written)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(written)
    except ValueError as error:
        raise rules.TrainingRefused(why) from error
    return day
