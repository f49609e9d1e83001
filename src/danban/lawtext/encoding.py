"""Text on its way in: Unicode forms, spaces that are none, and the encodings from before Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0304\u0307\u0308\u030a\u030c\u0327\u0328\u0340\u0341\u2126\u212a\u212b"
"""Combining marks of Vietnamese and its neighbours: only text that has one can be out of NFC.

Looking for each is many times faster than asking Unicode of every letter.
"""

# TCVN 5712:1993 (TCVN3, "ABC"): byte read as Latin-1 → letter. Capitals with tone have no codes.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TCVN3_SIGNS = frozenset("µ¸¶·¹¨»¾¼½Æ©®¬ª«¡§")
_VIETNAMESE = re.compile("[ăâđêôơưạ-ỹĂÂĐÊÔƠƯẠ-Ỹ]")


def is_tcvn3(text: str) -> bool:
    """Whether letter statistics speak for TCVN3: many of its sign-like codes inside words, no Vietnamese."""
    sample = text[:20_000]
    signs = sum(sample.count(sign) for sign in _TCVN3_SIGNS)
    letters = sum(map(str.isalpha, sample))
    return letters > 40 and signs > letters * 0.06 and len(_VIETNAMESE.findall(sample)) < signs * 0.05


def from_tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def tidy_text(text: str) -> str:
    """NFC, plain spaces, nothing invisible; as many lines as before.

    Soft hyphens go last of all: TCVN3 writes ư with one, so its text must have been converted before.
    """
    text = text.replace("\u00a0", " ").replace("\t", " ")
    if not text.replace("\n", "").isprintable():
        for pattern, instead in ((_SPACES, " "), (_INVISIBLE, ""), (_CONTROL, " ")):
            text = pattern.sub(instead, text)
    if any(mark in text for mark in _MARKS):
        return unicodedata.normalize("NFC", text)
    return text


def plain_lines(lines: Iterable[str]) -> list[str]:
    """Lines converted and tidied, as many as came in; the encoding is judged over all of them together."""
    texts = [line.replace("\n", " ") for line in lines]
    text = "\n".join(texts)
    if is_tcvn3(text):
        text = from_tcvn3(text)
    return tidy_text(text).split("\n") if texts else []


def lines_of(text: str) -> list[str]:
    """The lines of a text, converted and tidied; one out for each line in."""
    return plain_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
