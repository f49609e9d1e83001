"""What a line may open and what it says of itself: the marks of Vietnamese legal writing, line by line.

Only candidates. What a line *is* the reading of the whole decides (``search``, ``moves``): "5. …" may be a
clause, a clause of quoted text, a table's cell or the rest of a wrapped sentence.

Sources: Decree 78/2025/NĐ-CP, Article 63 (units, their numbers and letters), Articles 66-70 (amending
texts, inserted numbers); Decree 30/2020/NĐ-CP (signature, recipients, appendices).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from danban.lawtext.signs import QUOTE_MARKS, Sign, page_signs, quote_signs
from danban.lawtext.tree import Unit

PART, CHAPTER, SECTION, SUBSECTION, ARTICLE, CLAUSE, POINT, SUBPOINT = range(8)
UNITS = (
    Unit.PART,
    Unit.CHAPTER,
    Unit.SECTION,
    Unit.SUBSECTION,
    Unit.ARTICLE,
    Unit.CLAUSE,
    Unit.POINT,
    Unit.SUBPOINT,
)
ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
"""Letters a point may carry, in legal order; f, j, w and z are skipped by the rule but do occur."""
DOUBLED = len(ALPHABET)
"""What a doubled letter adds: a list longer than the alphabet goes on with aa), bb) or aa), ab)."""


class Mark(NamedTuple):
    """A unit that a line may open.

    ``level`` is an index of ``UNITS``; ``value`` and ``suffix`` order it ("5a" is 5, 1; "đ" is 5, 0);
    ``number`` is as printed; ``rest`` where the words after the number begin; ``loose`` counts
    against it: no dot after "Điều 5", "a." for "a)". ``bare`` divisions have a number alone: "II. MỤC TIÊU".
    """

    level: int
    value: int
    suffix: int
    number: str
    rest: int
    loose: float = 0.0
    bare: bool = False


class Event(NamedTuple):
    """A line the search has to decide about.

    ``at`` is its place from 0, ``signs`` are bits of ``Sign``; ``target`` is the unit that an amending
    line amends: "Sửa đổi khoản 2 Điều 5" gives (``CLAUSE``, 2).
    """

    at: int
    mark: Mark | None
    signs: int
    target: tuple[int, int] | None = None


_ONES = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ORDINALS = (
    *_ONES,
    *(f"mười {one}" for one in ("một", "hai", "ba", "bốn", "lăm", "sáu", "bảy", "tám", "chín")),
)
_ORDINAL = "|".join(sorted([*_ORDINALS, *map(str.upper, _ORDINALS)], key=len, reverse=True))
_ARTICLE = re.compile(
    r"(?:Điều|ĐIỀU|Điêù|Điểu)(?:\s*(?P<n>\d{1,4})\s?(?P<suffix>[a-zđA-ZĐ]\d?(?![\w]))?"
    rf"|\s+(?:thứ|THỨ)\s+(?:(?P<nth>\d{{1,4}})|(?P<ordinal>{_ORDINAL}))(?!\w))"
    r"\s*(?:\[\d+\]|\(\d+\)|\d{1,3}(?=\.))?\s*(?P<dot>[.:]\s?[-–](?=\s)|[.:]|[-–/](?=\s))?\s*"
)
_CLAUSE = re.compile(
    r"(\d{1,3})\s?([a-zđ]\d?)?\s*(?:\[\d+\])?\s*(?:(\.)(?!\d|\s000)|(\))|(\s?[-–])(?=\s)|(/)(?=\s))\s*"
)
_DECIMAL = re.compile(r"(\d{1,2})\.(\d{1,2})[.)]?\s+(?=[^\W\d_])")
_POINT = re.compile(
    r"([a-zđ])(\d{1,2}|l(?=\)))?\s*(?:\[\d+\]|\d{1,3})?\s*(?:(\))|(\.)(?=\s|[^\W\d_])|[-–](?=\s)|/(?=\s))\s*"
)
_DOUBLE = re.compile(r"(a[a-km-zđ]|([b-hđk-uy])\2)\s?\)\s*")
_SUBPOINT = re.compile(
    r"(?:([a-zđ]\d?\.\d{1,2})\s*[).]?|\(([ivx]{1,5}|\d{1,2}|[a-zđ])\)|([ivx]{2,5})\s*\))\s*"
)
_DIVISION = re.compile(
    r"(?:(?P<part>Phần|PHẦN)|(?P<chapter>Chương|CHƯƠNG)"
    r"|(?P<sub>Tiểu mục|TIỂU MỤC)|(?P<section>Mục|MỤC))"
    rf"(?:\s+(?:thứ|THỨ))?\s+(?P<n>[IVXLC]{{1,7}}[a-zđ]?|\d{{1,3}}\s?[a-zđA-Z]?|[A-HĐ]|{_ORDINAL})(?!\w)"
    r"\s*(?:\[\d+\])?\s*(?P<dot>[.:\-–])?\s*"
)
_BARE = re.compile(r"(?:([IVX]{1,6})|([A-HK]))\s?[.)\-–/]\s*[\-–]?\s+(?=[^\W\d_])")
_NAMED = re.compile(r"(?:(?:Khoản|KHOẢN)\s+(\d{1,3})|(?:Điểm|ĐIỂM)\s+([a-zA-ZđĐ]))\s*[.:)]\s+")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_AMENDS = re.compile(
    r"Sửa|Bổ sung|Bãi bỏ|Thay|Bỏ |Hủy bỏ|Huỷ bỏ|Đổi |Chuyển |Đính chính|Điều chỉnh|Ban hành kèm theo|Tên "
    r"|Giữ nguyên|Các (?:khoản|điểm|điều|cụm từ)"
    r"|(?:Khoản|Điểm|Điều|Tại (?:khoản|điểm|Điều)) \S+ .{0,60}(?:được )?(?:sửa đổi|bổ sung|thay)",
    re.IGNORECASE,
)
_AMENDING_STARTS = frozenset(
    ("sửa", "bổ ", "bãi", "tha", "bỏ ", "hủy", "huỷ", "đổi", "chu", "đín", "ban", "tên", "giữ")
) | frozenset(("các", "kho", "điể", "điề", "tại"))
"""How what ``_AMENDS`` matches begins: most lines are told from it by their first letters."""
_INSTRUCTS = re.compile(r"(?:như sau|sau đây|sau)\s*[:：]?\s*[“\"«]?\s*$", re.IGNORECASE)
_ANNOUNCED = re.compile(r"(?:sửa đổi|bổ sung|thay thế|thay bằng)[^.;:]{0,40}$", re.IGNORECASE)
_FINAL = re.compile(
    r"(?:Điều khoản |Quy định )?(?:về )?(?:hiệu lực|tổ chức thực hiện|trách nhiệm|điều khoản|chuyển tiếp"
    r"|thi hành|quy định chuyển tiếp)"
    r"|(?:Luật|Nghị định|Thông tư|Nghị quyết|Quyết định|Pháp lệnh) này",
    re.IGNORECASE,
)
_TARGET = re.compile(r"(?:(khoản)|(điểm)|(điều)) (\d{1,3}|[a-zđ](?![\w]))", re.IGNORECASE)


def _goes_on(line: str, end: int) -> bool:
    """A small letter or a comma after a number: the line cites the unit, it does not open it."""
    character = line[end]
    return (
        character.islower()
        or character in ",;)/"
        or (character in "-–" and line[end + 1 : end + 2].isdigit())
    )


def roman_value(number: str) -> int:
    """Value of a Roman number in capitals ("XIV" → 14), 0 when a character is no Roman digit."""
    total = last = 0
    for digit in reversed(number):
        value = _ROMAN_VALUES.get(digit, 0)
        if not value:
            return 0
        total += value if value >= last else -value
        last = max(last, value)
    return total


def suffix_value(suffix: str) -> int:
    """Order of an inserted number's letter: "" 0, a 1, b 2 …, đ after d."""
    low = suffix.lower()
    return ALPHABET.find(low[:1]) + 1 if low else 0


