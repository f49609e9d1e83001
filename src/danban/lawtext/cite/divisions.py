"""Divisions named in a text: "Chương II", "Mục 1 Chương III", "mục II", "Phụ lục I"."""

from __future__ import annotations

import re

from danban.lawtext.address import slug_of_number
from danban.lawtext.cite.scope import Scope

_ROMAN = r"(?:[IVXLC]+[a-zđ]?|[ivxl]{1,6}|\d{1,2})(?!\w)"
# The first letter comes first, so that most places of a text fail at once.
_DIVISION = re.compile(
    r"[MmCcPp](?<!\w.)(?:"
    r"(?:(?<=[Mm])ục\s{1,3}(?P<section>\d{1,2}|[IVX]+)\s{0,3},?\s{0,3}(?<!\w)[Cc])?"
    rf"(?<=[Cc])(?:hương|HƯƠNG|huong|(?<=C)[Hh][Uu][Oo][Nn][Gg])\s{{1,3}}(?P<chapter>{_ROMAN})"
    r"|(?<=[Mm])ục\s{1,3}(?P<alone>[IVX]{1,6})(?!\w)"
    rf"|(?<=[Pp])(?:hụ lục|hu luc)\s{{1,3}}(?:số\s{{1,3}})?(?P<appendix>{_ROMAN})"
    r")"
)
_VALUES = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: str) -> str:
    """Chapters are numbered in Roman figures, whatever a person writes: 2 → II."""
    if not number.isdigit():
        return number
    left, made = int(number), ""
    for value, figure in _VALUES:
        while left >= value:
            made, left = made + figure, left - value
    return made


def divisions(text: str, scope: Scope | None) -> list[tuple[str, int, int]]:
    """(address, start, end) of each; with a draft only those it has."""
    if not _may_name_one(text):
        return []
    found = []
    for match in _DIVISION.finditer(text):
        if match["alone"]:
            choices = [f"muc-{slug_of_number(match['alone'])}"] if scope else []
        elif match["appendix"]:
            choices = [f"phu-luc-{slug_of_number(n)}" for n in (_roman(match["appendix"]), match["appendix"])]
        else:
            numbers = dict.fromkeys((_roman(match["chapter"]), match["chapter"]))
            choices = [f"chuong-{slug_of_number(n)}" for n in numbers]
            if match["section"]:
                choices = [f"{c}.muc-{slug_of_number(match['section'])}" for c in choices] + choices
        if scope:
            fronted = [front + choice for choice in choices for front in scope.fronts]
            choices = [choice for choice in fronted + choices if choice in scope.known]
        if choices:
            found.append((choices[0], match.start(), match.end()))
    return found


def _may_name_one(text: str) -> bool:
    """A quick look: most texts name none, and the expression is slower than these."""
    if text.isascii():
        return "huong " in text or "hu luc" in text
    named = "hụ lục" in text or "Chương " in text or "chương " in text or "CHƯƠNG " in text
    return named or "ục I" in text or "ục V" in text or "ục X" in text
