"""Where a text names an article, a clause or a point: one pass of one expression.

Official wording and people's own: "điểm a, b khoản 4", "các điều 12, 13 và 14", "Điều 5 đến Điều 8",
"dieu 27 khoan 3", "K2 Đ5", "k.2 Đ.34", "Điều 5/2", "Điều 7.2.a", "2.a Điều 7".
"""

from __future__ import annotations

import re
from typing import NamedTuple

ARTICLE, CLAUSE, POINT = 0, 1, 2


class Mention(NamedTuple):
    """One named unit. ``numbers`` as printed in small letters; () stands for "này" (the one we are in).

    ``ranges`` are places in ``numbers`` after which a range runs to the next one.
    """

    unit: int
    start: int
    end: int
    numbers: tuple[str, ...]
    ranges: tuple[int, ...] = ()


_E = "[eêềếểễệẹẽẻèéEÊỀẾỂỄỆẸẼẺÈÉ]"
_A = "[aảàáãạAẢÀÁÃẠ]"
_O = "[oòóỏõọOÒÓỎÕỌ]"
# A letter typed twice or left out is common on a telephone: "Điềuu 5", "Điu 5", "khon 2", "đểm a".
_I = "[iìíỉĩịI]"
_DIEU = rf"{_I}{{1,2}}{_E}{{0,2}}[uU]{{1,2}}"
_DIEM = rf"(?:[iI]{{1,2}}{_E}{{1,2}}|ể)[mM]{{1,2}}"
_KHOAN = rf"(?:[hH]{{1,2}}{_O}{{1,2}}{_A}{{0,2}}|[oO]{_A})[nN]{{1,2}}"
# Runs of spaces are bounded everywhere: nobody may slow the reader down with a page of them.
_JOIN = r"\s{0,4}(?:[,;&–-]|và|va|hoặc|hoac|đến|den|tới)\s{0,4}(?:t[ừu]\s{1,4})?"
# What may follow a number of a list; "Điều 5, 3 hộ dân" names one article only.
_AFTER = (
    r"(?=\s{0,4}(?:[,;:)\]\"”–-]|\.(?!\d)|$|và\b|va\b|hoặc\b|đến\b|của\b|thì\b|này\b|là\b"
    r"|cần\b|về\b|theo\b|trong\b|tại\b|dự\b|quy\b|không\b|đều\b|có\b|nên\b|phải\b|như\b|được\b|cua\b|[Ll]uật\b|[Nn]ghị\b|[Bb]ộ\b"
    rf"|[đĐdD](?:{_DIEU}|{_DIEM})|[kK]{_KHOAN}))"
)
_NUMBER = r"\d{1,3}(?!\d)(?:[a-zđ](?!\w))?"
_NUMBERS = rf"{_NUMBER}(?:{_JOIN}{_NUMBER}{_AFTER})*"
_LETTER = rf"[a-zđA-ZĐ](?:\d{{0,2}}(?!\w)\)?|(?=k{_KHOAN}))"
_LETTERS = rf"{_LETTER}(?:{_JOIN}{_LETTER}{_AFTER})*"
_HERE = r"n[àa]y\b"
# Behind an article's number: "5/2", "5.2", "5 k2", "5(2)", then "5.2.a", "5.2a", "5(2)(a)", "5 k2 đ.a".
_ITS_CLAUSE = r"(?:\s{0,2}[/.]|[\s,.]{1,3}[kK]\s?\.?\s?|\s?\((?=\d{1,2}\)))(\d{1,2})(?!\d)\)?"
_ITS_LETTER = r"(?:[\s,]{0,2}đ\s?\.\s?|\.?|\s?\((?=[a-zđ]\)))([a-zđ])(?!\w)\)?"

# First letters and a look at the second come first, so that most places of a text fail at once.
_MENTION = re.compile(
    r"[đĐdDkK](?=[iìíỉĩịIểhHoO\s.\d])(?:"
    r"(?<=[kK])(?:"
    rf"{_KHOAN}\s{{0,4}}[.:]?\s{{0,4}}(?:t[ừu]\s{{1,4}})?"
    rf"(?:({_NUMBERS})(?:(?:\.|\s?\((?=[a-zđ]\)))([a-zđ])(?!\w))?|({_HERE}))"
    rf"|\s?\.?\s?(\d{{1,2}}[a-zđ]?)[\s,.]{{0,3}}[đĐdD](?:{_DIEU})?\s?\.?\s?({_NUMBER})"
    r")|(?<=[đĐdD])(?:"
    rf"{_DIEU}\s{{0,4}}[.:]?\s{{0,4}}(?:(?:s[ốo]|th[ứu]|t[ừu])\s{{1,4}})?"
    rf"(?:({_NUMBERS})(?:{_ITS_CLAUSE}(?:{_ITS_LETTER})?(?![\w/]))?|({_HERE}))"
    rf"|{_DIEM}\s{{0,4}}[.:]?\s{{0,4}}(?:({_LETTERS})|({_HERE}))"
    rf"|(?<=[đĐD])(?=[\s.])\s?\.?\s?([a-zA-ZđĐ])[\s,]{{1,3}}(?=[kK](?:{_KHOAN})?\s?\.?\s?\d)"
    r"|(?<=[đĐ])(?=[\s.\d])\s?\.?\s?(\d{1,3}[a-zđ]?)"
    r"(?:(?:[\s,.]{0,3}[kK]\s?\.?\s?|\.)(\d{1,2}[a-zđ]?)(?![\w.])|(?![\w%/)]))"
    r"|(?<=D)\.\s?(\d{1,3})(?![\w./)])"
    rf"|{_DIEM}\s{{1,4}}(\d{{1,2}})(?=\s{{1,4}}[đĐdD]{_DIEU})"
    r"))"
)
_CLAUSES, _ITS_POINT, _THIS_CLAUSE = 1, 2, 3
_SHORT_CLAUSE, _SHORT_ARTICLE = 4, 5
_ARTICLES, _OF_CLAUSE, _OF_POINT, _THIS_ARTICLE = 6, 7, 8, 9
_POINTS, _THIS_POINT = 10, 11
_SHORT_POINT, _LONE_ARTICLE, _LONE_CLAUSE, _BARE_ARTICLE = 12, 13, 14, 15
_NUMBERED_POINT = 16