def mark_of(line: str, start: int = 0) -> Mark | None:
    """The unit that ``line`` may open from ``start`` on, or None."""
    first = line[start : start + 1]
    while first and first in _BEFORE_A_MARK:
        start += 1
        first = line[start : start + 1]
    reader = _READERS.get(first)
    return reader(line, start) if reader else None


def _clause_of(line: str, start: int) -> Mark | None:
    match = _CLAUSE.match(line, start)
    if not match:
        return _decimal_of(line, start)
    number, suffix, dot, bracket, dash, _slash = match.groups()
    loose = 0.0 if dot else 2.5 if bracket else 1.0 if dash else 2.0
    if match.end() == len(line):
        loose += 3.0
    if suffix:
        return Mark(CLAUSE, int(number), suffix_value(suffix), number + suffix, match.end(), loose)
    return Mark(CLAUSE, int(number), 0, number, match.end(), loose)


def _decimal_of(line: str, start: int) -> Mark | None:
    """ "1.2. Mạng": the second part of clause 1."""
    match = _DECIMAL.match(line, start)
    if not match or line[match.end()].islower():
        return None
    return Mark(SUBPOINT, int(match[1]), int(match[2]), f"{match[1]}.{match[2]}", match.end())


def _letter_of(line: str, start: int) -> Mark | None:
    match = _POINT.match(line, start)
    if match:
        letter, digits, bracket, dot = match.groups()
        loose = 0.0 if bracket else 2.5 if dot else 3.0
        if match.end() == len(line):
            loose += 1.0
        digits = "1" if digits == "l" else digits or ""
        return Mark(POINT, ALPHABET.index(letter) + 1, int(digits or 0), letter + digits, match.end(), loose)
    if match := _DOUBLE.match(line, start):
        value = DOUBLED + ALPHABET.index(match[1][1]) + 1
        return Mark(POINT, value, 0, match[1], match.end())
    return _subpoint_of(line, start)


