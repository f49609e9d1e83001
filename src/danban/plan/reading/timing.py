"""Deadlines as plans write them: "Quý II, III/2023", "Trước 15/12/2023", "Thường xuyên", "Từng dự thảo"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from danban.common.text import fold

ONCE, CONTINUOUS, MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY, EACH_DRAFT = (
    "once", "continuous", "monthly", "quarterly", "half_yearly", "yearly", "each_draft",
)  # fmt: skip

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = re.compile(r"\b(20\d\d)\b")
_DAY = re.compile(r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(20\d\d))?\b")
_DAY_IN_WORDS = re.compile(r"\bngay (\d{1,2}) thang (\d{1,2})(?: nam (20\d\d))?\b")
_JOINT = r"(?:\s*(?:,|va|-|–|den|quy|thang))+\s*"
_QUARTERS = re.compile(rf"\bquy ((?:iv|iii|ii|i|[1-4])\b(?:{_JOINT}(?:iv|iii|ii|i|[1-4])\b)*)")
_MONTHS = re.compile(rf"\bthang (\d{{1,2}}\b(?:{_JOINT}\d{{1,2}}\b)*)")
_OF_YEAR = re.compile(r"\s*/\s*20\d\d\b|(?<=\bnam) 20\d\d\b")
_HALF = re.compile(r"\b(?:6|06|sau) thang (dau|cuoi) nam\b")
_SPAN = re.compile(r"(?:giai doan )?(20\d\d)\s*[-–]\s*(20\d\d)")
_BY = re.compile(r"\b(truoc|cham nhat|den het|den|xong|han|muon nhat)\b")
_EACH = r"(dinh ky|hang|moi)"
_CADENCES = (
    (EACH_DRAFT, re.compile(r"\b(tung|moi|theo) (du thao|du an luat|van ban|ho so)")),
    (EACH_DRAFT, re.compile(r"\bqua trinh (xay dung|soan thao)\b")),
    (HALF_YEARLY, re.compile(rf"\b{_EACH} 0?(6|sau) thang\b")),
    (HALF_YEARLY, re.compile(r"\b0?(6|sau) thang(,| va)?( hang| mot| 01)? nam\b")),
    (QUARTERLY, re.compile(rf"\b{_EACH} quy\b")),
    (MONTHLY, re.compile(rf"\b{_EACH} thang\b")),
    (YEARLY, re.compile(r"\b(hang|dinh ky) nam\b")),
    (CONTINUOUS, re.compile(r"\b(thuong xuyen|lien tuc|hang ngay|quanh nam)\b")),
)
_WHOLE_YEAR = re.compile(r"(trong |ca )?nam( nay| ke hoach)?")


@dataclass(frozen=True, slots=True)
class Timing:
    """``starts_on`` and ``due_on`` as far as the words say; ``doubt`` a sentence, or ""."""

    starts_on: dt.date | None = None
    due_on: dt.date | None = None
    cadence: str = ONCE
    doubt: str = ""


def read_timing(words: str, year: int | None) -> Timing:
    """What the words of a deadline mean in a plan of ``year``; what is not understood is a doubt.

    "Trước 15/12" is due on 15/12: plans name the last day so, and a day early harms nobody.
    """
    said = re.sub(r"\s+", " ", fold(words)).strip(" .;")
    if not said:
        return Timing()
    cadence = next((name for name, pattern in _CADENCES if pattern.search(said)), ONCE)
    years = [int(one) for one in _YEAR.findall(said)]
    if not years and year is None:
        return Timing(
            cadence=cadence, doubt="" if cadence != ONCE else f"Thời hạn “{words}” không rõ năm nào."
        )
    starts_on, due_on = _dates(said, years[0] if years else year)
    if cadence != ONCE:
        return Timing(starts_on, due_on, cadence)
    if due_on is None:
        return Timing(doubt=f"Chưa đọc được thời hạn “{words}”.")
    if starts_on and starts_on > due_on:
        return Timing(None, due_on, doubt=f"Thời hạn “{words}” bắt đầu sau khi kết thúc.")
    return Timing(starts_on, due_on)


def _dates(said: str, year: int | None) -> tuple[dt.date | None, dt.date | None]:
    if year is None:
        return None, None
    try:
        return _days(said, year) or _parts_of_year(said, year) or (None, None)
    except ValueError:  # 31/02, tháng 13
        return None, None


def _days(said: str, year: int) -> tuple[dt.date | None, dt.date] | None:
    found = [*_DAY.finditer(said), *_DAY_IN_WORDS.finditer(said)]
    days = [dt.date(int(one[3] or year), int(one[2]), int(one[1])) for one in found if int(one[2]) <= 12]
    if not days:
        return None
    if len(days) > 1 and re.search(r"\btu\b|[-–]", said):
        return days[0], days[-1]
    return None, max(days)


def _parts_of_year(said: str, year: int) -> tuple[dt.date | None, dt.date] | None:
    first, last = 0, 0
    if match := _SPAN.search(said):
        return dt.date(int(match[1]), 1, 1), dt.date(int(match[2]), 12, 31)
    said = _OF_YEAR.sub("", said)
    if match := _QUARTERS.search(said):
        quarters = [_ROMAN[one] for one in re.findall(r"\b(?:iv|iii|ii|i|[1-4])\b", match[1])]
        first, last = min(quarters) * 3 - 2, max(quarters) * 3
    elif match := _HALF.search(said):
        first, last = (1, 6) if match[1] == "dau" else (7, 12)
    elif match := _MONTHS.search(said):
        months = [int(one) for one in re.findall(r"\d{1,2}", match[1])]
        first, last = min(months), max(months)
    elif _WHOLE_YEAR.fullmatch(said):
        first, last = 1, 12
    if not first:
        return None
    if _BY.match(said):
        if said.startswith("truoc"):
            return None, dt.date(year, first, 1) - dt.timedelta(days=1)
        return None, _end(year, last)
    return dt.date(year, first, 1), _end(year, last)


def _end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


_IN_PROSE = re.compile(
    r"(?:hoàn thành |xong )?(?:trước|chậm nhất|đến hết|muộn nhất)(?: là)? (?:ngày )?"
    r"\d{1,2}/\d{1,2}(?:/20\d\d)?"
    r"|(?:trong )?[Qq]uý (?:IV|III|II|I|[1-4])(?:\s*(?:,|và|-)\s*(?:IV|III|II|I|[1-4])\b)*"
    r"(?:/20\d\d| năm 20\d\d)?"
    r"|trong tháng \d{1,2}(?:/20\d\d)?"
    r"|(?:định kỳ )?(?:6|06|sáu) tháng(?: đầu năm| cuối năm|,? (?:hằng |hàng |một |01 )?năm)"
    r"|[Đđ]ịnh kỳ (?:6|06|sáu) tháng|(?:hằng|hàng|định kỳ) (?:tháng|quý|năm)\b"
)


def find_timing(sentence: str) -> str:
    """The words of a deadline within a sentence, or ""."""
    match = _IN_PROSE.search(sentence)
    return match[0] if match else ""


def shift_years(words: str, by: int) -> str:
    """The words of a deadline for a plan so many years later."""
    return _YEAR.sub(lambda match: str(int(match[1]) + by), words)


def shift_day(day: dt.date, by: int) -> dt.date:
    """The same day so many years later; 29 February becomes the last of February."""
    year = day.year + by
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