_ITEM = re.compile(r"(\d{1,3}[a-zđ]?|[a-zđ]\d{0,2})(?!\w)|([–-]|đến|den|tới)")
_BARE_BEFORE = re.compile(r"(?<![\w.,])(\d{1,2})\.?([a-zđ])\)?,?\s*$")


def mentions(text: str) -> list[Mention]:
    """All mentions of a text in NFC, in order. Spans count characters of ``text``."""
    found: list[Mention] = []
    for match in _MENTION.finditer(text):
        start = match.start()
        if start and (before := text[start - 1]).isalpha():
            continue
        last, end = match.lastindex, match.end()
        if last == _ARTICLES:
            _bare_point(text, start, found)
            found.append(_listed(ARTICLE, start, end, match[_ARTICLES]))
        elif last == _CLAUSES:
            found.append(_listed(CLAUSE, start, end, match[_CLAUSES]))
        elif last == _POINTS:
            found.append(_listed(POINT, start, end, match[_POINTS]))
        elif last in (_LONE_ARTICLE, _LONE_CLAUSE):
            if start and before.isdigit():
                continue
            found.append(Mention(ARTICLE, start, match.end(_LONE_ARTICLE), (_plain(match[_LONE_ARTICLE]),)))
            if last == _LONE_CLAUSE:
                found.append(Mention(CLAUSE, match.end(_LONE_ARTICLE), end, (_plain(match[_LONE_CLAUSE]),)))
        else:
            _rarer(match, found)
    return found


def _rarer(match: re.Match[str], found: list[Mention]) -> None:
    last, start, end = match.lastindex, match.start(), match.end()
    if last in (_OF_CLAUSE, _OF_POINT):
        found.append(_listed(ARTICLE, start, match.end(_ARTICLES), match[_ARTICLES]))
        found.append(Mention(CLAUSE, match.end(_ARTICLES), end, (_plain(match[_OF_CLAUSE]),)))
        if last == _OF_POINT:
            found.append(Mention(POINT, end, end, (match[_OF_POINT],)))
    elif last == _ITS_POINT:
        found.append(Mention(POINT, start, start, (match[_ITS_POINT],)))
        found.append(_listed(CLAUSE, start, end, match[_CLAUSES]))
    elif last == _SHORT_ARTICLE:
        found.append(Mention(CLAUSE, start, match.end(_SHORT_CLAUSE), (_plain(match[_SHORT_CLAUSE]),)))
        found.append(Mention(ARTICLE, match.end(_SHORT_CLAUSE), end, (_plain(match[_SHORT_ARTICLE]),)))
    elif last == _NUMBERED_POINT:
        found.append(Mention(CLAUSE, start, end, (_plain(match[_NUMBERED_POINT]),)))
    elif last == _BARE_ARTICLE:
        found.append(Mention(ARTICLE, start, end, (_plain(match[_BARE_ARTICLE]),)))
    elif last == _SHORT_POINT:
        found.append(Mention(POINT, start, match.end(_SHORT_POINT), (match[_SHORT_POINT].lower(),)))
    else:
        unit = {_THIS_ARTICLE: ARTICLE, _THIS_CLAUSE: CLAUSE, _THIS_POINT: POINT}[last or 0]
        found.append(Mention(unit, start, end, ()))


def _bare_point(text: str, start: int, found: list[Mention]) -> None:
    """ "2.a Điều 7": a point without its words, right before the article."""
    if start < 3 or not text[start - 1].isspace():
        return
    last = text[start - 2]
    if last not in ")," and not (last.isalpha() and text[start - 3] in "0123456789."):
        return
    match = _BARE_BEFORE.search(text[max(0, start - 8) : start])
    begin = max(0, start - 8) + match.start() if match else 0
    if match and not (found and found[-1].end > begin):
        found.append(Mention(POINT, begin, start, (match[2],)))
        found.append(Mention(CLAUSE, begin, start, (_plain(match[1]),)))


def _plain(number: str) -> str:
    return number.lower().lstrip("0") or "0"


def _listed(unit: int, start: int, end: int, printed: str) -> Mention:
    if printed.isdigit():
        return Mention(unit, start, end, (printed.lstrip("0") or "0",))
    numbers: list[str] = []
    ranges: list[int] = []
    for item in _ITEM.finditer(printed.lower()):
        if item[1]:
            numbers.append(item[1].lstrip("0") or "0")
        elif numbers:
            ranges.append(len(numbers) - 1)
    return Mention(unit, start, end, tuple(numbers), tuple(ranges))