def _subpoint_of(line: str, start: int) -> Mark | None:
    match = _SUBPOINT.match(line, start)
    if not match:
        return None
    number = match[1] or match[2] or match[3]
    return Mark(SUBPOINT, 1, 0, number, match.end())


def _article_of(line: str, start: int) -> Mark | None:
    match = _ARTICLE.match(line, start)
    if not match:
        return _named_of(line, start)
    number, suffix = match["n"] or match["nth"], (match["suffix"] or "").lower()
    value = int(number) if number else _ORDINALS.index(match["ordinal"].lower()) + 1
    loose, end = 0.0, match.end()
    if not match["dot"] and end < len(line):
        if _goes_on(line, end):
            return None
        loose = 2.0
    elif line[end : end + 1].islower():
        loose = 2.0
    return Mark(ARTICLE, value, suffix_value(suffix), f"{value}{suffix}", end, loose)


def _division_of(line: str, start: int) -> Mark | None:
    match = _DIVISION.match(line, start)
    if not match:
        return _bare_of(line, start)
    if len(line) - start > 500:
        return None
    end = match.end()
    if end < len(line) and not match["dot"] and _goes_on(line, end):
        return None
    loose = 0.0 if end == len(line) or match["dot"] else 1.5
    if line.rstrip()[-1:] in ";,." and end < len(line):
        loose += 2.0
    level = (
        PART if match["part"] else CHAPTER if match["chapter"] else SUBSECTION if match["sub"] else SECTION
    )
    return Mark(level, *_division_number(match["n"], level), end, loose)


def _named_of(line: str, start: int) -> Mark | None:
    """ "Khoản 1. Người nộp thuế", "Điểm a: …": clauses and points with their names spelt out."""
    match = _NAMED.match(line, start)
    if not match or not line[match.end() : match.end() + 1].isupper():
        return None
    if match[1]:
        return Mark(CLAUSE, int(match[1]), 0, match[1], match.end(), 1.0)
    letter = match[2].lower()
    return Mark(POINT, ALPHABET.index(letter) + 1, 0, letter, match.end(), 1.0)


def _bare_of(line: str, start: int) -> Mark | None:
    """ "II. MỤC TIÊU", "A. TÌNH HÌNH": the headings of papers without articles."""
    if line[start + 1 : start + 2] not in _AFTER_BARE:
        return _named_of(line, start) if line[start] == "K" else None
    match = _BARE.match(line, start)
    if not match or len(line) - start > 500 or line[match.end()].islower():
        return None
    if match[1]:
        value = roman_value(match[1])
        return Mark(SECTION, value, 0, match[1], match.end(), bare=True) if value else None
    return Mark(PART, ALPHABET.index(match[2].lower()) + 1, 0, match[2], match.end(), bare=True)


def _division_number(text: str, level: int) -> tuple[int, int, str]:
    """Value, order of the suffix, and number as printed, of a part, chapter or section."""
    low = text.lower()
    if low in _ORDINALS:
        return _ORDINALS.index(low) + 1, 0, f"thứ {low}"
    if text[0].isdigit():
        digits = text if text.isdigit() else text[:-1].rstrip()
        suffix = text[len(digits) :].strip().lower()
        return int(digits), suffix_value(suffix), digits + suffix
    roman = text if not text[-1].islower() else text[:-1]
    suffix = text[len(roman) :]
    value = roman_value(roman)
    if value:
        return value, suffix_value(suffix), text
    return suffix_value(text), 0, text


_READERS = dict.fromkeys("0123456789", _clause_of)
_READERS |= dict.fromkeys(ALPHABET, _letter_of)
_READERS |= {"(": _subpoint_of, "Đ": _article_of}
_READERS |= dict.fromkeys("ABDEFGHKIVX", _bare_of) | dict.fromkeys("PCMT", _division_of)
_BEFORE_A_MARK = " \t\xa0#*"
"""Spaces, and what Markdown makes headings and bold letters with."""
_AFTER_BARE = frozenset(" .)-–/IVX")


def event_of(at: int, line: str, quote_marks: Sequence[str] = QUOTE_MARKS) -> Event | None:
    """The event a line is, or None for a line of plain words; ``quote_marks``: those the text has at all."""
    signs, start = quote_signs(line) if any(map(line.__contains__, quote_marks)) else (0, 0)
    mark = mark_of(line, start)
    rest = mark.rest if mark else start
    announces = ":" in line[-12:]
    if (
        (mark is not None or announces)
        and line[rest : rest + 3].lower() in _AMENDING_STARTS
        and _AMENDS.match(line, rest)
    ):
        signs |= Sign.AMENDS
    if announces and _instructs(line, rest, bool(signs & Sign.AMENDS)):
        signs |= Sign.INSTRUCTS
    if mark is not None:
        if mark.level == ARTICLE and _FINAL.match(line, rest):
            signs |= Sign.FINAL
        return Event(at, mark, signs, _target_of(line, rest) if signs & Sign.AMENDS else None)
    signs |= page_signs(line)
    return Event(at, None, signs) if signs & ~Sign.AMENDS else None


def _instructs(line: str, start: int, amends: bool) -> bool:
    """ "… được sửa đổi, bổ sung như sau:", or an amending line that ends so."""
    match = _INSTRUCTS.search(line, max(0, len(line) - 24))
    return match is not None and (amends or _ANNOUNCED.search(line, start, match.start()) is not None)


def _target_of(line: str, start: int) -> tuple[int, int] | None:
    """The first unit an amending line names, which comes first below too; None when it says all itself."""
    if line.rstrip()[-1:] in ".;,":
        return None
    match = _TARGET.search(line, start, start + 120)
    if not match:
        return None
    level = CLAUSE if match[1] else POINT if match[2] else ARTICLE
    number = match[4].lower()
    return level, int(number) if number.isdigit() else ALPHABET.find(number) + 1
